"""Which filings of a year are carried, each into which edition; and what is left as it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfdesk.carry.amounts import KEPT, Amounts
from perfdesk.carry.plan import Planned, Route, plan
from perfdesk.catalog import Catalog
from perfdesk.editions.found import NewId
from perfdesk.mapping_files import Mappings
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.naming import label_key


@dataclass(frozen=True, slots=True)
class Owned:
    """A filing and the unit it belongs to, whatever name is written in it."""

    filing: Filing
    unit: str


@dataclass(frozen=True, slots=True)
class Wish:
    """``scheme``: the editions to carry into; empty: those of the filings while they are meant for the year, else ones that a mapping
    leads to."""

    year: int
    scheme: str = ""
    amounts: Amounts = KEPT


@dataclass(frozen=True, slots=True)
class Skipped:
    filing: Filing
    reason: str


@dataclass(frozen=True, slots=True)
class Carried:
    """``units``: of the plans, in their order."""

    plans: tuple[Planned, ...]
    units: tuple[str, ...]
    skipped: tuple[Skipped, ...]


def carried(
    last: Sequence[Owned],
    there: Sequence[Owned],
    wish: Wish,
    catalog: Catalog,
    mappings: Mappings,
    new_id: NewId,
) -> Carried:
    """Plans for what can be carried; ``there``: what the new year has already."""
    taken = {_identity(one, _kind(one.filing)) for one in there}
    plans: list[Planned] = []
    units: list[str] = []
    skipped: list[Skipped] = []
    for one in last:
        filing = one.filing
        source = catalog.forms.get(filing.form)
        if source is None:
            skipped.append(Skipped(filing, f"本程序没有表样“{filing.form}”"))
            continue
        target = edition_for(source, wish.year, catalog, mappings, wish.scheme)
        if target is None:
            skipped.append(Skipped(filing, f"“{wish.scheme}”里没有这种表"))
        elif _identity(one, target.kind) in taken:
            skipped.append(Skipped(filing, f"{wish.year} 年度已经有这份表"))
        else:
            taken.add(_identity(one, target.kind))
            ways = mappings.get((source.id, target.id))
            plans.append(plan(Route(filing, source, target, ways, wish.year, wish.amounts), new_id))
            units.append(one.unit)
    return Carried(tuple(plans), tuple(units), tuple(skipped))


def step_label(year: int | None) -> str:
    """What the history says of a filing that was carried from that year."""
    return "由未定年度结转" if year is None else f"由 {year} 年度结转"


def edition_for(
    source: Form, year: int, catalog: Catalog, mappings: Mappings, scheme: str = ""
) -> Form | None:
    """None where the scheme that is asked for has no form of the kind."""
    mapped = [catalog.forms[to] for at, to in mappings if at == source.id and to in catalog.forms]
    if scheme:
        there = (form for form in mapped if form.scheme == scheme)
        return catalog.forms.get(f"{scheme}/{source.kind}") or next(there, None)
    if meant_for(source, year):
        return source
    return next((form for form in reversed(mapped) if meant_for(form, year)), source)


def meant_for(form: Form, year: int) -> bool:
    first, last = form.years
    return (first is None or first <= year) and (last is None or year <= last)


def _identity(one: Owned, kind: str) -> tuple[str, str, str]:
    """Unit, kind of form, and the name of the project that it is about, if any: one unit has one such form in a year."""
    return one.unit, kind, label_key(one.filing.cell("basic/name"))


def _kind(filing: Filing) -> str:
    return filing.form.rpartition("/")[2]
