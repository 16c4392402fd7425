"""A unit's three years of targets with self-evaluations made of them, and the report of the last year."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from perfdesk.evaluation.begin import evaluation_of
from perfdesk.model.change import Change, SetCell, apply
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.form import Form
from perfdesk.report.begin import report_form, report_of
from perfdesk.report.companions import Companions, companions
from perfdesk.sample import sample_filings
from tests.making import catalog, counter

EVALUATION = catalog().form("jinshui-2021/self-evaluation")
REPORT = catalog().form("jinshui-2021/self-evaluation-report")
YEARS = (2021, 2022, 2023)
FACTS = MappingProxyType(
    {
        "money/adjusted": "13100",
        "money/executed": "12969",
        "facts/carried": "131",
        "facts/three_actual": "1.2",
        "facts/three_budget": "3",
        "facts/monitored": "8",
        "facts/monitoring_due": "8",
    }
)
"""Execution 99 %, carried over 1 %, 三公 40 %."""


def targets() -> dict[int | None, Filing]:
    return {f.year: f for f in sample_filings(catalog(), counter("t"))}


def evaluated(year: int) -> Filing:
    """Everything reached but the second own indicator, of which a half; facts as above."""
    target = targets()[year]
    filing = evaluation_of(EVALUATION, catalog().form(target.form), target, counter(f"e{year}-"))
    return apply(filing, tuple(_results(filing)))[0]


def _results(filing: Filing) -> Iterator[Change]:
    own = [leaf for leaf in leaves(filing, "indicators") if leaf.path[0] != "投入管理指标"]
    for leaf in leaves(filing, "indicators"):
        target = leaf.row.get("target").lstrip("≥≤=") or "90%"
        text = "1" if leaf.row is own[1].row else target
        yield SetCell(leaf.row.id, "actual", text)
    yield SetCell(own[1].row.id, "deviation", "施工受雨季影响")
    for address, text in FACTS.items():
        row, _, column = address.partition("/")
        yield SetCell(row, column, text)


def one(filing: Filing) -> tuple[Form, Filing]:
    return catalog().form(filing.form), filing


def beside(year: int, *more: Filing) -> Companions:
    """The companions of the report of that year: targets and self-evaluations of all years."""
    everything = [*targets().values(), *(evaluated(y) for y in YEARS), *more]
    return companions(targets()[year], [one(f) for f in everything])


def report(year: int, known: Companions | None = None) -> Filing:
    form = report_form(tuple(catalog().forms.values()), year)
    assert form is not None
    return report_of(form, evaluated(year), known or beside(year))
