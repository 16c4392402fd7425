"""What the same department or project came to in other years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.evaluation.entered import RESULT, number
from perfdesk.evaluation.evaluated import evaluate, shown
from perfdesk.evaluation.unevaluated import One
from perfdesk.naming import label_key


@dataclass(frozen=True, slots=True)
class Outcome:
    """``total`` and ``grade`` as that year's evaluation shows them: what was printed counts more than what is computed."""

    year: int
    total: Decimal
    grade: str


def outcomes(one: One, others: Iterable[One]) -> tuple[Outcome, ...]:
    """By year, the filing's own among them; years in which a line has no score yet are left out,
    unless a total was printed."""
    found = {o.year: o for other in (*others, one) if _is_alike(one, other) and (o := outcome_of(other))}
    return tuple(found[year] for year in sorted(found))


def _is_alike(one: One, other: One) -> bool:
    own, its = one[0].evaluation, other[0].evaluation
    if own is None or its is None or own.scope != its.scope:
        return False
    names = {label_key(filing.cell("basic/name")) for _, filing in (one, other)}
    return own.scope == "department" or len(names) == 1


def outcome_of(one: One) -> Outcome | None:
    """None of a form that is no self-evaluation, and where a line has no score yet and no total was printed."""
    form, filing = one
    found = evaluate(form, filing)
    printed = filing.cell(f"{RESULT}/total").strip()
    if found is None or filing.year is None or (found.scored.open and not printed):
        return None
    seen = shown(form, filing, found)
    total = number(seen.cell(f"{RESULT}/total"))
    return None if total is None else Outcome(filing.year, total, seen.cell(f"{RESULT}/grade"))
