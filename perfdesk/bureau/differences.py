"""差额表: what a department's own form says against the sum of the forms of the units below it, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfdesk.bureau.consolidated import AMOUNT, NO_NAMES, At, SumCell, called, consolidated
from perfdesk.bureau.whole import shown
from perfdesk.model.bureau import Sum
from perfdesk.model.form import Form


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs. ``own``: the department's; ``below``: the sum of its units; a value None: that side has no number there.
    ``table``, ``row``, ``column``: what people call it (``column`` empty where the row has one amount alone). What each unit adds is
    asked of the store by ``at``."""

    at: At
    table: str
    row: str
    column: str
    own: SumCell
    below: SumCell

    @property
    def by(self) -> int | None:
        """Own less below, in 10⁻⁴; None where one side has no number."""
        if self.own.value is None or self.below.value is None:
            return None
        return self.own.value - self.below.value

    @property
    def by_text(self) -> str:
        return "" if self.by is None else shown(self.by, self.own.unit)


@dataclass(frozen=True, slots=True)
class Differences:
    """``cells``: those that differ, and those that one side lacks, in the form's order. ``same``: how many cells both have alike."""

    form: Form
    unit: str
    cells: tuple[Difference, ...]
    same: int


def differences(
    form: Form, own: Sequence[Sum], below: Sequence[Sum], names: Mapping[tuple[str, str], str] = NO_NAMES
) -> Differences:
    """Sums of this form alone. Nothing and 0 are the same, unless one side has something there that cannot be read."""
    outline = consolidated(form, (*own, *below), names)
    mine, theirs = consolidated(form, own, names), consolidated(form, below, names)
    cells = [
        Difference(
            at, table.title, called(row), "" if column == AMOUNT else label, mine.cell(at), theirs.cell(at)
        )
        for table in outline.tables
        for row in table.rows
        for column, label in table.columns
        if column in row.cells
        for at in (row.cells[column].at,)
    ]
    differing = tuple(c for c in cells if not _alike(c.own, c.below))
    return Differences(form, outline.unit, differing, len(cells) - len(differing))


def _alike(own: SumCell, below: SumCell) -> bool:
    return (own.value or 0) == (below.value or 0) and bool(own.unread) == bool(below.unread)
