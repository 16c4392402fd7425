"""What can be done about data that do not open: which words, which buttons, in which order. The first is the one to take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ui import messages as say
from ui.messages import faults as words

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from perfdesk.store import BackupInfo

Deed = Literal["restore", "backups", "copy", "open", "elsewhere", "again", "folder"]


@dataclass(frozen=True, slots=True)
class Way:
    """``path``: the backup to restore, or the folder to open."""

    deed: Deed
    text: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    title: str
    text: str
    ways: tuple[Way, ...]


def advise(error: UserError, folder: Path) -> Advice:
    """``folder``: of the data that do not open."""
    match error.code:
        case "damaged" | "lost":
            return _rescued(error, folder)
        case "unsafe-place":
            return _moved(folder)
        case _:
            title, text = words.TROUBLES.get(error.code, (say.NOT_OPENED, error.message))
            return Advice(title, text, tuple(_usual(error)))


def _usual(error: UserError) -> Iterator[Way]:
    yield Way("again", words.AGAIN)
    if error.code in ("newer", "foreign", "unsafe-place", "no-permission", "read-only", "gone", "too-deep"):
        yield Way("elsewhere", words.ELSEWHERE)
    yield Way("folder", words.SHOW_FOLDER)


def _rescued(error: UserError, folder: Path) -> Advice:
    from perfdesk.store import newest_good_backup

    good = newest_good_backup(folder)
    title, text = words.TROUBLES[error.code]
    ways = (Way("folder", words.SHOW_FOLDER), Way("again", words.AGAIN))
    if good is None:
        return Advice(title, words.no_backup(text), ways)
    offered = Way("restore", words.restore_newest(when(good)), good.path)
    return Advice(title, words.has_backup(text), (offered, Way("backups", words.OTHER_BACKUP), *ways))


def _moved(folder: Path) -> Advice:
    from perfdesk.store import local_place, unsafe_place

    local = local_place(folder)
    elsewhere = Way("elsewhere", words.ELSEWHERE)
    text = words.unsafe(str(folder), unsafe_place(folder))
    if local.place is None:
        return Advice(words.UNSAFE_TITLE, text, (elsewhere, Way("folder", words.SHOW_FOLDER)))
    first = (
        Way("open", words.OPEN_COPY if local.has_data else words.USE_LOCAL, local.place)
        if local.has_data or not local.to_copy
        else Way("copy", words.MAKE_COPY, local.place)
    )
    return Advice(
        words.UNSAFE_TITLE, words.unsafe_way(text, str(local.place), local.has_data), (first, elsewhere)
    )


def when(backup: BackupInfo) -> str:
    """Day and time as people say them, and why it was made."""
    return words.backup_at(backup.at.astimezone(), backup.reason)
