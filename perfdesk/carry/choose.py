"""Which filings of a year are carried, each into which edition; and what is left as it is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfdesk.carry.amounts import KEPT, Amounts
from perfdesk.carry.plan import Route
from perfdesk.catalog import Catalog
from perfdesk.mapping_files import Mappings
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.naming import label_key
from perfdesk.projects import is_project


@dataclass(frozen=True, slots=True)
class Skipped:
    filing: Filing
    reason: str


def routes(
    filings: Sequence[Filing],
    there: Iterable[Filing],
    catalog: Catalog,
    mappings: Mappings,
    year: int,
    scheme: str = "",
    amounts: Amounts = KEPT,
) -> tuple[tuple[Route, ...], tuple[Skipped, ...]]:
    """``there``: what the new year has already; ``scheme``: the editions to carry into (empty: those of the filings while they are meant
    for the year, else ones a mapping leads to)."""
    taken = {_identity(one) for one in there}
    found: list[Route] = []
    skipped: list[Skipped] = []
    for filing in filings:
        source = catalog.forms.get(filing.form)
        if source is None:
            skipped.append(Skipped(filing, f"本程序没有表样“{filing.form}”"))
            continue
        target = edition_for(source, year, catalog, mappings, scheme)
        if target is None:
            skipped.append(Skipped(filing, f"“{scheme}”里没有这种表"))
        elif _identity(filing) in taken:
            skipped.append(Skipped(filing, f"{year} 年度已经有这份表"))
        else:
            taken.add(_identity(filing))
            ways = mappings.get((source.id, target.id))
            found.append(Route(filing, source, target, ways, year, amounts))
    return tuple(found), tuple(skipped)


def edition_for(
    source: Form, year: int, catalog: Catalog, mappings: Mappings, scheme: str = ""
) -> Form | None:
    """None where the scheme that is asked for has no form of the kind."""
    if scheme:
        return catalog.forms.get(f"{scheme}/{source.kind}")
    if meant_for(source, year):
        return source
    mapped = [catalog.forms[to] for at, to in mappings if at == source.id and to in catalog.forms]
    return next((form for form in reversed(mapped) if meant_for(form, year)), source)


def meant_for(form: Form, year: int) -> bool:
    first, last = form.years
    return (first is None or first <= year) and (last is None or year <= last)


def _identity(filing: Filing) -> tuple[str, str, str]:
    """Unit, kind of form, and of a project its name: one unit has one such form in a year."""
    kind = filing.form.rpartition("/")[2]
    name = label_key(filing.cell("basic/name")) if is_project(filing.form) else ""
    return label_key(filing.unit_name), kind, name
