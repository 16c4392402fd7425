"""Scores of a filing by a scheme: each indicator's points with the reason, sums, total, grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from perfdesk.catalog import label_key, standard_of
from perfdesk.model.filing import Filing, Leaf
from perfdesk.model.form import Form, Section
from perfdesk.model.scheme import Scheme, ScoredPart, Special
from perfdesk.score_methods import (
    Share,
    by_sign,
    execution,
    in_percent,
    in_words,
    per_point,
    points,
    stepped,
)
from perfdesk.values import MONEY_UNITS, Op, Target, parse_target, plain_number, round_half_up
from perfdesk.weights import leaves_of, propose_weights

EXECUTED, ADJUSTED = "executed", "adjusted"
Due = Literal["", "missed", "over"]


@dataclass(frozen=True, slots=True)
class HandSet:
    """A score that somebody gives; it needs a note and counts only within 0 and the weight."""

    score: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One scored line. ``row``: the leaf, None for the execution of the budget. ``score`` None: it cannot be scored yet, and
    ``reason`` says why; it counts as nothing in the sums. ``due``: a deviation has to be explained, because the target was missed or
    by far exceeded. ``computed``: the score before somebody set it by hand."""

    row: str | None
    part: str
    name: str
    weight: Decimal
    target: str
    actual: str
    score: Decimal | None
    reason: str
    due: Due = ""
    computed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A line of the summary: 指标 | 权重分值 | 得分 | 得分率 (``rate`` in percent with 2 decimals)."""

    label: str
    weight: Decimal
    score: Decimal

    @property
    def rate(self) -> Decimal:
        return round_half_up(self.score * 100 / self.weight, 2) if self.weight else Decimal(0)


@dataclass(frozen=True, slots=True)
class Scored:
    """``grade`` is empty as long as a line cannot be scored (``open`` of them). ``total``: after the cap by the execution rate;
    ``uncapped``: the sum of the lines; ``cap``: why the total is less, empty where it is not."""

    items: tuple[Item, ...]
    levels: tuple[Level, ...]
    total: Decimal
    grade: str
    uncapped: Decimal
    cap: str = ""

    @property
    def open(self) -> int:
        return sum(1 for item in self.items if item.score is None)


def score(
    scheme: Scheme,
    form: Form,
    filing: Filing,
    actuals: Mapping[str, str],
    facts: Mapping[str, Decimal],
    weights: Mapping[str, Decimal] | None = None,
    hand: Mapping[str, HandSet] | None = None,
) -> Scored:
    """``actuals``: leaf row → the result as written; ``facts``: ``executed`` and ``adjusted`` budget in one unit; ``weights``: those that
    somebody set (the others are proposed); ``hand``: scores set by hand. Both by leaf row."""
    items: list[Item] = []
    worth = propose_weights(scheme, form, filing, weights or {})
    for part in scheme.parts:
        if part.kind == "execution":
            items.append(_execution(scheme, part, facts))
        else:
            for leaf in leaves_of(form, filing, part):
                item = _leaf(scheme, form, part, leaf, worth[leaf.row.id], actuals.get(leaf.row.id, ""))
                set_by_hand = (hand or {}).get(leaf.row.id)
                items.append(_set_by_hand(item, set_by_hand) if set_by_hand else item)
    levels = tuple(Level(p.label, p.weight, _sum(items, p.label)) for p in scheme.parts)
    uncapped = sum((level.score for level in levels), Decimal(0))
    total, cap = _capped(scheme, uncapped, facts)
    complete = all(i.score is not None for i in items)
    return Scored(tuple(items), levels, total, grade(scheme, total) if complete else "", uncapped, cap)


def grade(scheme: Scheme, total: Decimal) -> str:
    return next((g.name for g in scheme.grades if total >= g.lowest), "")


def _sum(items: Sequence[Item], part: str) -> Decimal:
    return sum((i.score for i in items if i.part == part and i.score is not None), Decimal(0))


def _capped(scheme: Scheme, total: Decimal, facts: Mapping[str, Decimal]) -> tuple[Decimal, str]:
    """The total and why it is less than the lines add up to."""
    executed, adjusted = facts.get(EXECUTED), facts.get(ADJUSTED)
    if executed is None or adjusted is None or adjusted <= 0:
        return total, ""
    rate = Fraction(executed) * 100 / Fraction(adjusted)
    cap = next((c for c in scheme.caps if rate < Fraction(c.below)), None)
    if cap is None or total <= cap.most:
        return total, ""
    shown = plain_number(round_half_up(Decimal(rate.numerator) / Decimal(rate.denominator), 2))
    return (
        cap.most,
        f"预算执行率 {shown}%，低于 {plain_number(cap.below)}%，总分不超过 {plain_number(cap.most)} 分",
    )


def _set_by_hand(item: Item, hand: HandSet) -> Item:
    """A score without a note, or one that is not within 0 and the weight, does not count."""
    note = " ".join(hand.note.split())
    if not note:
        return replace(item, score=None, reason="人工评分要写明理由", computed=item.score)
    if not 0 <= hand.score <= item.weight:
        reason = f"人工评分 {plain_number(hand.score)} 分，应在 0 到 {plain_number(item.weight)} 分之间"
        return replace(item, score=None, reason=reason, computed=item.score)
    computed = f"（计算得分 {plain_number(item.score)}）" if item.score is not None else ""
    reason = f"人工评分 {plain_number(hand.score)} 分：{note}{computed}"
    return replace(item, score=hand.score, reason=reason, computed=item.score)


# --- one line ---------------------------------------------------------------------------------------------------------


def _execution(scheme: Scheme, part: ScoredPart, facts: Mapping[str, Decimal]) -> Item:
    executed, adjusted = facts.get(EXECUTED), facts.get(ADJUSTED)
    share = None if executed is None or adjusted is None else execution(executed, adjusted)
    missing = executed is None or adjusted is None
    reason = "没有填写执行数或调整预算数" if missing else "调整预算数不大于 0，算不出执行率"
    shown = "" if executed is None else plain_number(executed)
    target = "" if adjusted is None else plain_number(adjusted)
    if not part.weight:
        how = f"{share.how}，不计分" if share else reason
        return Item(None, part.label, "预算执行率", part.weight, target, shown, part.weight, how)
    return _item(scheme, None, part.label, "预算执行率", part.weight, target, shown, share or reason)


def _leaf(scheme: Scheme, form: Form, part: ScoredPart, leaf: Leaf, weight: Decimal, actual: str) -> Item:
    name, target = leaf.row.get("level3"), leaf.row.get("target")
    share = _share(scheme, form.tree, leaf, weight, actual.strip())
    return _item(scheme, leaf.row.id, part.label, name, weight, target, actual, share)


def _item(
    scheme: Scheme,
    row: str | None,
    part: str,
    name: str,
    weight: Decimal,
    target: str,
    actual: str,
    share: Share | str,
) -> Item:
    """``share``: what was reckoned, or the reason why it could not be."""
    if isinstance(share, str):
        return Item(row, part, name, weight, target, actual, None, share)
    failed = 0 < share.share < Fraction(scheme.pass_mark) / 100
    if failed:
        share = Share(Fraction(0), f"{share.how}，低于 {plain_number(scheme.pass_mark)}%", over=share.over)
    got = points(share.share, weight, scheme.digits, scheme.rounding)
    reason = _reason(share, weight, got)
    off = min(scheme.over.deduction, got) if scheme.over and share.over else Decimal(0)
    if off:
        got -= off
        reason = f"{reason}；超出目标过多，扣 {plain_number(off)} 分"
    due: Due = "missed" if share.share < 1 else "over" if share.over else ""
    return Item(row, part, name, weight, target, actual, got, reason, due)


def _reason(share: Share, weight: Decimal, got: Decimal) -> str:
    worth = plain_number(weight)
    worth = worth.rstrip("0").rstrip(".") if "." in worth else worth
    if share.share >= 1:
        return f"{share.how}，得满分 {worth} 分"
    if share.share <= 0:
        return f"{share.how}，不得分"
    if share.factor:
        return f"{share.how} × {worth} 分 = {plain_number(got)} 分"
    return f"{share.how}，得 {plain_number(got)} 分"


def _share(scheme: Scheme, tree: Section, leaf: Leaf, weight: Decimal, actual: str) -> Share | str:
    target = parse_target(leaf.row.get("target"), leaf.row.get("unit"))
    special = _special(scheme, leaf)
    if target.kind in ("empty", "bare"):
        return "没有指标值"
    if not actual:
        return "没有填写实际完成值"
    if target.kind == "number" or (special and special.kind == "stepped"):
        share = _measured(scheme, _sign(tree, leaf, target), target, weight, actual, special)
    else:
        share = _rated(scheme, target, actual)
    all_or_nothing = target.kind == "yes-no" or (special is not None and special.kind == "yes-no")
    return share.or_nothing() if all_or_nothing and isinstance(share, Share) else share


def _rated(scheme: Scheme, target: Target, actual: str) -> Share | str:
    """A qualitative result: a percentage somebody gave, the target's own word or a word of a band."""
    result = parse_target(actual)
    if result.kind == "number" and result.value is not None and result.unit == "%":
        return in_percent(result.value)
    share = in_words(scheme.bands, target.text, actual)
    return share or f"不认识的完成情况“{actual}”，请填达成的档次或百分比"


