"""Folders among the files that are to be read: what lies in them that could be a form."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

ENDINGS = frozenset(
    (".docx", ".docm", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".pdf", ".txt", ".tsv", ".csv", ".json", ".zip",
     ".rtf", ".odt", ".ods")
)  # fmt: skip
MOST = 500
"""Files of one folder and all in it."""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Files as they are; for a folder all files in and below it whose names end as those of forms do, in the order of their names. Hidden
    ones, and those that Office leaves beside open files, are left out; what is named twice stands where it is named first."""
    found: list[Path] = []
    for path in paths:
        found += _below(path) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _below(folder: Path) -> list[Path]:
    found: list[Path] = []
    for here, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in ENDINGS and not name.startswith((".", "~$")):
                found.append(Path(here, name))
            if len(found) == MOST:
                return found
    return found
