"""The facts sheet: what was paid and counted in the year, group by group, and the rates that are made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from perfdesk.evaluation.counted import counted
from perfdesk.rates import compute
from ui.evaluation.boxes import Box, Group
from ui.evaluation.boxes_page import BoxesPage
from ui.form import edits
from ui.messages import evaluation as words
from ui.models.projects import filings_of

if TYPE_CHECKING:
    from perfdesk.model.form import Field
    from perfdesk.model.rates import Rates


class FactsPage(BoxesPage):
    """Facts that another section has as fields (the budget) stand here, too: it is the same cell."""

    _counts: Mapping[str, int] | None = None

    def make_groups(self) -> Sequence[Group]:
        rates, cells = self._rates(), self._cells()
        self._heads = list(dict.fromkeys(f.group for f in rates.facts)) if rates else []
        groups: list[Group] = []
        for head in self._heads:
            own = [f for f in rates.facts if f.group == head and f.id in cells] if rates else []
            boxes = [Box(cells[f.id][0], cells[f.id][1], self.workspace, self.look) for f in own]
            groups.append(Group(self.look, head or self.section.label, boxes))
        return groups

    def _rates(self) -> Rates | None:
        form = self.workspace.form
        return form.evaluation.rates if form and form.evaluation else None

    def _cells(self) -> dict[str, tuple[str, Field]]:
        """Fact → the section and the field that hold it."""
        form = self.workspace.form
        sections = [s for s in form.sections if s.kind == "fields"] if form else []
        return {f.id: (s.id, f) for s in sections for f in s.fields if not f.computed}

    def topic(self) -> str:
        return "scores"

    # --- rates ---

    def show_computed(self) -> None:
        super().show_computed()
        rates, values = self._rates(), self.workspace.values
        if rates is None or values is None or values.evaluated is None:
            return
        facts = values.evaluated.entered.facts
        for head, group in zip(self._heads, self.groups, strict=True):
            own = [r for r in rates.rates if r.over[0][1].group == head]
            group.say([words.rate_line(r.indicator, compute(r, facts).words) for r in own])
        self._propose()

    # --- counts of the year's filings ---

    def load(self) -> None:
        self._counts = None
        super().load()
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def _count(self) -> None:
        """Only when one looks: all filings of the year are read for it."""
        rates, space = self._rates(), self.workspace
        if self._counts is None and rates is not None and self.isVisible():
            self._counts = counted(rates, filings_of(space, space.year))
            self._propose()

    def _propose(self) -> None:
        for box in self.boxes:
            box.propose((self._counts or {}).get(box.field.id), self._take)

    def _take(self, row: str, column: str, text: str) -> None:
        form, filing = self.workspace.form, self.workspace.filing
        if form is not None and filing is not None:
            self.workspace.apply(edits.set_cells(form, filing, [(row, column, text)], words.STEP_PROPOSED))
