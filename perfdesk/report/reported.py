"""Everything that a report's texts can be bound to, computed from its companions and from what it prints itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from perfdesk.evaluation.entered import entered, facts_of, number
from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.finding import Place
from perfdesk.model.form import Form
from perfdesk.model.rates import Rates
from perfdesk.model.report import Report
from perfdesk.quotable import COUNT, PERCENT, POINTS, Held
from perfdesk.rates import compute
from perfdesk.report.companions import ALONE, Companions
from perfdesk.report.declared import declared_total, goal_of, tasks_of
from perfdesk.report.results import change_of, lost, parts_of, results_of
from perfdesk.values import MONEY_UNITS, round_half_up

OWN, EVALUATION, TARGET = "本报告", "自评表", "申报表"


@dataclass(frozen=True, slots=True)
class Number:
    """``text`` as it is printed; empty: there is no data for it. ``where``: what it is taken from; ``place``: its cell, where that is in
    the report itself. ``bare``: an empty text is no lack."""

    text: str
    held: Held | None = None
    where: str = ""
    place: Place | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of scores; None where nothing is known. ``rate`` in percent."""

    label: str
    weight: Decimal | None
    score: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Reported:
    """``numbers`` by name; ``facts`` by id, amounts in ``unit``; ``lines`` of the table of scores, the last one their sum."""

    companions: Companions
    year: int | None
    unit: str
    facts: Mapping[str, Decimal]
    numbers: Mapping[str, Number]
    lines: tuple[Line, ...]
    total: Decimal | None
    grade: str

    @staticmethod
    def of(form: Form, report: Report, filing: Filing, beside: Companions = ALONE) -> Reported:
        unit = filing.amount_unit or form.amount_unit
        own = {f: v for f, v in facts_of(form, filing).items() if any(x.id == f for x in report.rates.facts)}
        known = _evaluated_facts(beside, unit)
        lines = _lines(filing, beside.evaluated)
        total = beside.evaluated.scored.total if beside.evaluated else number(filing.cell("result/total"))
        grade = beside.evaluated.scored.grade if beside.evaluated else filing.cell("result/grade").strip()
        facts = MappingProxyType({**own, **known})
        made = Reported(beside, filing.year, unit, facts, MappingProxyType({}), lines, total, grade)
        names = dict(_numbers(report, filing, made, known))
        return replace(made, numbers=MappingProxyType(names))


def _evaluated_facts(beside: Companions, unit: str) -> dict[str, Decimal]:
    """The facts of the self-evaluation, amounts in ``unit``."""
    if beside.evaluation is None:
        return {}
    form, filing = beside.evaluation
    rates = form.evaluation.rates if form.evaluation else None
    own = filing.amount_unit or form.amount_unit
    factor = MONEY_UNITS[own] / MONEY_UNITS[unit]
    money = {f.id for s in form.sections for f in s.fields if f.kind == "money"}
    facts = entered(form, filing).facts
    ids = {f.id for f in rates.facts} if rates else set(facts)
    return {f: v * factor if f in money and own != unit else v for f, v in facts.items() if f in ids}


# --- the table of scores ----------------------------------------------------------------------------------------------


def _lines(filing: Filing, evaluated: Evaluated | None) -> tuple[Line, ...]:
    if evaluated:
        scored = evaluated.scored
        levels = [Line(x.label, x.weight, x.score, x.rate) for x in scored.levels]
        whole = sum((x.weight for x in scored.levels), Decimal(0))
        return (*levels, Line(SUM, whole, scored.total, _share(scored.total, whole)))
    rows = filing.section("scores")
    if not rows:
        return ()
    printed = [_printed(r.get("label"), r.get("weight"), r.get("score"), r.get("rate")) for r in rows]
    result = [filing.cell(f"result/{c}") for c in ("weight", "total", "rate")]
    return (*printed, _printed(SUM, *result))


SUM = "合计"


def _printed(label: str, weight: str, score: str, rate: str) -> Line:
    worth, got = number(weight), number(score)
    return Line(label, worth, got, percent(rate) if rate.strip() else _share(got, worth))


def percent(text: str) -> Decimal | None:
    """``80%`` or ``80`` → 80."""
    return number(text.strip().removesuffix("%").removesuffix("％"))


def _share(score: Decimal | None, weight: Decimal | None) -> Decimal | None:
    return round_half_up(score * 100 / weight, 2) if score is not None and weight else None


# --- numbers by name --------------------------------------------------------------------------------------------------


