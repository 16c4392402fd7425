"""Runs first in the frozen program, with or without a console.

What it starts as itself (to read, to write) is the program for commands: one without a console has no streams on Windows. And
the folder's own libraries are for it alone, not for the LibreOffice or the file manager that it starts.
"""

import os
import sys

sys.executable = os.path.join(
    os.path.dirname(sys.executable), "perfdesk" + os.path.splitext(sys.executable)[1]
)
if "LD_LIBRARY_PATH" in os.environ:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    del os.environ["LD_LIBRARY_PATH"]
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
