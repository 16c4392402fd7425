"""Folders among the files that are to be read: what lies in them that could be a form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ENDINGS = frozenset(
    (".docx", ".docm", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".pdf", ".txt", ".tsv", ".csv", ".json", ".zip",
     ".rtf", ".odt", ".ods")
)  # fmt: skip
PACK = ".pdpack"
MOST = 500
"""Files of one folder and all in it."""

_NOT_THE_USERS = frozenset(
    ("$recycle.bin", "recycler", "recycled", "system volume information", "__macosx", "lost+found")
)
"""Folders in which systems keep what was thrown away and what they note down."""
_NOTES = frozenset(("thumbs.db", "desktop.ini", "autorun.inf", "ehthumbs.db", "icon\r"))


@dataclass(frozen=True, slots=True)
class Walked:
    """``files``: those that can be read, by their names; ``others``: everything else that a person put there; ``closed``: folders that
    could not be looked into."""

    files: tuple[Path, ...]
    others: tuple[Path, ...]
    closed: tuple[Path, ...]


def walked(paths: Iterable[Path]) -> Walked:
    """Everything in and below the folders, however much it is. Files that are named themselves are read whatever they are called. What
    systems and Office leave beside files is nobody's."""
    files: list[Path] = []
    others: list[Path] = []
    closed: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for here, names in _folders(path, closed):
            for name in names:
                known = Path(name).suffix.lower() in ENDINGS | {PACK}
                (files if known else others).append(Path(here, name))
    return Walked(tuple(dict.fromkeys(files)), tuple(dict.fromkeys(others)), tuple(closed))


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Files as they are; for a folder all files in and below it whose names end as those of forms do, in the order of their names. Hidden
    ones, and those that Office leaves beside open files, are left out; what is named twice stands where it is named first."""
    found: list[Path] = []
    for path in paths:
        found += _below(path) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _below(folder: Path) -> list[Path]:
    found: list[Path] = []
    for here, names in _folders(folder, []):
        for name in names:
            if Path(name).suffix.lower() in ENDINGS:
                found.append(Path(here, name))
            if len(found) == MOST:
                return found
    return found


def _folders(folder: Path, closed: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """Each folder in and below this one with the names of its files, in their order; ``closed`` grows by those that do not open."""

    def told(error: OSError) -> None:
        closed.append(Path(error.filename or folder))

    for here, inside, names in os.walk(folder, onerror=told):
        inside[:] = sorted(n for n in inside if not n.startswith(".") and n.lower() not in _NOT_THE_USERS)
        yield here, sorted(n for n in names if not n.startswith((".", "~$")) and n.lower() not in _NOTES)
