"""Self-evaluations of many units by their totals: who stands where, whose printed total is another, who is not scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.evaluation.entered import number
from perfdesk.model.bureau import Node, PaperInfo
from perfdesk.model.form import Form
from perfdesk.model.scheme import Scope


@dataclass(frozen=True, slots=True)
class Standing:
    """``place``: from 1, shared by equal totals (1, 2, 2, 4); None where the evaluation is not scored to its end (no ``grade``). ``total``
    and ``grade`` as computed, empty where nothing is scored; ``printed``: the total that the unit wrote, where it is another number or
    no number, else empty."""

    place: int | None
    unit: str
    unit_name: str
    paper: PaperInfo
    total: str
    grade: str
    printed: str


@dataclass(frozen=True, slots=True)
class Standings:
    """Of whole departments and units, or of projects (``scope``). ``rows``: the best first, those without a place behind; ``missing``:
    units from which one is expected and none came. ``grades``: grade → how many have it, of the rows with a place."""

    scope: Scope
    rows: tuple[Standing, ...]
    missing: tuple[Node, ...]
    grades: Mapping[str, int]


def standings(
    papers: Iterable[PaperInfo], forms: Mapping[str, Form], nodes: Sequence[Node], scope: Scope = "department"
) -> Standings:
    """``papers``: any of a year, others than self-evaluations of that scope are passed over; ``nodes``: the units that are meant."""
    names = {n.key: n.name for n in nodes}
    of_scope = [p for p in papers if _scope_of(forms.get(p.form)) == scope]
    have = {p.unit for p in of_scope}
    totals = {(p.unit, p.number): t for p in of_scope if p.grade and (t := number(p.total)) is not None}
    scored = [p for p in of_scope if (p.unit, p.number) in totals]
    scored.sort(key=lambda p: -totals[p.unit, p.number])
    open_ones = [p for p in of_scope if (p.unit, p.number) not in totals]
    places = _places([totals[p.unit, p.number] for p in scored])
    rows = [_standing(place, p, names) for place, p in zip(places, scored, strict=True)]
    rows += [_standing(None, p, names) for p in open_ones]
    grades: dict[str, int] = {}
    for paper in scored:
        grades[paper.grade] = grades.get(paper.grade, 0) + 1
    missing = tuple(n for n in nodes if n.expected and n.key not in have)
    return Standings(scope, tuple(rows), missing, grades)


def _scope_of(form: Form | None) -> Scope | None:
    return form.evaluation.scope if form and form.evaluation else None


def _places(totals: Sequence[Decimal]) -> list[int]:
    """``totals``: the highest first."""
    first: dict[Decimal, int] = {}
    for place, total in enumerate(totals, 1):
        first.setdefault(total, place)
    return [first[total] for total in totals]


def _standing(place: int | None, paper: PaperInfo, names: Mapping[str, str]) -> Standing:
    same = not paper.printed or number(paper.printed) == number(paper.total)
    name = names.get(paper.unit, paper.unit)
    return Standing(place, paper.unit, name, paper, paper.total, paper.grade, "" if same else paper.printed)
