"""The projects of a unit's year: what they cost together and whether budget and overall target say the same; copies; what can be changed in
many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.derive import Values, amount_unit, derive, exact_sum
from perfdesk.model.filing import Filing
from perfdesk.model.form import Field, Form
from perfdesk.values import MONEY_UNITS, parse_amount

KIND = "project-target"
AMOUNT = "budget/total"
SPENT = "budget/project"
FACTS = ("project.*",)
One = tuple[Form, Filing]
_NONE: Mapping[int | None, Values] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Compared:
    """``amount``: the project expenditure that a form of the year names; ``difference``: what the projects have more (or, below zero,
    less)."""

    title: str
    amount: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything in ``unit``. ``unread``: projects whose amount is empty or cannot be read; they are not in ``total``."""

    count: int
    total: Decimal
    unread: int
    unit: str
    compared: tuple[Compared, ...]


def is_project(form_id: str) -> bool:
    return form_id.rpartition("/")[2] == KIND


def project_amount(form: Form, filing: Filing) -> Decimal | None:
    """In the unit that this filing counts in; None where it is empty or cannot be read."""
    amount = parse_amount(filing.cell(AMOUNT), amount_unit(form, filing))
    return None if amount.problem else amount.value


def totals(year: Sequence[One], derived: Mapping[int | None, Values] = _NONE) -> Totals:
    """Of all filings of a unit's year, in the unit of its first project. ``derived``: what is known already, by the filings' ids."""
    projects = [one for one in year if one[0].kind == KIND]
    unit = amount_unit(*projects[0]) if projects else "元"
    amounts = [_in_unit(project_amount(*one), amount_unit(*one), unit) for one in projects]
    known = [amount for amount in amounts if amount is not None]
    total = exact_sum(known)
    spent = [(form, filing, _spent(form, filing, derived.get(filing.id))) for form, filing in year]
    said = [(form, _in_unit(amount, amount_unit(form, filing), unit)) for form, filing, amount in spent]
    compared = tuple(Compared(form.title, v, total - v) for form, v in said if v is not None)
    return Totals(len(projects), total, len(projects) - len(known), unit, compared)


def _spent(form: Form, filing: Filing, values: Values | None) -> Decimal | None:
    """What the form says that all projects cost together; None where it says nothing of it."""
    budgeted = (values or derive(form, filing)).budget if form.budget else None
    for facts in budgeted.facts.values() if budgeted else ():
        if facts.ledger.codes == "function" and (wanted := facts.ledger.matching(FACTS)):
            return facts.root.amount(wanted)
    if form.kind == KIND or not form.has("budget") or form.section("budget").field("project") is None:
        return None
    amount = parse_amount(filing.cell(SPENT), amount_unit(form, filing))
    return None if amount.problem else amount.value


def _in_unit(amount: Decimal | None, own: str, wanted: str) -> Decimal | None:
    """Both units are powers of ten, so that nothing is rounded."""
    if amount is None or own == wanted or own not in MONEY_UNITS or wanted not in MONEY_UNITS:
        return amount
    return amount * MONEY_UNITS[own] / MONEY_UNITS[wanted]


# --- copies -----------------------------------------------------------------------------------------------------------


def copied(filing: Filing, year: int | None, name: str, new_id: Callable[[], str]) -> Filing:
    """The same project under another name or in another year, with rows of its own."""
    ids = {row.id: row.id if row.id == row.section else new_id() for row in filing.rows}
    rows = tuple(replace(r, id=ids[r.id], parent=ids[r.parent] if r.parent else None) for r in filing.rows)
    named = tuple(r.with_cell("name", name) if r.id == "basic" else r for r in rows)
    return replace(filing, id=None, year=year, rows=named)


def free_name(wanted: str, taken: Sequence[str]) -> str:
    """``wanted``, with a number behind where it is taken."""
    if wanted not in taken:
        return wanted
    return next(n for k in range(2, len(taken) + 3) if (n := f"{wanted}（{k}）") not in taken)


def same_again(form_id: str, name: str) -> tuple[str, str]:
    """What two filings of one unit and year have alike where the one is the other again: the kind of form and, of projects, the name."""
    return form_id.rpartition("/")[2], label_key(name) if is_project(form_id) else ""


# --- many at once -----------------------------------------------------------------------------------------------------


def common_fields(forms: Sequence[Form]) -> tuple[tuple[str, Field], ...]:
    """The single cells that all these forms have, by address; the name is each project's own."""
    if not forms:
        return ()
    found = {
        f"{section.id}/{field.id}": field
        for section in forms[0].sections
        if section.kind == "fields"
        for field in section.fields
    }
    for form in forms[1:]:
        cells = {f"{s.id}/{f.id}" for s in form.sections if s.kind == "fields" for f in s.fields}
        found = {address: field for address, field in found.items() if address in cells}
    found.pop("basic/name", None)
    return tuple(found.items())
