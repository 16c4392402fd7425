"""Putting a backup in the store's place. The backup is checked first, and what it replaces is kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from perfdesk.errors import StoreRefused
from perfdesk.store.backup import flush_folder, put, remove
from perfdesk.store.database import Database
from perfdesk.store.faults import system_refusal
from perfdesk.store.migrations import Migration, newest
from perfdesk.store.opening import examine, make_file, migrate
from perfdesk.store.rescue import nothing_at


def proven(source: Path, version: int) -> None:
    """StoreRefused where ``source`` is no whole store of this program; nothing is changed."""
    if not source.is_file():
        raise StoreRefused("gone", f"找不到备份文件 {source}；请检查位置是否正确。")
    try:
        found = examine(source, version, whole=True)
    except StoreRefused as error:
        why = "它已损坏；请换一份备份。" if error.code == "damaged" else error.message
        raise StoreRefused(error.code, f"备份文件 {source} 不能用：{why}", error.detail) from error
    if found == 0:
        raise StoreRefused("foreign", f"备份文件 {source} 是空的，不能用来恢复。")


def put_in_place(source: Path, live: Path, migrations: Sequence[Migration]) -> None:
    """``live`` becomes a copy of ``source`` in one go, brought up to the newest version before; nobody may have ``live`` open."""
    if live.exists() and live.samefile(source):
        raise StoreRefused("same-file", "这就是正在使用的数据文件，不能用它恢复自己；请选择一个备份。")
    unfinished = live.with_name(live.name + ".part")
    journal = unfinished.with_name(unfinished.name + "-journal")
    try:
        for leftover in (unfinished, journal):
            leftover.unlink(missing_ok=True)
        make_file(unfinished)
        shutil.copyfile(source, unfinished)
        bring_up(unfinished, migrations)
        put(unfinished, live, newest(migrations))
    except OSError as error:
        raise system_refusal(error, live) from error
    finally:
        remove(unfinished)
        remove(journal)


def bring_up(path: Path, migrations: Sequence[Migration]) -> None:
    """A copy of nobody's, to the newest version."""
    found = examine(path, newest(migrations))
    if found == newest(migrations):
        return
    database = Database(path)
    try:
        migrate(database, found, migrations)
    finally:
        database.close()


def set_aside(live: Path, now: datetime) -> Path | None:
    """Keeps a damaged store under another name; None where there is none. A journal goes aside in any case: rolled into the file that
    is put in its place it would damage that one."""
    aside = live.with_name(f"perfdesk-damaged-{now.astimezone():%Y%m%d-%H%M%S}.db")
    journal = live.with_name(live.name + "-journal")
    try:
        if journal.exists():
            os.replace(journal, aside.with_name(aside.name + "-journal"))
        kept = not nothing_at(live)
        if kept:
            shutil.copy2(live, aside)
        flush_folder(live.parent)
    except OSError as error:
        raise system_refusal(error, aside) from error
    return aside if kept else None
