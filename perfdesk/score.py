"""Scores of a filing by a scheme: weights, each indicator's points with the reason, sums, total, grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from perfdesk.catalog import label_key, standard_of
from perfdesk.model.filing import Filing, Leaf, leaves
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

EXECUTED, ADJUSTED = "executed", "adjusted"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Item:
    """One scored line. ``row``: the leaf, None for the execution of the budget. ``score`` None: it cannot be scored yet, and
    ``reason`` says why; it counts as nothing in the sums."""

    row: str | None
    part: str
    name: str
    weight: Decimal
    target: str
    actual: str
    score: Decimal | None
    reason: str


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
    """``grade`` is empty as long as a line cannot be scored (``open`` of them)."""

    items: tuple[Item, ...]
    levels: tuple[Level, ...]
    total: Decimal
    grade: str

    @property
    def open(self) -> int:
        return sum(1 for item in self.items if item.score is None)


def score(
    scheme: Scheme, form: Form, filing: Filing, actuals: Mapping[str, str], facts: Mapping[str, Decimal]
) -> Scored:
    """``actuals``: leaf row → the result as written; ``facts``: ``executed`` and ``adjusted`` budget in one unit."""
    items: list[Item] = []
    weights = propose_weights(scheme, form, filing)
    for part in scheme.parts:
        if part.kind == "execution":
            items.append(_execution(scheme, part, facts))
        else:
            for leaf in _leaves_of(form, filing, part):
                items.append(
                    _leaf(scheme, form, part, leaf, weights[leaf.row.id], actuals.get(leaf.row.id, ""))
                )
    levels = tuple(Level(p.label, p.weight, _sum(items, p.label)) for p in scheme.parts)
    total = sum((level.score for level in levels), Decimal(0))
    complete = all(i.score is not None for i in items)
    return Scored(tuple(items), levels, total, grade(scheme, total) if complete else "")


def grade(scheme: Scheme, total: Decimal) -> str:
    return next((g.name for g in scheme.grades if total >= g.lowest), "")


def _sum(items: Sequence[Item], part: str) -> Decimal:
    return sum((i.score for i in items if i.part == part and i.score is not None), Decimal(0))


# --- weights ----------------------------------------------------------------------------------------------------------


def propose_weights(scheme: Scheme, form: Form, filing: Filing) -> dict[str, Decimal]:
    """Leaf row → weight: a part's weight goes to its level-2 headings by their number of leaves, then equally to the leaves,
    in hundredths of a point that add up exactly."""
    weights: dict[str, Decimal] = {}
    for part in scheme.parts:
        own = _leaves_of(form, filing, part) if part.kind == "indicators" else []
        groups = [[leaf.row.id for leaf in group] for _, group in groupby(own, key=lambda x: x.level2.id)]
        for group, share in zip(groups, split(part.weight, [len(g) for g in groups]), strict=True):
            weights.update(zip(group, split(share, [1] * len(group)), strict=True))
    return weights


def split(whole: Decimal, sizes: Sequence[int]) -> list[Decimal]:
    """``whole`` in proportion to ``sizes``, in hundredths, the largest remainders rounded up: the parts add up to ``whole``."""
    if not sizes:
        return []
    cents, rest = divmod(whole, CENT)
    exact = [int(cents) * size for size in sizes]
    parts = [e // sum(sizes) for e in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda n: (-(exact[n] % sum(sizes)), n))
    for n in by_remainder[: int(cents) - sum(parts)]:
        parts[n] += 1
    shares = [CENT * p for p in parts]
    shares[0] += rest
    return shares


def _leaves_of(form: Form, filing: Filing, part: ScoredPart) -> list[Leaf]:
    key = label_key(part.level1).removesuffix("指标")
    every = leaves(filing, form.tree.id)
    return [x for x in every if label_key(x.level1.get("level1")).removesuffix("指标") == key]


# --- one line ---------------------------------------------------------------------------------------------------------


def _execution(scheme: Scheme, part: ScoredPart, facts: Mapping[str, Decimal]) -> Item:
    executed, adjusted = facts.get(EXECUTED), facts.get(ADJUSTED)
    share = None if executed is None or adjusted is None else execution(executed, adjusted)
    missing = executed is None or adjusted is None
    reason = "没有填写执行数或调整预算数" if missing else "调整预算数不大于 0，算不出执行率"
    shown = "" if executed is None else plain_number(executed)
    target = "" if adjusted is None else plain_number(adjusted)
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
    got = points(share.share, weight, scheme.digits)
    return Item(row, part, name, weight, target, actual, got, _reason(share, weight, got))


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
    return by_sign(op, goal, value, target.unit, scheme.strict_equal)


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
