"""PerfDesk, the core: forms, values, checks, files and the store. Knows nothing of the window."""
