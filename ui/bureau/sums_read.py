"""What one of the sums' views shows, asked of the store; on any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from perfdesk.bureau.consolidated import Consolidated
from perfdesk.bureau.differences import Differences
from perfdesk.bureau.gathered import Gathered
from perfdesk.bureau.received import status_of
from perfdesk.bureau.standings import Standings, standings
from perfdesk.bureau.summary import FormSummary, Heat, Summary, headline, heat
from perfdesk.bureau.traced import Traced
from perfdesk.bureau_gathering import differences_in, gathered_in, sums_in, trace_in, units_in
from perfdesk.model.bureau import Scope, UnitIndicator
from perfdesk.model.form import Form

if TYPE_CHECKING:
    from perfdesk.bureau.consolidated import At
    from perfdesk.catalog import Catalog
    from perfdesk.store import Store

View = Literal["sums", "indicators", "standings", "differences", "heat"]
VIEWS: tuple[View, ...] = ("sums", "indicators", "standings", "differences", "heat")


@dataclass(frozen=True, slots=True)
class Want:
    """``node``: None: all units. ``form``: an id, empty: the first that was handed in."""

    view: View
    year: int
    node: str | None
    form: str


@dataclass(frozen=True, slots=True)
class Sight:
    """``forms``: those that were handed in and are known. ``form``: the one that is shown; None: none was handed in. Of the rest what the
    view asked for."""

    want: Want
    forms: tuple[Form, ...]
    form: Form | None
    names: Mapping[str, str]
    sums: Consolidated | None = None
    indicators: tuple[Gathered, ...] = ()
    standings: tuple[Standings, ...] = ()
    differences: Differences | None = None
    heat: Heat | None = None

    @property
    def scope(self) -> Scope:
        return Scope(node=self.want.node)


def sight(store: Store, catalog: Catalog, want: Want) -> Sight:
    scope = Scope(node=want.node)
    known = [catalog.forms[i] for i in store.bureau.forms(want.year, scope) if i in catalog.forms]
    forms = tuple(sorted(known, key=lambda f: (f.kind, f.id)))
    form = next((f for f in forms if f.id == want.form), next(iter(forms), None))
    names = {node.key: node.name for node in store.bureau.nodes()}
    if want.view == "standings":
        return Sight(want, forms, form, names, standings=_standings(store, catalog, want))
    if form is None:
        return Sight(want, forms, form, names)
    if want.view == "indicators":
        found = gathered_in(store, catalog, form, want.year, scope)
        return Sight(want, forms, form, names, indicators=found)
    if want.view == "differences":
        apart = None if want.node is None else differences_in(store, form, want.year, want.node)
        return Sight(want, forms, form, names, differences=apart)
    sums = sums_in(store, form, want.year, scope)
    shaded = _heat(store, want, sums, names) if want.view == "heat" else None
    return Sight(want, forms, form, names, sums=sums, heat=shaded)


def _standings(store: Store, catalog: Catalog, want: Want) -> tuple[Standings, ...]:
    """Of departments and units, then of projects; only what somebody has."""
    papers = store.bureau.papers(want.year, Scope(node=want.node))
    meant = status_of(want.year, store.bureau.nodes(), (), want.node).nodes
    both = (standings(papers, catalog.forms, meant, kind) for kind in ("department", "project"))
    return tuple(one for one in both if one.rows)


def _heat(store: Store, want: Want, sums: Consolidated, names: Mapping[str, str]) -> Heat:
    cells = [at for at, _ in headline(sums)]
    by_unit = store.bureau.per_unit(want.year, [sums.form.id], cells, Scope(node=want.node))
    status = status_of(want.year, (), ())
    return heat(Summary("", status, (), names), FormSummary(sums, by_unit))


def trace(store: Store, seen: Sight, at: At) -> Traced | None:
    """The units behind a cell; of a difference those below the department."""
    if seen.form is None:
        return None
    sums = seen.sums or sums_in(store, seen.form, seen.want.year, seen.scope)
    return trace_in(store, sums, at, seen.want.year, seen.scope)


def units_of(store: Store, catalog: Catalog, seen: Sight, one: Gathered) -> tuple[UnitIndicator, ...]:
    assert seen.form is not None
    return units_in(store, catalog, seen.form, one, seen.want.year, seen.scope)
