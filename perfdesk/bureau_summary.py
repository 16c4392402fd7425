"""A bureau's summary gathered from the store: for the command and the window alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from perfdesk.bureau.consolidated import consolidated
from perfdesk.bureau.differences import Differences, differences
from perfdesk.bureau.gathered import MONEY_CELL, MONEY_KIND, gathered
from perfdesk.bureau.received import status_of
from perfdesk.bureau.standings import standings
from perfdesk.bureau.summary import FormSummary, Summary, headline
from perfdesk.catalog import Catalog
from perfdesk.model.bureau import EVERYONE, Scope, Sum
from perfdesk.model.form import Form

if TYPE_CHECKING:
    from perfdesk.store import Store

ALL = "全部单位"


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
    money = [form.id for form in used if form.kind == MONEY_KIND]
    summaries = tuple(_form(store, form, year, scope, money) for form in in_order)
    return Summary(of, status, summaries, names, tuple(s for s in ranked if s.rows))


def _form(store: Store, form: Form, year: int, scope: Scope, money: Sequence[str]) -> FormSummary:
    """``money``: the forms in which a unit's money stands."""
    bureau = store.bureau
    sums = bureau.sums(year, [form.id], scope)
    found = consolidated(form, sums)
    side_by_side = bureau.per_unit(year, [form.id], [at for at, _ in headline(found)], scope)
    indicators = gathered(bureau.gathered(year, [form.id], (money, MONEY_CELL), scope))
    return FormSummary(
        found, side_by_side, _against_own(store, form, year, scope, sums, side_by_side), indicators
    )


def _against_own(
    store: Store, form: Form, year: int, scope: Scope, below: Sequence[Sum], by_unit: Mapping[str, object]
) -> Differences | None:
    """The node's own form against what was added up below it; None where it handed in none, or nobody below it did."""
    if scope.node is None or not by_unit.keys() - {scope.node}:
        return None
    own = store.bureau.sums(year, [form.id], Scope(units=(scope.node,)))
    return differences(form, own, below) if own else None
