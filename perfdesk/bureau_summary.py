"""A bureau's summary gathered from the store: for the command and the window alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.bureau.received import status_of
from perfdesk.bureau.standings import standings
from perfdesk.bureau.summary import FormSummary, Summary, headline
from perfdesk.bureau_gathering import ALL, differences_in, gathered_in, money_of, sums_in
from perfdesk.catalog import Catalog
from perfdesk.model.bureau import EVERYONE, Scope
from perfdesk.model.form import Form

if TYPE_CHECKING:
    from perfdesk.store import Store

MOST_LISTED = 3000
"""Indicators of so many papers are listed one by one; more are asked for by name."""


def summarised(store: Store, forms: Catalog, year: int, scope: Scope = EVERYONE) -> Summary:
    """Everything that the units of the scope handed in for the year; forms that this program does not know are left out."""
    bureau = store.bureau
    tree = bureau.nodes()
    status = status_of(year, tree, bureau.handings(year), scope.node)
    papers = bureau.papers(year, scope)
    used = [form for f in dict.fromkeys(p.form for p in papers) if (form := forms.forms.get(f))]
    names = {node.key: node.name for node in tree}
    meant = [n for n in status.nodes if not scope.units or n.key in scope.units]
    ranked = (standings(papers, forms.forms, meant, kind) for kind in ("department", "project"))
    of = names.get(scope.node, scope.node) if scope.node is not None else ALL
    in_order = sorted(used, key=lambda form: (form.kind, form.id))
    summaries = tuple(_form(store, forms, form, year, scope) for form in in_order)
    return Summary(of, status, summaries, names, tuple(s for s in ranked if s.rows))


def _form(store: Store, forms: Catalog, form: Form, year: int, scope: Scope) -> FormSummary:
    bureau = store.bureau
    found = sums_in(store, form, year, scope)
    side_by_side = bureau.per_unit(year, [form.id], [at for at, _ in headline(found)], scope)
    indicators = gathered_in(store, forms, form, year, scope)
    few = sum(one.papers for one in indicators) <= MOST_LISTED
    of_units = bureau.indicators(year, [form.id], money_of(forms), scope) if indicators and few else ()
    own = None if scope.node is None else differences_in(store, form, year, scope.node)
    return FormSummary(found, side_by_side, own, indicators, of_units)
