"""Whether a change that the disk refused is in the file all the same.

The last act of a commit is to flush the emptied journal. Where that alone fails, SQLite reports an error and the change is there: told
as "not saved" it would be made twice. A second connection sees by SQLite's own count whether anything was committed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from perfdesk.errors import StoreRefused
from perfdesk.store.faults import sqlite_refusal

_MESSAGE = "磁盘出错时，上一步已经写进数据文件，但磁盘没有确认存牢；请检查磁盘，看过这一步的内容再继续。"


class Witness:
    """``path`` None: of a database in memory, where nothing is in doubt."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._conn: sqlite3.Connection | None = None
        self._before: int | None = None
        self._doubtful = False

    def begin(self) -> None:
        """Before the next change: the same as ``doubt``, where the question is still open."""
        self._settle()
        self._before = None

    def look(self) -> None:
        """When the change has begun, and nobody else can write any more."""
        if self._path is not None:
            self._before = self._version()

    def doubt(self) -> None:
        """After a change that was refused: StoreRefused ``unconfirmed`` where it is in the file. Where the disk does not even let
        itself be read, the question stays open."""
        self._doubtful = self._before is not None
        with suppress(_StillFailing):
            self._settle()

    def close(self) -> None:
        if self._conn is not None:
            self._conn.close()
            self._conn = None
        self._doubtful = False

    def _settle(self) -> None:
        if self._doubtful:
            # What is half written is rolled back by somebody else: the witness would count its own rolling back.
            with closing(self._connect()) as conn, _failing():
                conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            landed = self._version() != self._before
            self._doubtful = False
            if landed:
                raise StoreRefused("unconfirmed", _MESSAGE)

    def _version(self) -> int:
        if self._conn is None:
            self._conn = self._connect()
        with _failing():
            return self._conn.execute("PRAGMA data_version").fetchone()[0]

    def _connect(self) -> sqlite3.Connection:
        assert self._path is not None
        with _failing():
            address = f"{self._path.absolute().as_uri()}?mode=rw"
            return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)


@contextmanager
def _failing() -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        told = sqlite_refusal(error)
        raise _StillFailing(told.code, told.message, told.detail) from error


class _StillFailing(StoreRefused):
    """The disk cannot be read, either."""
