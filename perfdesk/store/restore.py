"""Putting a backup in the store's place. The backup is checked first, and what it replaces is kept."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from perfdesk.errors import StoreRefused
from perfdesk.store.backup import flush_folder, put
from perfdesk.store.faults import system_refusal
from perfdesk.store.opening import examine, make_file


def proven(source: Path, version: int) -> None:
    """StoreRefused where ``source`` is no whole store of this program; nothing is changed."""
    if not source.is_file():
        raise StoreRefused("gone", f"找不到备份文件 {source}；请检查位置是否正确。")
    try:
        found = examine(source, version, whole=True)
    except StoreRefused as error:
        raise StoreRefused(error.code, f"备份文件 {source} 不能用：{error.message}", error.detail) from error
    if found == 0:
        raise StoreRefused("foreign", f"备份文件 {source} 是空的，不能用来恢复。")


def put_in_place(source: Path, live: Path, version: int) -> None:
    """``live`` becomes a copy of ``source`` in one go; nobody may have ``live`` open."""
    if live.exists() and live.samefile(source):
        raise StoreRefused("same-file", "这就是正在使用的数据文件，不能用它恢复自己；请选择一个备份。")
    unfinished = live.with_name(live.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        make_file(unfinished)
        shutil.copyfile(source, unfinished)
        put(unfinished, live, version)
    except OSError as error:
        raise system_refusal(error, live) from error
    finally:
        unfinished.unlink(missing_ok=True)


def set_aside(live: Path, now: datetime) -> Path:
    """Keeps a damaged store under another name. Its journal goes with it: rolled into another file it would damage that one."""
    aside = live.with_name(f"perfdesk-damaged-{now.astimezone():%Y%m%d-%H%M%S}.db")
    try:
        journal = live.with_name(live.name + "-journal")
        if journal.exists():
            os.replace(journal, aside.with_name(aside.name + "-journal"))
        shutil.copy2(live, aside)
        flush_folder(live.parent)
    except OSError as error:
        raise system_refusal(error, aside) from error
    return aside
