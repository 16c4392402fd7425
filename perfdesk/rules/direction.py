"""A target that can be missed: its sign goes the way the indicator goes, and a share stays within 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.model.change import Step
from perfdesk.model.filing import Leaf
from perfdesk.model.finding import Finding
from perfdesk.rules.names import is_bounded, is_rate, is_turned, wants_high, wants_low
from perfdesk.rules.subject import Kind, Subject, cell_fix, named
from perfdesk.values import Target

AGAINST = Kind("against-direction", "warning", "符号方向相反")
ALWAYS = Kind("always-met", "warning", "指标值总能完成")
ABOVE = Kind("above-100", "warning", "比率超过 100%")
KINDS = (AGAINST, ALWAYS, ABOVE)

_UP, _DOWN = ("≥", ">"), ("≤", "<")
_TURN = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}
_HUNDRED = Decimal(100)


def each(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    target = subject.target(leaf)
    if target.kind == "number" and target.value is not None:
        finding = _sign(subject, leaf, target, target.value) or _size(subject, leaf, target, target.value)
        if finding:
            yield finding


def _sign(subject: Subject, leaf: Leaf, target: Target, value: Decimal) -> Finding | None:
    way, written = _way(subject, leaf, target), target.text.strip()
    spot = subject.at_leaf(leaf, "target")
    if target.unit == "%" and target.op in _DOWN and value >= _HUNDRED and is_bounded(leaf.row.get("level3")):
        fixes = _turned(leaf, target) if way == "≥" or not is_turned(leaf.row.get("level3")) else ()
        return ALWAYS.at(*spot, f"{named(leaf)}不会超过 100%，“{written}”怎样都算完成。", *fixes)
    if not ((way == "≥" and target.op in _DOWN) or (way == "≤" and target.op in _UP)):
        return None
    better = "越高越好" if way == "≥" else "越低越好"
    if way == "≤" and value <= 0:
        message = f"{named(leaf)}{better}，“{written}”怎样都算完成，方向应为“{way}”。"
        return ALWAYS.at(*spot, message, *_turned(leaf, target))
    message = f"{named(leaf)}{better}，“{written}”的方向应为“{way}”。"
    return AGAINST.at(*spot, message, *_turned(leaf, target))


def _way(subject: Subject, leaf: Leaf, target: Target) -> str:
    """The form's own word on a standard indicator; otherwise what the name says beyond doubt.

    Of a “及时率” in days the unit is wrong (a finding of its own), and then nobody knows what the sign is about.
    """
    fixed = subject.standard(leaf)
    if fixed:
        return fixed.standard.direction
    name = leaf.row.get("level3")
    if is_rate(name) and target.unit not in ("%", ""):
        return ""
    return "≥" if wants_high(name) else "≤" if wants_low(name) else ""


def _turned(leaf: Leaf, target: Target) -> tuple[Step, ...]:
    """Only the sign is changed; the rest stays as it was written."""
    for sign in (">=", "<=", "≥", "≤", "≧", "≦", "⩾", "⩽", "＞", "＜", ">", "<"):
        if target.text.lstrip().startswith(sign):
            text = _TURN[target.op] + target.text.lstrip()[len(sign) :]
            return (cell_fix(f"{named(leaf)}改为 {text.strip()}", leaf.row.id, "target", text),)
    return ()


def _size(subject: Subject, leaf: Leaf, target: Target, value: Decimal) -> Finding | None:
    if target.unit != "%" or value <= _HUNDRED or not is_bounded(leaf.row.get("level3")):
        return None
    message = f"{named(leaf)}的指标值是“{target.text.strip()}”，这个比率不会超过 100%。"
    return ABOVE.at(*subject.at_leaf(leaf, "target"), message)