def _numbers(
    report: Report, filing: Filing, made: Reported, known: Mapping[str, Decimal]
) -> Iterator[tuple[str, Number]]:
    yield "年度", Number(str(filing.year or ""))
    yield "上年", Number(str(filing.year - 1) if filing.year else "")
    yield "单位", Number(filing.unit_name, None, OWN, Place("basic", "unit_name"))
    yield "金额单位", Number(made.unit)
    yield from _of_facts(report.rates, made, known)
    yield from _of_scores(report, made)
    yield from _of_target(made)
    yield from _of_results(report, made.companions)


def _of_facts(rates: Rates, made: Reported, known: Mapping[str, Decimal]) -> Iterator[tuple[str, Number]]:
    for fact in rates.facts:
        unit = made.unit if fact.kind == "money" else COUNT
        source = (EVALUATION, None) if fact.id in known else (OWN, Place("facts", fact.id))
        yield fact.label, _number(made.facts.get(fact.id), unit, *source)
    for rate in rates.rates:
        computed = compute(rate, made.facts)
        if not computed.applies:
            yield rate.indicator, Number("不适用", None, computed.words)
        else:
            yield rate.indicator, _number(computed.percent, PERCENT, computed.words, None)


def _number(value: Decimal | None, unit: str, where: str, place: Place | None) -> Number:
    if value is None:
        return Number("", None, where, place)
    plain = shown_points(value)
    text = f"{Decimal(plain):,f}" if unit in MONEY_UNITS else plain
    return Number(text, Held(value, unit), where, place)


def _of_scores(report: Report, made: Reported) -> Iterator[tuple[str, Number]]:
    where = EVALUATION if made.companions.evaluated else OWN
    own = where == OWN
    empty = (Line(p.label, None, None, None) for p in report.scheme.parts)
    for line in (*empty, *_below(report, made.companions), *made.lines[:-1]):
        place = Place("scores") if own else None
        yield f"权重/{line.label}", _number(line.weight, POINTS, where, place)
        yield f"得分/{line.label}", _number(line.score, POINTS, where, place)
        yield f"得分率/{line.label}", _number(line.rate, PERCENT, where, place)
    yield "总分", _number(made.total, POINTS, where, Place("result", "total") if own else None)
    yield "等级", Number(made.grade, None, where, Place("result", "grade") if own else None)
    last = made.companions.totals[-1:]
    yield "上年总分", _number(last[0].total if last else None, POINTS, "往年自评", None)
    evaluated = made.companions.evaluated
    final = None if evaluated and evaluated.scored.open else made.total
    yield "总分变化", Number(change_of(made.companions.totals, final), bare=True)


def _below(report: Report, beside: Companions) -> Iterator[Line]:
    """Sums of the report's own parts where the self-evaluation is scored by others."""
    if beside.evaluation is None or beside.evaluated is None:
        return
    for label, items in parts_of(report.scheme, *beside.evaluation, beside.evaluated):
        if items:
            weight = sum((i.weight for i in items), Decimal(0))
            score = sum((i.score for i in items if i.score is not None), Decimal(0))
            yield Line(label, weight, score, _share(score, weight))


def _of_target(made: Reported) -> Iterator[tuple[str, Number]]:
    target = made.companions.target
    total = declared_total(*target, made.unit) if target else None
    yield "申报预算总额", _number(total.amount if total else None, made.unit, TARGET, None)
    yield "年度履职目标", Number(goal_of(*target) if target else "", None, TARGET)
    yield "年度主要任务", Number(tasks_of(target[1]) if target else "", None, TARGET)


def _of_results(report: Report, beside: Companions) -> Iterator[tuple[str, Number]]:
    for part in report.scheme.parts:
        yield f"完成情况/{part.label}", Number("", bare=True)
    one = beside.evaluation or beside.target
    count = sum(1 for _ in leaves(one[1], one[0].tree.id)) if one else None
    yield "指标总数", _number(None if count is None else Decimal(count), COUNT, EVALUATION, None)
    items = lost(beside.evaluated) if beside.evaluated else None
    full = None if items is None or count is None else Decimal(count - len(items))
    yield "失分指标数", _number(None if items is None else Decimal(len(items)), COUNT, EVALUATION, None)
    yield "满分指标数", _number(full, COUNT, EVALUATION, None)
    yield "失分指标", Number("" if items is None else "、".join(items) or "无", None, EVALUATION)
    if beside.evaluation and beside.evaluated:
        form, filing = beside.evaluation
        for label, own in parts_of(report.scheme, form, filing, beside.evaluated):
            text = results_of(filing, beside.evaluated, own)
            yield f"完成情况/{label}", Number(text, None, EVALUATION, bare=True)
