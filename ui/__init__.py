"""PerfDesk, the window: Qt, and no rule, no total, no file format."""
