"""Where the program that has a folder of data open listens for a second start."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MOST_PATH = 100  # of a socket's path, in bytes; systems allow 104 to 108


def address(folder: Path) -> str:
    """One for each folder of data: in the folder itself, where nobody else can write; as a name where that is too long."""
    path = str(folder.absolute() / "perfdesk.socket")
    if sys.platform != "win32" and len(os.fsencode(path)) <= _MOST_PATH:
        return path
    import hashlib

    return (
        f"perfdesk-{hashlib.sha256(str(folder.resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
    )


def may_answer(folder: Path) -> bool:
    """False where nobody listens; to find out more the network module has to be imported."""
    where = address(folder)
    return not os.path.isabs(where) or os.path.exists(where)
