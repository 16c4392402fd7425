"""What a report stands beside: of the filings of its unit the year's self-evaluation and target form, and the totals of earlier years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.values import one_line

if TYPE_CHECKING:
    from perfdesk.evaluation.evaluated import Evaluated

One = tuple[Form, Filing]

REPORT, EVALUATION, TARGET = "self-evaluation-report", "self-evaluation", "overall-target"
KINDS = frozenset({REPORT, EVALUATION, TARGET})
"""Of forms that may be companions."""


@dataclass(frozen=True, slots=True)
class YearTotal:
    year: int
    total: Decimal


@dataclass(frozen=True, slots=True)
class Companions:
    """``evaluated``: the self-evaluation computed. ``totals`` of earlier years, oldest first; they are given where a self-evaluation is
    complete or a total is printed. ``report``: of the newest earlier year."""

    evaluation: One | None = None
    evaluated: Evaluated | None = None
    target: One | None = None
    totals: tuple[YearTotal, ...] = ()
    report: One | None = None


ALONE = Companions()


def companions(filing: Filing, beside: Iterable[One]) -> Companions:
    """``filing``: the report, or what it is to be made from. ``beside``: filings of any units and years; those of another unit are left
    out, of two alike the first counts."""
    from perfdesk.evaluation.evaluated import (
        evaluate,
    )  # which only reports need, and every form knows this module

    own = [one for one in beside if one[0].kind in KINDS and of_unit(filing, one[1])]
    now = [one for one in own if one[1].year == filing.year]
    evaluation = next((one for one in now if of_department(one[0])), None)
    earlier = [one for one in own if _before(one[1], filing)]
    reports = [one for one in earlier if one[0].kind == REPORT]
    return Companions(
        evaluation=evaluation,
        evaluated=evaluate(*evaluation) if evaluation else None,
        target=next((one for one in now if one[0].kind == TARGET), None),
        totals=_totals(earlier),
        report=max(reports, key=lambda one: one[1].year or 0, default=None),
    )


def of_unit(one: Filing, other: Filing) -> bool:
    """A filing without a unit's name belongs to any."""
    names = one_line(one.unit_name), one_line(other.unit_name)
    return not all(names) or names[0] == names[1]


def of_department(form: Form) -> bool:
    return form.evaluation is not None and form.evaluation.scope == "department"


def _before(filing: Filing, report: Filing) -> bool:
    return filing.year is not None and report.year is not None and filing.year < report.year


def _totals(earlier: Iterable[One]) -> tuple[YearTotal, ...]:
    """Of a year that has both the self-evaluation counts."""
    found: dict[int, Decimal] = {}
    for form, filing in sorted(earlier, key=lambda one: of_department(one[0])):
        for total in _total(form, filing):
            found[filing.year or 0] = total
    return tuple(YearTotal(year, found[year]) for year in sorted(found))


def _total(form: Form, filing: Filing) -> Iterator[Decimal]:
    from perfdesk.evaluation.earlier import outcome_of
    from perfdesk.evaluation.entered import number

    if form.kind == REPORT:
        printed = number(filing.cell("result/total"))
        if printed is not None:
            yield printed
    elif of_department(form) and (outcome := outcome_of((form, filing))) is not None:
        yield outcome.total
