"""The methods of scoring one indicator: weight, target and actual in, share of the weight and the reason in words out.

A share is an exact fraction from 0 to 1 of the weight; rounding to points happens once, in ``points``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from perfdesk.catalog import label_key
from perfdesk.model.scheme import Band, Rounding, Special
from perfdesk.values import Op, plain_number

WHOLE, NOTHING = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the weight is earned; ``how``: the reckoning in words, without the points at its end. ``factor``: the
    words name the very share, so that “× weight” may follow them. ``over``: the target is exceeded by so much that it asks for a
    reason."""

    share: Fraction
    how: str
    factor: bool = True
    over: bool = False

    def or_nothing(self) -> Share:
        """Of a yes or no: in part is not at all."""
        return self if self.share >= 1 else Share(NOTHING, self.how)


def points(share: Fraction, weight: Decimal, digits: int, rounding: Rounding = "half-up") -> Decimal:
    """``share`` of ``weight`` rounded half-up or cut; never below 0 nor above the weight."""
    exact = min(max(share, NOTHING), WHOLE) * Fraction(weight)
    scaled = exact * 10**digits // 1 if rounding == "cut" else (exact * 10**digits * 2 + 1) // 2
    return max(min(Decimal(int(scaled)).scaleb(-digits), weight), Decimal(0))


def ratio(actual: Decimal, target: Decimal) -> Fraction:
    """actual ÷ target within 0 … 1; a target that is not above 0 cannot be reached in part."""
    return min(max(Fraction(actual) / Fraction(target), NOTHING), WHOLE) if target > 0 else NOTHING


def at_least(target: Decimal, actual: Decimal, unit: str) -> Share:
    a, b = _shown(target, unit), _shown(actual, unit)
    if actual >= target:
        return Share(WHOLE, f"完成 {b}，达到目标 {a}")
    return Share(ratio(actual, target), f"完成 {b} ÷ 目标 {a}")


def at_most(target: Decimal, actual: Decimal, unit: str) -> Share:
    a, b = _shown(target, unit), _shown(actual, unit)
    if actual <= target:
        return Share(WHOLE, f"完成 {b}，不超过目标 {a}")
    if target <= 0:
        return Share(NOTHING, f"完成 {b}，超过目标 {a}")
    return Share(ratio(target, actual), f"目标 {a} ÷ 完成 {b}")


def equal(target: Decimal, actual: Decimal, unit: str, strict: bool) -> Share:
    a, b = _shown(target, unit), _shown(actual, unit)
    if actual == target:
        return Share(WHOLE, f"完成 {b}，等于目标 {a}")
    if strict or target <= 0 or actual <= 0:
        return Share(NOTHING, f"完成 {b}，不等于目标 {a}")
    return (
        at_least(target, actual, unit)
        if actual < target
        else Share(ratio(target, actual), f"目标 {a} ÷ 完成 {b}")
    )


def within(target: Decimal, actual: Decimal, unit: str) -> Share:
    """``±``: the deviation may have either sign."""
    a, b, off = f"±{_shown(target, unit)}", _shown(actual, unit), actual.copy_abs()
    if off <= target:
        return Share(WHOLE, f"偏差 {b}，在目标 {a} 之内")
    if target <= 0:
        return Share(NOTHING, f"偏差 {b}，超出目标 {a}")
    return Share(ratio(target, off), f"目标 {_shown(target, unit)} ÷ 偏差 {_shown(off, unit)}")


def by_sign(op: Op, target: Decimal, actual: Decimal, unit: str, strict: bool) -> Share:
    match op:
        case "≥" | ">":
            return at_least(target, actual, unit)
        case "≤" | "<":
            return at_most(target, actual, unit)
        case "±":
            return within(target, actual, unit)
        case "=" | "":
            return equal(target, actual, unit, strict)


def execution(executed: Decimal, adjusted: Decimal) -> Share | None:
    """Of the budget; None where the adjusted budget is not above 0, so that there is no rate."""
    if adjusted <= 0:
        return None
    how = f"执行数 {plain_number(executed)} ÷ 调整预算数 {plain_number(adjusted)}"
    return Share(ratio(executed, adjusted), how)


def execution_rate(executed: Decimal | None, adjusted: Decimal | None) -> Decimal | None:
    """In percent, rounded half-up to 2 decimals; None where there is none."""
    if executed is None or adjusted is None or adjusted <= 0:
        return None
    cents = Fraction(executed) * 10_000 / Fraction(adjusted)
    return Decimal(int((cents * 2 + 1) // 2)).scaleb(-2)


def in_words(bands: tuple[Band, ...], target: str, actual: str) -> Share | None:
    """A qualitative result: the target's own word or a word of a band; None where it says nothing that is known."""
    if _says_the_same(target, actual):
        return Share(WHOLE, f"完成“{actual}”，与目标一致")
    band = band_of(bands, "", actual)
    if band is None:
        return None
    low, high = plain_number(band.low), plain_number(band.high)
    how = f"{band.name}（{low}%–{high}% 档），建议按 {plain_number(band.suggest)}%"
    return Share(Fraction(band.suggest) / 100, how)


def band_of(bands: tuple[Band, ...], target: str, actual: str) -> Band | None:
    """The band that a qualitative result names; the target's own word means the highest."""
    if _says_the_same(target, actual):
        return max(bands, key=lambda band: band.high, default=None)
    key = label_key(actual)
    return next((b for b in bands if key in (label_key(w) for w in (b.name, *b.words))), None)


def _says_the_same(target: str, actual: str) -> bool:
    key = label_key(actual)
    return bool(key) and key == label_key(target)


def in_percent(actual: Decimal) -> Share:
    """A qualitative result that somebody rated in percent."""
    shown = plain_number(actual)
    return Share(min(max(Fraction(actual) / 100, NOTHING), WHOLE), f"评定 {shown}%")


def stepped(special: Special, actual: Decimal, unit: str) -> Share:
    done, within = _shown(actual, unit), "不超过" if special.falling else "达到"
    for limit, percent in special.steps:
        if actual <= limit if special.falling else actual >= limit:
            how = f"完成 {done}，{within} {_shown(limit, unit)} 一级，按 {plain_number(percent)}%"
            return Share(Fraction(percent) / 100, how)
    return Share(NOTHING, f"完成 {done}，{'超过' if special.falling else '低于'}最后一级")


def per_point(
    special: Special, op: Op, target: Decimal, actual: Decimal, weight: Decimal, unit: str
) -> Share:
    """Points off for each unit by which the target is missed on its wrong side (both sides for ``=``)."""
    missed = _missed_by(op, Fraction(target), Fraction(actual))
    off = missed * Fraction(special.deduction)
    share = max(WHOLE - off / Fraction(weight), NOTHING) if weight > 0 else NOTHING
    how = f"完成 {_shown(actual, unit)}，目标 {_shown(target, unit)}，每差 1 扣 {plain_number(special.deduction)} 分"
    return Share(share, how, factor=False)


def _missed_by(op: Op, target: Fraction, actual: Fraction) -> Fraction:
    match op:
        case "≥" | ">":
            return max(target - actual, NOTHING)
        case "≤" | "<":
            return max(actual - target, NOTHING)
        case "±":
            return max(abs(actual) - target, NOTHING)
        case "=" | "":
            return abs(actual - target)


def _shown(value: Decimal, unit: str) -> str:
    return f"{plain_number(value)}{unit}"
