"""One writer for a folder of data. The system releases the lock when the process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from perfdesk.errors import StoreRefused
from perfdesk.store.faults import system_refusal

LOCK_NAME = "perfdesk.lock"
_TAKEN = frozenset(
    (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
)  # Linux says the first, Windows one of the others


class Lock:
    """Held from ``__init__`` to ``release``. StoreRefused ``locked`` where another process (or another store here) holds it.

    The lock is on a file of its own: POSIX drops SQLite's locks when a process closes any handle of the database file.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK_NAME
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise system_refusal(error, path) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            if error.errno not in _TAKEN:
                raise system_refusal(error, path) from error
            message = f"数据文件夹 {folder} 已被另一个 PerfDesk 打开；请使用已打开的窗口，或先关闭它。"
            raise StoreRefused("locked", message, str(error)) from error

    def release(self) -> None:
        """Lets the next one in; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
