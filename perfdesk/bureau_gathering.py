"""What a bureau adds up, gathered from the store: for commands and window alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from perfdesk.bureau.consolidated import At, Consolidated, consolidated, name_in, unnamed
from perfdesk.bureau.differences import Differences, differences
from perfdesk.bureau.gathered import MONEY_CELL, MONEY_KIND, Gathered, gathered, is_of
from perfdesk.bureau.together import KINDS, Gathering, Given, together
from perfdesk.bureau.traced import Traced, traced
from perfdesk.catalog import Catalog
from perfdesk.errors import UserError
from perfdesk.model.bureau import EVERYONE, Scope, Sum, UnitIndicator
from perfdesk.model.evaluation import Evaluation
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form

if TYPE_CHECKING:
    from perfdesk.store import Store

ALL = "全部单位"

Names = dict[tuple[str, str], str]


def sums_in(store: Store, form: Form, year: int, scope: Scope = EVERYONE) -> Consolidated:
    """The sums as the form's own tables; a code that the standard list lacks is called as a unit calls it that has it."""
    sums = store.bureau.sums(year, [form.id], scope)
    return consolidated(form, sums, _names(store, form, year, scope, sums))


def trace_in(store: Store, found: Consolidated, at: At, year: int, scope: Scope = EVERYONE) -> Traced:
    """What a cell adds up, unit by unit. UserError ``no-cell`` where the form has no such cell with an amount of anybody in it."""
    return traced(found, at, store.bureau.shares(year, [found.form.id], at, scope))


def gathered_in(
    store: Store, forms: Catalog, form: Form, year: int, scope: Scope = EVERYONE
) -> tuple[Gathered, ...]:
    """The indicators of this form, put together."""
    return gathered(store.bureau.gathered(year, [form.id], money_of(forms), scope))


def units_in(
    store: Store, forms: Catalog, form: Form, one: Gathered, year: int, scope: Scope = EVERYONE
) -> tuple[UnitIndicator, ...]:
    """What each unit has of a gathered indicator, in the tree's order."""
    listed = store.bureau.indicators(year, [form.id], money_of(forms), scope, one.names)
    return tuple(unit for unit in listed if is_of(unit.indicator, one))


def differences_in(store: Store, form: Form, year: int, node: str) -> Differences | None:
    """The node's own form against the sum of those below it; None where it handed in none, or nobody below it did."""
    bureau = store.bureau
    below = Scope(node=node)
    if all(paper.unit == node for paper in bureau.counted(year, [form.id], below)):
        return None
    mine = Scope(units=(node,))
    own, theirs = (bureau.sums(year, [form.id], scope) for scope in (mine, below))
    if not own:
        return None
    names = _names(store, form, year, below, theirs) | _names(store, form, year, mine, own)
    return differences(form, own, theirs, names)


def filing_in(
    store: Store,
    forms: Catalog,
    found: Consolidated,
    year: int,
    scope: Scope,
    of: str,
    new_id: Callable[[], str],
    scheme: str = "",
) -> Filing:
    """All units' filings as one, which stands for ``of``. ``scheme``: by which self-evaluations are scored, empty: the one for that.
    UserError ``no-single-form`` for kinds of which each stands for something of its own."""
    form, bureau = found.form, store.bureau
    if form.kind not in KINDS:
        message = f"“{form.title}”一份说一个项目，不能合成一份；汇总数可以看，也可以不写 --form 导出汇总表。"
        raise UserError("no-single-form", message)
    indicators = gathered_in(store, forms, form, year, scope)
    of_units = bureau.indicators(year, [form.id], money_of(forms), scope)
    chosen = scheme or consolidating(form.evaluation)
    given = _given(store, form, year, scope)
    return together(Gathering(of, year, found, given, indicators, of_units, chosen), new_id)


def money_of(forms: Catalog) -> tuple[Sequence[str], At]:
    """Where the money of a unit stands, by which its rates weigh."""
    return [form.id for form in forms.forms.values() if form.kind == MONEY_KIND], MONEY_CELL


def consolidating(evaluation: Evaluation | None) -> str:
    """The scheme by which many evaluations are scored as one; the form's own where none is meant for that."""
    if evaluation is None:
        return ""
    return next((s.id for s in evaluation.schemes if s.consolidates), evaluation.scheme)


def _given(store: Store, form: Form, year: int, scope: Scope) -> Iterator[Given]:
    names = {node.key: node.name for node in store.bureau.nodes()}
    for paper in store.bureau.counted(year, [form.id], scope):
        filing = store.bureau.filing(year, paper.unit, paper.handing, paper.number)
        yield Given(names.get(paper.unit, paper.unit), filing)


def _names(store: Store, form: Form, year: int, scope: Scope, sums: Sequence[Sum]) -> Names:
    """One filing is looked into for each code that has no name."""
    bureau, found = store.bureau, Names()
    for section, code in unnamed(form, sums):
        cell = next((s.section, s.line, s.field) for s in sums if (s.section, s.line) == (section, code))
        share = bureau.shares(year, [form.id], cell, scope)[0]
        paper = next(p for p in bureau.papers(year, Scope(units=(share.unit,))) if p.number == share.paper)
        filing = bureau.filing(year, paper.unit, paper.handing, paper.number)
        found[section, code] = name_in(form, filing, section, code)
    return found
