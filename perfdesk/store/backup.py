"""Copies of the store: written under another name, opened and checked, flushed, then renamed. A backup that exists is good.

``backups/index.json`` lists what this program made; only what it lists is ever deleted. It stands beside the store and not
in it, so that it survives a damaged store and a restored one.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.errors import StoreRefused
from perfdesk.store.codec import json_text, time_of, time_text
from perfdesk.store.faults import system_refusal
from perfdesk.store.infos import BackupInfo
from perfdesk.store.opening import examine, make_file, make_folder

if TYPE_CHECKING:
    from perfdesk.store.seam import Data

FOLDER = "backups"
INDEX = "index.json"
NEWEST, DAYS, MONTHS = 10, 30, 12


def write_copy(database: Data, target: Path, version: int) -> None:
    """A checked copy at ``target``; what stood there is replaced in one go, or stays where the copy fails."""
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        make_file(unfinished)
        database.copy_into(unfinished)
        put(unfinished, target, version)
    except OSError as error:
        raise system_refusal(error, target) from error
    finally:
        remove(unfinished)


def put(unfinished: Path, target: Path, version: int) -> None:
    """Checks the finished copy, flushes it and gives it its name; OSError where the disk refuses."""
    examine(unfinished, version, whole=True)
    with open(unfinished, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, target)
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """The new name itself is on disk only when the folder is (Windows has no such call and needs none)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """A leftover of ours that cannot go now is written over the next time."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def make(database: Data, folder: Path, now: datetime, reason: str, version: int) -> BackupInfo:
    """A backup in the data folder's own ``backups``, listed; then the old ones are thinned out."""
    home = folder / FOLDER
    make_folder(home)
    try:
        for unfinished in home.glob("perfdesk-*.db.part*"):
            remove(unfinished)  # a crash in the middle of an earlier backup left it
        target = _free_name(home, now)
        try:
            write_copy(database, target, version)
            info = BackupInfo(target, now, target.stat().st_size, reason)
            kept = [*(b for b in listed(folder) if b.path != target), info]
            write_index(folder, kept)
        except BaseException:
            remove(target)  # not listed, it would never be deleted
            raise
        # Only now, so that no failure leaves fewer than before; the next index leaves out what is gone.
        for old in surplus(kept):
            remove(old.path)
        return info
    except OSError as error:
        raise system_refusal(error, home) from error


def file_name(now: datetime) -> str:
    """Names sort as times do."""
    return f"perfdesk-{now.astimezone():%Y%m%d-%H%M%S}.db"


def _free_name(home: Path, now: datetime) -> Path:
    target = home / file_name(now)
    number = 1
    while target.exists():
        number += 1
        target = home / f"{Path(file_name(now)).stem}_{number}.db"  # "_" sorts behind "."
    return target


def surplus(backups: Sequence[BackupInfo]) -> tuple[BackupInfo, ...]:
    """Those to delete: not among the newest 10, nor the newest of one of the last 30 days or 12 months with a backup.

    ``backups`` and "newest" go by the order in which they were made, the oldest first: after the clock was set back, the newest is
    the one with the earliest time.
    """
    newest_first = backups[::-1]
    days: dict[str, BackupInfo] = {}
    months: dict[str, BackupInfo] = {}
    for info in newest_first:
        days.setdefault(f"{info.at.astimezone():%Y-%m-%d}", info)
        months.setdefault(f"{info.at.astimezone():%Y-%m}", info)
    kept = [*newest_first[:NEWEST], *list(days.values())[:DAYS], *list(months.values())[:MONTHS]]
    return tuple(b for b in newest_first if b not in kept)


def listed(folder: Path) -> tuple[BackupInfo, ...]:
    """What the index lists and is there, in the order it was made. An index that cannot be read lists nothing (and nothing is
    deleted)."""
    home = folder / FOLDER
    try:
        found = [_info(home, entry) for entry in json.loads((home / INDEX).read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError, StoreRefused):
        return ()
    return tuple(i for i in found if i.path.is_file())


def _info(home: Path, entry: dict[str, str | int]) -> BackupInfo:
    name = Path(str(entry["file"])).name  # never a file outside the folder, whatever the index says
    return BackupInfo(home / name, time_of(str(entry["at"])), int(entry["size"]), str(entry["reason"]))


def write_index(folder: Path, backups: Sequence[BackupInfo]) -> None:
    target = folder / FOLDER / INDEX
    entries = [
        {"file": b.path.name, "at": time_text(b.at), "size": b.size, "reason": b.reason} for b in backups
    ]
    unfinished = target.with_name(INDEX + ".part")
    unfinished.unlink(missing_ok=True)
    make_file(unfinished)
    with open(unfinished, "w", encoding="utf-8") as file:
        file.write(json_text(entries))
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, target)
    with contextlib.suppress(
        OSError
    ):  # a backup that a power cut keeps out of the index is found by its name
        flush_folder(target.parent)


def newest_good(folder: Path, version: int) -> Path | None:
    """The newest file in ``backups`` that opens and is whole, listed or not; None where there is none."""
    for path in _newest_first(folder):
        try:
            if examine(path, version, whole=True):
                return path
        except StoreRefused:
            continue
    return None


def _newest_first(folder: Path) -> list[Path]:
    """Those of the index by the order they were made; those that a crash kept out of it by their names, which are times."""
    known = [info.path for info in reversed(listed(folder))]
    there: set[Path] = set()
    with contextlib.suppress(OSError):  # a folder that cannot be listed offers what the index knows
        there.update((folder / FOLDER).glob("perfdesk-*.db"))
    others = sorted(there - set(known), reverse=True)
    later = [path for path in others if known and path.name > known[0].name]
    return [*later, *known, *(path for path in others if path not in later)]
