"""Results in words, of many units as one: the word of all, or how far it was reached on average, or how many wrote which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from perfdesk.bureau.gathered import shown_rate
from perfdesk.model.bureau import UnitIndicator
from perfdesk.model.form import Form
from perfdesk.score_methods import in_percent, in_words
from perfdesk.values import parse_target

Rated = Callable[[UnitIndicator], Fraction | None]
"""How far a unit's own result reaches its target, 0 … 1; None where nobody can tell."""


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
