"""What a bureau reports of a year: who handed in, the sums of every form, the units side by side, scores and differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from perfdesk.bureau.consolidated import At, Consolidated, SumTable
from perfdesk.bureau.differences import Differences
from perfdesk.bureau.gathered import Gathered
from perfdesk.bureau.heat import shades
from perfdesk.bureau.standings import Standings
from perfdesk.model.bureau import UnitIndicator
from perfdesk.model.collected import Status

MOST_COLUMNS = 6
"""So many amounts stand side by side; more would be too small to be read on paper."""


@dataclass(frozen=True, slots=True)
class FormSummary:
    """``by_unit``: unit's key → what it has in the cells of ``headline``, in 10⁻⁴ 元, in the order of the tree. ``differences``: the
    department's own form against the sum; None where it handed in none. ``indicators``: gathered over all units, where the form has
    some; ``of_units``: each unit's own, none where they are too many for a list."""

    consolidated: Consolidated
    by_unit: Mapping[str, Mapping[At, int]]
    differences: Differences | None = None
    indicators: tuple[Gathered, ...] = ()
    of_units: tuple[UnitIndicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """``of``: what was added up, in words (a node's name, 全部单位). ``names``: of the units, by their keys. ``standings``: of departments,
    of projects; only those that have rows."""

    of: str
    status: Status
    forms: tuple[FormSummary, ...]
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    standings: tuple[Standings, ...] = ()

    @property
    def year(self) -> int:
        return self.status.year


@dataclass(frozen=True, slots=True)
class HeatRow:
    """``values`` and ``shades`` (see ``heat.shades``) by column."""

    unit: str
    name: str
    values: tuple[int | None, ...]
    shades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Units side by side. ``columns``: cell and label; ``totals``: what all of them have together."""

    columns: tuple[tuple[At, str], ...]
    rows: tuple[HeatRow, ...]
    totals: tuple[int | None, ...]


def headline(found: Consolidated) -> tuple[tuple[At, str], ...]:
    """The cells that stand for the whole form: the total's columns of its first table of codes, else the amounts of its first section or
    table; at most ``MOST_COLUMNS``, none of them without a sum."""
    for table in sorted(found.tables, key=lambda t: not t.coded):
        if cells := [one for one in _headline_of(table) if found.cell(one[0]).value is not None]:
            return tuple(cells[:MOST_COLUMNS])
    return ()


def _headline_of(table: SumTable) -> tuple[tuple[At, str], ...]:
    if not table.coded:
        single = len(table.columns) == 1
        labels = dict(table.columns)
        return tuple(
            (cell.at, row.name if single else f"{row.name}·{labels[column]}")
            for row in table.rows
            for column, cell in row.cells.items()
        )
    totals = next((row for row in table.rows if row.level == 0), None)
    return tuple((totals.cells[c].at, label) for c, label in table.columns) if totals else ()


def heat(summary: Summary, form: FormSummary) -> Heat:
    """Only units that have something of this form; each column is shaded by itself."""
    columns = headline(form.consolidated)
    table = [[cells.get(at) for at, _ in columns] for cells in form.by_unit.values()]
    dark = [shades([line[n] for line in table]) for n in range(len(columns))]
    rows = tuple(
        HeatRow(unit, summary.names.get(unit, unit), tuple(line), tuple(column[n] for column in dark))
        for n, (unit, line) in enumerate(zip(form.by_unit, table, strict=True))
    )
    return Heat(columns, rows, tuple(form.consolidated.cell(at).value for at, _ in columns))
