"""A report made of a unit's three years: its numbers, its document, what it takes over from last year's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive, rederive
from perfdesk.document.blocks import Chart, Document, Heading, Paragraph, Table
from perfdesk.model.change import RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, leaves
from perfdesk.quotable import bind_texts
from perfdesk.quoted import quotable
from perfdesk.report.companions import Companions, companions
from perfdesk.report.declared import tasks_of
from perfdesk.report.reported import Reported
from tests.report.made import REPORT, beside, evaluated, one, report, targets


def reported(filing: Filing, known: Companions) -> Reported:
    made = derive(REPORT, filing, known).reported
    assert made is not None
    return made


def shown(filing: Filing, known: Companions, name: str) -> str:
    return reported(filing, known).numbers[name].text


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Heading | Paragraph)]


def test_the_companions_are_the_same_units_and_years_own() -> None:
    known = beside(2023)
    assert known.evaluation is not None
    assert known.evaluation[1].year == 2023
    assert known.target is not None
    assert known.target[1].year == 2023
    assert [t.year for t in known.totals] == [2021]  # 2022 has an indicator without a target: not complete
    stranger, _ = apply(evaluated(2021), (SetCell("basic", "unit_name", "别的单位"),))
    assert companions(targets()[2021], [one(stranger)]).evaluation is None


def test_of_an_earlier_year_the_total_that_was_printed_counts() -> None:
    """What was handed in last year, also where today's scheme comes to another number."""
    handed_in, _ = apply(
        evaluated(2021), (SetCell("result", "total", "87"), SetCell("result", "grade", "良"))
    )
    years = [*targets().values(), handed_in, evaluated(2023)]
    known = companions(targets()[2023], [one(f) for f in years])
    assert shown(report(2023, known), known, "上年总分") == "87"


def test_a_report_of_which_nothing_is_known_is_told_as_wrong() -> None:
    """Its sentences would be printed with holes: 自评得分 分，评价等级为“”."""
    alone = companions(targets()[2023], [])
    filing = report(2023, alone)
    told = [f for f in check(REPORT, filing, derive(REPORT, filing, alone)) if f.code == "report-text-empty"]
    assert {f.severity for f in told} == {"error"}
    assert any("“总分”" in f.message and "“等级”" in f.message for f in told)


def test_of_an_evaluation_that_is_not_complete_no_change_is_said_and_the_finding_says_why() -> None:
    own = evaluated(2023)
    last = list(leaves(own, "indicators"))[-1].row.id
    open_one, _ = apply(own, (SetCell(last, "actual", ""),))
    known = companions(targets()[2023], [one(f) for f in (*targets().values(), evaluated(2021), open_one)])
    filing = report(2023, known)
    assert shown(filing, known, "总分变化") == ""
    told = [f for f in check(REPORT, filing, derive(REPORT, filing, known)) if f.code == "report-text-empty"]
    assert told and all("自评表还有 1 项不能计分" in f.message for f in told)


def test_the_numbers_are_the_self_evaluations() -> None:
    known = beside(2021)
    filing = report(2021, known)
    assert shown(filing, known, "预算执行率") == "99"
    assert shown(filing, known, "结转结余率") == "1"
    assert shown(filing, known, "“三公经费”控制率") == "40"
    assert known.evaluated is not None
    assert Decimal(shown(filing, known, "总分")) == known.evaluated.scored.total
    assert shown(filing, known, "等级") == known.evaluated.scored.grade
    assert shown(filing, known, "得分/预算执行") == "9.9"
    assert shown(filing, known, "失分指标数") == "1"
    assert shown(filing, known, "失分指标") in shown(filing, known, "完成情况/产出指标")
    assert "施工受雨季影响" in shown(filing, known, "完成情况/产出指标")


def test_an_edit_of_the_text_keeps_the_companions() -> None:
    known = beside(2021)
    filing = report(2021, known)
    step = (SetCell("texts", "others", "总分 {{总分}}"),)
    after, _ = apply(filing, step)
    values = rederive(derive(REPORT, filing, known), REPORT, after, step)
    assert values.reported is not None
    assert values.reported.companions is known


def test_a_new_report_has_nothing_open_but_what_nobody_entered() -> None:
    known = beside(2021)
    filing = report(2021, known)
    assert check(REPORT, filing, derive(REPORT, filing, known)) == ()


def test_the_document_has_eight_parts_the_target_form_the_scores_and_two_pictures() -> None:
    known = beside(2023, *[])
    document = compose(REPORT, report(2023, known), beside=known).document
    firsts = [b.text[:2] for b in document.blocks if isinstance(b, Heading) and b.style == "heading1"]
    assert firsts == [f"{n}、" for n in "一二三四五六七八"]
    scores = document.tables[-1].texts()
    assert scores[0] == ["指标", "权重分值", "得分", "得分率"]
    assert [row[0] for row in scores[1:]] == ["预算执行", "投入管理", "产出指标", "效益指标", "合计"]
    assert scores[1] == ["预算执行", "10", "9.9", "99%"]
    charts = [b for b in document.blocks if isinstance(b, Chart)]
    assert [c.kind for c in charts] == ["bars", "line"]
    assert [b.label for b in charts[1].bars] == ["2021年", "2022年", "2023年"]
    target = known.target
    assert target is not None
    own = compose(*target).document.tables
    assert [b.grid for b in document.blocks if isinstance(b, Table)][: len(own)] == list(own)
    assert not any("{{" in text for text in texts(document))


