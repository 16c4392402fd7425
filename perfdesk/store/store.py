"""The store: the one door to the data on disk. What a method returns is on disk when it returns."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal, Self

from sqlalchemy import Connection

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.model.change import Step
from perfdesk.model.filing import Filing
from perfdesk.model.forest import flaws
from perfdesk.store import audit, deeds, dump, explanations, journal, rights, several, shelf, verify
from perfdesk.store import backup as backups
from perfdesk.store.codec import unreadable_is_damaged
from perfdesk.store.infos import BackupInfo, FilingInfo, HistoryEntry, UnitInfo
from perfdesk.store.migrations import MIGRATIONS, Migration
from perfdesk.store.office import Office
from perfdesk.store.order import applied, difference, plain
from perfdesk.store.remembered import Remembered
from perfdesk.store.scribe import Scribe, Stamp
from perfdesk.store.seam import Keeper, opened
from perfdesk.store.shelf import Shelved
from perfdesk.store.sides import Sides
from perfdesk.store.timeline import Timeline

Units = str | Sequence[str | None] | None
"""The unit of new filings as ``Store.add`` takes it, or one for each of them."""
Instead = Sequence[int | None]
Explained = Sequence[Mapping[str, str]]
"""For each new filing what was said about its findings, by their keys."""


def _now() -> datetime:
    return datetime.now(UTC)


def _random_id() -> str:
    return secrets.token_hex(6)


class Store(Sides):
    """Opened with ``Store.open``; of a file one writer at a time, of a server many. Safe to be used from several threads."""

    def __init__(self, vault: Keeper, scribe: Scribe, new_id: Callable[[], str]) -> None:
        self.new_id = new_id
        self.vault = vault
        self._database = vault.database
        self._scribe = scribe
        self._known: dict[int, Shelved] = {}
        self._remembered = Remembered(self._database)
        self._guard = RLock()
        self.office = Office(vault, self._change, self._known.clear, self._guard, scribe)
        self.timeline = Timeline(self._database, self._guard)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _random_id,
        who: Callable[[], str] | None = None,
        read_only: bool = False,
        migrations: Sequence[Migration] = MIGRATIONS,
        server: str = "",
    ) -> Store:
        """Makes the folder and the store where there are none; brings an older store up, after a backup of it. ``read_only`` looks beside
        a writer and creates nothing: without a store it shows an empty one. StoreRefused: ``locked``, ``newer``, ``damaged``, ``lost``,
        ``foreign``, ``unsafe-place``, ``no-permission`` …; the store is untouched then."""
        vault = opened(folder, server, clock, migrations, read_only)
        store = cls(vault, Scribe(clock, who or vault.who), new_id)
        store._scribe.not_before(store.timeline.newest())
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the next writer in; a second call does nothing."""
        self.vault.close()

    # --- reading -----------------------------------------------------------------------------------------------------

    def units(self) -> tuple[UnitInfo, ...]:
        """Units that have a filing or were made by hand, by name."""
        with self._guard, self._database.read() as conn:
            return shelf.units(conn)

    def filings(self, year: int | None = None) -> tuple[FilingInfo, ...]:
        """The filings of a year (None: of all years) in their order; without the withdrawn ones."""
        with self._guard:
            return self._remembered.answer(year, lambda conn: shelf.infos(conn, year))

    def filing(self, filing_id: int) -> Filing:
        """StoreRefused ``unknown-filing``; a withdrawn filing is still known by its id."""
        with self._guard:
            return self._shelved(filing_id).filing

    def history(self, filing_id: int) -> tuple[HistoryEntry, ...]:
        """All steps in the order they were made, the undone and the replaced ones too."""
        with self._guard, self._database.read() as conn:
            rights.refuse_unseen(conn, filing_id)
            if not (found := journal.history(conn, filing_id)):
                raise shelf.unknown(filing_id)
            return found

    def setting(self, key: str) -> str | None:
        """None where it was never set."""
        with self._guard, self._database.read() as conn:
            return shelf.setting(conn, key)

    # --- changing ----------------------------------------------------------------------------------------------------

    def add(self, filing: Filing, label: str, unit_name: str | None = None) -> int:
        """One undoable step; the new filing's id. ``unit_name`` None: the unit follows the cell ``basic/unit_name``."""
        return self.add_all((filing,), label, unit_name)[0]

    def add_all(
        self,
        filings: Sequence[Filing],
        label: str,
        unit_name: Units = None,
        instead: Instead = (),
        explained: Explained = (),
    ) -> tuple[int, ...]:
        """All filings of one file or none of them; each can be undone by itself, several at once, too. ``instead``: the filing that each
        takes the place of, where it does. A file is backed up before."""
        _refuse_broken(filings)
        with self._guard:
            self.vault.writing()
            self.vault.before_import()
            with self._change() as conn:
                new = _come(conn, _with_units(filings, unit_name), label, instead, self._scribe)
                for one, said in zip(new, explained, strict=False):
                    explanations.put_all(conn, one.id, said, self._scribe.now())
            _remember(self._known, new, instead)
            self.vault.after_change()
            return tuple(one.id for one in new)

    def apply(self, filing_id: int, step: Step, visit: str = "") -> Filing:
        """ChangeRefused where the step makes no sense, StoreRefused where it cannot be written: then nothing has changed. ``visit``: saves
        of one cell while somebody stays in it have the same, and are one step in the journal."""
        with self._guard:
            old = self._shelved(filing_id, seen=True)  # not as it is now, where others write, too
            if old.withdrawn:
                raise ChangeRefused("withdrawn", "这份填报已撤销，不能修改；重做可以恢复它。")
            shelf.refuse_closed(old.closed)
            after, inverse = applied(old.filing, step.changes)
            with self._change() as conn:
                _hold(conn, old, after)
                stamp = self._scribe.stamp(visit)
                journal.record(conn, filing_id, step.label, stamp, (step.changes, inverse))
                new = _write(conn, old, replace(old, filing=after), stamp.at)
            self._known[filing_id] = new
            self.vault.after_change()
            return new.filing

    def undo(self, filing_id: int) -> tuple[Filing, str] | None:
        """Takes back the last step; the filing and the step's label, None where nothing is left to undo. Taking back the first
        step withdraws the filing: it leaves the list, keeps its rows, and redo brings it back."""
        return self._turn(filing_id, "undone")

    def redo(self, filing_id: int) -> tuple[Filing, str] | None:
        """Does again what was undone last; None where nothing is left to redo."""
        return self._turn(filing_id, "done")

    def _turn(self, filing_id: int, state: Literal["done", "undone"]) -> tuple[Filing, str] | None:
        with self._guard:
            old = self._shelved(filing_id)
            shelf.refuse_closed(old.closed)
            with self._change() as conn:
                found = _go(conn, old, state, self._scribe)
            if found is None:
                return None
            self._known[filing_id], label = found
            self.vault.after_change()
            return found[0].filing, label

    def set_setting(self, key: str, value: str) -> None:
        """Settings are no steps: they are not in the journal."""
        with self._guard, self._change() as conn:
            shelf.set_setting(conn, key, value, self._scribe)

    # --- the whole ---------------------------------------------------------------------------------------------------

    def backup(self, to: Path | None = None) -> Path:
        """A checked copy: ``to`` a file or a folder of the user's, or (None) into the data folder's own backups."""
        with self._guard:
            return self.vault.make("asked").path if to is None else self.vault.copy_to(to)

    def backups(self) -> tuple[BackupInfo, ...]:
        """The data folder's own backups, oldest first."""
        return backups.listed(self.vault.folder)

    def restore(self, path: Path) -> None:
        """The store becomes what ``path`` holds. What it held before is backed up first, so restoring is taken back the same way."""
        with self._guard:
            self._known.clear()
            self.vault.restore(path)
            self._scribe.not_before(self.timeline.newest())

    def migrate(self) -> tuple[int, int]:
        """The version the store had when it was opened, and the one it has now: opening has already brought it up."""
        return self.vault.found, self.vault.version

    def verify(self) -> tuple[str, ...]:
        """What is wrong, one sentence each; empty: the file is whole and the journal leads to exactly what is stored."""
        with self._guard:
            return verify.problems(self._database, self.vault.version)

    def dump(self) -> dict[str, Any]:
        """Everything in a fixed order, as plain data."""
        with self._guard, unreadable_is_damaged(), self._database.read() as conn:
            rights.need_all(conn)
            return dump.everything(conn, self._database.version(conn))

    @contextmanager
    def _change(self) -> Generator[Connection]:
        self.vault.writing()
        try:
            with self._database.write() as conn:
                yield conn
        except StoreRefused:
            self._known.clear()  # the next look is at what is there, whoever wrote it
            raise

    def _shelved(self, filing_id: int, seen: bool = False) -> Shelved:
        known = self._known.get(filing_id) if seen or self.vault.alone else None
        if known is None:
            with self._database.read() as conn:
                known = self._known[filing_id] = shelf.load(conn, filing_id)
        return known


