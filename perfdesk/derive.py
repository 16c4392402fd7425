"""Everything computed from a filing: parsed cells, sums, counts, completeness. Nothing of this is ever stored.

``derive`` computes it from scratch; ``rederive`` computes again only what a step touched and gives the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, assert_never

from perfdesk.catalog import label_key
from perfdesk.evaluation.evaluated import Evaluated, evaluate, shown
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS, Balance, Fixed, Form, Section
from perfdesk.report.companions import ALONE, Companions
from perfdesk.values import Amount, Target, parse_amount, parse_target

if TYPE_CHECKING:
    from perfdesk.budget.budgeted import Budgeted
    from perfdesk.model.ledger import Budget
    from perfdesk.model.report import Report
    from perfdesk.report.reported import Reported

Sums = tuple[tuple[str, Decimal | None], ...]
Need = tuple[int, int]
T = TypeVar("T")

# Amounts are summed exactly, however many digits somebody typed.
EXACT_DIGITS = 400


@dataclass(frozen=True, slots=True)
class Values:
    """``amounts`` by cell address (``budget/total``); ``sums`` by balance id: each group's label and sum, None where a part
    cannot be read or the whole group is empty; ``targets`` by indicator row; ``counts``: indicators below each row above them.

    ``needs``: (filled, wanted) required cells by row, ``need`` their sum, and ``absent`` by section: rows the form wants and
    the filing lacks. ``budget``: the facts and tables of a department budget. ``evaluated``: the scores of a
    self-evaluation; a required cell for which something is computed is filled. ``reported``: what the texts of a report quote.
    """

    amounts: Mapping[str, Amount]
    sums: Mapping[str, Sums]
    targets: MappingProxyType[str, Target]
    counts: Mapping[str, int]
    needs: MappingProxyType[str, Need]
    absent: Mapping[str, int]
    need: Need
    budget: Budgeted | None = None
    evaluated: Evaluated | None = None
    reported: Reported | None = None

    @property
    def filled(self) -> int:
        """Required cells that hold something."""
        return self.need[0]

    @property
    def wanted(self) -> int:
        """Required cells altogether; one for each row that is missing."""
        return self.need[1] + sum(self.absent.values())


def derive(form: Form, filing: Filing, beside: Companions = ALONE) -> Values:
    """``beside``: of a report, the filings whose numbers its texts quote."""
    evaluated = evaluate(form, filing)
    amounts = _amounts(form, filing, filing.rows)
    counts = _counts(form, filing.rows)
    needs = _needs(form, shown(form, filing, evaluated).rows if evaluated else filing.rows)
    return Values(
        amounts=amounts,
        sums=MappingProxyType({b.id: _sums(b, amounts) for b in form.balances}),
        targets=MappingProxyType(_targets(form, filing.rows)),
        counts=counts,
        needs=MappingProxyType(needs),
        absent=_absent(form, filing, counts),
        need=_total(needs.values()),
        budget=_budgeted(form, form.budget, filing) if form.budget else None,
        evaluated=evaluated,
        reported=_reported(form, form.report, filing, beside) if form.report else None,
    )


def _budgeted(form: Form, budget: Budget, filing: Filing) -> Budgeted:
    from perfdesk.budget.budgeted import Budgeted  # which only budgets need

    return Budgeted.of(budget, filing, amount_unit(form, filing))


def _reported(form: Form, report: Report, filing: Filing, beside: Companions) -> Reported:
    from perfdesk.report.reported import Reported  # which only reports need

    return Reported.of(form, report, filing, beside)


def rederive(values: Values, form: Form, filing: Filing, changes: Iterable[Change]) -> Values:
    """The values of ``filing``, which is what ``changes`` made of the filing that ``values`` belong to."""
    if form.evaluation is not None:
        return derive(
            form, filing
        )  # an edit of a fact or a weight touches scores everywhere, and the rows are few
    if values.reported is not None:
        return derive(form, filing, values.reported.companions)  # of few rows, and every number may be quoted
    changes = tuple(changes)
    touched = {_touched(c) for c in changes}
    rows = tuple(row for row_id in touched if (row := filing.row(row_id)))
    shape = any(not isinstance(c, SetCell) or c.column in LEVELS for c in changes)
    known = filing.index.places.keys() if shape else None
    new = _amounts(form, filing, rows)
    amounts = MappingProxyType({**values.amounts, **new}) if new else values.amounts
    counts = _counts(form, filing.rows) if shape else values.counts
    fresh = _needs(form, rows)
    needs = _kept(values.needs, touched, known) | fresh
    # A touched row may have become something else (removed, put back as another): its old entries go first.
    return Values(
        amounts=amounts,
        sums=_resummed(values, form, amounts) if new else values.sums,
        targets=MappingProxyType(_kept(values.targets, touched, known) | _targets(form, rows)),
        counts=counts,
        needs=MappingProxyType(needs),
        absent=_absent(form, filing, counts) if shape else values.absent,
        need=_total(needs.values()) if shape else _shifted(values, fresh),
        budget=values.budget.after(filing, touched) if values.budget else None,
    )


def _touched(change: Change) -> str:
    match change:
        case InsertRow(row, _):
            return row.id
        case SetCell(row_id) | RemoveRow(row_id) | MoveRow(row_id):
            return row_id
        case _:
            assert_never(change)


def _kept(old: MappingProxyType[str, T], touched: set[str], known: AbstractSet[str] | None) -> dict[str, T]:
    kept = old.copy()  # in one piece, where ``dict`` would take it entry by entry
    for key in touched if known is None else touched | (kept.keys() - known):
        kept.pop(key, None)
    return kept


# --- money ------------------------------------------------------------------------------------------------------------


def amount_unit(form: Form, filing: Filing) -> str:
    """The unit that this filing's amounts count in (``万元`` or ``元``): its own, else its form's."""
    return filing.amount_unit or form.amount_unit


def _amounts(form: Form, filing: Filing, rows: Iterable[Row]) -> Mapping[str, Amount]:
    unit = amount_unit(form, filing)
    sections = {s.id: s for s in form.sections if s.kind == "fields"}
    found = {
        f"{row.section}/{field.id}": parse_amount(row.get(field.id), unit)
        for row in rows
        if row.section in sections
        for field in sections[row.section].fields
        if field.kind == "money"
    }
    return MappingProxyType(found)


def _resummed(values: Values, form: Form, amounts: Mapping[str, Amount]) -> Mapping[str, Sums]:
    changed = {address for address, amount in amounts.items() if values.amounts.get(address) != amount}
    sums = {
        b.id: _sums(b, amounts)
        if any(changed.intersection(parts) for _, parts in b.groups)
        else values.sums[b.id]
        for b in form.balances
    }
    return MappingProxyType(sums)


def _sums(balance: Balance, amounts: Mapping[str, Amount]) -> Sums:
    return tuple((label, _sum([amounts.get(p, Amount()) for p in parts])) for label, parts in balance.groups)


def _sum(parts: list[Amount]) -> Decimal | None:
    """Empty parts and dashes count as 0 beside a number; a part that cannot be read makes the sum unknown."""
    readable = [p for p in parts if p.value is None and p.problem not in (None, "dash-in-amount")] == []
    given = [p.value for p in parts if p.value is not None]
    if not readable or not given:
        return None
    return exact_sum(given)


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        return sum(amounts, Decimal(0))


# --- indicators -------------------------------------------------------------------------------------------------------


def _leaf_levels(form: Form) -> dict[str, int]:
    """Section → the level whose rows are indicators."""
    return {s.id: 3 if s.kind == "tree" else 2 for s in form.sections if s.kind in ("tree", "goals")}


def _targets(form: Form, rows: Iterable[Row]) -> dict[str, Target]:
    levels = _leaf_levels(form)
    leaves = (r for r in rows if depth(r) == levels.get(r.section))
    return {r.id: parse_target(r.get("target"), r.get("unit")) for r in leaves}


def _counts(form: Form, rows: Iterable[Row]) -> Mapping[str, int]:
    levels = _leaf_levels(form)
    parents = {r.id: r.parent for r in rows if r.section in levels}
    counts = {r.id: 0 for r in rows if r.section in levels and depth(r) < levels[r.section]}
    for row in rows:
        above = row.parent if depth(row) == levels.get(row.section) else None
        while above is not None and above in counts:
            counts[above] += 1
            above = parents.get(above)
    return MappingProxyType(counts)


# --- completeness -----------------------------------------------------------------------------------------------------


def required_columns(section: Section, row: Row) -> tuple[str, ...]:
    """The columns that must hold something in this row; of a level-1/2 row of a tree that is its name."""
    return tuple(f.id for f in section.at_level(depth(row)) if f.required)


def _needs(form: Form, rows: Iterable[Row]) -> dict[str, Need]:
    sections = {s.id: s for s in form.sections}
    needs: dict[str, Need] = {}
    for row in rows:
        if section := sections.get(row.section):
            columns = required_columns(section, row)
            needs[row.id] = sum(1 for c in columns if row.get(c).strip()), len(columns)
    return needs


def _absent(form: Form, filing: Filing, counts: Mapping[str, int]) -> Mapping[str, int]:
    missing: dict[str, int] = {}
    for section in form.sections:
        if section.kind == "tree":
            names = {label_key(r.get("level3")) for r in filing.section(section.id) if depth(r) == 3}
            missing[section.id] = len(missing_fixed(section, names)) + len(
                missing_level1(section, filing, counts)
            )
        elif section.required and section.kind in ("list", "goals") and not filing.section(section.id):
            missing[section.id] = max(1, sum(1 for f in section.at_level(1) if f.required))
        elif section.kind == "goals":
            missing[section.id] = len(goals_without_indicators(section, filing, counts))
    return MappingProxyType(missing)


def goals_without_indicators(section: Section, filing: Filing, counts: Mapping[str, int]) -> tuple[Row, ...]:
    """The goals below which the form asks for an indicator and none stands."""
    named = section.field("level2")
    if named is None or not named.required:
        return ()
    return tuple(r for r in filing.children(section.id, None) if not counts.get(r.id))


def _total(needs: Iterable[Need]) -> Need:
    filled = wanted = 0
    for done, asked in needs:
        filled, wanted = filled + done, wanted + asked
    return filled, wanted


def _shifted(before: Values, fresh: Mapping[str, Need]) -> Need:
    """The sum after cells of these rows changed and no row came or went."""
    old, new = _total(before.needs[row] for row in fresh), _total(fresh.values())
    return before.need[0] - old[0] + new[0], before.need[1] - old[1] + new[1]


def missing_fixed(section: Section, names: AbstractSet[str]) -> tuple[Fixed, ...]:
    """The bureau's fixed rows that stand nowhere in the tree (one in the wrong place is misplaced, not missing).

    ``names``: the folded names of the leaves that are there.
    """
    wanted = ((f, {label_key(n) for n in (f.standard.name, *f.standard.aliases)}) for f in section.fixed)
    return tuple(f for f, keys in wanted if not keys & names)


def missing_level1(section: Section, filing: Filing, counts: Mapping[str, int]) -> tuple[str, ...]:
    """The level-1 headings for which the unit has to write indicators of its own and wrote none, neither below the heading
    nor below one of its level-2 headings that stands elsewhere (those are misplaced, not missing)."""
    headings = (filing.row(row_id) for row_id, count in counts.items() if count)
    rows = [r for r in headings if r is not None and r.section == section.id]
    have = {label_key(r.get(LEVELS[depth(r) - 1])) for r in rows}
    have |= {f"{label_key(r.get('level1'))}指标" for r in rows if depth(r) == 1}  # 产出 for 产出指标
    groups = [g for g in section.groups if g.open]
    wanted = {g.level1: {label_key(g.level1)} for g in groups if not g.optional}
    for group in (g for g in groups if g.level1 in wanted):
        wanted[group.level1] |= {label_key(n) for n in (group.level2, *group.aliases)}
    return tuple(name for name, keys in wanted.items() if not keys & have)
