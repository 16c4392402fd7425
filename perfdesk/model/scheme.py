"""A scoring scheme (评分办法): weights, grades, bands and special methods. All of it is data of a TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

PartKind = Literal["execution", "indicators"]
SpecialKind = Literal["stepped", "per-point", "yes-no"]
Rounding = Literal["half-up", "cut"]
Scope = Literal["department", "project"]


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """One line of the summary: the execution of the budget (of weight 0: shown, not scored), or the leaves below the level-1 heading
    ``level1`` (empty: all leaves)."""

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
    """An indicator with a method of its own. ``steps`` (stepped): limit → percent of the weight, the best step first; a step counts from
    its limit on, or, where less is better (``falling``), up to it. ``deduction`` (per-point): points off for each unit that the target is
    missed by."""

    indicator: str
    kind: SpecialKind
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    deduction: Decimal = Decimal(0)
    falling: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    """A result of ``ratio`` times the target or more asks for a reason and loses ``deduction`` points (0: none)."""

    ratio: Decimal
    deduction: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cap:
    """With an execution rate (in percent) under ``below`` the total is at most ``most``; the lowest ``below`` that is met counts."""

    below: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """``digits``: decimals of a score, ``rounding`` how it comes to them. ``strict_equal``: a ``=`` target that is missed scores nothing.

    ``pass_mark``: an indicator of which less than so many percent are reached scores nothing (0: no such mark). ``over``, ``caps``: see
    there. ``scopes``: what is evaluated by it. ``unchecked``: what of it has not been compared with the document it comes from (empty: all
    has). ``consolidates``: the evaluations of many units are scored as one by it.
    """

    id: str
    name: str
    source: str
    parts: tuple[ScoredPart, ...]
    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]
    specials: tuple[Special, ...] = ()
    digits: int = 2
    strict_equal: bool = False
    rounding: Rounding = "half-up"
    pass_mark: Decimal = Decimal(0)
    over: Over | None = None
    caps: tuple[Cap, ...] = ()
    scopes: tuple[Scope, ...] = ("department",)
    unchecked: str = ""
    consolidates: bool = False
