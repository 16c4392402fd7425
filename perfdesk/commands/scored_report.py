"""How the scores that a report prints are told: beside what its own data, or the self-evaluation, come to."""

from __future__ import annotations

from typing import Any

from perfdesk.commands.scored import columns
from perfdesk.evaluation.entered import RESULT, number
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import Form
from perfdesk.model.report import Report
from perfdesk.rates import compute
from perfdesk.report.companions import Companions
from perfdesk.report.reported import Reported
from perfdesk.report.rescored import Rescored, rescored
from perfdesk.score import grade
from perfdesk.titles import title_of

HEAD = ("指标", "权重分值", "得分", "得分率", "重新计算")


def report_json(form: Form, filing: Filing, beside: Companions) -> dict[str, Any]:
    """Printed texts as they stand; ``computed`` null: the report does not say what would be needed to score the line again."""
    report, reported, lines = _known(form, filing, beside)
    total = number(filing.cell(f"{RESULT}/total"))
    return {
        "id": filing.id,
        "form": filing.form,
        "title": title_of(form, filing),
        "unit_name": filing.unit_name,
        "year": filing.year,
        "scheme": {"id": report.scheme.id, "name": report.scheme.name, "source": report.scheme.source},
        "levels": [
            {
                "label": row.get("label"),
                "weight": row.get("weight"),
                "score": row.get("score"),
                "rate": row.get("rate"),
                "computed": shown_points(again.computed) if again else None,
                "reason": again.reason if again else "",
            }
            for row, again in lines
        ],
        "total": filing.cell(f"{RESULT}/total"),
        "grade": filing.cell(f"{RESULT}/grade"),
        "grade_of_total": grade(report.scheme, total) if total is not None else "",
        "rates": _rates(report, reported),
    }


def report_lines(form: Form, filing: Filing, beside: Companions) -> list[str]:
    report, reported, lines = _known(form, filing, beside)
    year = "年度不明" if filing.year is None else f"{filing.year} 年度"
    told = [
        f"▪ {title_of(form, filing)}  {filing.unit_name or '单位不明'}  {year}  按“{report.scheme.name}”评分"
    ]
    rows = [
        (
            *(row.get(c) for c in ("label", "weight", "score", "rate")),
            shown_points(again.computed) if again else "—",
        )
        for row, again in lines
    ]
    told += columns([HEAD, *rows]) if rows else ["  报告里没有各项指标得分表。"]
    grade = filing.cell(f"{RESULT}/grade")
    told.append(
        f"  报告的总分 {filing.cell(f'{RESULT}/total') or '没有写'}，等级{f'“{grade}”' if grade else '没有写'}"
    )
    told += [
        f"  {row.get('label')}：{again.reason}，得 {shown_points(again.computed)} 分"
        for row, again in lines
        if again
    ]
    return told + [f"  {name}：{words}" for name, words in _rates(report, reported).items()]


def _known(
    form: Form, filing: Filing, beside: Companions
) -> tuple[Report, Reported, list[tuple[Row, Rescored | None]]]:
    report = form.report
    assert report is not None
    reported = Reported.of(form, report, filing, beside)
    return report, reported, [(row, rescored(report, reported, row)) for row in filing.section("scores")]


def _rates(report: Report, reported: Reported) -> dict[str, str]:
    """The rates of which all facts are known, in words."""
    found = {r.indicator: compute(r, reported.facts) for r in report.rates.rates}
    return {name: one.words for name, one in found.items() if not one.missing}
