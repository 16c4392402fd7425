"""Rates that are computed from facts: which facts there are, and which of them make which rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perfdesk.naming import label_key

FactKind = Literal["money", "count"]
Counted = Literal["", "projects", "projects-with-targets", "projects-evaluated"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is counted or paid in a year. Amounts are in one unit, whichever it is. ``group``: the heading that it stands
    below; ``counted``: what of the year's filings its number may be proposed from (empty: nothing)."""

    id: str
    label: str
    kind: FactKind
    help: str = ""
    group: str = ""
    counted: Counted = ""


Terms = tuple[tuple[int, Fact], ...]
"""Facts with their signs, to be added up."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``over`` ÷ ``under``; ``indicator`` is the standard indicator whose result it is."""

    indicator: str
    over: Terms
    under: Terms

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(dict.fromkeys(fact for _, fact in (*self.over, *self.under)))


@dataclass(frozen=True, slots=True)
class Rates:
    """The facts sheet and the rates made of it."""

    id: str
    source: str
    facts: tuple[Fact, ...]
    rates: tuple[Rate, ...]

    def rate(self, indicator: str) -> Rate | None:
        """The rate of an indicator, told by its folded name."""
        key = label_key(indicator)
        return next((r for r in self.rates if label_key(r.indicator) == key), None)
