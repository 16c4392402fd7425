"""What the year's target form declares: its budget, its goal, its tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.values import MONEY_UNITS, parse_amount


@dataclass(frozen=True, slots=True)
class Declared:
    """``label``: what the amount is the sum or the cell of."""

    amount: Decimal
    label: str


def declared_total(form: Form, filing: Filing, unit: str) -> Declared | None:
    """The budget that the form declares, in ``unit``: of its total and the sums of its parts that which most of them say; the total where
    each says something else. None where no amount can be read."""
    own = filing.amount_unit or form.amount_unit
    factor = MONEY_UNITS[own] / MONEY_UNITS[unit]
    for balance in form.balances:
        section, _, column = balance.total.partition("/")
        field = form.section(section).field(column)
        said = [(field.name if field else "", _amount(filing, balance.total, own))]
        said += [(f"{label}合计", _sum(filing, parts, own)) for label, parts in balance.groups]
        given = [(label, amount) for label, amount in said if amount is not None]
        if given:
            amounts = [a for _, a in given]
            label, amount = max(given, key=lambda one: amounts.count(one[1]))
            return Declared(amount if own == unit else amount * factor, label)
    return None


def _amount(filing: Filing, address: str, unit: str) -> Decimal | None:
    return parse_amount(filing.cell(address), unit).value


def _sum(filing: Filing, parts: tuple[str, ...], unit: str) -> Decimal | None:
    amounts = [a for p in parts if (a := _amount(filing, p, unit)) is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def goal_of(form: Form, filing: Filing) -> str:
    """The goal of the year: the last cell of the form's basic section."""
    return filing.cell(f"basic/{form.section('basic').fields[-1].id}")


def tasks_of(filing: Filing) -> str:
    """Numbered, a line each."""
    rows = [(_plain_name(r.get("name")), r.get("content").strip()) for r in filing.section("tasks")]
    given = [
        f"{name.rstrip(ENDS)}：{content}" if name and content else name or content for name, content in rows
    ]
    return "\n".join(f"{n}．{text}" for n, text in enumerate((t for t in given if t), 1))


ENDS = "。．；;，,：:"
_NUMBERED = re.compile(
    r"(?:任务|工作)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:：、.．]\s*"
    r"|\d{1,2}\s*[、.．](?!\d)\s*"
    r"|[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]\s*"
    r"|[一二三四五六七八九十]{1,3}\s*、\s*"
    r"|[①-⑳]\s*"
)


def _plain_name(text: str) -> str:
    """Without the number that the form's author gave it: a list gives it one of its own."""
    name = " ".join(text.split())
    return _NUMBERED.sub("", name, count=1) if _NUMBERED.match(name) else name
