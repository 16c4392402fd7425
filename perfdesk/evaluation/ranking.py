"""Many self-evaluations at once: their totals side by side, average, how many of each grade, and where the most was lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from perfdesk.evaluation.entered import RESULT
from perfdesk.evaluation.evaluated import evaluate
from perfdesk.evaluation.unevaluated import One
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.scheme import Scheme, Scope
from perfdesk.score import Item, Scored
from perfdesk.titles import name_of
from perfdesk.values import round_half_up

WORST = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """One self-evaluation. ``printed``: the total that stands on the form where it is another than the computed one, else empty."""

    filing: Filing
    name: str
    scope: Scope
    scheme: Scheme
    scored: Scored
    printed: str

    @property
    def complete(self) -> bool:
        return bool(self.scored.items) and not self.scored.open


@dataclass(frozen=True, slots=True)
class Weak:
    """A line that lost points. ``rate``: the score in percent of the weight, with 2 decimals; ``deviation``: the reason that is given."""

    of: Ranked
    item: Item
    rate: Decimal
    deviation: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """``rows``: departments first, then projects, the highest total first, what is not scored to its end behind. ``labels``: every part
    that one of the schemes has, in their order. ``average`` (2 decimals, half-up) and ``grades`` (name → how many, best first) are those
    of the ``counted`` rows: the complete projects, or where no project is there the complete departments; None and 0 where there are
    none."""

    rows: tuple[Ranked, ...]
    labels: tuple[str, ...]
    counted: tuple[Ranked, ...]
    average: Decimal | None
    grades: Mapping[str, int]
    worst: tuple[Weak, ...]


def ranking(filings: Sequence[One], worst: int = WORST) -> Ranking:
    """Of all self-evaluations among the filings; other forms are passed over."""
    rows = tuple(sorted((r for one in filings if (r := _ranked(*one))), key=_rank))
    projects = [r for r in rows if r.scope == "project"]
    counted = tuple(r for r in projects or rows if r.complete)
    labels = dict.fromkeys(level.label for r in rows for level in r.scored.levels)
    lost = sorted(
        (w for r in rows for w in _weak(r)),
        key=lambda w: (w.rate, w.item.score - w.item.weight if w.item.score is not None else 0),
    )
    return Ranking(rows, tuple(labels), counted, _average(counted), _grades(counted), tuple(lost[:worst]))


def _ranked(form: Form, filing: Filing) -> Ranked | None:
    found = evaluate(form, filing)
    if found is None or form.evaluation is None:
        return None
    printed = filing.cell(f"{RESULT}/total").strip()
    same = printed == found.cells.get((RESULT, "total"), "")
    return Ranked(
        filing,
        name_of(form, filing),
        form.evaluation.scope,
        found.scheme,
        found.scored,
        "" if same else printed,
    )


def _rank(row: Ranked) -> tuple[bool, bool, Decimal]:
    return row.scope == "project", not row.complete, -row.scored.total


def _average(rows: Sequence[Ranked]) -> Decimal | None:
    if not rows:
        return None
    exact = sum((Fraction(r.scored.total) for r in rows), Fraction(0)) / len(rows)
    return Decimal(int((exact * 200 + 1) // 2)).scaleb(-2)


def _grades(rows: Sequence[Ranked]) -> Mapping[str, int]:
    names = dict.fromkeys(g.name for r in rows for g in r.scheme.grades)
    return {name: sum(r.scored.grade == name for r in rows) for name in names}


def _weak(row: Ranked) -> list[Weak]:
    found: list[Weak] = []
    for item in row.scored.items:
        if item.score is not None and item.score < item.weight:
            leaf = row.filing.row(item.row) if item.row else None
            rate = round_half_up(item.score * 100 / item.weight, 2)
            found.append(Weak(row, item, rate, leaf.get("deviation") if leaf else ""))
    return found
