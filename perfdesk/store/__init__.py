"""The store: units, filings and their journal in one SQLite file. The only package that knows SQLAlchemy.

Importing that costs 0.15–0.35 s; so what is named here is imported when it is first asked for, and ``first_look`` needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfdesk.store.infos import (
        BackupInfo,
        DeletedInfo,
        Explanation,
        FilingInfo,
        HistoryEntry,
        Seal,
        UnitInfo,
    )
    from perfdesk.store.looking import FirstLook, first_look
    from perfdesk.store.on_hand import backups_of, newest_good_backup
    from perfdesk.store.places import Local, copy_folder, local_place, unsafe_place
    from perfdesk.store.store import Store
    from perfdesk.store.vault import restore_folder

__all__ = [
    "BackupInfo",
    "DeletedInfo",
    "Explanation",
    "FilingInfo",
    "FirstLook",
    "HistoryEntry",
    "Local",
    "Seal",
    "Store",
    "UnitInfo",
    "backups_of",
    "copy_folder",
    "first_look",
    "local_place",
    "newest_good_backup",
    "restore_folder",
    "unsafe_place",
]

_MODULES = {
    "looking": ("FirstLook", "first_look"),
    "infos": ("BackupInfo", "DeletedInfo", "Explanation", "FilingInfo", "HistoryEntry", "Seal", "UnitInfo"),
    "on_hand": ("backups_of", "newest_good_backup"),
    "places": ("Local", "copy_folder", "local_place", "unsafe_place"),
    "store": ("Store",),
    "vault": ("restore_folder",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"perfdesk.store.{module}"), name)
    raise AttributeError(name)
