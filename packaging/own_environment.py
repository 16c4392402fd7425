"""Runs first in the frozen program, with or without a console.

What it starts as itself (to read, to write) is the program for commands: one without a console has no streams on Windows. The
folder's own libraries are for itself alone, not for the LibreOffice or the file manager that it starts; another run of itself
must be told to look for them anew.
"""

import os
import sys

sys.executable = os.path.join(
    os.path.dirname(sys.executable), "perfdesk" + os.path.splitext(sys.executable)[1]
)
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
if "LD_LIBRARY_PATH" in os.environ:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    del os.environ["LD_LIBRARY_PATH"]
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
