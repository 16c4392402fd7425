"""Indicators of many units as one list: rates averaged by money, absolute values added up, words counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from perfdesk.bureau.indicators import YUAN
from perfdesk.model.bureau import RATES, SCALE, Indicator, IndicatorSum, Result
from perfdesk.values import one_line, plain_number

How = Literal["weighted", "plain", "added"]
"""A rate by the units' money; a rate where no unit has money, each counting alike; an absolute value."""

MONEY_CELL = ("budget", "", "total")
"""Where an overall target has the money of its unit."""
MONEY_KIND = "overall-target"
"""The kind of forms that have it."""

RATE_DIGITS = 2
MANY_YUAN, TEN_THOUSANDS = 10_000, "万元"


@dataclass(frozen=True, slots=True)
class Combined:
    """What the targets, or the results, of an indicator come to together. ``value``: exact, in the indicator's measure; ``papers``: of how
    many; ``unweighed``: how many more are numbers, and have no part in it because their unit has no money (or they are beyond any
    rate)."""

    value: Fraction
    how: How
    papers: int
    unweighed: int = 0

    def measured(self, measure: str) -> str:
        """The measure in which it is shown: money of 10 000 元 and more in 万元."""
        many = self.how == "added" and measure == YUAN and abs(self.value) >= MANY_YUAN
        return TEN_THOUSANDS if many else measure

    def text(self, measure: str) -> str:
        """A rate rounded half-up to 2 decimals, an absolute value exact; with its measure."""
        if self.how != "added":
            return f"{shown_rate(self.value)}{measure}"
        shown = self.measured(measure)
        digits = Decimal(f"{int(self.value * SCALE)}E-{4 if shown == measure else 8}")
        return f"{_short(digits)}{shown}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One indicator. ``names``: how level 3 is written, the first being what it is called; ``measures``: its own, and none where words
    without one are among them. ``op`` empty: its directions contradict each
    other, or none has a number, and there is no target of all. ``papers``: in how many it stands; ``words``: of how many the target is no
    number, ``open``: of how many there is no result in numbers. ``target`` None: no number among them."""

    level1: str
    level2: str
    level3: str
    names: tuple[str, ...]
    measure: str
    op: str
    papers: int
    words: int
    open: int
    target: Combined | None
    actual: Combined | None
    measures: tuple[str, ...]

    @property
    def is_rate(self) -> bool:
        return self.measure in RATES

    @property
    def target_text(self) -> str:
        """``≥95.13%``; empty where there is no target of all."""
        if self.target is None or not self.op:
            return ""
        return f"{'' if self.op == '=' else self.op}{self.target.text(self.measure)}"

    @property
    def actual_text(self) -> str:
        return "" if self.actual is None else self.actual.text(self.measure)


def gathered(sums: Iterable[IndicatorSum]) -> tuple[Gathered, ...]:
    """Those of the same names (blanks and widths apart) and measure as one, below their headings in the order in which these stand on
    paper. Words without a measure go with the only measure that others have."""
    tree: dict[str, dict[str, dict[str, dict[str, list[IndicatorSum]]]]] = {}
    for one in sums:
        first = tree.setdefault(one_line(one.level1), {}).setdefault(one_line(one.level2), {})
        first.setdefault(one_line(one.level3), {}).setdefault(one.measure, []).append(one)
    found: list[Gathered] = []
    for measures in (
        m for headings in tree.values() for leaves in headings.values() for m in leaves.values()
    ):
        if len(measures) == 2 and not any(s.target.papers for s in measures.get("", ())):
            words = measures.pop("", [])
            next(iter(measures.values())).extend(words)
        found += (_gathered(measure, some) for measure, some in measures.items())
    return tuple(found)


def is_of(one: Indicator, what: Gathered) -> bool:
    """Whether a unit's indicator is among those put together."""
    own, names = (one.level1, one.level2, one.level3), (what.level1, what.level2, what.level3)
    same = all(one_line(a) == one_line(b) for a, b in zip(own, names, strict=True))
    return same and one.measure in what.measures


def _gathered(measure: str, some: Sequence[IndicatorSum]) -> Gathered:
    first = max(some, key=lambda s: s.papers)
    names = dict.fromkeys((first.level3, *(s.level3 for s in some)))
    papers = sum(s.papers for s in some)
    target, actual = (_together([getattr(s, side) for s in some]) for side in ("target", "actual"))
    return Gathered(
        first.level1,
        first.level2,
        first.level3,
        tuple(names),
        measure,
        _direction([s.op for s in some if s.target.papers]),
        papers,
        papers - target.papers,
        papers - actual.papers,
        _combined(target, measure),
        _combined(actual, measure),
        tuple(dict.fromkeys((measure, *(s.measure for s in some)))),
    )


def _together(results: Sequence[Result]) -> Result:
    return Result(*(sum(getattr(r, name) for r in results) for name in Result.__slots__))


def _combined(result: Result, measure: str) -> Combined | None:
    if not result.papers:
        return None
    if measure not in RATES:
        return Combined(Fraction(result.value, SCALE), "added", result.papers)
    if not result.weight:
        return Combined(Fraction(result.value, SCALE * result.papers), "plain", result.papers)
    value = Fraction(result.weighted, SCALE * result.weight)
    return Combined(value, "weighted", result.weighed, result.papers - result.weighed)


def _direction(ops: Sequence[str]) -> str:
    """The one that all have; a number without a sign goes with those that have one."""
    signs = set(ops) - {"=", ""}
    for pair in ({"≥", ">"}, {"≤", "<"}):
        if signs and signs <= pair:
            return next(iter(signs)) if len(signs) == 1 else max(pair & {"≥", "≤"})
    if signs == {"±"} and "=" not in ops:
        return "±"
    return "=" if ops and not signs else ""


def shown_rate(value: Fraction) -> str:
    """Rounded half-up to ``RATE_DIGITS`` decimals."""
    number = int((abs(value) * 10**RATE_DIGITS * 2 + 1) // 2)
    return _short(Decimal(-number if value < 0 else number).scaleb(-RATE_DIGITS))


def _short(value: Decimal) -> str:
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
