"""Settling an imported table: the computed number stands, or the printed one does and the fact behind it becomes what makes it so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import Node, exact_sum
from perfdesk.budget.tables import TOTAL, Shown, View
from perfdesk.model.change import Change, RemoveRow, SetCell, Step
from perfdesk.model.filing import Filing
from perfdesk.values import plain_number, show_amount

Differences = tuple[tuple[str, str], ...]


def differences(view: View) -> Differences:
    """(row key, column) of every money cell where the imported table prints something else, in printed order."""
    return tuple(
        (key, column)
        for key in view.keys
        if key in view.deviations
        for column, cell in view.row(key).cells.items()
        if cell.printed is not None
    )


def take_computed(filing: Filing, budgeted: Budgeted, table: str, cells: Differences) -> Step:
    """The printed numbers of these cells go; what is computed stands."""
    view = budgeted.view(table)
    changes = tuple(
        c for key in dict.fromkeys(k for k, _ in cells) for c in _dropped(filing, view, key, cells)
    )
    return Step(f"{table}{_cells_name(view, cells)}采用计算数", changes)


def take_printed(filing: Filing, budgeted: Budgeted, table: str, key: str, column: str) -> Step | None:
    """The printed number stands: the one fact that can make it so is changed. None where no single fact can, or the number cannot be
    read: then the codes below have to be put right first."""
    view = budgeted.view(table)
    cell = view.cell(key, column)
    amount = cell.amount(budgeted.unit)
    if cell.printed is None or amount.value is None or amount.problem not in (None, "too-precise"):
        return None
    by = exact_sum((amount.value, (cell.computed or Decimal(0)).copy_negate()))
    changed = _movable(budgeted, view, key, column, by)
    if changed is None:
        return None
    row_id, fact, old = changed
    new = exact_sum((old, by))
    label = view.facts.ledger.label_of(fact)
    step = f"{table}{_cells_name(view, ((key, column),))}采用印出数：{label} {show_amount(old)} → {show_amount(new)}"
    gone = tuple(_dropped(filing, view, key, ((key, column),)))
    return Step(step, (SetCell(row_id, fact, plain_number(new)), *gone))


def _dropped(filing: Filing, view: View, key: str, cells: Differences) -> Iterator[Change]:
    """The deviations of a row without these cells; without the row where nothing else is in it."""
    row_id, written = view.deviations[key]
    gone = {column for k, column in cells if k == key}
    if set(written) <= gone:
        yield RemoveRow(row_id)
    else:
        yield from (SetCell(row_id, column, "") for column in written if column in gone)


def _cells_name(view: View, cells: Differences) -> str:
    if len(cells) != 1:
        return f" {len(cells)} 处"
    key, column = cells[0]
    row, found = view.row(key), view.table.column(column)
    return f"“{row.name if key == TOTAL or not row.code else row.code}”{found.label if found else ''}"


def _movable(
    budgeted: Budgeted, view: View, key: str, column: str, by: Decimal
) -> tuple[str, str, Decimal] | None:
    """Row, fact and present amount of the fact that may take the difference: of the only leaf that can, its only fact that can.

    Where several leaves stand below, the one whose own printed number is off by as much; where a leaf has several facts in this cell,
    the one that no other table prints by itself, else the last (money of the unit's own).
    """
    leaves = [n for n in _leaves(view, key) if _facts_in(view, n, column)] or list(_leaves(view, key))
    if len(leaves) > 1:
        leaves = [n for n in leaves if _off(view, n.code, column) == by]
    if len(leaves) != 1 or len(leaves[0].rows) != 1:
        return None
    node = leaves[0]
    facts = _facts_in(view, node, column)
    if len(facts) > 1:
        facts = ([f for f in facts if not _printed_alone(budgeted, view, node.code, f)] or facts)[-1:]
    if not facts and not node.facts:
        facts = list(view.facts_of[column][:1])
    if len(facts) != 1:
        return None
    return node.rows[0], facts[0], node.facts.get(facts[0], Decimal(0))


def _facts_in(view: View, node: Node, column: str) -> list[str]:
    return [f for f in view.facts_of[column] if f in node.facts]


def _leaves(view: View, key: str) -> Iterator[Node]:
    """The leaves that the row adds up."""
    line = view.table.line(key)
    codes = ("",) if key == TOTAL else (key,) if line is None else line.codes
    for code in codes:
        if node := view.facts.nodes.get(code):
            yield from (n for n in _below(view, node) if not n.below)


def _below(view: View, node: Node) -> Iterator[Node]:
    yield node
    for code in node.below:
        yield from _below(view, view.facts.nodes[code])


def _off(view: View, key: str, column: str) -> Decimal | None:
    """By how much the printed number of another row differs from the computed one."""
    cell = view.cell(key, column) if key in view.deviations and view.has(key) else Shown()
    amount = cell.amount("").value if cell.printed is not None else None
    return exact_sum((amount, (cell.computed or Decimal(0)).copy_negate())) if amount is not None else None


def _printed_alone(budgeted: Budgeted, view: View, code: str, fact: str) -> bool:
    """Another table has a cell for this fact alone, and prints it as it is."""
    for other in budgeted.views:
        if (
            other.table.id == view.table.id
            or other.facts.ledger.id != view.facts.ledger.id
            or not other.has(code)
        ):
            continue
        for column, cell in other.row(code).cells.items():
            given = [f for f in other.facts_of[column] if f in other.facts.nodes[code].facts]
            if given == [fact] and not _sums(other, column) and cell.printed is None:
                return True
    return False


def _sums(view: View, column: str) -> bool:
    found = view.table.column(column)
    return bool(found and found.sum)
