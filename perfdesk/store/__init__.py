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
from perfdesk.store.on_hand import backups_of, newest_good_backup
from perfdesk.store.places import Local, copy_folder, local_place, unsafe_place
from perfdesk.store.store import Store
from perfdesk.store.vault import restore_folder

__all__ = [
    "BackupInfo",
    "DeletedInfo",
    "Explanation",
    "FilingInfo",
    "HistoryEntry",
    "Local",
    "Seal",
    "Store",
    "UnitInfo",
    "backups_of",
    "copy_folder",
    "local_place",
    "newest_good_backup",
    "restore_folder",
    "unsafe_place",
]