def test_the_execution_by_quarter_is_drawn_where_it_is_known() -> None:
    quarters = (SetCell("facts", "executed_q1", "2000"), SetCell("facts", "executed_q3", "9000"))
    evaluation, _ = apply(evaluated(2021), quarters)
    known = companions(evaluation, [one(evaluation)])
    charts = [
        b for b in compose(REPORT, report(2021, known), beside=known).document.blocks if isinstance(b, Chart)
    ]
    assert [(b.label, b.values[0]) for b in charts[-1].bars] == [
        ("一季度末", 2000),
        ("三季度末", 9000),
        ("全年", 12969),
    ]


def test_own_words_come_again_next_year_around_this_years_numbers() -> None:
    known = beside(2021)
    last, _ = apply(
        report(2021, known), (SetCell("texts", "conclusion", "本中心得分 {{总分}} 分，成效明显。"),)
    )
    next_ = beside(2023, last)
    filing = report(2023, next_)
    lines = texts(compose(REPORT, filing, beside=next_).document)
    assert next_.evaluated is not None
    total = shown(filing, next_, "总分")
    assert f"本中心得分 {total} 分，成效明显。" in lines
    assert total != shown(last, known, "总分")


def test_typed_numbers_that_are_the_datas_are_bound_in_one_step_and_others_are_told() -> None:
    known = beside(2021)
    text = "年初预算数为9,800万元，预算执行率99%，“三公经费”控制率 60%。某项目执行数 5 万元。最终得分 10 分。"
    filing, _ = apply(report(2021, known), (SetCell("texts", "money", text),))
    values = derive(REPORT, filing, known)
    quotes = quotable(REPORT, filing, values)
    assert quotes is not None
    bound, _ = apply(filing, bind_texts(filing, quotes))
    assert "预算执行率{{预算执行率}}%" in bound.cell("texts/money")
    assert "控制率 60%" in bound.cell("texts/money")
    found = [f for f in check(REPORT, filing, values) if f.code == "report-text"]
    assert any("60" in f.message and "40%" in f.message for f in found)
    assert not any("执行数" in f.message for f in found)
    mended, _ = apply(filing, next(f for f in found if "40%" in f.message).fixes[0].changes)
    assert "控制率 {{“三公经费”控制率}}%" in mended.cell("texts/money")


def test_another_schemes_parts_leave_no_number_of_the_report_empty() -> None:
    """Scored as one part, a self-evaluation still says what each level-1 heading of the report got."""
    evaluation, _ = apply(evaluated(2021), (SetCell("result", "scheme", "hubei"),))
    known = companions(evaluation, [one(evaluation), one(targets()[2021])])
    filing = report(2021, known)
    made = reported(filing, known)
    assert [line.label for line in made.lines] == ["预算执行率", "绩效目标", "合计"]
    parts = [made.numbers[f"得分/{label}"].held for label in ("投入管理", "产出指标", "效益指标")]
    assert sum(p.value for p in parts if p) == made.lines[1].score
    assert "得 " in shown(filing, known, "完成情况/效益指标")
    assert check(REPORT, filing, derive(REPORT, filing, known)) == ()


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("任务1：道路改造", "1．道路改造：铺油"),
        ("任务一、道路改造。", "1．道路改造：铺油"),
        ("1. 道路改造", "1．道路改造：铺油"),
        ("（二）道路改造；", "1．道路改造：铺油"),
        ("③道路改造", "1．道路改造：铺油"),
        ("1.5公里道路改造", "1．1.5公里道路改造：铺油"),
        ("2024年道路改造", "1．2024年道路改造：铺油"),
        ("任务调度中心建设", "1．任务调度中心建设：铺油"),
    ],
)
def test_a_task_has_one_number_and_one_mark_behind_its_name(written: str, listed: str) -> None:
    target = targets()[2023]
    first, *others = target.section("tasks")
    changes = [SetCell(first.id, "name", written), SetCell(first.id, "content", "铺油")]
    target, _ = apply(target, [*changes, *(RemoveRow(r.id) for r in others)])
    assert tasks_of(target) == listed


def test_amounts_in_sentences_have_separators_and_keep_their_digits() -> None:
    known = beside(2023)
    filing = report(2023, known)
    assert shown(filing, known, "调整预算数") == "13,100"
    assert any("13,100" in text for text in texts(compose(REPORT, filing, beside=known).document))
    assert shown(filing, known, "指标总数").isdecimal()
    evaluation, _ = apply(evaluated(2023), (SetCell("money", "adjusted", "13100.5"),))
    known = companions(targets()[2023], [one(f) for f in (targets()[2023], evaluation)])
    assert shown(report(2023, known), known, "调整预算数") == "13,100.5"
