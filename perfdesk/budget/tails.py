"""尾差: where amounts are looked at in a coarser unit, a total is the rounded exact sum, which the rounded parts need not add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from perfdesk.budget.facts import exact_sum
from perfdesk.budget.tables import Shown, TableRow, View
from perfdesk.budget.view_unit import seen


class Tail(NamedTuple):
    """The shown total less the sum of its shown parts; ``key`` and ``column`` of the total's cell."""

    key: str
    column: str
    amount: Decimal


def tails(view: View, unit: str, shown: str) -> tuple[Tail, ...]:
    """Of the row 合计 and of lines that add up others, downwards, and of columns that add up others in these rows and those just under
    them; none where nothing is rounded. What a file printed otherwise is told elsewhere."""
    if unit == shown:
        return ()
    totals = [view.row(key) for key in (view.keys if view.table.kind == "lines" else view.keys[:1])]
    below = {key: view.row(key) for row in totals for key in row.below}
    rows = below | {row.key: row for row in totals}
    apart = [*_down(totals, below, unit, shown), *_across(view, rows.values(), unit, shown)]
    return tuple(tail for tail in apart if tail.amount)


def _down(totals: Iterable[TableRow], below: dict[str, TableRow], unit: str, shown: str) -> Iterator[Tail]:
    for row in totals:
        for column, cell in row.cells.items():
            parts = [below[key].cells[column] for key in row.below if column in below[key].cells]
            yield Tail(row.key, column, _apart(cell, parts, unit, shown))


def _across(view: View, rows: Iterable[TableRow], unit: str, shown: str) -> Iterator[Tail]:
    for row in rows:
        for column in view.table.money:
            if column.sum and column.id in row.cells:
                parts = [row.cells[c] for c in column.sum if c in row.cells]
                yield Tail(row.key, column.id, _apart(row.cells[column.id], parts, unit, shown))


def _apart(total: Shown, parts: Iterable[Shown], unit: str, shown: str) -> Decimal:
    amounts = [seen(p.computed, unit, shown) for p in parts if p.computed is not None]
    if total.computed is None or total.printed is not None or not amounts:
        return Decimal(0)
    return exact_sum([seen(total.computed, unit, shown), -exact_sum(amounts)])
