"""The printed scores of a report: sums, rates, the grade, the budget's execution scored again from the report's own facts; rates and
amounts against the target form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.bound import typed_numbers
from perfdesk.catalog import label_key, standard_of
from perfdesk.evaluation.entered import number
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.model.filing import Filing, Leaf, Row, leaves
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import Form
from perfdesk.model.report import Report
from perfdesk.rates import Computed, compute
from perfdesk.report.declared import declared_total
from perfdesk.report.reported import Reported, percent
from perfdesk.report.rescored import rescored
from perfdesk.rules.subject import Kind, Subject, cell_fix
from perfdesk.score import grade
from perfdesk.values import Op, parse_target, show_amount

SUM = Kind("report-score-sum", "error", "得分表合计不对")
HUNDRED = Kind("report-weights", "warning", "权重合计不是 100")
RATE = Kind("report-score-rate", "warning", "得分率与得分不符")
OVER = Kind("report-score-over", "error", "得分超过权重")
GRADE = Kind("report-grade", "error", "等级与总分不符")
AGAIN = Kind("report-rescored", "warning", "得分与计算数不同")
MISSED = Kind("report-rate-target", "warning", "比率没有达到申报的指标值")
BUDGET = Kind("report-budget", "warning", "年初预算数与申报表不一致")
KINDS = (SUM, HUNDRED, RATE, OVER, GRADE, AGAIN, MISSED, BUDGET)

INITIAL = "initial"
"""The fact of the budget at the beginning of the year."""


def find(subject: Subject) -> Iterator[Finding]:
    report, reported = subject.form.report, subject.values.reported
    if report is None or reported is None:
        return
    sums = tuple(_sums(subject))
    yield from sums
    yield from _lines(subject, whole=not sums)
    yield from _grade(subject, report)
    yield from _again(subject, report, reported)
    if reported.companions.target and not reported.companions.evaluation:
        yield from _missed(report, reported, *reported.companions.target)
        yield from _budget(subject, report, reported, *reported.companions.target)


# --- the table --------------------------------------------------------------------------------------------------------


def _sums(subject: Subject) -> Iterator[Finding]:
    rows = subject.filing.section("scores")
    for column, result, what in (("weight", "weight", "权重"), ("score", "total", "得分")):
        parts = [number(r.get(column)) for r in rows]
        given = [p for p in parts if p is not None]
        printed = number(subject.filing.cell(f"result/{result}"))
        if len(given) < max(len(parts), 1):
            continue
        added = sum(given, Decimal(0))
        if printed is not None and printed != added:
            shown = " ＋ ".join(shown_points(p) for p in given)
            message = (
                f"得分表各项{what} {shown} ＝ {shown_points(added)}，合计印的是 {shown_points(printed)}。"
            )
            fix = cell_fix(f"合计改为 {shown_points(added)}", "result", result, shown_points(added))
            yield SUM.at(f"result/{result}", Place("result", result), message, fix)
        elif column == "weight" and added != 100:
            message = f"得分表各项权重合计 {shown_points(added)}，应为 100。"
            yield HUNDRED.at("result/weight", Place("result", "weight"), message)


def _lines(subject: Subject, whole: bool) -> Iterator[Finding]:
    """``whole``: the sum is looked at, too."""
    cells = [
        (f"scores/{n}", r, "score", r.get("label")) for n, r in enumerate(subject.filing.section("scores"), 1)
    ]
    result = subject.filing.row("result")
    if whole and result is not None:
        cells.append(("result", result, "total", "合计"))
    for where, row, column, label in cells:
        weight, score, rate = number(row.get("weight")), number(row.get(column)), row.get("rate")
        if weight is None or score is None:
            continue
        if score > weight:
            message = f"“{label}”得分 {shown_points(score)}，超过权重 {shown_points(weight)}。"
            yield OVER.at(f"{where}/{column}", Place(row.id, column), message)
        elif weight and rate.strip() and not _is_share(rate, score, weight):
            yield _wrong_rate(where, row, label, score, weight)


def _is_share(printed: str, score: Decimal, weight: Decimal) -> bool:
    """Rounded or cut at the digits that are printed."""
    value = percent(printed)
    if value is None:
        return False
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    return abs(value - score * 100 / weight) < Decimal(1).scaleb(-digits)


def _wrong_rate(where: str, row: Row, label: str, score: Decimal, weight: Decimal) -> Finding:
    share = f"{shown_points((score * 100 / weight).quantize(Decimal('0.01')))}%"
    message = f"“{label}”得分 {shown_points(score)} ÷ 权重 {shown_points(weight)} ＝ {share}，印的得分率是 {row.get('rate')}。"
    fix = cell_fix(f"得分率改为 {share}", row.id, "rate", share)
    return RATE.at(f"{where}/rate", Place(row.id, "rate"), message, fix)


def _grade(subject: Subject, report: Report) -> Iterator[Finding]:
    total, printed = number(subject.filing.cell("result/total")), subject.filing.cell("result/grade").strip()
    names = {g.name for g in report.scheme.grades}
    if total is None or printed not in names:
        return
    wanted = grade(report.scheme, total)
    if wanted != printed:
        message = f"总分 {shown_points(total)}，按评分办法等级是“{wanted}”，印的是“{printed}”。"
        fix = cell_fix(f"等级改为“{wanted}”", "result", "grade", wanted)
        yield GRADE.at("result/grade", Place("result", "grade"), message, fix)


def _again(subject: Subject, report: Report, reported: Reported) -> Iterator[Finding]:
    for number_, row in enumerate(subject.filing.section("scores"), 1):
        again = rescored(report, reported, row)
        if again is not None and again.printed != again.computed:
            message = (
                f"“{row.get('label')}”印的得分是 {shown_points(again.printed)}，{again.reason}，"
                f"应得 {shown_points(again.computed)} 分。"
            )
            text = shown_points(again.computed)
            fix = cell_fix(f"得分改为 {text}", row.id, "score", text)
            yield AGAIN.at(f"scores/{number_}/score", Place(row.id, "score"), message, fix)


# --- against the target form ------------------------------------------------------------------------------------------


def _missed(report: Report, reported: Reported, form: Form, target: Filing) -> Iterator[Finding]:
    for leaf in leaves(target, form.tree.id):
        rate = report.rates.rate(leaf.row.get("level3"))
        computed = compute(rate, reported.facts) if rate else None
        if rate is None or computed is None or computed.percent is None:
            continue
        wanted = parse_target(leaf.row.get("target"), leaf.row.get("unit"))
        op = _meant(form, leaf, wanted.op)
        if wanted.kind != "number" or wanted.value is None or not _misses(op, computed.percent, wanted.value):
            continue
        fact = rate.over[0][1].id
        yield MISSED.at(f"facts/{fact}", Place("facts", fact), _missed_words(leaf, computed, op, wanted.op))


def _missed_words(leaf: Leaf, computed: Computed, op: Op, written: Op) -> str:
    target = leaf.row.get("target").strip()
    better = {"≤": "越低越好", "≥": "越高越好"}.get(op, "")
    meant = f"，这项{better}，申报的方向也要核对" if op != written and better else ""
    return f"“{leaf.row.get('level3').strip()}”按报告的数据计算是 {computed.words}，申报的指标值是“{target}”，没有达到{meant}。"


def _meant(form: Form, leaf: Leaf, written: Op) -> Op:
    """A standard rate is meant in its own direction, whatever sign somebody put before it."""
    fixed = standard_of(form.tree, leaf.row.get("level3"))
    return fixed.standard.direction if fixed and fixed.standard.direction else written


def _misses(op: Op, value: Decimal, wanted: Decimal) -> bool:
    match op:
        case "≥" | ">":
            return value < wanted
        case "≤" | "<" | "±":
            return value > wanted
        case "=" | "":
            return value != wanted


def _budget(
    subject: Subject, report: Report, reported: Reported, form: Form, target: Filing
) -> Iterator[Finding]:
    initial = reported.facts.get(INITIAL)
    declared = declared_total(form, target, reported.unit)
    if initial is None or declared is None or declared.amount == initial:
        return
    label = next((f.label for f in report.rates.facts if f.id == INITIAL), "")
    where, place = _stated_at(subject, report, label)
    gap = abs(declared.amount - initial)
    message = (
        f"报告里的{label}是 {show_amount(initial)} {reported.unit}，所附申报表的{declared.label}是 "
        f"{show_amount(declared.amount)} {reported.unit}，差 {show_amount(gap)} {reported.unit}。"
    )
    yield BUDGET.at(where, place, message)


def _stated_at(subject: Subject, report: Report, label: str) -> tuple[str, Place]:
    """The first text that states the fact, else its cell."""
    for chapter in report.chapters:
        text = subject.filing.cell(chapter.text) if chapter.text else ""
        if any(label_key(t.name) == label_key(label) for t in typed_numbers(text, chapter.phrases)):
            row, _, column = chapter.text.partition("/")
            return chapter.text, Place(row, column)
    return f"facts/{INITIAL}", Place("facts", INITIAL)
