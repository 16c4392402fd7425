"""Words of many units as one. Results: the word of all, or how far it was reached on average, or how many wrote which. Reasons: whose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from perfdesk.bureau.gathered import shown_rate
from perfdesk.model.bureau import UnitIndicator
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.form import Form
from perfdesk.score_methods import in_percent, in_words
from perfdesk.values import one_line, parse_target

REASON = "deviation"

Rated = Callable[[UnitIndicator], Fraction | None]
"""How far a unit's own result reaches its target, 0 … 1; None where nobody can tell."""

Name = tuple[str, str, str]
"""An indicator's three levels, folded."""

MOST_REASONS = 10
"""Reasons of so many units stand in one cell."""


@dataclass(frozen=True, slots=True)
class Words:
    """``reasons``: unit's name and indicator → why the unit missed it."""

    rated: Rated
    reasons: Mapping[tuple[str, Name], str] = field(default_factory=dict[tuple[str, Name], str])

    def reasons_of(self, name: Name, units: Sequence[str]) -> str:
        """``甲局：……``, each unit's on a line of its own."""
        told = [f"{unit}：{text}" for unit in units if (text := self.reasons.get((unit, name)))]
        more = [f"等 {len(told)} 个单位"] if len(told) > MOST_REASONS else []
        return "\n".join([*told[:MOST_REASONS], *more])


def folded(*names: str) -> Name:
    level1, level2, level3 = (one_line(n) for n in names)
    return level1, level2, level3


def reasons_in(form: Form, filings: Iterable[tuple[str, Filing]]) -> dict[tuple[str, Name], str]:
    """``filings``: with the names of their units."""
    if form.tree.field(REASON) is None:
        return {}
    return {
        (unit, folded(*leaf.path)): text
        for unit, filing in filings
        for leaf in leaves(filing, form.tree.id)
        if (text := " ".join(leaf.row.get(REASON).split()))
    }


def rated_by(form: Form, scheme: str) -> Rated:
    """By the bands of a scoring scheme; of a form that is not scored nothing is rated."""
    bands = form.evaluation.chosen(scheme).bands if form.evaluation else ()

    def rated(one: UnitIndicator) -> Fraction | None:
        own = one.indicator
        result = parse_target(own.actual)
        if result.kind == "number" and result.value is not None and result.unit == "%":
            return in_percent(result.value).share
        share = in_words(bands, own.target, own.actual)
        return None if share is None else share.share

    return rated


def results(units: Sequence[UnitIndicator], rated: Rated) -> str:
    """The average weighs by the units' money where somebody has some; those who wrote nothing are left out."""
    told = [one for one in units if one.indicator.actual]
    texts = [one.indicator.actual for one in told]
    if len(set(texts)) <= 1:
        return next(iter(texts), "")
    shares = [(share, one.weight) for one in told if (share := rated(one)) is not None]
    if len(shares) == len(told):
        return f"{shown_rate(_average(shares) * 100)}%"
    return "、".join(f"{text} {texts.count(text)} 份" for text in dict.fromkeys(texts))


def _average(shares: Sequence[tuple[Fraction, int | None]]) -> Fraction:
    weighed = [(share, weight) for share, weight in shares if weight]
    if not weighed:
        return sum((share for share, _ in shares), Fraction(0)) / len(shares)
    return sum((share * weight for share, weight in weighed), Fraction(0)) / sum(w for _, w in weighed)