def _refuse_broken(filings: Sequence[Filing]) -> None:
    if wrong := [flaw for filing in filings for flaw in flaws(filing)]:
        raise ChangeRefused("broken-filing", "这份填报的行次有错，不能保存。", "; ".join(wrong))


def _come(
    conn: Connection,
    filings: Sequence[tuple[Filing, str | None]],
    label: str,
    instead: Instead,
    scribe: Scribe,
) -> tuple[Shelved, ...]:
    several.take_turn(conn)
    stamp = scribe.stamp()
    new = tuple(_create(conn, *one, label, stamp) for one in filings)
    deeds.came_together(conn, label, [one.id for one in new], instead, scribe.stamp())
    return new


def _remember(known: dict[int, Shelved], new: Sequence[Shelved], instead: Instead) -> None:
    """In the very dictionary that deeds on units and years empty."""
    for gone in instead:
        known.pop(gone or 0, None)
    known.update({one.id: one for one in new})


def _with_units(filings: Sequence[Filing], unit_name: Units) -> list[tuple[Filing, str | None]]:
    if unit_name is None or isinstance(unit_name, str):
        return [(filing, unit_name) for filing in filings]
    return list(zip(filings, unit_name, strict=True))


def _create(conn: Connection, filing: Filing, unit_name: str | None, label: str, stamp: Stamp) -> Shelved:
    filing_id = shelf.create(conn, filing, unit_name, stamp.at)
    filing = replace(filing, rows=tuple(plain(r) for r in filing.rows), id=filing_id)
    rows = difference(replace(filing, rows=()), filing, {})
    shelf.write_rows(conn, filing_id, rows)
    journal.begin(conn, filing, label, stamp)
    return Shelved(filing, rows.places, 0, False, unit_name is not None)


