"""The first run: three steps from an empty store to the first filing."""
