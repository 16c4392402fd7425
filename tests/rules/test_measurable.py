"""Numbers and units, directions, repetitions, left-over marks: what is told, and what must not be told."""

from __future__ import annotations

import pytest

from perfdesk.model.change import SetCell
from perfdesk.rules.leftover import leftover
from perfdesk.rules.names import is_bounded, is_rate, wants_high, wants_low
from tests.rules import filings as f

HERE = "indicators/21"


def own(name: str, target: str, unit: str = "") -> list[tuple[str, str, str]]:
    """What is found when the honest filing has this indicator more."""
    return [(x.severity, x.code, x.where) for x in f.findings(f.with_own(name, target, unit))]


@pytest.mark.parametrize(
    ("name", "target", "unit"),
    [
        ("新建公园数量", "≥3", "处"),
        ("新建公园数量", "3", "处"),
        ("绿化面积", "≥160万m²", ""),
        ("养护费用", "≤1600元/亩", ""),
        ("完成时间", "11月底前", ""),
        ("施工工期", "10-20天", ""),
        ("绿化合格率", "≥98%", "%"),
        ("绿化合格率", "≥98", "百分号"),
        ("绿化合格率", "100%（全年）", "%"),
        ("人口死亡率", "≤6", "‰"),
        ("甲类传染病发病率", "≤5", "1/10万"),
        ("巡查频率", "≥2", "次/日"),
        ("物资周转率", "≥3", "次"),
        ("收入增长率", "≥120%", "%"),
        ("业主投诉减少率", "≥95%", "%"),
        ("投诉处理率", "≥95%", "%"),
        ("降低养护成本", "≥5", "万元"),
        ("单位养护成本", "≤5", "万元"),
        ("不合格率", "≤2%", "%"),
        ("游客投诉率", "≤2%", "%"),
        ("逾期完成率", "≤2%", "%"),
        ("植物受灾面积控制率", "≤5%", "%"),
        ("公众认可情况", "明显", "定性指标"),
        ("年度计划完成情况", "≥90%", "%"),
        ("社会效益", "改善居民生活环境，提高生活品质", ""),
    ],
)
def test_a_sound_indicator_is_left_alone(name: str, target: str, unit: str) -> None:
    assert own(name, target, unit) == []


@pytest.mark.parametrize(
    ("name", "target", "unit", "code", "column"),
    [
        ("新建公园数量", "≥", "处", "bare-sign", "target"),
        ("新建公园数量", "≥3", "", "unit-missing", "unit"),
        ("是否建成", "≥90是/否", "%", "mixed-target", "target"),
        ("绿化合格率", "98%以上", "%", "mixed-target", "target"),
        ("档案建档完成率", "≥2000", "幢", "rate-unit", "unit"),
        ("绿化合格率", "≥98%", "件", "unit-differs", "unit"),
        ("绿化面积", "≥98", "定性指标", "number-as-quality", "unit"),
        ("游客满意度", "≤100%", "%", "always-met", "target"),
        ("设施完好率", "≤95%", "%", "against-direction", "target"),
        ("经费准确发放率", "≤100%", "%", "always-met", "target"),
        ("资金拨付及时率", "≤3", "天", "rate-unit", "unit"),
        ("职工上访率", "≤100%", "%", "always-met", "target"),
        ("单位养护成本", "≥5", "万元", "against-direction", "target"),
        ("游客投诉率", "≥2%", "%", "against-direction", "target"),
        ("游客投诉率（全年）", "≥2%", "%", "against-direction", "target"),
        ("绿化覆盖率", "≥120%", "%", "above-100", "target"),
        ("游客满意度", "≥900%", "%", "above-100", "target"),
    ],
)
def test_an_indicator_that_cannot_be_measured_or_missed_is_told_once(
    name: str, target: str, unit: str, code: str, column: str
) -> None:
    severity = "error" if code == "bare-sign" else "warning"
    assert own(name, target, unit) == [(severity, code, f"{HERE}/{column}")]


@pytest.mark.parametrize(
    ("name", "target", "unit", "column", "text"),
    [
        ("档案建档完成率", "≥2000", "幢", "level3", "档案建档完成数"),
        ("档案建档完成率", "≥20", "幢", "unit", "%"),
        ("绿化合格率", "≥98", "", "unit", "%"),
        ("绿化合格率", "98%以上", "%", "target", "≥98%"),
        ("绿化合格率", "≥98%", "件", "unit", "%"),
        ("设施完好率", "<= 95%", "%", "target", "≥ 95%"),
        ("单位养护成本", "≥5", "万元", "target", "≤5"),
    ],
)
def test_a_fix_changes_the_one_cell_and_ends_the_finding(
    name: str, target: str, unit: str, column: str, text: str
) -> None:
    filing = f.with_own(name, target, unit)
    (finding,) = f.findings(filing)
    assert finding.fixes[0].changes == (SetCell("new", column, text),)
    assert f.findings(f.mended(filing, finding)) == ()


