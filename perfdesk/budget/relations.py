"""What the numbers of the tables owe each other: columns to their total, children to their parent, lines to their sum, table to table.

Computed numbers agree by themselves; what can disagree is an imported table, whose printed numbers stay until they are settled, and
two ledgers that the form wants equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import exact_sum
from perfdesk.budget.tables import TOTAL, Shown, TableRow, View
from perfdesk.model.ledger import Agreement, Column

RelationKind = Literal["columns", "children", "lines", "tables", "agreement"]


@dataclass(frozen=True, slots=True)
class CellName:
    """A money cell of a computed table."""

    table: str
    key: str
    column: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The cell ``at`` shows ``shown``, and ``other`` is what it should be by the relation. ``parts``: the cells that are added up, with
    their amounts; of a relation between tables the one other cell."""

    kind: RelationKind
    at: CellName
    shown: Decimal
    other: Decimal
    parts: tuple[tuple[CellName, Decimal], ...]
    why: str = ""


def broken(budgeted: Budgeted) -> tuple[Broken, ...]:
    """Every relation that what is shown does not keep, table by table in printed order.

    A row that only a wrong part of it breaks is not told besides that part.
    """
    found: list[Broken] = []
    for view in budgeted.views:
        if view.deviations:
            found += _within(view, budgeted.unit)
    if any(view.deviations for view in budgeted.views):
        found += _between(budgeted)
    found += _agreements(budgeted)
    return tuple(found)


# --- within a table ---------------------------------------------------------------------------------------------------


def _within(view: View, unit: str) -> Iterator[Broken]:
    rows = {row.key: row for row in view.rows()}
    down = list(_down(view, rows, unit))
    blamed = {(b.at.key, b.at.column): b for b in down if b.kind == "children"}
    rowwise = list(_across(view, rows.values(), unit))
    blamed |= {(b.at.key, b.at.column): b for b in rowwise}
    across = [b for b in rowwise if not _explained(b, blamed)]
    place = {key: n for n, key in enumerate(view.keys)}
    yield from sorted((*across, *down), key=lambda b: (place[b.at.key], b.kind))


def _across(view: View, rows: Iterable[TableRow], unit: str) -> Iterator[Broken]:
    """A column that sums others, in every row."""
    for column in view.table.money:
        for row in rows if column.sum else ():
            if column.id in row.cells:
                parts = [
                    (CellName(view.table.id, row.key, c), row.cells[c]) for c in column.sum if c in row.cells
                ]
                yield from _compare("columns", view, row.key, column.id, row.cells[column.id], parts, unit)


def _down(view: View, rows: dict[str, TableRow], unit: str) -> Iterator[Broken]:
    """A code and those below it, the total and the codes of the first level, a line and the lines it sums."""
    kind: RelationKind = "lines" if view.table.kind == "lines" else "children"
    for row in rows.values():
        below = [rows[k] for k in row.below if k in rows]
        for column, cell in row.cells.items() if below else ():
            parts = [
                (CellName(view.table.id, b.key, column), b.cells[column]) for b in below if column in b.cells
            ]
            yield from _compare(kind, view, row.key, column, cell, parts, unit)


def _compare(
    kind: RelationKind,
    view: View,
    key: str,
    column: str,
    cell: Shown,
    parts: Iterable[tuple[CellName, Shown]],
    unit: str,
) -> Iterator[Broken]:
    """Nothing is said where a cell cannot be read (that is told by itself) or all of it is empty."""
    parts = tuple(parts)
    if cell.printed is None and all(s.printed is None for _, s in parts):
        return
    amounts = [(name, s.amount(unit)) for name, s in parts]
    total = cell.amount(unit)
    if total.problem or any(a.problem for _, a in amounts):
        return
    given = tuple((name, a.value) for name, a in amounts if a.value is not None)
    wanted = exact_sum(a for _, a in given)
    if (total.value is not None or given) and wanted != (total.value or 0):
        yield Broken(kind, CellName(view.table.id, key, column), total.value or Decimal(0), wanted, given)


