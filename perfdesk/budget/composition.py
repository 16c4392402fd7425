"""What a budget is made of at a glance: income by source and expenditure by class, as its first two-sided summary has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import exact_sum
from perfdesk.model.ledger import BudgetTable

Parts = tuple[tuple[str, Decimal], ...]

_NUMBER = re.compile(r"^[一二三四五六七八九十\d]+[、.．]\s*")
_WITHIN = "其中"
"""Begins a line that is part of the one above it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the summary. ``total`` as it is shown, None where it is empty; ``parts``: its lines with amounts other than zero."""

    total: Decimal | None
    parts: Parts


def sides(budgeted: Budgeted) -> tuple[Side, ...]:
    """Income and expenditure in the filing's unit; empty where the form has no summary with two sides."""
    table = next((t for t in budgeted.budget.tables if t.kind == "lines" and len(_columns(t)) == 2), None)
    return () if table is None else tuple(_side(budgeted, table, c) for c in _columns(table))


def _columns(table: BudgetTable) -> tuple[str, ...]:
    return tuple(c.id for c in table.columns if c.kind == "line")


def _side(budgeted: Budgeted, table: BudgetTable, column: str) -> Side:
    """Lines that add up others are left out; the last of these is the total."""
    money = table.money_of(column)[0].id
    view = budgeted.view(table.id)
    lines = [x for x in table.lines if x.column == column]
    amounts = {x.id: view.cell(x.id, money).amount(budgeted.unit).value for x in lines}
    totals = [amounts[x.id] for x in sorted(lines, key=lambda x: x.row) if x.sum]
    parts = tuple(
        (_NUMBER.sub("", x.label), amount)
        for x in lines
        if not x.sum and not x.label.startswith(_WITHIN) and (amount := amounts[x.id])
    )
    return Side(totals[-1] if totals else exact_sum(a for _, a in parts) if parts else None, parts)


def leading(sides: Sequence[Parts], most: int) -> tuple[str, ...]:
    """The names that deserve a colour of their own: the largest by the first of ``sides``, then by the next, ``most`` in all."""
    found: dict[str, None] = {}
    for parts in sides:
        for name, _ in sorted(parts, key=lambda p: -p[1]):
            found.setdefault(name)
    return tuple(found)[:most]


def gathered(parts: Parts, names: Iterable[str], rest: str) -> Parts:
    """The parts in the order of ``names`` (0 for one that is not there), what is left together as ``rest``."""
    amounts = dict(parts)
    names = tuple(names)
    left = [a for n, a in parts if n not in names]
    own = tuple((n, amounts.get(n, Decimal(0))) for n in names)
    return (*own, (rest, exact_sum(left))) if left else own