def _go(
    conn: Connection, old: Shelved, state: Literal["done", "undone"], scribe: Scribe
) -> tuple[Shelved, str] | None:
    """One step back or forth; the filing then, and the step's label."""
    _hold(conn, old, None)
    back = state == "undone"
    entry = journal.last_done(conn, old.id) if back else journal.first_undone(conn, old.id)
    if entry is None:
        return None
    stamp = scribe.stamp()
    journal.mark(conn, old.id, entry.number, state, stamp.at)
    audit.note(conn, stamp, "undone" if back else "redone", str(old.id), entry.label)
    return _write(conn, old, _turned(old, entry, back), stamp.at), entry.label


def _turned(old: Shelved, entry: journal.Entry, back: bool) -> Shelved:
    if entry.number == journal.FIRST:
        return replace(old, withdrawn=back)
    after, _ = applied(old.filing, entry.inverse if back else entry.changes)
    return replace(old, filing=after)


def _hold(conn: Connection, old: Shelved, after: Filing | None) -> None:
    """Before a change of ``old``. ``after``: what it comes to; None where that is not known yet, and it may be of another unit."""
    if after is None or (not old.unit_named and after.unit_name != old.filing.unit_name):
        several.take_turn(conn)
    several.hold(conn, old.id, old.revision)


def _write(conn: Connection, old: Shelved, new: Shelved, now: str) -> Shelved:
    """Rows and head; ``new`` with the keys and the revision that are on disk now."""
    change = difference(old.filing, new.filing, old.places)
    # The head first: it tells whether somebody else was here.
    new = shelf.write_head(conn, old, replace(new, places=change.places), now)
    shelf.write_rows(conn, old.id, change)
    return new
