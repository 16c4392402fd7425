"""The store: units, filings and their journal in one SQLite file. The only package that knows SQLAlchemy.

Importing it costs 0.2–0.35 s, so programs import it when they first need it.
"""

from __future__ import annotations

from perfdesk.store.infos import (
    BackupInfo,
    DeletedInfo,
    Explanation,
    FilingInfo,
    HistoryEntry,
    Seal,
    UnitInfo,
)
from perfdesk.store.places import copy_folder
from perfdesk.store.store import Store
from perfdesk.store.vault import restore_folder

__all__ = [
    "BackupInfo",
    "DeletedInfo",
    "Explanation",
    "FilingInfo",
    "HistoryEntry",
    "Seal",
    "Store",
    "UnitInfo",
    "copy_folder",
    "restore_folder",
]