def test_in_a_form_without_unit_column_the_percent_sign_goes_into_the_target() -> None:
    filing = f.with_own("绿化合格率", "≥98", form_id=f.CITY_2023)
    (finding,) = f.findings(filing)
    assert (finding.code, finding.where) == ("unit-missing", "indicators/22/target")
    assert finding.fixes[0].changes == (SetCell("new", "target", "≥98%"),)


@pytest.mark.parametrize(
    ("name", "target", "code"),
    [
        ("预算调整率", "≥0%", "always-met"),
        ("预算执行率", "≤100%", "always-met"),
        ("预算执行率", "≤95%", "against-direction"),
    ],
)
def test_a_standard_rate_against_its_direction_is_a_warning(name: str, target: str, code: str) -> None:
    filing = f.honest()
    filing = f.change(filing, SetCell(f.leaf_id(filing, name), "target", target))
    assert [(x.severity, x.code) for x in f.findings(filing)] == [("warning", code)]


def test_names_are_understood_beyond_doubt_or_not_at_all() -> None:
    assert is_rate("“三公经费”控制率（%）") and not is_rate("工作效率")
    assert is_bounded("群众满意度") and not is_bounded("产值增长率")
    assert wants_high("问题按时办结率") and not wants_high("问题未办结率")
    assert wants_low("事故起数") and not wants_low("事故起数下降率") and not wants_low("社会成本节约")


@pytest.mark.parametrize(
    ("text", "kind", "mark", "severity"),
    [
        ("...", "name", "...", "error"),
        ("……", "name", "……", "error"),
        ("…", "target", "…", "error"),
        ("XX", "text", "XX", "error"),
        ("≥XX%", "target", "XX", "error"),
        ("细化率达 XX%", "text", "XX", "warning"),
        ("完成××小区改造", "text", "××", "warning"),
        ("20XX年完成", "text", "20XX", "warning"),
        ("完成（ ）处", "text", "（ ）", "warning"),
        ("完成____处", "text", "____", "warning"),
        ("指标1……", "name", "……", "warning"),
        ("/", "text", "/", "warning"),
        ("/", "unit", "/", "hint"),
        ("加强管理……确保安全", "text", "", "hint"),
        ("完成 3×5 米展板", "text", "", "hint"),
        ("EXXON 设备、XXL 码工装", "text", "", "hint"),
        ("按规定公开", "target", "", "hint"),
        ("次/日", "unit", "", "hint"),
        ("", "text", "", "hint"),
    ],
)
def test_marks_nobody_filled_in_are_found_and_punctuation_is_not(
    text: str, kind: str, mark: str, severity: str
) -> None:
    assert leftover(text, kind) == (mark, severity)  # type: ignore[arg-type]


def test_left_over_marks_are_found_in_every_text_cell() -> None:
    filing = f.honest()
    task = filing.section("tasks")[0].id
    filing = f.change(
        filing,
        SetCell("basic", "goal", "完成XX项任务"),
        SetCell(task, "content", "（）"),
        SetCell(f.own_group(filing), "level2", "……"),
        SetCell(f.leaf_id(filing, "养护公园数量"), "unit", "____"),
    )
    assert [where for code, where in f.codes(filing) if code == "leftover"] == [
        "basic/goal",
        "tasks/1/content",
        "indicators/20/level2",
        "indicators/20/unit",
    ]


def test_a_text_longer_than_the_bureau_takes_is_a_warning() -> None:
    filing = f.change(f.honest(), SetCell("basic", "unit_name", "园" * 81))
    (finding,) = f.findings(filing)
    assert (finding.code, finding.severity, finding.where) == ("too-long", "warning", "basic/unit_name")
    assert "81" in finding.message and "80" in finding.message


def test_the_same_indicator_twice_below_one_heading_is_a_warning() -> None:
    filing = f.with_own("养护 公园数量。", "≥12", "处")
    (finding,) = f.findings(filing)
    assert (finding.code, finding.severity, finding.where) == ("duplicate", "warning", "indicators/21/level3")
    assert finding.fixes == ()
    exact = f.with_own("养护公园数量", "≥12", "处")
    assert f.findings(f.mended(exact, f.findings(exact)[0])) == ()
