"""From a file to a usable database: is it ours, is it whole, which version, and the way up to the newest."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from perfdesk.errors import StoreRefused
from perfdesk.store.database import Database
from perfdesk.store.faults import sqlite_refusal, system_refusal
from perfdesk.store.migrations import APPLICATION_ID, Migration, newest
from perfdesk.store.shape import missing

LONGEST = 440
"""Bytes of the folder's path. SQLite takes 512 for a file with its journal, and backups lie a folder deeper."""


def make_folder(folder: Path) -> None:
    """The data folder, for its owner only."""
    if os.name == "posix" and len(os.fsencode(folder.absolute())) > LONGEST:
        raise StoreRefused("too-deep", f"数据文件夹的路径太长，数据库打不开它；请换一个较短的位置：{folder}")
    try:
        if not folder.is_dir():
            folder.mkdir(
                mode=0o700, parents=True, exist_ok=True
            )  # another start may be making it at this moment
    except OSError as error:
        raise system_refusal(error, folder) from error


def make_file(path: Path) -> None:
    """An empty file for its owner only, where there is none; SQLite gives its journal the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise system_refusal(error, path) from error


def examine(path: Path, version: int, *, whole: bool = False) -> int:
    """The version of the store file, which is not changed by looking. 0: a new, empty file.

    StoreRefused ``damaged``, ``foreign`` or ``newer`` (than ``version``). ``whole``: every page and index is read, too.
    """
    try:
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = judge(conn, version)
            if whole and (problems := integrity(conn, path, "integrity_check")):
                raise StoreRefused("damaged", "数据文件已损坏。", "; ".join(problems))
            return found
        finally:
            conn.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise sqlite_refusal(error) from error


def judge(conn: sqlite3.Connection, version: int) -> int:
    """The store's version; refuses what is foreign or newer."""
    application = conn.execute("PRAGMA application_id").fetchone()[0]
    found = conn.execute("PRAGMA user_version").fetchone()[0]
    empty = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application == found == 0 and empty:
        return 0
    if application != APPLICATION_ID:
        raise StoreRefused("foreign", "这个数据文件不是 PerfDesk 的，没有改动它；请换一个数据文件夹。")
    if found > version:
        message = f"数据文件由更新的 PerfDesk 建立（数据版本 {found}，本程序到 {version}），没有改动它；请升级程序。"
        raise StoreRefused("newer", message)
    return found


def integrity(conn: sqlite3.Connection, path: Path, pragma: str) -> list[str]:
    """What ``quick_check`` or ``integrity_check`` finds, and rows that refer to nothing; empty: nothing."""
    found = [line for (line,) in conn.execute(f"PRAGMA {pragma}") if line != "ok"]
    if not found:
        rows = conn.execute("PRAGMA foreign_key_check").fetchmany(5)
        found = [f"row {row} of {table} refers to nothing in {other}" for table, row, other, _ in rows]
    return found + _too_short(conn, path)


def _too_short(conn: sqlite3.Connection, path: Path) -> list[str]:
    """A file that was cut within its last page: SQLite reads the rest as zeros, and an empty table hides the loss."""
    pages, size = (conn.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
    have = path.stat().st_size
    return [f"file has {have} bytes, {pages * size} expected"] if have < pages * size else []


def open_file(path: Path, migrations: Sequence[Migration], *, read_only: bool) -> tuple[Database, int]:
    """The database and its version, proven to be ours and whole; nothing is migrated yet."""
    version = newest(migrations)
    if not was_cut_off(path):  # what a crash left half-written is only judged after SQLite has rolled it back
        _look(path, version, read_only)
    database = Database(path, read_only=read_only)
    try:
        with database.raw() as conn:
            found = judge(conn, version)
            if problems := integrity(conn, path, "quick_check") or missing(conn, found, migrations):
                raise StoreRefused("damaged", "数据文件已损坏。", "; ".join(problems))
    except BaseException:
        database.close()
        raise
    return database, found


def was_cut_off(path: Path) -> bool:
    """A crash or a power cut in the middle of a change has left its journal, which SQLite rolls back when it opens the file."""
    journal = path.with_name(path.name + "-journal")
    return journal.exists() and journal.stat().st_size > 0


def _look(path: Path, version: int, read_only: bool) -> None:
    """Refuses a foreign or newer file before any connection could touch it (one in WAL mode would get files beside it)."""
    try:
        examine(path, version)
    except StoreRefused as error:
        # A reader looks without a lock: what it takes for damage may be a writer at work, and is judged again under a lock.
        if error.code != "damaged" or not read_only:
            raise


def migrate(database: Database, found: int, migrations: Sequence[Migration]) -> int:
    """Runs what is missing, each migration in a transaction of its own; returns how many ran."""
    missing = [m for m in migrations if m.version > found]
    for migration in missing:
        with (
            database.raw() as conn
        ):  # a rebuilt table must not delete what refers to it; checked before the commit
            conn.execute("PRAGMA foreign_keys = OFF")
        try:
            _run(database, migration)
        finally:
            with database.raw() as conn:
                conn.execute("PRAGMA foreign_keys = ON")
    return len(missing)


def _run(database: Database, migration: Migration) -> None:
    message = f"数据升级到版本 {migration.version} 没有成功，数据保持原样；请联系支持人员。"
    try:
        with database.write() as conn:
            migration.run(conn)
            if broken := conn.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise StoreRefused("migration-failed", message, str(broken[:5]))
            conn.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
    except StoreRefused as error:
        if error.code != "store-fault":  # a full disk says what to do better than this does
            raise
        raise StoreRefused("migration-failed", message, error.detail) from error


def last_program(database: Database) -> str:
    """The version of the program that had this store open last; empty where none was noted."""
    with database.raw() as conn:
        found = conn.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
    return found[0] if found else ""


def note_program(database: Database, program: str) -> None:
    with database.write() as conn:
        conn.exec_driver_sql("INSERT OR REPLACE INTO meta (key, value) VALUES ('program', ?)", (program,))
