"""The editors of one filing, section by section."""
