"""What a unit's money is, in whole 分: projects, basic expenditure by economic codes, and the ledgers that follow from both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from bench.thousand.words import PARTS, Field, Subject

HUNDRED_YUAN = 10_000
"""In 分: the last digit of 万元 with two decimals."""

FUNDINGS = ("general",) * 16 + ("other", "other", "special", "fund")
"""Where the money of a project comes from, as often as that."""
FISCAL = frozenset({"general", "fund"})

_PERSONNEL = {"30101": 40, "30102": 14, "30107": 30, "30112": 2, "30302": 3}
_SHARED = {"30108": "2080505", "30109": "2080506", "30110": "2101102", "30113": "2210201"}
"""Economic codes of what is paid for the staff, and the function codes that they are paid from."""
_PUBLIC = ("30201", "30205", "30206", "30207", "30211", "30213", "30217", "30226", "30228", "30231", "31002")


@dataclass(frozen=True, slots=True)
class Project:
    """``count``: how much of the subject's quantity; ``fen``: what it costs."""

    subject: Subject
    part: str
    fen: int
    funding: str
    count: int

    @property
    def name(self) -> str:
        return f"{self.part}{self.subject.name}"


@dataclass(frozen=True, slots=True)
class Money:
    """``spending`` and ``economic``: (code, fact) → 分, of the codes that carry amounts themselves."""

    projects: tuple[Project, ...]
    spending: Mapping[tuple[str, str], int]
    economic: Mapping[tuple[str, str], int]

    def of(self, kinds: str = "", fundings: frozenset[str] = frozenset()) -> int:
        """The sum of one kind of spending (``basic``, ``project``) or of some sources; of everything without either."""
        parts = ((fact.split("."), fen) for (_, fact), fen in self.spending.items())
        return sum(
            fen
            for (kind, source), fen in parts
            if (not kinds or kind == kinds) and (not fundings or source in fundings)
        )


def money_of(field: Field, projects: int, dice: Random) -> Money:
    made = tuple(_project(field, number, dice) for number in range(projects))
    economic = _economic(dice)
    spending: Counter[tuple[str, str]] = Counter()
    for (code, fact), fen in economic.items():
        assert fact.endswith(".general")
        spending[_SHARED.get(code, field.running), "basic.general"] += fen
    for one in made:
        spending[one.subject.code, f"project.{one.funding}"] += one.fen
    return Money(made, dict(sorted(spending.items())), economic)


def _project(field: Field, number: int, dice: Random) -> Project:
    """Every tenth amount goes to the 分, so that a sum which loses one is told."""
    subject = field.subjects[number % len(field.subjects)]
    fen = dice.randrange(300, 30_000) * HUNDRED_YUAN
    if dice.randrange(10) == 0:
        fen += dice.randrange(1, HUNDRED_YUAN)
    part = PARTS[number // len(field.subjects)]
    return Project(subject, part, fen, dice.choice(FUNDINGS), dice.randrange(2, 400) * 5)


def _economic(dice: Random) -> dict[tuple[str, str], int]:
    base = dice.randrange(20, 400) * 100
    found = {
        (code, "personnel.general"): (base * share // 10 + dice.randrange(100)) * HUNDRED_YUAN
        for code, share in _PERSONNEL.items()
    }
    paid = sum(found.values()) // HUNDRED_YUAN
    for code, percent in (("30108", 16), ("30109", 8), ("30110", 7), ("30113", 12)):
        found[code, "personnel.general"] = paid * percent // 100 * HUNDRED_YUAN
    for code in _PUBLIC:
        found[code, "public.general"] = dice.randrange(50, 1500) * HUNDRED_YUAN
    return dict(sorted(found.items()))


def together(units: list[Money]) -> Money:
    """What a department has whose units these are."""
    spending: Counter[tuple[str, str]] = Counter()
    economic: Counter[tuple[str, str]] = Counter()
    for one in units:
        spending.update(one.spending)
        economic.update(one.economic)
    projects = tuple(p for one in units for p in one.projects)
    return Money(projects, dict(sorted(spending.items())), dict(sorted(economic.items())))
