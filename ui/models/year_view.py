"""A unit's year at a glance: how each form stands, findings by severity, amounts beside those of the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.check import check
from perfdesk.derive import Values, amount_unit, derive
from perfdesk.explained import sorted_out
from perfdesk.values import MONEY_UNITS, round_half_up
from ui.explained import said
from ui.models.progress import Progress, progress

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.finding import Finding
    from perfdesk.model.form import Balance, Form
    from perfdesk.store import FilingInfo
    from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FormState:
    """``findings``: severity → how many wait; ``settled``: how many are explained."""

    id: int
    title: str
    done: Progress
    findings: Mapping[str, int]
    archived: bool
    settled: int = 0

    @property
    def state(self) -> str:
        if self.done.untouched:
            return "untouched"
        return next((s for s in ("error", "warning") if self.findings.get(s)), "clean")


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
class YearView:
    """``money`` and ``before``: of the year and of the one before it, None where there is no filing with amounts."""

    forms: tuple[FormState, ...]
    money: Money | None
    before: Money | None

    def counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for form in self.forms:
            found.update(form.findings)
        return found

    def settled(self) -> int:
        return sum(form.settled for form in self.forms)

    def change(self) -> Decimal | None:
        """By how many percent the total differs from last year's, one decimal; None where that cannot be said."""
        if self.money is None or self.before is None or self.money.total is None or not self.before.total:
            return None
        now = self.money.total * MONEY_UNITS.get(self.money.unit, Decimal(1))
        then = self.before.total * MONEY_UNITS.get(self.before.unit, Decimal(1))
        return round_half_up((now - then) / abs(then) * 100, 1)


def year_view(workspace: Workspace) -> YearView:
    """Of the chosen unit and year. The open filing is taken as it is; the others are read and checked."""
    infos, year = workspace.infos(), workspace.year
    here = [_seen(workspace, i) for i in infos if i.year == year]
    known = [one for one in here if one is not None]
    before = [_seen(workspace, i) for i in infos if year is not None and i.year == year - 1]
    forms = tuple(_state(*one, said(workspace, one[0].id)) for one in known)
    return YearView(forms, _money(known), _money([one for one in before if one is not None]))


Seen = tuple["FilingInfo", "Form", "Filing", Values, "tuple[Finding, ...] | None"]


def _seen(workspace: Workspace, info: FilingInfo) -> Seen | None:
    """None for a form that this program does not know."""
    if info.form not in workspace.catalog.forms or workspace.store is None:
        return None
    form = workspace.catalog.form(info.form)
    if workspace.filing is not None and workspace.filing.id == info.id and workspace.values is not None:
        return info, form, workspace.filing, workspace.values, workspace.findings
    filing = workspace.store.filing(info.id)
    return info, form, filing, derive(form, filing), None


def _state(
    info: FilingInfo,
    form: Form,
    filing: Filing,
    values: Values,
    findings: tuple[Finding, ...] | None,
    told: Mapping[str, str],
) -> FormState:
    found = check(form, filing, values) if findings is None else findings
    waiting, settled = sorted_out(filing, found, told)
    counts = Counter(f.severity for f in waiting)
    return FormState(
        info.id, info.name or info.title, progress(form, values), counts, info.archived, len(settled)
    )


def _money(seen: list[Seen]) -> Money | None:
    """Of the first form with a balance of amounts; a budget's balances are of other things than its money."""
    for info, form, filing, values, _ in seen:
        for balance in form.balances if form.budget is None else ():
            total = _value(values, balance.total)
            return Money(info.year, amount_unit(form, filing), total, splits(form, balance, values))
    return None


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
