"""What is known of the unit's filings without opening them: each checked once for as long as it stays as it is, and what the forms of a
year say differently. Found in free moments, a little at a time; the rules themselves are imported by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from perfdesk.derive import Values, derive
from perfdesk.errors import UserError
from perfdesk.projects import is_project
from ui.evaluation.report_beside import beside
from ui.tasks import Task

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.check import Checked
    from perfdesk.model.filing import Filing
    from perfdesk.model.finding import Finding
    from perfdesk.model.form import Form
    from perfdesk.store import FilingInfo
    from ui.workspace import Changes, Workspace

SLICE = 0.012
"""s: so long the window does nothing else; one filing at least is checked."""
REST = 800
"""ms after an edit: who types on does not wait for a comparison of all forms."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A filing as it is now. ``findings``: those beside other forms, too."""

    info: FilingInfo
    form: Form
    filing: Filing
    values: Values
    findings: tuple[Finding, ...]


class Checks(QObject):
    """``found``: more filings are known, or what the forms say of each other is different."""

    found = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace
        self._known: dict[int, tuple[datetime, Form, Checked]] = {}
        self._waiting: list[FilingInfo] = []
        self._across: dict[int, tuple[Finding, ...]] = {}
        self._projects = self._follow = self._units = self._evaluations = False
        self._comparing: Task | None = None
        self._again = False
        self._looking = QTimer(self, interval=0)
        self._looking.timeout.connect(self._look)
        self._resting = QTimer(self, interval=REST, singleShot=True)
        self._resting.timeout.connect(self._compare)
        workspace.listed.connect(self.refresh)
        workspace.changed.connect(self._on_change)

    # --- what is known ---

    def across(self, filing: int | None) -> tuple[Finding, ...]:
        """What was found at this filing beside the others of its year."""
        return self._across.get(filing, ()) if filing is not None else ()

    def is_known(self, info: FilingInfo) -> bool:
        """Whether ``seen`` answers at once."""
        space = self.workspace
        if info.form not in space.catalog.forms:
            return True
        if info.id == space.open_id:
            return space.is_open
        if space.catalog.form(info.form).report:
            return False  # what is said of it depends on other filings
        known = self._known.get(info.id)
        return known is not None and known[0] == info.changed_at and known[1] is space.catalog.form(info.form)

    def seen(self, info: FilingInfo) -> Seen | None:
        """The open one as it stands in the window. None for a form that this program does not know."""
        space = self.workspace
        if space.reading is None or info.form not in space.catalog.forms:
            return None
        form = space.catalog.form(info.form)
        if info.id == space.open_id and space.filing is not None and space.values is not None:
            return Seen(info, form, space.filing, space.values, space.findings)
        from perfdesk.check import checked, with_others  # with all the rules

        if not self.is_known(info):
            filing = space.reading.filing(info.id)
            own = checked(form, filing, derive(form, filing, beside(space, form, filing)))
            self._known[info.id] = info.changed_at, form, own
        own = self._known[info.id][2]
        subject = own.subject
        found = space.switched.still_on(with_others(own, self.across(info.id)))
        return Seen(info, form, subject.filing, subject.values, found)

    # --- finding out ---

    def is_at_rest(self) -> bool:
        """Whether all that can be found out now is known."""
        busy = self._looking.isActive() or self._resting.isActive() or self._comparing is not None
        return not busy and not self._waiting

    def refresh(self) -> None:
        """Filings came, went or are different; of those of a first look nothing is asked."""
        if not self.workspace.is_open:
            return
        infos = self.workspace.infos()
        here = {i.id for i in infos}
        self._known = {number: known for number, known in self._known.items() if number in here}
        years = _years(infos)
        self._follow = any(year is not None and year - 1 in years for year in years)
        self._units = len(self.workspace.units()) > 1
        self._projects = any(is_project(i.form) for i in infos)
        self._evaluations = any(self._evaluates(i.form) for i in infos)
        self._waiting = [i for i in infos if not self.is_known(i)]
        self._looking.start()

    def _evaluates(self, form_id: str) -> bool:
        form = self.workspace.catalog.forms.get(form_id)
        return form is not None and form.evaluation is not None

    def _look(self) -> None:
        """What the store refuses is told once, and looked at again when something is listed anew."""
        end = perf_counter() + SLICE
        try:
            while self._waiting:
                self.seen(self._waiting.pop(0))
                if perf_counter() > end:
                    break
        except UserError as error:
            self._waiting.clear()
            self._looking.stop()
            self.workspace.refused.emit(error)
            return
        if not self._waiting:
            self._looking.stop()
            self._compare()
        self.found.emit()

    def _on_change(self, changes: Changes) -> None:
        form = self.workspace.form
        if form is None or not self._is_worth_comparing:
            return
        from perfdesk.across import compared

        flags = self._follow, self._units, self._evaluations
        looked_at = [compared(form, f, *flags) for f in (changes.before, changes.after)]
        if looked_at[0] != looked_at[1]:
            self._resting.start()

    def _compare(self) -> None:
        """Once all filings are known; what is compared while something changes again is compared again."""
        if self._waiting:
            return
        if self._comparing is not None:
            self._again = True
            return
        if not self._is_worth_comparing:
            self._take({})
            return
        try:
            infos = self.workspace.infos()
            seen = {
                year: [one for i in infos if i.year == year and (one := self.seen(i))]
                for year in _years(infos)
            }
            units = tuple(self.workspace.units())
        except UserError as error:
            self.workspace.refused.emit(error)
            return
        self._comparing = Task(lambda _task: _across(seen, units), self)
        self._comparing.done.connect(self._compared)
        self._comparing.failed.connect(self._failed)
        self._comparing.start()

    @property
    def _is_worth_comparing(self) -> bool:
        """Several projects or a self-evaluation, several years or several units: one form alone says nothing differently."""
        return self._projects or self._follow or self._units or self._evaluations

    def _compared(self, across: dict[int, tuple[Finding, ...]]) -> None:
        self._comparing = None
        if self._again:
            self._again = False
            self._compare()
        else:
            self._take(across)

    def _failed(self, error: UserError) -> None:
        self._comparing = None
        self.workspace.refused.emit(error)

    def _take(self, across: dict[int, tuple[Finding, ...]]) -> None:
        before, here = self._across, self.workspace.open_id
        self._across = across
        if across == before:
            return
        if here is not None and self.across(here) != before.get(here, ()):
            self.workspace.check_now()
        self.found.emit()


def _years(infos: Sequence[FilingInfo]) -> set[int | None]:
    return {i.year for i in infos}


def _across(years: Mapping[int | None, list[Seen]], units: Sequence[str]) -> dict[int, tuple[Finding, ...]]:
    """By the filings' ids; in a thread of its own, for with hundreds of projects it takes a while."""
    from perfdesk.across import across

    found: dict[int, list[Finding]] = {}
    for year, ones in years.items():
        derived = {one.filing.id: one.values for one in ones}
        last = years.get(year - 1, []) if year is not None else []
        pairs = [[(one.form, one.filing) for one in some] for some in (ones, last)]
        for told in across(pairs[0], pairs[1], derived, units):
            if told.filing.id is not None:
                found.setdefault(told.filing.id, []).append(told.finding)
    return {number: tuple(some) for number, some in found.items()}


def is_across(finding: Finding) -> bool:
    """Whether it came of comparing forms."""
    from perfdesk.across import CODES

    return finding.code in CODES
