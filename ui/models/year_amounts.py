"""Amounts of a year beside those of the year before, kind of form by kind of form, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.budget.composition import Side, gathered, leading, sides
from perfdesk.budget.facts import exact_sum
from perfdesk.derive import Values, amount_unit
from perfdesk.projects import is_project, project_amount
from perfdesk.values import MONEY_UNITS, round_half_up
from ui.messages import units as words

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Balance, Form

OWN_COLOUR = 5
"""So many parts of a bar are told apart, the others are drawn as one."""


@dataclass(frozen=True, slots=True)
class Split:
    """What a total is made of; parts without a readable amount are left out."""

    label: str
    parts: tuple[tuple[str, Decimal], ...]

    def shares(self) -> tuple[Decimal, ...]:
        """Percent of the sum, one decimal; zeros where the sum is zero."""
        whole = sum((v for _, v in self.parts), start=Decimal(0))
        return tuple(round_half_up(v / whole * 100, 1) if whole else Decimal(0) for _, v in self.parts)


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts of one year in ``unit``; ``total`` None where it is empty or cannot be read."""

    year: int | None
    unit: str
    total: Decimal | None
    splits: tuple[Split, ...]

    @property
    def empty(self) -> bool:
        return self.total is None and not any(s.parts for s in self.splits)


@dataclass(frozen=True, slots=True)
class Beside:
    """``now`` and ``before``: of the year and of the one before it, None where there is no filing with amounts."""

    title: str
    now: Money | None
    before: Money | None

    def change(self) -> Decimal | None:
        """By how many percent the total differs from last year's, one decimal; None where that cannot be said."""
        if self.now is None or self.before is None or self.now.total is None or not self.before.total:
            return None
        now = self.now.total * MONEY_UNITS.get(self.now.unit, Decimal(1))
        then = self.before.total * MONEY_UNITS.get(self.before.unit, Decimal(1))
        return round_half_up((now - then) / abs(then) * 100, 1)


Known = tuple["Form", "Filing", Values]


def beside(here: Sequence[Known], before: Sequence[Known], year: int | None) -> tuple[Beside, ...]:
    """One of each kind of form that is filled in this year; projects together."""
    found: list[Beside] = []
    for kind in dict.fromkeys(form.kind for form, _, _ in here):
        now, then = ([one for one in some if one[0].kind == kind] for some in (here, before))
        last = year - 1 if year is not None else None
        form = now[0][0]
        if form.budget is not None:
            found.append(_budget(now[0], then[0] if then else None, year, last))
        elif is_project(form.id):
            found.append(
                Beside(words.projects_together(len(now)), _together(now, year), _together(then, last))
            )
        elif form.balances:
            one, other = _money(now[0], year), _money(then[0], last) if then else None
            found.append(Beside(form.title, one, other))
    return tuple(found)


# --- forms with a balance of amounts ---


def _money(one: Known, year: int | None) -> Money | None:
    form, filing, values = one
    balance = next(iter(form.balances), None)
    if balance is None:
        return None
    total = _value(values, balance.total)
    return Money(year, amount_unit(form, filing), total, splits(form, balance, values))


def _together(some: Sequence[Known], year: int | None) -> Money | None:
    """The sum of all projects in the unit of the first; an amount that is empty or cannot be read does not count."""
    if not some:
        return None
    unit = amount_unit(some[0][0], some[0][1])
    amounts = [
        amount * MONEY_UNITS[amount_unit(form, filing)] / MONEY_UNITS[unit]
        for form, filing, _ in some
        if (amount := project_amount(form, filing)) is not None
    ]
    return Money(year, unit, exact_sum(amounts) if amounts else None, ())


def splits(form: Form, balance: Balance, values: Values) -> tuple[Split, ...]:
    """What each group of a balance is made of."""
    names = {f"{s.id}/{f.id}": f.name for s in form.sections for f in s.fields}
    return tuple(
        Split(label, tuple((names[a], v) for a in parts if (v := _value(values, a)) is not None))
        for label, parts in balance.groups
    )


def _value(values: Values, address: str) -> Decimal | None:
    amount = values.amounts.get(address)
    return amount.value if amount else None


# --- budgets ---


def _budget(one: Known, other: Known | None, year: int | None, last: int | None) -> Beside:
    """Income by source and expenditure by class; a part has the same colour in both years."""
    now, then = _sides(one), _sides(other) if other else ()
    names = [leading([s.parts for s in pair], OWN_COLOUR) for pair in zip(now, then or now, strict=False)]
    before = _drawn(other, then, names, last) if other else None
    return Beside(one[0].title, _drawn(one, now, names, year), before)


def _sides(one: Known) -> tuple[Side, ...]:
    budgeted = one[2].budget
    return sides(budgeted) if budgeted else ()


def _drawn(one: Known, some: Sequence[Side], names: Iterable[tuple[str, ...]], year: int | None) -> Money:
    parts = [gathered(s.parts, n, words.THE_REST) for s, n in zip(some, names, strict=False)]
    labels = words.SIDES
    drawn = tuple(
        Split(label, p if any(v for _, v in p) else ()) for label, p in zip(labels, parts, strict=False)
    )
    return Money(year, amount_unit(one[0], one[1]), some[0].total if some else None, drawn)
