"""A table that counts in another unit than the rest of its file: its amounts in the filing's unit, which is told."""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.model.finding import Repair
from perfdesk.recognise.budget.sheets import Sheet
from perfdesk.values import parse_amount, plain_number


def count_in(
    unit: str, pages: Iterable[Sheet], rows: Iterable[dict[str, str]], columns: Iterable[str]
) -> Repair | None:
    """Converts the amounts of ``rows`` in place; None where the pages say no unit, or ``unit``. What is no plain number, or has a unit of
    its own, stays."""
    found = list(pages)
    money = next((s.caption.money for s in found if s.caption.money), unit)
    if money == unit:
        return None
    names = tuple(columns)
    for row in rows:
        row |= {c: _converted(row[c], money, unit) for c in names if row.get(c)}
    message = f"本表的金额单位是{money}，各数已换算为{unit}"
    return Repair("unit-converted", f"tables/{found[0].heads.table.id}", message)


def _converted(text: str, money: str, unit: str) -> str:
    if (plain := parse_amount(text)).value is None or plain.problem:
        return text
    value = parse_amount(f"{plain_number(plain.value)}{money}", unit).value
    return text if value is None else plain_number(value)
