"""The backups that a person can choose from, whatever became of the store and of the list of backups."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from perfdesk.store.backup import FOLDER, listed, newest_good
from perfdesk.store.infos import BackupInfo
from perfdesk.store.migrations import MIGRATIONS, newest


def backups_of(folder: Path) -> tuple[BackupInfo, ...]:
    """Newest first: what the index lists, and files that only look like a backup (without a reason). None is opened here."""
    known = listed(folder)
    names = {info.path.name for info in known}
    others = (path for path in _files(folder / FOLDER) if path.name not in names)
    found = (*known, *(_unlisted(path) for path in others))
    return tuple(sorted(found, key=lambda info: (info.at, info.path.name), reverse=True))


def _files(home: Path) -> list[Path]:
    try:
        return [path for path in home.glob("perfdesk-*.db") if path.is_file()]
    except OSError:
        return []


def _unlisted(path: Path) -> BackupInfo:
    found = path.stat()
    return BackupInfo(path, datetime.fromtimestamp(found.st_mtime, UTC), found.st_size, "")


def newest_good_backup(folder: Path) -> BackupInfo | None:
    """The newest that opens and is whole."""
    found = newest_good(folder, newest(MIGRATIONS))
    return next((info for info in backups_of(folder) if info.path == found), None)
