"""What becomes of last year's amounts: kept, emptied, or so many percent of them, whose sums still hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from perfdesk.derive import amount_unit, exact_sum
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import Balance, Form
from perfdesk.values import parse_amount, plain_number, round_half_up

DIGITS = 2
"""Decimals that a changed amount is rounded to (half up); one that was written finer keeps as many as it had."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """``percent`` None: empty them all; 100: as they are, in their very spelling."""

    percent: Decimal | None = Decimal(100)


KEPT, EMPTIED = Amounts(), Amounts(None)


def carried_amounts(form: Form, filing: Filing, choice: Amounts) -> Filing:
    """The filing with its amounts as chosen. What cannot be read as an amount stays where amounts are kept or changed."""
    if choice.percent == 100:
        return filing
    unit = amount_unit(form, filing)
    money = {s.id: frozenset(f.id for f in s.fields if f.kind == "money") for s in form.sections}

    def carried(text: str) -> str:
        return "" if choice.percent is None else scaled(text, unit, choice.percent)

    rows = tuple(_row(row, money.get(row.section, frozenset()), carried) for row in filing.rows)
    after = replace(filing, rows=rows)
    if choice.percent is not None:
        for balance in form.balances:
            after = _balanced(form, filing, after, balance)
    return after


def _row(row: Row, money: frozenset[str], carried: Callable[[str], str]) -> Row:
    if not any(row.get(column).strip() for column in money):
        return row
    cells = {c: carried(t) if c in money else t for c, t in row.cells.items()}
    return replace(row, cells=MappingProxyType({c: t for c, t in cells.items() if t or c not in money}))


def scaled(text: str, unit: str, percent: Decimal) -> str:
    """``percent`` of an amount; as it is where none can be read."""
    amount = parse_amount(text, unit)
    if amount.value is None:
        return text
    decimals = max(DIGITS, len(plain_number(amount.value).partition(".")[2].rstrip("0")))
    found = plain_number(round_half_up(amount.value * percent / 100, decimals))
    return found.rstrip("0").rstrip(".") if "." in found else found


def _balanced(form: Form, before: Filing, after: Filing, balance: Balance) -> Filing:
    """Where the parts made up the total before, they do again: what rounding left over goes to the largest part."""
    for _, parts in balance.groups:
        old, new = (_values(form, one, (balance.total, *parts)) for one in (before, after))
        own = [p for p in parts if p in new]
        adds_up = balance.total in old and own and exact_sum(old[p] for p in own) == old[balance.total]
        if adds_up and (left := new[balance.total] - exact_sum(new[p] for p in own)):
            largest = max(own, key=lambda p: new[p])
            after = _with(after, largest, plain_number(new[largest] + left))
    return after


def _values(form: Form, filing: Filing, addresses: tuple[str, ...]) -> Mapping[str, Decimal]:
    unit = amount_unit(form, filing)
    found = {a: parse_amount(filing.cell(a), unit).value for a in addresses}
    return {a: value for a, value in found.items() if value is not None}


def _with(filing: Filing, address: str, text: str) -> Filing:
    row_id, _, column = address.partition("/")
    rows = tuple(r.with_cell(column, text) if r.id == row_id else r for r in filing.rows)
    return replace(filing, rows=rows)
