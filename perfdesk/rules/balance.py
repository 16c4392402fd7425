"""Totals and their parts, compared exactly: funding = structure = total. One cause, one finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.derive import exact_sum
from perfdesk.model.change import Step
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Balance
from perfdesk.rules.subject import Kind, Subject, cell_fix
from perfdesk.values import Amount, plain_number, show_amount

BALANCE = Kind("balance", "error", "合计不平")
KINDS = (BALANCE,)


@dataclass(frozen=True, slots=True)
class Group:
    """One readable way to make the total: its label, its equation in words, its sum."""

    label: str
    equation: str
    sum: Decimal


def find(subject: Subject) -> Iterator[Finding]:
    for balance in subject.form.balances:
        total = subject.values.amounts.get(balance.total, Amount()).value
        groups = _groups(subject, balance)
        if total is not None and any(g.sum != total for g in groups):
            yield _finding(subject, balance, total, groups)


def _groups(subject: Subject, balance: Balance) -> list[Group]:
    sums = subject.values.sums[balance.id]
    parts = dict(balance.groups)
    return [Group(label, _equation(subject, parts[label], s), s) for label, s in sums if s is not None]


def _equation(subject: Subject, parts: tuple[str, ...], total: Decimal) -> str:
    """``基本支出 2,227.70 ＋ 项目支出 10,807.00 ＝ 13,034.70``; a single filled part stands alone."""
    amounts = ((_name(subject, p), subject.values.amounts[p].value) for p in parts)
    given = [f"{name} {show_amount(value)}" for name, value in amounts if value is not None]
    return given[0] if len(given) == 1 else f"{' ＋ '.join(given)} ＝ {show_amount(total)}"


def _name(subject: Subject, address: str) -> str:
    section, _, column = address.partition("/")
    field = subject.form.section(section).field(column)
    return field.name if field else address


def _finding(subject: Subject, balance: Balance, total: Decimal, groups: list[Group]) -> Finding:
    wrong = [g for g in groups if g.sum != total]
    right = [g for g in groups if g.sum == total]
    name = _name(subject, balance.total)
    first, others = wrong[0], wrong[1:]
    equations = first.equation + "".join(
        f"，{g.label}合计也是 {show_amount(g.sum)}" if g.sum == first.sum else f"；{g.equation}"
        for g in others
    )
    gaps = list(dict.fromkeys(show_amount(exact_sum([g.sum, total.copy_negate()]).copy_abs()) for g in wrong))
    tail = "".join(f"；{g.label}与{name}一致" for g in right)
    message = (
        f"{equations}，{name}填写 {show_amount(total)}，差 {' 和 '.join(gaps)} {subject.amount_unit}{tail}。"
    )
    title = f"{'、'.join(g.label for g in wrong)}与{name}不平"
    fixes = (_total_fix(balance, name, first.sum),) if not right and len({g.sum for g in wrong}) == 1 else ()
    row, _, column = balance.total.partition("/")
    found = BALANCE.at(
        balance.total, Place(row, column), message, *fixes, title=title, severity=balance.severity
    )
    return found


def _total_fix(balance: Balance, name: str, value: Decimal) -> Step:
    row, _, column = balance.total.partition("/")
    return cell_fix(f"{name}改为 {show_amount(value)}", row, column, plain_number(value))


def agreed_total(subject: Subject, address: str) -> Decimal | None:
    """What the parts say the cell ``address`` should hold, where all readable groups agree."""
    for balance in subject.form.balances:
        sums = {s for _, s in subject.values.sums[balance.id] if s is not None}
        if balance.total == address and len(sums) == 1:
            return sums.pop()
    return None
