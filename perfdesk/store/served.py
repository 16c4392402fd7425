"""What ``Vault`` is to a file, for a database on a server: opened, brought up to the newest version. No lock, for many write at once,
and no backups by itself: those who run the server make them."""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from perfdesk.errors import StoreRefused, UserError
from perfdesk.store import audit, backup, crossing, restore, rights, several, tables
from perfdesk.store.codec import time_text
from perfdesk.store.database import Database
from perfdesk.store.infos import BackupInfo
from perfdesk.store.migrations import APPLICATION_ID, Migration, newest
from perfdesk.store.opening import make_folder
from perfdesk.store.scribe import Stamp
from perfdesk.store.server import Server
from perfdesk.store.where import Where

MARK = f"{APPLICATION_ID:08x}"
FORGET_WRITERS = timedelta(days=30)
_OUR_TABLES = text(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
)
_ONE_AT_A_TIME = text(f"SELECT pg_advisory_xact_lock({APPLICATION_ID})")


@dataclass(slots=True)
class Served:
    """``found``: the version that the database had; 0 where it was empty."""

    folder: Path
    database: Server
    migrations: Sequence[Migration]
    found: int
    author: str
    clock: Callable[[], datetime]
    problem: UserError | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        where: Where,
        clock: Callable[[], datetime],
        migrations: Sequence[Migration],
        *,
        read_only: bool = False,
    ) -> Served:
        """Makes the tables where there are none, and brings older ones up; ``read_only`` does neither. StoreRefused ``no-server``,
        ``no-login``, ``no-database``, ``foreign``, ``newer``, ``older``, ``damaged``, ``no-person``; nothing is changed then."""
        database = Server(where, read_only=read_only)
        try:
            with database.bare() as conn:
                found = _version(conn, newest(migrations))
            if found < newest(migrations):
                if read_only:
                    raise StoreRefused("older", "服务器上的数据还没有升级；请先用可写的方式打开一次。")
                with database.bare() as conn:
                    found = _bring_up(conn, migrations)
            with database.bare() as conn:
                if lost := sorted(_known() - _columns(conn)):
                    raise StoreRefused("damaged", "服务器上的数据已损坏，请管理员从备份恢复。", str(lost[:5]))
                if not read_only:
                    _register(conn, database, clock())
            with database.read() as conn:
                author = f"{rights.person(conn).login}@{platform.node()}"
        except BaseException:
            database.close()
            raise
        return cls(folder, database, migrations, found, author, clock)

    @property
    def who(self) -> Callable[[], str]:
        return lambda: self.author

    @property
    def alone(self) -> bool:
        """Nobody else writes."""
        return False

    @property
    def size(self) -> int | None:
        return None

    @property
    def version(self) -> int:
        return newest(self.migrations)

    def writing(self) -> None:
        """StoreRefused where the store was opened to read."""
        if self.database.read_only:
            raise StoreRefused("read-only", "数据以只读方式打开，不能改动。")

    def close(self) -> None:
        self.database.close()

    def after_change(self) -> None:
        """Nothing: backups are the server's."""

    def before_import(self) -> None:
        """Nothing: backups are the server's."""

    def make(self, reason: str) -> BackupInfo:
        """A backup in the data folder, as a file; those of the server itself are made by those who run it."""
        self.writing()
        return backup.make(self.database, self.folder, self.clock(), reason, self.version)

    def copy_to(self, target: Path) -> Path:
        """A copy of everything as a file. A file that stands there is replaced only where it is a store, too."""
        target = target / backup.file_name(self.clock()) if target.is_dir() else target
        if target.exists():
            restore.proven(target, self.version)
        backup.write_copy(self.database, target, self.version)
        return target

    def restore(self, source: Path) -> None:
        """What a file holds comes to a server where nobody has worked yet. StoreRefused ``not-empty``."""
        self.writing()
        restore.proven(source, self.version)
        make_folder(self.folder)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="restoring-") as room:
            copy = Path(room) / source.name
            shutil.copyfile(source, copy)
            restore.bring_up(copy, self.migrations)
            file = Database(copy, read_only=True)
            try:
                with file.read() as theirs, self.database.write() as ours:
                    self._take_in(theirs, ours, source.name)
            finally:
                file.close()

    def _take_in(self, theirs: Connection, ours: Connection, name: str) -> None:
        rights.need_administrator(ours)
        several.take_turn(ours)
        if not crossing.is_empty(ours):
            message = "服务器上已有数据，没有改动；文件里的数据只能放进还没有用过的数据库。"
            raise StoreRefused("not-empty", message)
        crossing.bring(theirs, ours)
        crossing.go_on_counting(ours)
        audit.note(ours, Stamp(time_text(self.clock()), self.author), "restored", name, "")


def _version(conn: Connection, most: int) -> int:
    """0: an empty database. StoreRefused where it is another program's, or of a newer one."""
    here = {table for table, _ in _columns(conn)}
    if not here:
        return 0
    meta = tables.meta.c
    told = {}
    if "meta" in here:
        told = {row.key: row.value for row in conn.execute(select(meta.key, meta.value))}
    if told.get("application") != MARK:
        raise StoreRefused(
            "foreign", "服务器上的这个数据库不是 PerfDesk 的，没有改动它；请换一个空的数据库。"
        )
    found = int(told["version"])
    if found > most:
        message = f"服务器上的数据由更新的 PerfDesk 建立（数据版本 {found}，本程序到 {most}），没有改动它；请升级程序。"
        raise StoreRefused("newer", message)
    return found


def _columns(conn: Connection) -> frozenset[tuple[str, str]]:
    return frozenset((str(table), str(column)) for table, column in conn.execute(_OUR_TABLES))


def _known() -> frozenset[tuple[str, str]]:
    return frozenset(
        (table.name, column.name) for table in tables.metadata.tables.values() for column in table.c
    )


def _bring_up(conn: Connection, migrations: Sequence[Migration]) -> int:
    """All that is missing, in one transaction; who comes second waits and finds it done. The version that was found."""
    conn.execute(_ONE_AT_A_TIME)
    found = _version(conn, newest(migrations))
    for migration in (m for m in migrations if m.version > found):
        migration.run(conn)
    if found == 0:
        conn.execute(insert(tables.meta).values(key="application", value=MARK))
        rights.found(conn)
    several.put(conn, tables.meta, {"key": "version"}, {"value": str(newest(migrations))})
    return found


def _register(conn: Connection, database: Server, now: datetime) -> None:
    who = f"{rights.login(conn)}@{platform.node()}"
    database.token.register(conn, who, time_text(now), time_text(now - FORGET_WRITERS))
