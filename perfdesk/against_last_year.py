"""Against last year: a target set lower than last year's target or result, an amount that moved far, indicators that vanished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.catalog import standard_of
from perfdesk.derive import amount_unit
from perfdesk.model.filing import Filing, Leaf, leaves
from perfdesk.model.finding import Across, Finding, Place
from perfdesk.model.form import Form
from perfdesk.naming import label_key
from perfdesk.rules.names import wants_high, wants_low
from perfdesk.rules.subject import Kind
from perfdesk.values import MONEY_UNITS, Op, Target, parse_amount, parse_target, show_amount

LOWER = Kind("lower-than-last-year", "warning", "指标值低于上年")
BELOW = Kind("below-last-result", "hint", "指标值低于上年完成值")
MOVED = Kind("amount-moved", "hint", "金额比上年变动较大")
VANISHED = Kind("indicator-vanished", "hint", "上年的指标今年没有")
KINDS = (LOWER, BELOW, MOVED, VANISHED)

MOST = 30
"""An amount that moved by more percent is told."""

_FORMS = ("overall-target", "project-target")

One = tuple[Form, Filing]


@dataclass(frozen=True, slots=True)
class _Before:
    """A filing of last year; by folded name its ``leaves`` (of two the first) and what they came to (``results``)."""

    form: Form
    filing: Filing
    leaves: Mapping[str, Leaf]
    results: Mapping[str, str]


def against_last_year(year: Sequence[One], last: Sequence[One]) -> Iterator[Across]:
    """``year`` and ``last``: the filings of one unit in two years that follow each other. A project is told by its name."""
    evaluations = [one for one in last if one[0].evaluation is not None]
    for form, filing in year:
        if form.kind in _FORMS and (before := _before(form, filing, last, evaluations)):
            found = (
                *_targets(form, filing, before),
                *_amounts(form, filing, before),
                *_vanished(form, filing, before),
            )
            yield from (Across(filing, f) for f in found)


def _before(form: Form, filing: Filing, last: Sequence[One], evaluations: Sequence[One]) -> _Before | None:
    name = label_key(filing.cell("basic/name"))
    same = [one for one in last if one[0].kind == form.kind and label_key(one[1].cell("basic/name")) == name]
    if len(same) != 1 or (form.kind == "project-target" and not name):
        return None
    results: dict[str, str] = {}
    for form_, evaluation in evaluations:
        if label_key(evaluation.cell("basic/name")) == name:
            for leaf in leaves(evaluation, form_.tree.id):
                results.setdefault(label_key(leaf.row.get("level3")), leaf.row.get("actual"))
    form, filing = same[0]
    by_name = {label_key(x.row.get("level3")): x for x in reversed([*leaves(filing, form.tree.id)])}
    return _Before(form, filing, by_name, results)


# --- targets ----------------------------------------------------------------------------------------------------------


def _targets(form: Form, filing: Filing, before: _Before) -> Iterator[Finding]:
    for leaf in leaves(filing, form.tree.id):
        old = before.leaves.get(label_key(leaf.row.get("level3")))
        target = parse_target(leaf.row.get("target"), leaf.row.get("unit"))
        way = _way(form, leaf, target)
        where, place = f"{form.tree.id}/{leaf.number}/target", Place(leaf.row.id, "target")
        name = " ".join(leaf.row.get("level3").split())
        if old is None or not way:
            continue
        was = parse_target(old.row.get("target"), old.row.get("unit"))
        if _weaker(target, was, way):
            message = (
                f"“{name}”今年是“{target.text.strip()}”，上年是“{_written(old)}”，低于上年，请核对或说明。"
            )
            yield LOWER.at(where, place, message)
            continue
        result = parse_target(before.results.get(label_key(name), ""), was.unit)
        # A ceiling above last year's spending is no lack of will.
        if way == "≥" and _weaker(target, result, way):
            message = (
                f"“{name}”今年是“{target.text.strip()}”，上年已完成“{result.text.strip()}”，低于上年完成值。"
            )
            yield BELOW.at(where, place, message)


def _written(leaf: Leaf) -> str:
    text, unit = leaf.row.get("target").strip(), leaf.row.get("unit").strip()
    return text if not unit or parse_target(text).unit else f"{text} {unit}"


def _way(form: Form, leaf: Leaf, target: Target) -> Op:
    """In which direction more is asked; empty where only the author knows."""
    fixed = standard_of(form.tree, leaf.row.get("level3"))
    name = leaf.row.get("level3")
    if fixed and fixed.standard.direction:
        return fixed.standard.direction
    if target.op in ("≥", ">", "≤", "<"):
        return "≥" if target.op in ("≥", ">") else "≤"
    return "≥" if wants_high(name) else "≤" if wants_low(name) else ""


def _weaker(target: Target, was: Target, way: Op) -> bool:
    if (
        target.value is None
        or was.value is None
        or "number" not in (target.kind, was.kind)
        or target.unit != was.unit
    ):
        return False
    return target.value < was.value if way == "≥" else target.value > was.value if way == "≤" else False


# --- amounts and rows -------------------------------------------------------------------------------------------------


def _amounts(form: Form, filing: Filing, before: _Before) -> Iterator[Finding]:
    """One finding a form: the total tells it all, else the first amount that moved."""
    unit, old_unit = amount_unit(form, filing), amount_unit(before.form, before.filing)
    for section in (s for s in form.sections if s.kind == "fields"):
        for field in (f for f in section.fields if f.kind == "money"):
            address = f"{section.id}/{field.id}"
            new, old = _value(filing, address, unit), _value(before.filing, address, old_unit)
            if new is None or old is None or old <= 0 or abs(new - old) * 100 <= MOST * old:
                continue
            percent = abs(new - old) * 100 / old
            up = "增加" if new > old else "减少"
            message = (
                f"{field.name}今年 {show_amount(new / MONEY_UNITS[unit])} {unit}，"
                f"上年 {show_amount(old / MONEY_UNITS[unit])} {unit}，{up} {percent:.1f}%，请核对或说明。"
            )
            yield MOVED.at(address, Place(section.id, field.id), message)
            return


def _value(filing: Filing, address: str, unit: str) -> Decimal | None:
    """In 元."""
    value = parse_amount(filing.cell(address), unit).value
    return None if value is None else value * MONEY_UNITS[unit]


def _vanished(form: Form, filing: Filing, before: _Before) -> Iterator[Finding]:
    """The unit's own indicators only; told once. Where many went, or the edition is another, the form was written anew: no slip."""
    if filing.form != before.filing.form:
        return
    have = {label_key(x.row.get("level3")) for x in leaves(filing, form.tree.id)}
    own = [
        " ".join(x.row.get("level3").split())
        for x in leaves(before.filing, before.form.tree.id)
        if x.row.get("level3").strip() and standard_of(before.form.tree, x.row.get("level3")) is None
    ]
    gone = [name for name in own if label_key(name) not in have]
    if not gone or len(gone) * 2 > len(own):
        return
    more = f"等 {len(gone)} 项" if len(gone) > 3 else ""
    names = "、".join(f"“{name}”" for name in gone[:3])
    yield VANISHED.at(form.tree.id, Place(None), f"上年的指标{names}{more}今年没有，请核对是否漏填。")
