"""The file behind a store through its life: locked, opened, brought up to the newest version, backed up, restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from perfdesk import VERSION
from perfdesk.errors import StoreRefused, UserError
from perfdesk.store import backup, opening, rescue, restore, verify
from perfdesk.store.database import Database
from perfdesk.store.faults import DAMAGED, system_refusal
from perfdesk.store.infos import BackupInfo
from perfdesk.store.lock import Lock
from perfdesk.store.migrations import MIGRATIONS, Migration, newest
from perfdesk.store.places import refuse_unsafe
from perfdesk.store.scribe import login

STORE_NAME = "perfdesk.db"
BACKUP_EVERY = timedelta(minutes=30)
ONE_RUN = timedelta(minutes=10)


@dataclass(slots=True)
class Vault:
    """``lock`` None: opened to read. ``found``: the version the file had; 0 where it was new.

    ``problem``: why the last automatic backup failed (None: it did not); an edit that is on disk is not refused because its
    backup could not be made. ``last``: time of the last backup, at first of the opening. ``covered``: a backup holds
    everything. ``imported``: time of the last import.
    """

    folder: Path
    database: Database
    lock: Lock | None
    migrations: Sequence[Migration]
    clock: Callable[[], datetime]
    found: int
    last: datetime
    covered: bool
    imported: datetime | None = None
    problem: UserError | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        clock: Callable[[], datetime],
        migrations: Sequence[Migration],
        program: str = VERSION,
    ) -> Vault:
        """To write: makes the folder and the file where there are none; brings an older file up, after a backup of it.
        ``program``: the version of this program; what another version had open is backed up first, too."""
        try:
            refuse_unsafe(folder)
            opening.make_folder(folder)
            lock = Lock(folder)
        except OSError as error:
            raise system_refusal(error, folder) from error
        try:
            return cls._locked(folder, lock, clock, migrations, program)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _locked(
        cls,
        folder: Path,
        lock: Lock,
        clock: Callable[[], datetime],
        migrations: Sequence[Migration],
        program: str,
    ) -> Vault:
        path = folder / STORE_NAME
        with rescue.advice(path, newest(migrations)):
            rescue.refuse_lost(path, newest(migrations))
            opening.make_file(path)
            cut_off = opening.was_cut_off(path)
            database, found = opening.open_file(path, migrations, read_only=False)
        vault = cls(folder, database, lock, migrations, clock, found, clock(), found == 0)
        try:
            vault._bring_up(program)
            if cut_off:
                vault._refuse_mixed()
            vault._backup_of_the_day()
        except BaseException:
            database.close()
            raise
        return vault

    @classmethod
    def open_to_read(
        cls, folder: Path, clock: Callable[[], datetime], migrations: Sequence[Migration]
    ) -> Vault:
        """Beside a writer, without a lock; makes nothing. Without a store: an empty one in memory."""
        path = folder / STORE_NAME
        with rescue.advice(path, newest(migrations)):
            rescue.refuse_lost(path, newest(migrations))
            if rescue.nothing_at(path):
                database, found = Database(None), 0
                opening.migrate(database, 0, migrations)
            else:
                database, found = opening.open_file(path, migrations, read_only=True)
        if 0 < found < newest(migrations):
            database.close()
            raise StoreRefused("older", "数据由旧版程序建立，需要先升级；请运行 perfdesk migrate。")
        return cls(folder, database, None, migrations, clock, found, clock(), covered=True)

    def close(self) -> None:
        self.database.close()
        if self.lock is not None:
            self.lock.release()

    @property
    def path(self) -> Path:
        return self.folder / STORE_NAME

    @property
    def version(self) -> int:
        return newest(self.migrations)

    @property
    def who(self) -> Callable[[], str]:
        return login

    @property
    def alone(self) -> bool:
        """Nobody else writes."""
        return self.lock is not None

    @property
    def size(self) -> int | None:
        """Of the file, in bytes; None where there is none yet."""
        return self.path.stat().st_size if self.path.exists() else None

    def writing(self) -> None:
        """StoreRefused where the store was opened to read."""
        if self.lock is None:
            raise StoreRefused("read-only", "数据以只读方式打开，不能改动。")

    def make(self, reason: str) -> BackupInfo:
        """A backup in the data folder, listed and thinned out."""
        self.writing()
        info = backup.make(self.database, self.folder, self.clock(), reason, self.version)
        self.last, self.covered, self.problem = info.at, True, None
        return info

    def copy_to(self, target: Path) -> Path:
        """A copy outside. A file that stands there is replaced only where it is a store, too (an older backup)."""
        target = target / backup.file_name(self.clock()) if target.is_dir() else target
        if target.exists():
            if target.samefile(self.path):
                message = "这就是正在使用的数据文件，不能备份到它自己；请换一个文件名。"
                raise StoreRefused("same-file", message)
            restore.proven(target, self.version)
        backup.write_copy(self.database, target, self.version)
        return target

    def after_change(self) -> None:
        """Backs up when the last backup is 30 minutes old; a failure is kept in ``problem`` and tried again later."""
        self.covered = False
        if _passed(self.last, self.clock(), BACKUP_EVERY):
            self._try("timer")

    def before_import(self) -> None:
        """Backs up once before a run of imports: not again within 10 minutes, so that a hundred files are one run."""
        now = self.clock()
        if not self.covered and (self.imported is None or _passed(self.imported, now, ONE_RUN)):
            self._try("import")
        self.imported = now

    def restore(self, source: Path) -> None:
        """Checks ``source``, backs up what is here, then puts it in place; an older version is brought up."""
        self.writing()
        restore.proven(source, self.version)
        try:
            self.make("restore")
        except StoreRefused as error:
            if error.code != "damaged":
                raise
            restore.set_aside(
                self.path, self.clock()
            )  # there is no good backup of a store that was damaged meanwhile
        self.database.close()
        restore.put_in_place(source, self.path, self.migrations)

    def _bring_up(self, program: str) -> None:
        known = opening.last_program(self.database) if self.found else ""
        if 0 < self.found < self.version:
            self.make("migrate")
        elif self.found and known != program:
            self._try("upgrade")
        opening.migrate(self.database, self.found, self.migrations)
        if known != program and self.problem is None:
            opening.note_program(self.database, program)

    def _refuse_mixed(self) -> None:
        """After a crash: a journal that was not this store's own would have mixed two stores, which only the journal of steps shows."""
        with rescue.advice(self.path, self.version):
            if problems := verify.problems(self.database, self.version):
                raise StoreRefused("damaged", DAMAGED, "; ".join(problems[:5]))

    def _backup_of_the_day(self) -> None:
        """Only the last one counts: after the clock was set back, there may be others that are called today's."""
        today = self.clock().astimezone().date()
        last = backup.listed(self.folder)[-1:]
        if self.found and not any(b.at.astimezone().date() == today for b in last):
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
    """``Vault.restore`` where the file itself may be damaged or lost. The damaged file's new name, None where none was.
    Not where the data are on a server."""
    restore.proven(source, newest(migrations))
    try:
        vault = Vault.open(folder, clock, migrations)
    except StoreRefused as error:
        if error.code not in ("damaged", "lost"):
            raise
        return _replace(folder, source, migrations, clock())
    try:
        vault.restore(source)
    finally:
        vault.close()
    return None


def _replace(folder: Path, source: Path, migrations: Sequence[Migration], now: datetime) -> Path | None:
    lock = Lock(folder)
    try:
        aside = restore.set_aside(folder / STORE_NAME, now)
        restore.put_in_place(source, folder / STORE_NAME, migrations)
        return aside
    finally:
        lock.release()


def _passed(since: datetime, now: datetime, span: timedelta) -> bool:
    """Also where the clock was set back: nobody knows then how long it was."""
    return not timedelta(0) <= now - since < span
