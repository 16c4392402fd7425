"""A scoring scheme (评分办法): weights, grades, bands and special methods. All of it is data of a TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

PartKind = Literal["execution", "indicators"]
SpecialKind = Literal["stepped", "per-point", "yes-no"]


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """One line of the summary: the execution of the budget, or the leaves below the level-1 heading ``level1``."""

    label: str
    kind: PartKind
    weight: Decimal
    level1: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """``lowest``: the total from which the grade is given, itself included."""

    name: str
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a qualitative result, in percent of the weight; ``words`` are the results that mean it, ``suggest`` the
    percentage proposed for them."""

    name: str
    low: Decimal
    high: Decimal
    suggest: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Special:
    """An indicator with a method of its own. ``steps`` (stepped): limit → percent of the weight, highest limit first.
    ``deduction`` (per-point): points off for each unit that the target is missed by."""

    indicator: str
    kind: SpecialKind
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    deduction: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Scheme:
    """``digits``: decimals of a score, rounded half-up. ``strict_equal``: a ``=`` target that is missed scores nothing."""

    id: str
    name: str
    source: str
    parts: tuple[ScoredPart, ...]
    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]
    specials: tuple[Special, ...] = ()
    digits: int = 2
    strict_equal: bool = False
