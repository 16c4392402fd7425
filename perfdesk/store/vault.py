"""The file behind a store through its life: opened, brought up to the newest version, backed up, restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from perfdesk.errors import StoreRefused, UserError
from perfdesk.store import backup, opening, restore
from perfdesk.store.database import Database
from perfdesk.store.infos import BackupInfo
from perfdesk.store.lock import Lock
from perfdesk.store.migrations import MIGRATIONS, Migration, newest

STORE_NAME = "perfdesk.db"
BACKUP_EVERY = timedelta(minutes=30)
ONE_RUN = timedelta(minutes=10)


@dataclass(slots=True)
class Vault:
    """``found``: the version the file had; 0 where it was new. ``problem``: why the last automatic backup failed (None: it
    did not); an edit that is on disk is not refused because its backup could not be made. ``last``: time of the last backup,
    at first of the opening. ``covered``: a backup holds everything. ``imported``: time of the last backup before an import."""

    folder: Path
    database: Database
    migrations: Sequence[Migration]
    clock: Callable[[], datetime]
    found: int
    last: datetime
    covered: bool
    imported: datetime | None = None
    problem: UserError | None = None

    @classmethod
    def open(cls, folder: Path, clock: Callable[[], datetime], migrations: Sequence[Migration]) -> Vault:
        """The caller holds the folder's lock."""
        path = folder / STORE_NAME
        opening.make_file(path)
        try:
            database, found = opening.open_file(path, migrations, read_only=False)
        except StoreRefused as error:
            raise _advised(error, folder, newest(migrations)) from error
        vault = cls(folder, database, migrations, clock, found, clock(), found == 0)
        try:
            vault._bring_up(found)
            vault._backup_of_the_day()
        except BaseException:
            database.close()
            raise
        return vault

    @classmethod
    def open_to_read(
        cls, folder: Path, clock: Callable[[], datetime], migrations: Sequence[Migration]
    ) -> Vault:
        path = folder / STORE_NAME
        if not path.exists() or path.stat().st_size == 0:
            database, found = Database(None), 0
            opening.migrate(database, 0, migrations)
            return cls(folder, database, migrations, clock, found, clock(), found == 0)
        try:
            database, found = opening.open_file(path, migrations, read_only=True)
        except StoreRefused as error:
            raise _advised(error, folder, newest(migrations)) from error
        if found < newest(migrations):
            database.close()
            raise StoreRefused("older", "数据由旧版程序建立，需要先升级；请运行 perfdesk migrate。")
        return cls(folder, database, migrations, clock, found, clock(), found == 0)

    @property
    def version(self) -> int:
        return newest(self.migrations)

    def make(self, reason: str) -> BackupInfo:
        """A backup in the data folder, listed and thinned out."""
        info = backup.make(self.database, self.folder, self.clock(), reason, self.version)
        self.last, self.covered, self.problem = info.at, True, None
        return info

    def copy_to(self, target: Path) -> Path:
        """A copy outside. A file that stands there is replaced only where it is a store, too (an older backup)."""
        target = target / backup.file_name(self.clock()) if target.is_dir() else target
        if target.exists():
            if target.samefile(self.folder / STORE_NAME):
                raise StoreRefused(
                    "same-file", "这就是正在使用的数据文件，不能备份到它自己；请换一个文件名。"
                )
            restore.proven(target, self.version)
        backup.write_copy(self.database, target, self.version)
        return target

    def listed(self) -> tuple[BackupInfo, ...]:
        return backup.listed(self.folder)

    def after_change(self) -> None:
        """Backs up when the last backup is 30 minutes old; a failure is kept in ``problem`` and tried again later."""
        self.covered = False
        if self.clock() - self.last >= BACKUP_EVERY:
            self._try("timer")

    def before_import(self) -> None:
        """Backs up once before a run of imports: not again within 10 minutes, so that a hundred files are one run."""
        now = self.clock()
        if not self.covered and (self.imported is None or now - self.imported >= ONE_RUN):
            self._try("import")
        self.imported = now

    def restore(self, source: Path) -> None:
        """Checks ``source``, backs up what is here, then puts it in place; an older version is brought up."""
        restore.proven(source, self.version)
        self.make("restore")
        self.database.close()
        restore.put_in_place(source, self.folder / STORE_NAME, self.version)
        with self.database.raw() as conn:
            found = opening.judge(conn, self.version)
        opening.migrate(self.database, found, self.migrations)

    def _bring_up(self, found: int) -> None:
        if 0 < found < self.version:
            self.make("migrate")
        opening.migrate(self.database, found, self.migrations)

    def _backup_of_the_day(self) -> None:
        today = self.clock().astimezone().date()
        if self.found and not any(b.at.astimezone().date() == today for b in self.listed()):
            self._try("daily")

    def _try(self, reason: str) -> None:
        self.last = self.clock()
        try:
            self.make(reason)
        except UserError as error:
            self.problem = error


def restore_folder(
    folder: Path, source: Path, *, clock: Callable[[], datetime], migrations: Sequence[Migration] = MIGRATIONS
) -> Path | None:
    """``Store.restore`` for a folder whose store may be damaged. The damaged file's new name, or None where it was whole."""
    opening.make_folder(folder)
    lock = Lock(folder)
    try:
        restore.proven(source, newest(migrations))
        try:
            vault = Vault.open(folder, clock, migrations)
        except StoreRefused as error:
            if error.code != "damaged":
                raise
            aside = restore.set_aside(folder / STORE_NAME, clock())
            restore.put_in_place(source, folder / STORE_NAME, newest(migrations))
            return aside
        vault.restore(source)
        vault.database.close()
        return None
    finally:
        lock.release()


def _advised(error: StoreRefused, folder: Path, version: int) -> StoreRefused:
    """A damaged store is told together with the newest good backup and the command that restores it."""
    if error.code != "damaged":
        return error
    damaged = f"数据文件 {folder / STORE_NAME} 已损坏，没有改动它。"
    good = backup.newest_good(folder, version)
    if good is None:
        return StoreRefused(
            "damaged", f"{damaged}没有找到完好的备份；请先复制整个数据文件夹，再联系支持人员。", error.detail
        )
    advice = f'最近的完好备份可以恢复：perfdesk --data "{folder}" restore "{good}"（损坏的文件会另外保留）。'
    return StoreRefused("damaged", damaged + advice, error.detail)
