"""The bureau's place: who handed in what, what is said about it, what all of it adds up to. Nothing of it is imported at start."""
