"""The way out for data that lie where they must not: a copy on this computer, made once and found again.

What was there stays as it is. The copy takes along what belongs to the data: own forms, codes and schemes, and the backups.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from perfdesk import paths
from perfdesk.errors import StoreRefused
from perfdesk.store import opening, rescue
from perfdesk.store.backup import flush_folder
from perfdesk.store.faults import system_refusal
from perfdesk.store.lock import LOCK_NAME
from perfdesk.store.migrations import MIGRATIONS

STORE = "perfdesk.db"
ORIGIN = "copied-from.txt"
_JOURNAL = f"{STORE}-journal"
_STAY = frozenset((STORE, _JOURNAL, LOCK_NAME, "perfdesk.socket", "log", ORIGIN))


def place_for(folder: Path) -> Path:
    """Where the copy of this folder's data belongs: the user's own place, or one beside it where that has other data already."""
    home, origin = paths.local_data_dir(), str(folder.absolute())
    if not has_data(home) or copied_from(home) == origin:
        return home
    mark = hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return home.with_name(f"{home.name}-{mark}")


def has_data(folder: Path) -> bool:
    try:
        return not rescue.nothing_at(folder / STORE)
    except OSError:
        return False


def copied_from(folder: Path) -> str | None:
    try:
        return (folder / ORIGIN).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None


def advice(folder: Path, local: Path) -> str:
    """What to do instead, with the command for it."""
    here = f'perfdesk --data "{local}"'
    if has_data(local):
        return f"本机已有它的副本，请用：{here}"
    if not has_data(folder):
        return f"请把数据放在本机硬盘上：{here}"
    return f'可以在本机建立副本：{here} restore "{folder}"（原来的数据不动）'


def make(source: Path, target: Path) -> None:
    """The data of ``source`` in ``target``, which has none yet; checked before they get their name. StoreRefused where they are damaged."""
    if has_data(target):
        raise StoreRefused("exists", f"{target} 里已有数据，没有覆盖它；请换一个文件夹。")
    if not has_data(source):
        raise StoreRefused("gone", f"{source} 里没有数据文件；请检查位置是否正确。")
    try:
        opening.make_folder(target)
        for one in sorted(source.iterdir()):
            if one.name not in _STAY:
                _bring(one, target / one.name)
        _bring_store(source, target)
    except OSError as error:
        raise system_refusal(error, target) from error


def _bring(source: Path, target: Path) -> None:
    """What is there already stays."""
    if source.is_dir():
        opening.make_folder(target)
        for one in sorted(source.iterdir()):
            _bring(one, target / one.name)
    elif source.is_file() and not target.exists():
        opening.make_file(target)
        shutil.copyfile(source, target)


def _bring_store(source: Path, target: Path) -> None:
    """With its journal: what a crash left half-written there is rolled back here."""
    room = target / "copying"
    shutil.rmtree(room, ignore_errors=True)
    opening.make_folder(room)
    try:
        for name in (STORE, _JOURNAL):
            _bring(source / name, room / name)
        database, found = opening.open_file(room / STORE, MIGRATIONS, read_only=False)
        database.close()
        if found == 0:
            raise StoreRefused("gone", f"{source} 里的数据是空的，没有可复制的内容。")
        opening.make_file(target / ORIGIN)
        (target / ORIGIN).write_text(str(source.absolute()), encoding="utf-8", errors="surrogateescape")
        os.replace(room / STORE, target / STORE)
        flush_folder(target)
    finally:
        shutil.rmtree(room, ignore_errors=True)
