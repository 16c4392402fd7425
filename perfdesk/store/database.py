"""One connection to one SQLite file: how it is opened, how a transaction begins and ends, which errors come out.

Python's sqlite3 begins transactions late and commits around DDL; so it is kept in autocommit mode and every transaction is
begun by hand: BEGIN IMMEDIATE to write, BEGIN to read.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.store.faults import sqlite_refusal
from perfdesk.store.migrations import APPLICATION_ID
from perfdesk.store.witness import Witness

PATIENCE = 5.0  # seconds to wait for another process that is reading or writing at this moment

_SETTINGS = (
    "PRAGMA journal_mode = TRUNCATE",  # with EXTRA the only pair that lost nothing in simulated power cuts
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
)


class Database:
    """``path`` None: an empty database in memory, for reading where no store exists yet. Not safe for threads by itself."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._identity: tuple[int, int] | None = None
        self._changes = 0
        self._witness = Witness(path)
        self.engine = create_engine("sqlite://", creator=self._connect, poolclass=StaticPool)
        event.listen(self.engine, "begin", _begin)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One consistent view; sees everything that is committed when it begins."""
        with self._transaction("BEGIN") as conn:
            yield conn

    @contextmanager
    def write(self) -> Generator[Connection]:
        """All or nothing. When the block is left the change is on disk; when it raises, nothing has changed.

        But StoreRefused ``unconfirmed``: the change is in the file, and the disk did not say that it has it for good.
        """
        self._still_there()
        self._witness.begin()
        try:
            with self._transaction("BEGIN IMMEDIATE") as conn:
                self._witness.look()
                yield conn
        except UnicodeEncodeError as error:
            raise ChangeRefused("bad-text", "文字中有无法保存的字符，这一步没有保存。", str(error)) from error
        except StoreRefused:
            self._witness.doubt()
            raise
        finally:
            self._changes += 1

    def version(self, conn: Connection) -> int:
        return conn.exec_driver_sql("PRAGMA user_version").scalar_one()

    def faults(self, conn: Connection, version: int) -> Iterable[str]:
        """What SQLite finds wrong with the file, and with what the file says it is."""
        for (line,) in conn.exec_driver_sql("PRAGMA integrity_check").all():
            if line != "ok":
                yield f"数据文件内部损坏：{line}"
        for broken in conn.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield f"表 {broken[0]} 第 {broken[1]} 行指向 {broken[2]} 中不存在的记录"
        if conn.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION_ID:
            yield "数据文件的程序标记不对"
        if (found := self.version(conn)) != version:
            yield f"数据版本是 {found}，应为 {version}"

    def state(self) -> tuple[int, int]:
        """The same as long as nobody has written: not here, not another process, and the file was not opened anew."""
        with self.raw() as conn:
            (others,) = conn.execute("PRAGMA data_version").fetchone()
        return self._changes, others

    @contextmanager
    def raw(self) -> Generator[sqlite3.Connection]:
        """SQLite's own connection outside any transaction, for PRAGMA and VACUUM."""
        try:
            with self.engine.connect() as conn:
                driver = conn.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                yield driver
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise sqlite_refusal(error) from error
        except DBAPIError as error:
            raise _refusal(error) from error

    def copy_into(self, target: Path) -> None:
        """A compact copy of everything that is committed, into an empty file; not yet flushed."""
        with self.raw() as conn:
            # The copy is refused to a reader, too, though it writes nothing here.
            conn.execute("PRAGMA query_only = OFF").close()
            try:
                # As an address: a name that is no Unicode cannot be handed over as a text.
                conn.execute("VACUUM INTO ?", (target.absolute().as_uri(),)).close()
            finally:
                conn.execute(f"PRAGMA query_only = {int(self.read_only)}").close()

    def close(self) -> None:
        """Closes the file; the next use opens it again."""
        self.engine.dispose()
        self._witness.close()
        self._identity = None

    @contextmanager
    def _transaction(self, begin: str) -> Generator[Connection]:
        try:
            with self.engine.connect().execution_options(begin=begin) as conn, conn.begin():
                yield conn
        except DBAPIError as error:
            # After a full disk or an I/O error the connection may hold a half-rolled-back transaction: a new one recovers.
            if self.path is not None:
                self.engine.dispose()
            raise _refusal(error) from error
        except UnicodeDecodeError as error:
            raise sqlite_refusal(error) from error

    def _connect(self) -> sqlite3.Connection:
        target = ":memory:" if self.path is None else f"{self.path.absolute().as_uri()}?mode=rw"
        conn = sqlite3.connect(
            target,
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=64,
        )
        try:
            for setting in _SETTINGS:
                conn.execute(setting).close()
            if self.read_only:
                # Not mode=ro: a journal that a crash left behind must be rolled back before anything can be read.
                conn.execute("PRAGMA query_only = ON").close()
        except sqlite3.Error:
            conn.close()
            raise
        self._remember_file()
        self._changes += 1
        return conn

    def _remember_file(self) -> None:
        if self.path is not None and self._identity is None:
            found = os.stat(self.path)
            self._identity = (found.st_dev, found.st_ino)

    def _still_there(self) -> None:
        """A file that was deleted, or a stick that was pulled, would take edits and lose them without a word."""
        if self.path is None or self._identity is None:
            return
        try:
            found = os.stat(self.path)
        except OSError as error:
            message = "数据文件不见了（被移走、删除，或磁盘已拔出），这一步没有保存；请放回原处后再试。"
            raise StoreRefused("gone", message, str(error)) from error
        if (found.st_dev, found.st_ino) != self._identity:
            raise StoreRefused("gone", "数据文件被换成了另一个文件，这一步没有保存；请关闭程序后重新打开。")


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql(conn.get_execution_options().get("begin", "BEGIN"))


def _refusal(error: DBAPIError) -> StoreRefused:
    return sqlite_refusal(error.orig if isinstance(error.orig, sqlite3.Error) else sqlite3.Error(str(error)))
