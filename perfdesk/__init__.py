"""PerfDesk, the core: forms, values, checks, files and the store. Knows nothing of the window."""

VERSION = "0.1.0"
"""Of the program, the same as in pyproject.toml: a frozen program has no file to read it from."""
