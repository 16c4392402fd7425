"""The open filing and everything known about it: a QObject around the store. Every edit goes through here."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from perfdesk.derive import Values, derive, rederive
from perfdesk.errors import UserError
from perfdesk.model.change import Step
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Form
from ui import messages as say
from ui.checks import Checks
from ui.differences import changed_place
from ui.evaluation.report_beside import beside, known_beside
from ui.form.edits import set_cells
from ui.last_year import NO_LAST_YEAR, Earlier, LastYear
from ui.library import Library, newest
from ui.marks import UNCHECKED, Marks
from ui.switched import Switched
from ui.travels import Travels

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.check import Checked
    from perfdesk.store import HistoryEntry, Store

MANY = 2000
"""Of so many rows the collector stays away, as long as they are open: going through them would be felt while typing."""
Origin = Literal["open", "edit", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the open filing. ``place`` is the first cell that differs (None: nothing to show)."""

    before: Filing
    after: Filing
    origin: Origin
    place: Place | None


class Workspace(Library):
    """``opened``: another filing (or none) is open; ``changed``: the open one is different now and on disk; ``checked``:
    its findings are known."""

    opened = Signal()
    changed = Signal(object)
    checked = Signal()

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalog = catalog
        self.filing: Filing | None = None
        self.form: Form | None = None
        self.values: Values | None = None
        self.findings: tuple[Finding, ...] = ()
        self._checked: Checked | None = None
        self.marks = UNCHECKED
        self.last_year: LastYear = NO_LAST_YEAR
        self._earlier = Earlier()
        self.saved_at: datetime | None = None
        self._visit = ""
        self.travels = Travels(self)
        self.switched = Switched(self)
        self.checks = Checks(self)
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(0)
        self._checking.timeout.connect(self.check_now)
        self.switched.changed.connect(self.check_now)

    # --- which unit, year and filing ---

    def attach(self, store: Store) -> None:
        """Begin with a store. What a first look showed as it is goes on being shown, and is checked now."""
        if self.take(store):
            self.listed.emit()
            self.check_now()
        else:
            self.resume()

    def resume(self) -> None:
        """Show the unit, year and filing of the last time, else the newest."""
        self.switched.load()
        infos = self.all_infos()
        last = self.setting("window/filing")
        chosen = next((i for i in infos if str(i.id) == last), None) or newest(infos)
        self.unit, self.year = (chosen.unit_name, chosen.year) if chosen else (None, None)
        self.open(chosen.id if chosen else None)
        if chosen and self.filing is None:  # it was refused; the others are there all the same
            self.listed.emit()

    def refuse(self, error: UserError) -> None:
        """The store could not be opened: shown in the middle of the window as long as that is so."""
        self.look, self.trouble = None, error
        self._show(None)

    def choose(self, unit: str | None, year: int | None) -> None:
        """Another unit or year: its newest filing is opened (None for the year: the unit's newest)."""
        self.unit = unit
        self.year = year if year in self.years() else next(iter(self.years()), None)
        here = [i for i in self.infos() if i.year == self.year]
        self.open(here[0].id if here else None)

    def open(self, filing_id: int | None) -> None:
        """None: nothing is open any more. What cannot be opened is told, and what was open stays."""
        if self.reading is None or (filing_id != self.open_id and self.held()):
            return
        try:
            filing = self.reading.filing(filing_id) if filing_id is not None else None
            if filing and filing.form not in self.catalog.forms:
                raise UserError("unknown-form", say.unknown_form(filing.form))
        except UserError as error:
            self.refused.emit(error)
            return
        self._show(filing)

    def _show(self, filing: Filing | None) -> None:
        self._visit = ""
        self.filing = filing
        self.form = self.catalog.form(filing.form) if filing else None
        self.values = (
            derive(self.form, filing, beside(self, self.form, filing)) if self.form and filing else None
        )
        self.follow(self.open_id)
        self.last_year = NO_LAST_YEAR
        if self.reading and filing:
            self.last_year = self._earlier.of(self.reading, self.catalog, self.infos(), filing, self.year)
        self.findings, self._checked, self.marks = (), None, UNCHECKED
        self.set_setting("window/filing", str(filing.id) if filing else "")
        self.listed.emit()
        self.opened.emit()
        if self.is_open:
            self.check_now()
        if filing and len(filing.rows) > MANY:
            gc.freeze()

    @property
    def open_id(self) -> int | None:
        """Of the open filing."""
        return self.filing.id if self.filing else None

    def refresh(self) -> None:
        """The store was changed otherwise (an import): show what is there now."""
        here = self.open_id
        infos = self.all_infos()
        if here not in {i.id for i in infos}:
            self.travels.left = here
            left = newest(self.infos()) or newest(infos)
            here = left.id if left else None
        self.open(here)

    # --- edits ---

    def apply(self, step: Step | None, visit: str = "") -> bool:
        """One step, durable on disk when this returns True. False: nothing changed; the reason was told where there is one.
        ``visit`` as ``Store.apply`` says."""
        if self.store is None or self.open_id is None or not step or not step.changes:
            return False
        try:
            after = self.store.apply(self.open_id, step, visit)
        except UserError as error:
            self.refused.emit(error)
            return False
        self.became(after, "edit", step)
        return True

    def set_cell(self, row: str, column: str, text: str, typing: bool = False) -> bool:
        """True where the cell holds the text now. ``typing``: the same field is still being typed in; all of it is one step."""
        if self.form is None or self.filing is None or self.store is None:
            return False
        if typing and not self._visit:
            self._visit = self.store.new_id()
        step = set_cells(self.form, self.filing, [(row, column, text)])
        kept = step is None or self.apply(step, self._visit if typing else "")
        return kept and self.tell_unkept(text)

    def left_field(self) -> None:
        """A field was left: the next typing is a step of its own."""
        self._visit = ""

    def undo(self) -> str | None:
        """The label of what was undone, None where there is nothing to undo."""
        self.left_field()
        return self.travels.go("undo")

    def redo(self) -> str | None:
        self.left_field()
        return self.travels.go("redo")

    def became(self, after: Filing, origin: Origin, step: Step | None = None) -> None:
        """The open filing is this now, and on disk; ``step``: what was done to it."""
        before = self.filing
        if before is None or self.form is None:
            return
        known = self.values if step is not None else None
        self.values = (
            rederive(known, self.form, after, step.changes)
            if known and step
            else derive(self.form, after, known_beside(self.values))
        )
        self.filing = after
        self.saved_at = datetime.now()
        renamed = before.unit_name != after.unit_name
        self.changed.emit(Changes(before, after, origin, changed_place(before, after)))
        if renamed:
            self.follow(self.open_id)
            self.listed.emit()
        self._checking.start()

    # --- what is known about it ---

    def check_now(self) -> None:
        """Find what is wrong; runs by itself after every change, when the window has nothing better to do."""
        self._checking.stop()
        if self.form and self.filing and self.values:
            from perfdesk.check import checked, with_others  # with all the rules, which no empty window needs

            self._checked = checked(self.form, self.filing, self.values, self._checked)
            found = with_others(self._checked, self.checks.across(self.open_id))
            self.findings = self.switched.still_on(found)
        self.marks = Marks(self.findings)
        self.checked.emit()

    def history(self) -> tuple[HistoryEntry, ...]:
        return self.store.history(self.open_id) if self.store and self.open_id is not None else ()

    # --- filings ---

    def add(self, filing: Filing, label: str, unit_name: str | None = None) -> int | None:
        """A new filing as one undoable step; it is opened. None where the store refused, which was told."""
        if self.store is None:
            return None
        try:
            number = self.store.add(filing, label, unit_name)
        except UserError as error:
            self.refused.emit(error)
            return None
        self.saved_at = datetime.now()
        self.open(number)
        return number
