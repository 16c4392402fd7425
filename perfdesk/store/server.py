"""One database on a server, for many writers at once; the same door as ``Database`` for a file.

Transactions are begun by hand, as there: one that reads sees one moment, one that writes sees what others have finished, and holds what
it changes (``several``).
"""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RootTransaction, create_engine, event, select
from sqlalchemy.exc import DBAPIError

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.store import rights, tables
from perfdesk.store.link import DriverError, connect
from perfdesk.store.migrations import MIGRATIONS
from perfdesk.store.server_faults import is_lost, server_refusal
from perfdesk.store.token import Token
from perfdesk.store.where import Where

_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
_VERSION = select(tables.meta.c.value).where(tables.meta.c.key == "version")


class Server:
    """Not safe for threads by itself."""

    def __init__(self, where: Where, *, read_only: bool = False) -> None:
        self.where = where
        self.read_only = read_only
        self.token = Token(self.bare)
        self._looks = itertools.count(1)
        self.engine = create_engine("postgresql+pg8000://", creator=lambda: connect(where), pool_size=2)
        event.listen(self.engine, "begin", _begin)
        event.listen(self.engine, "handle_error", _tell_lost)

    @contextmanager
    def read(self) -> Generator[Connection]:
        """One consistent view; sees everything that is committed when it begins."""
        with self._begun(_READ) as (conn, change), change:
            rights.come_in(conn)
            yield conn

    @contextmanager
    def write(self) -> Generator[Connection]:
        """All or nothing. When the block is left the change is on the server's disk; when it raises, nothing has changed.

        But StoreRefused ``no-server`` at the very end: nobody knows; the next change finds out first, and says so (``unconfirmed``).
        """
        if self.read_only:
            raise StoreRefused("read-only", "数据以只读方式打开，不能改动。")
        self.token.begin()
        with self._begun(_WRITE) as (conn, change):
            with change_taken_back(change):
                self.token.mark(conn)
                rights.come_in(conn)
                yield conn
            try:
                change.commit()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                if not self._landed():
                    raise

    @contextmanager
    def bare(self) -> Generator[Connection]:
        """A change that nobody asks about afterwards: of the tables themselves."""
        with self._begun(_WRITE) as (conn, change), change:
            yield conn

    @contextmanager
    def _begun(self, begin: str) -> Generator[tuple[Connection, RootTransaction]]:
        """A connection that was lost since it was used last shows it at the first word: then another one is made, and nothing was lost."""
        with self._told(), ExitStack() as stack:
            conn = stack.enter_context(self.engine.connect().execution_options(begin=begin))
            try:
                change = conn.begin()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                conn = stack.enter_context(self.engine.connect().execution_options(begin=begin))
                change = conn.begin()
            yield conn, change

    def _landed(self) -> bool:
        try:
            return self.token.landed()
        except StoreRefused as error:
            message = "和服务器的连接断在保存的那一刻，还不知道这一步是否已经保存；连上以后会先核对。"
            raise StoreRefused("no-server", message, error.detail) from error

    def version(self, conn: Connection) -> int:
        return int(conn.execute(_VERSION).scalar_one())

    def faults(self, conn: Connection, version: int) -> Iterable[str]:
        """The server looks after its own pages; what it says it is must be true."""
        if (found := self.version(conn)) != version:
            yield f"数据版本是 {found}，应为 {version}"

    def state(self) -> tuple[int, int]:
        """Another one at every look: others may have written."""
        return next(self._looks), 0

    def copy_into(self, target: Path) -> None:
        """Everything that is committed, into an empty file; not yet flushed."""
        from perfdesk.store import crossing
        from perfdesk.store.database import Database
        from perfdesk.store.opening import migrate

        file = Database(target)
        try:
            migrate(file, 0, MIGRATIONS)
            with self.read() as source, file.write() as copy:
                rights.need_all(source)
                crossing.bring(source, copy)
        finally:
            file.close()

    def close(self) -> None:
        """The next use connects again."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except DBAPIError as error:
            raise server_refusal(error.orig, self.where) from error
        except DriverError as error:  # of a stream (``bulk``)
            raise server_refusal(error, self.where) from error
        except UnicodeEncodeError as error:
            self.engine.dispose()  # half a message may have been sent
            raise ChangeRefused("bad-text", "文字中有无法保存的字符，这一步没有保存。", str(error)) from error


@contextmanager
def change_taken_back(change: Any) -> Generator[None]:
    try:
        yield
    except BaseException:
        change.rollback()
        raise


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql(conn.get_execution_options().get("begin", _WRITE))


def _tell_lost(context: Any) -> None:
    """The driver calls only some of the ways lost in which a connection is lost."""
    if is_lost(context.original_exception):
        context.is_disconnect = True
