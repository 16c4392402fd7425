"""What the checks say of a report, and of what they keep silent."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.finding import Finding
from perfdesk.recognise import recognise
from perfdesk.report.companions import ALONE, Companions, companions
from perfdesk.rules.report import is_short_for
from tests.making import catalog, counter
from tests.report.made import REPORT, beside, evaluated, one, report, targets
from tests.report.test_read import OTHER, source

UNIT = "某市城市管理局"
SCORES = (
    ("预算执行", "10", "9", "90%"), ("投入管理", "20", "20", "100%"),
    ("产出指标", "40", "37", "92%"), ("效益指标", "30", "26", "87%"),
)  # fmt: skip


def printed(
    text: str = "", rows: tuple[tuple[str, ...], ...] = SCORES, unit: str = UNIT, **cells: str
) -> Filing:
    """A report as it would be read from a file: facts, scores, one text."""
    texts = {"conclusion": "见下表。", "money": text or "按规定使用。"}
    result = {"total": "92", "grade": "优", "weight": "100", "rate": "92%"} | {
        k: v for k, v in cells.items() if k in ("total", "grade", "weight", "rate")
    }
    facts = {"adjusted": "1000", "executed": "900", "initial": "980"} | {
        k: v for k, v in cells.items() if k not in result
    }
    own = {"basic": {"unit_name": unit}, "texts": texts, "result": result, "facts": facts}
    made = [Row(s, s, MappingProxyType(c)) for s, c in own.items()]
    new_id = counter("s")
    columns = ("label", "weight", "score", "rate")
    made += [Row(new_id(), "scores", MappingProxyType(dict(zip(columns, r, strict=True)))) for r in rows]
    return empty_filing(REPORT, 2021, tuple(made))


def found(filing: Filing, known: Companions = ALONE) -> list[Finding]:
    return list(check(REPORT, filing, derive(REPORT, filing, known)))


def codes(filing: Filing, known: Companions = ALONE) -> list[str]:
    return [f.code for f in found(filing, known)]


def test_clean_reports_are_silent() -> None:
    assert codes(printed()) == []
    for year in (2021, 2023):
        assert codes(report(year), beside(year)) == []
    (read,) = recognise(source(*OTHER), catalog(), counter()).filings
    kinds = {f.code for f in check(REPORT, read.filing)}
    assert kinds <= {"required"}  # its money chapter is another one


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"total": "93"}, "report-score-sum", "＝ 92，合计印的是 93"),
        ({"weight": "110"}, "report-score-sum", "合计印的是 110"),
        ({"grade": "良"}, "report-grade", "等级是“优”，印的是“良”"),
        ({"rate": "95%"}, "report-score-rate", "＝ 92%，印的得分率是 95%"),
        ({"executed": "800"}, "report-rescored", "应得 8 分"),
    ],
)
def test_the_table_of_scores_is_added_up_and_scored_again(
    change: dict[str, str], code: str, words: str
) -> None:
    (finding,) = found(printed("", SCORES, UNIT, **change))
    assert finding.code == code
    assert words in finding.message
    after, _ = apply(printed("", SCORES, UNIT, **change), finding.fixes[0].changes)
    assert code not in codes(after)


def test_a_score_above_its_weight_and_weights_other_than_100_are_told() -> None:
    rows = (("预算执行", "10", "9", "90%"), ("产出指标", "80", "83", "100%"))
    told = codes(printed(rows=rows, weight="90", total="92", rate=""))
    assert set(told) == {"report-score-over", "report-weights"} | {
        c for c in told if c == "report-score-over"
    }


def test_rates_may_be_cut_or_rounded() -> None:
    for rate in ("92%", "92.5", "93%", "92.50%"):
        rows = (*SCORES[:2], ("产出指标", "40", "37", rate), SCORES[3])
        assert codes(printed(rows=rows)) == []


def test_printed_scores_are_compared_with_the_self_evaluation() -> None:
    known = beside(2021)
    filing = printed(
        unit=targets()[2021].unit_name,
        rows=(("投入管理", "20", "18", "90%"),),
        weight="",
        total="",
        rate="",
        grade="",
    )
    again = [f.message for f in found(filing, known) if f.code == "report-rescored"]
    assert len(again) == 1 and "应得 20 分" in again[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("年初预算数 980 万元，预算执行率90%。", None),
        ("预算执行率95%。", "report-text"),
        ("预算执行率 90.00%，调整预算数 0.1 亿元。", None),
        ("调整预算数1,000.5万元。", "report-text"),
        ("自评等级为良。", "report-text-grade"),
        ("评价等级设置为四档，评价等级为“优”。", None),
        ("2020年度部门整体绩效较好。", "report-year"),
        ("与2020年度部门整体绩效相比有提高，2020年续建项目完工。", None),
        ("按《2020年部门整体绩效管理办法》执行。", None),
        ("调查群众对水利局主要工作的满意度。", "report-office"),
        ("报财政局审核，配合水利局工作。", None),
        ("调查群众对市城管局主要工作的满意度。", None),
        ("引用{{没有这个数}}。", "report-text-unknown"),
        ("“三公”经费预算{{“三公”经费预算安排}}万元。", "report-text-empty"),
        ("细化率达XX%。", "leftover"),
        ("人员经费年初预算300万元，其中基本支出预算执行率 98%，道路项目执行数 5 万元。", None),
        ("预算执行自评得分 9 分，道路项目评价等级为良。", None),
        ("预算执行率85%以上，年初预算数900-1000万元，上年执行数 800 万元，一季度预算执行率20%。", None),
        ("年初预算数约0.1亿元。", None),
        ("2019年我局由两个单位合并而成。", None),
        ("2020年我局绩效自评得分较高。", "report-year"),
        ("配合水利局各项工作，落实住建局年度工作安排，按财政局部门整体绩效自评的要求办理。", None),
    ],
)
def test_sentences(text: str, code: str | None) -> None:
    assert codes(printed(text)) == ([code] if code else [])


def test_the_year_of_another_report_becomes_this_one_in_one_step() -> None:
    filing = printed("2020年度部门整体绩效较好。")
    after, _ = apply(filing, found(filing)[0].fixes[0].changes)
    assert after.cell("texts/money") == "{{年度}}年度部门整体绩效较好。"
    assert codes(after) == []


def test_short_names_of_offices() -> None:
    assert is_short_for("发改委", "某县发展和改革委员会")
    assert not is_short_for("发改委", "某县住房保障中心")


GOALS = "1、新建公园 12 个，绿化道路 30 公里。\n2、改造公厕 40 座。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一是公园建设提速。全年新建公园 9 个，超额完成年度任务。", "12个"),
        ("一是公园建设提速。全年新建公园 12 个，圆满完成。", None),
        ("一是公园建设提速。全年新建公园 9 个，完成年度任务的75%。", None),
        ("一是新建公园提速。先建 9 个，后建 6 个，合计新建公园 15 个，全部完成。", None),
        ("一是改造公厕38座，全部完成；绿化道路 35 公里。", "40座"),
        ("一是维修路灯 9 个，全部完成。", None),
    ],
)
def test_what_is_called_done_must_reach_its_goal(text: str, told: str | None) -> None:
    filing, _ = apply(printed(), (SetCell("texts", "goals", GOALS), SetCell("texts", "output", text)))
    below = [f.message for f in found(filing) if f.code == "report-achievement"]
    assert len(below) == (1 if told else 0)
    assert all(told in message for message in below if told)


def test_rates_and_the_budget_are_compared_with_the_target_form_of_a_report_without_a_self_evaluation() -> (
    None
):
    target = targets()[2021]
    filing = printed(unit=target.unit_name, initial="9860.5", adjusted="11000", executed="11000")
    known = companions(filing, [one(target)])
    messages = {f.code: f.message for f in found(filing, known)}
    assert "预算调整率" in messages["report-rate-target"] and "11.56%" in messages["report-rate-target"]
    assert "report-budget" not in messages
    changed, _ = apply(filing, (SetCell("facts", "initial", "9860.4"),))
    assert "report-budget" in codes(changed, known)
    with_evaluation = companions(filing, [one(target), one(evaluated(2021))])
    assert not {"report-budget", "report-rate-target"} & set(codes(changed, with_evaluation))


def test_typed_numbers_that_are_the_self_evaluations_are_offered_to_be_bound() -> None:
    known = beside(2021)
    filing, _ = apply(report(2021, known), (SetCell("texts", "others", "预算执行率99%，最终得分93.24分。"),))
    (hint,) = found(filing, known)
    assert (hint.code, hint.severity) == ("report-bindable", "hint")
    after, _ = apply(filing, hint.fixes[0].changes)
    assert after.cell("texts/others") == "预算执行率{{预算执行率}}%，最终得分{{总分}}分。"
    assert found(after, known) == []
    alone = apply(printed(), (SetCell("texts", "others", "预算执行率90%。"),))[0]
    assert codes(alone) == []
