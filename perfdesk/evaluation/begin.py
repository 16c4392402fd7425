"""A new self-evaluation made from the year's target form: its goals, indicators and targets, its budget; results and scores empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType

from perfdesk.evaluation.entered import MONEY
from perfdesk.model.filing import Filing, Row, depth, empty_filing
from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.values import canonical_unit, parse_target

GOAL, GOALS = "goal", "goals"
"""What the goal of the year is called in forms of departments and of projects."""


def evaluation_of(form: Form, target_form: Form, target: Filing, new_id: Callable[[], str]) -> Filing:
    """``form``: the self-evaluation's. Cells of the same name are taken over; a unit of measure of its own column is put behind the
    target; the target form's budget is the initial one, in its own unit."""
    basic = _basic(form, target)
    money = {"initial": target.cell("budget/total")} if form.has(MONEY) else {}
    rows = [
        Row("basic", "basic", MappingProxyType({k: v for k, v in basic.items() if v})),
        *([Row(MONEY, MONEY, MappingProxyType({k: v for k, v in money.items() if v}))] if money else []),
        *_tree(form.tree, target_form.tree, target, new_id),
    ]
    unit = target.amount_unit or target_form.amount_unit
    made = empty_filing(form, target.year, tuple(rows))
    return replace(made, amount_unit=unit if unit != form.amount_unit else "")


def _basic(form: Form, target: Filing) -> dict[str, str]:
    found = {f.id: target.cell(f"basic/{f.id}") for f in form.section("basic").fields}
    for one, other in ((GOAL, GOALS), (GOALS, GOAL)):
        if one in found and not found[one]:
            found[one] = target.cell(f"basic/{other}")
    return found


def _tree(tree: Section, source: Section, target: Filing, new_id: Callable[[], str]) -> Iterator[Row]:
    """Names and targets only: a column ``note`` explains an indicator there and a score here."""
    ids: dict[str | None, str | None] = {None: None}
    for row in target.section(source.id):
        ids[row.id] = own = new_id()
        cells = {k: v for k, v in row.cells.items() if k in LEVELS[depth(row) - 1 :]}
        if depth(row) == len(LEVELS):
            cells["target"] = with_unit(row.get("target"), row.get("unit"))
        cells = {k: v for k, v in cells.items() if v or k in LEVELS}
        yield Row(own, tree.id, MappingProxyType(cells), ids.get(row.parent))


def with_unit(target: str, unit: str) -> str:
    """``≥95`` beside ``百分号`` → ``≥95%``; as written where the cell names a unit itself, or no number."""
    alone = parse_target(target)
    if not unit.strip() or alone.kind != "number" or alone.unit:
        return target
    both = f"{target.strip()}{canonical_unit(unit)}"
    return both if parse_target(both).value == alone.value else target
