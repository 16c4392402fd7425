"""What one of the sums' views shows, asked of the store; on any thread."""

from __future__ import annotations

from collections.abc import Sequence
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
from perfdesk.commands.consolidating import of_whom
from perfdesk.model.bureau import Node, Scope, UnitIndicator
from perfdesk.model.form import Form

if TYPE_CHECKING:
    from perfdesk.bureau.consolidated import At
    from perfdesk.catalog import Catalog
    from perfdesk.store import Store

View = Literal["sums", "indicators", "standings", "differences", "heat"]
VIEWS: tuple[View, ...] = ("sums", "indicators", "standings", "differences", "heat")


@dataclass(frozen=True, slots=True)
class Want:
    """``form``: an id, empty: the first that was handed in."""

    view: View
    year: int
    scope: Scope
    form: str


@dataclass(frozen=True, slots=True)
class Sight:
    """``of``: the units in words. ``forms``: those that were handed in and are known. ``form``: the one that is shown; None: none was
    handed in. Of the rest what the view asked for."""

    want: Want
    forms: tuple[Form, ...]
    form: Form | None
    of: str
    sums: Consolidated | None = None
    indicators: tuple[Gathered, ...] = ()
    standings: tuple[Standings, ...] = ()
    differences: Differences | None = None
    heat: Heat | None = None

    @property
    def scope(self) -> Scope:
        return self.want.scope


def sight(store: Store, catalog: Catalog, want: Want) -> Sight:
    scope, tree = want.scope, store.bureau.nodes()
    known = [catalog.forms[i] for i in store.bureau.forms(want.year, scope) if i in catalog.forms]
    forms = tuple(sorted(known, key=lambda f: (f.kind, f.id)))
    form = next((f for f in forms if f.id == want.form), next(iter(forms), None))
    of = of_whom(scope, tree)
    if want.view == "standings":
        return Sight(want, forms, form, of, standings=_standings(store, catalog, want, tree))
    if form is None:
        return Sight(want, forms, form, of)
    if want.view == "indicators":
        found = gathered_in(store, catalog, form, want.year, scope)
        return Sight(want, forms, form, of, indicators=found)
    if want.view == "differences":
        apart = None if scope.node is None else differences_in(store, form, want.year, scope.node)
        return Sight(want, forms, form, of, differences=apart)
    sums = sums_in(store, form, want.year, scope)
    shaded = _heat(store, want, sums, tree) if want.view == "heat" else None
    return Sight(want, forms, form, of, sums=sums, heat=shaded)


def _standings(store: Store, catalog: Catalog, want: Want, tree: Sequence[Node]) -> tuple[Standings, ...]:
    """Of departments and units, then of projects; only what somebody has."""
    papers = store.bureau.papers(want.year, want.scope)
    below = status_of(want.year, tree, (), want.scope.node).nodes
    meant = [n for n in below if not want.scope.units or n.key in want.scope.units]
    both = (standings(papers, catalog.forms, meant, kind) for kind in ("department", "project"))
    return tuple(one for one in both if one.rows)


def _heat(store: Store, want: Want, sums: Consolidated, tree: Sequence[Node]) -> Heat:
    cells = [at for at, _ in headline(sums)]
    by_unit = store.bureau.per_unit(want.year, [sums.form.id], cells, want.scope)
    status, names = status_of(want.year, (), ()), {node.key: node.name for node in tree}
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
