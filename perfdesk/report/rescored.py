"""The printed scores of a report beside those that its self-evaluation makes, or its own facts for the budget's execution."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perfdesk.evaluation.entered import number
from perfdesk.model.filing import Row
from perfdesk.model.report import Report
from perfdesk.naming import label_key
from perfdesk.report.reported import Reported
from perfdesk.score import ADJUSTED, EXECUTED
from perfdesk.score_methods import execution, execution_rate, points
from perfdesk.values import plain_number


@dataclass(frozen=True, slots=True)
class Rescored:
    printed: Decimal
    computed: Decimal
    reason: str


def rescored(report: Report, reported: Reported, row: Row) -> Rescored | None:
    """Of one line of the printed table; None where it cannot be scored again."""
    printed, weight = number(row.get("score")), number(row.get("weight"))
    if printed is None:
        return None
    label = label_key(row.get("label"))
    evaluated = reported.companions.evaluated
    if evaluated is not None:
        level = next((x for x in evaluated.scored.levels if label_key(x.label) == label), None)
        return Rescored(printed, level.score, "按自评表计算") if level else None
    part = next((p for p in report.scheme.parts if p.kind == "execution"), None)
    executed, adjusted = reported.facts.get(EXECUTED), reported.facts.get(ADJUSTED)
    if part is None or not label.startswith(label_key(part.label)):
        return None
    if weight is None or executed is None or adjusted is None:
        return None
    share, rate = execution(executed, adjusted), execution_rate(executed, adjusted)
    if share is None or rate is None:
        return None
    got = points(share.share, weight, report.scheme.digits, report.scheme.rounding)
    return Rescored(printed, got, f"按报告的数据，{share.how}，执行率 {plain_number(rate)}%")