def _explained(one: Broken, blamed: dict[tuple[str, str], Broken]) -> bool:
    """The row is broken only because one of its parts is, which its own children or columns show."""
    for name, amount in one.parts:
        other = blamed.get((name.key, name.column))
        if other and exact_sum((one.other, amount.copy_negate(), other.other)) == one.shown:
            return True
    return False


# --- between tables ---------------------------------------------------------------------------------------------------


def _between(budgeted: Budgeted) -> Iterator[Broken]:
    """Cells of different tables that add up the same facts of the same code, and show different amounts."""
    groups: dict[tuple[str, str, frozenset[str]], list[tuple[CellName, Shown]]] = {}
    for view in budgeted.views:
        for meaning, name in _meanings(view):
            groups.setdefault(meaning, []).append((name, view.cell(name.key, name.column)))
    for cells in groups.values():
        odd = [(n, s) for n, s in cells if s.printed is not None]
        others = [(n, s) for n, s in cells if s.printed is None]
        for name, cell in odd:
            for other, against in others or odd:
                yield from _differ(budgeted.unit, name, cell, other, against)


def _differ(unit: str, name: CellName, cell: Shown, other: CellName, against: Shown) -> Iterator[Broken]:
    one, two = cell.amount(unit), against.amount(unit)
    if (
        name.table != other.table
        and not one.problem
        and not two.problem
        and (one.value or 0) != (two.value or 0)
    ):
        there = two.value or Decimal(0)
        yield Broken("tables", name, one.value or Decimal(0), there, ((other, there),))


def _meanings(view: View) -> Iterator[tuple[tuple[str, str, frozenset[str]], CellName]]:
    """Codes and facts of the cells of summary lines and of classes; only summaries are compared with tables of codes, for two tables
    of codes differ where their codes do, once for each code."""
    ledger = view.facts.ledger
    for line in view.table.lines:
        if len(line.codes) == 1:
            own = set(ledger.matching(line.facts))
            for column in view.table.money_of(line.column):
                facts = frozenset(own.intersection(view.facts_of[column.id]))
                yield (ledger.id, line.codes[0], facts), CellName(view.table.id, line.id, column.id)
    if view.table.kind == "codes":
        top = [k for k in view.facts.root.below if view.has(k)]
        for key in top:
            for column in view.table.money:
                yield (
                    (ledger.id, key, frozenset(view.facts_of[column.id])),
                    CellName(view.table.id, key, column.id),
                )


def _agreements(budgeted: Budgeted) -> Iterator[Broken]:
    for agreement in budgeted.budget.agreements:
        one, other = (_cell(budgeted, a) for a in (agreement.one, agreement.other))
        if one and other:
            yield from _disagree(budgeted.unit, agreement, one, other)


def _disagree(
    unit: str, agreement: Agreement, one: tuple[CellName, Shown], other: tuple[CellName, Shown]
) -> Iterator[Broken]:
    first, second = one[1].amount(unit), other[1].amount(unit)
    if not first.problem and not second.problem and (first.value or 0) != (second.value or 0):
        there = second.value or Decimal(0)
        yield Broken(
            "agreement", one[0], first.value or Decimal(0), there, ((other[0], there),), agreement.why
        )


def _cell(budgeted: Budgeted, address: str) -> tuple[CellName, Shown] | None:
    """The cell ``table/row/column``; an empty one where the table has no such row (no such facts)."""
    table, key, column = address.split("/")
    view = budgeted.view(table)
    name = CellName(table, key, column)
    return name, view.cell(key, column) if view.has(key) else Shown()


def column_of(budgeted: Budgeted, name: CellName) -> Column:
    found = budgeted.budget.table(name.table).column(name.column)
    if found is None:
        raise KeyError(name.column)
    return found


def row_name(budgeted: Budgeted, name: CellName) -> str:
    """The row as a sentence calls it: ``合计``, ``21201 城乡社区管理事务``, ``本年支出合计``."""
    view = budgeted.view(name.table)
    if not view.has(name.key):
        return view.table.total if name.key == TOTAL and view.table.total else name.key
    row = view.row(name.key)
    return row.name if name.key == TOTAL or not row.code else f"{row.code} {row.name}".strip()
