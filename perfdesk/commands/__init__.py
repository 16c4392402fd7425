"""The headless commands: the same program without a window."""
