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
    band_of,
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
EXECUTION = "execution"
"""The key of the budget's execution among scores by hand."""

INAPPLICABLE = "不适用"
"""The result of a rate whose base is 0, or of what somebody says does not apply; it costs nothing."""

Due = Literal["", "missed", "over"]


@dataclass(frozen=True, slots=True)
class HandSet:
    """A score that somebody gives; it needs a note and counts only within 0 and the weight. Within the band that the result names it needs
    none: to choose there is what the band is for."""

    score: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One scored line. ``row``: the leaf, None for the execution of the budget. ``score`` None: it cannot be scored yet, and
    ``reason`` says why; it counts as nothing in the sums. ``due``: a deviation has to be explained, because the target was missed or
    by far exceeded. ``computed``: the score by the method. ``by_hand``: ``score`` is what somebody set. ``refused``: why a score by hand
    does not count."""

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
    by_hand: bool = False
    refused: str = ""


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
    somebody set (the others are proposed); ``hand``: scores set by hand (of the budget's execution under ``EXECUTION``). By leaf row."""
    items: list[Item] = []
    set_by_hand = hand or {}
    worth = propose_weights(scheme, form, filing, weights or {})
    for part in scheme.parts:
        if part.kind == "execution":
            items.append(_with_hand(scheme, _execution(scheme, part, facts), set_by_hand.get(EXECUTION)))
        else:
            for leaf in leaves_of(form, filing, part):
                item = _leaf(scheme, form, part, leaf, worth[leaf.row.id], actuals.get(leaf.row.id, ""))
                items.append(_with_hand(scheme, item, set_by_hand.get(leaf.row.id)))
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


def _with_hand(scheme: Scheme, item: Item, hand: HandSet | None) -> Item:
    """A score by hand without a note, or not within 0 and the weight, does not count: what is computed stays."""
    item = replace(item, computed=item.score)
    if hand is None or hand.score == item.score:
        return item
    note, got = " ".join(hand.note.split()), plain_number(hand.score)
    refused = "" if note or _in_band(scheme, item, hand.score) else f"人工评分 {got} 分没有写明理由，没有采用"
    if not 0 <= hand.score <= item.weight:
        refused = f"人工评分 {got} 分应在 0 到 {plain_number(item.weight)} 分之间，没有采用"
    if refused:
        return replace(item, reason=f"{item.reason}；{refused}", refused=refused)
    computed = f"（计算得分 {plain_number(item.score)}）" if item.score is not None else ""
    reason = f"人工评分 {got} 分{f'：{note}' if note else ''}{computed}"
    return replace(item, score=hand.score, reason=reason, by_hand=True)


def _in_band(scheme: Scheme, item: Item, score: Decimal) -> bool:
    """Of a qualitative result: whether the score is one of those that the band named by it allows. A number, reached to the dot, is no
    quality, and yes or no have no band."""
    if parse_target(item.target).kind in ("number", "yes-no"):
        return False
    band = band_of(scheme.bands, item.target, item.actual)
    return band is not None and band.low * item.weight <= score * 100 <= band.high * item.weight


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
    if actual == INAPPLICABLE:
        return Share(Fraction(1), "不适用，不扣分")
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
    value = in_measure(result.value, result.unit, target.unit)
    if value is None:
        return f"完成值的单位“{result.unit}”与目标的“{target.unit}”不同"
    if special and special.kind == "stepped":
        return stepped(special, value, target.unit)
    goal = target.value if target.value is not None else Decimal(0)
    if special and special.kind == "per-point":
        return per_point(special, op, goal, value, weight, target.unit)
    share = by_sign(op, goal, value, target.unit, scheme.strict_equal)
    # An exact target that is exceeded has been missed; its score is less already.
    far = scheme.over is not None and op in ("≥", ">") and goal > 0 and value >= scheme.over.ratio * goal
    return replace(share, over=far)


def in_measure(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """A quantity in another unit. Amounts of money are converted, and what is counted by 万 (``万人``); other units must be the same."""
    if unit == wanted:
        return value
    if unit in MONEY_UNITS and wanted in MONEY_UNITS:
        return value * MONEY_UNITS[unit] / MONEY_UNITS[wanted]
    (own, counted), (other, wished) = _by_ten_thousands(unit), _by_ten_thousands(wanted)
    return value * own / other if counted == wished else None


def _by_ten_thousands(unit: str) -> tuple[Decimal, str]:
    """``万人`` → 10000 and ``人``; without a word for what is counted 万 stays a unit of its own."""
    for mark, times in (("万", Decimal(10_000)), ("亿", Decimal(10**8))):
        if unit.startswith(mark) and len(unit) > 1:
            return times, unit[1:]
    return Decimal(1), unit


def _sign(tree: Section, leaf: Leaf, target: Target) -> Op:
    """A standard indicator written without a sign (``5%`` for 预算调整率) is meant in its own direction."""
    fixed = standard_of(tree, leaf.row.get("level3"))
    written = "=" in target.text or "＝" in target.text
    if target.op == "=" and not written and fixed and fixed.standard.direction:
        return fixed.standard.direction
    return target.op