def _special(scheme: Scheme, leaf: Leaf) -> Special | None:
    key = label_key(leaf.row.get("level3"))
    return next((s for s in scheme.specials if label_key(s.indicator) == key), None)


def _measured(
    scheme: Scheme, op: Op, target: Target, weight: Decimal, actual: str, special: Special | None
) -> Share | str:
    result = parse_target(actual, target.unit)
    if result.kind != "number" or result.value is None:
        return f"目标是数值，完成值“{actual}”不是"
    value = _in_unit(result.value, result.unit, target.unit)
    if value is None:
        return f"完成值的单位“{result.unit}”与目标的“{target.unit}”不同"
    if special and special.kind == "stepped":
        return stepped(special, value, target.unit)
    goal = target.value if target.value is not None else Decimal(0)
    if special and special.kind == "per-point":
        return per_point(special, op, goal, value, weight, target.unit)
    share = by_sign(op, goal, value, target.unit, scheme.strict_equal)
    far = scheme.over is not None and op in ("≥", ">", "=") and goal > 0 and value >= scheme.over.ratio * goal
    return replace(share, over=far)


def _in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Amounts of money are converted; other units must be the same."""
    if unit == wanted:
        return value
    if unit in MONEY_UNITS and wanted in MONEY_UNITS:
        return value * MONEY_UNITS[unit] / MONEY_UNITS[wanted]
    return None


def _sign(tree: Section, leaf: Leaf, target: Target) -> Op:
    """A standard indicator written without a sign (``5%`` for 预算调整率) is meant in its own direction."""
    fixed = standard_of(tree, leaf.row.get("level3"))
    written = "=" in target.text or "＝" in target.text
    if target.op == "=" and not written and fixed and fixed.standard.direction:
        return fixed.standard.direction
    return target.op
