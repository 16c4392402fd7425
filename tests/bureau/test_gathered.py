"""Indicators of many units in one tree: targets of all, words by unit; and scored with the reasons."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfdesk.bureau.consolidated import consolidated
from perfdesk.bureau.gathered import Combined, gathered
from perfdesk.bureau.together import Gathering, Given, together
from perfdesk.evaluation.evaluated import Evaluated, evaluate
from perfdesk.model.bureau import IndicatorSum, Result, UnitIndicator
from perfdesk.model.filing import Filing, leaves
from tests.bureau.units import YEAR, filing_of, paper, row, sums_of
from tests.making import catalog, counter

NONE = Result(0, 0, 0, 0, 0)


def summed(op: str, aims: int, measure: str = "%", actual: Result = NONE) -> IndicatorSum:
    target = Result(aims, 90_0000 * aims, aims, 90_0000 * aims, aims) if aims else NONE
    return IndicatorSum("产出指标", "质量指标", "合格率", measure, op, max(aims, 1), 1, target, actual)


@pytest.mark.parametrize(
    ("ops", "one"),
    [
        (["≥"], "≥"),
        (["=", "≥"], "≥"),
        (["≥", ">"], "≥"),
        (["<"], "<"),
        (["="], "="),
        (["±"], "±"),
        (["≥", "≤"], ""),
        (["±", "="], ""),
        (["±", "≥"], ""),
    ],
)
def test_directions_go_together_or_there_is_no_target_of_all(ops: list[str], one: str) -> None:
    (found,) = gathered([summed(op, 1) for op in ops])
    assert (found.op, found.papers) == (one, len(ops))
    assert found.target_text == {"": "", "=": "90%"}.get(one, f"{one}90%")


def test_a_rate_is_weighed_by_money_and_those_without_are_counted() -> None:
    target = Result(papers=3, value=240_0000, weighed=2, weighted=90_0000 * 300 + 60_0000 * 100, weight=400)
    (found,) = gathered([IndicatorSum("产", "质", "率", "%", "≥", 3, 1, target, NONE)])
    assert found.target == Combined(Fraction(165, 2), "weighted", 2, 1)
    assert (found.target_text, found.open) == ("≥82.5%", 3)


def test_where_no_unit_has_money_each_counts_alike() -> None:
    target = Result(papers=3, value=250_0000, weighed=0, weighted=0, weight=0)
    (found,) = gathered([IndicatorSum("产", "质", "率", "%", "≥", 3, 1, target, NONE)])
    assert found.target == Combined(Fraction(250, 3), "plain", 3, 0)
    assert found.target_text == "≥83.33%"


def test_money_is_added_up_to_the_last_digit_and_shown_in_ten_thousands_where_it_is_much() -> None:
    much, little = Result(2, 123_456_789_0100, 0, 0, 0), Result(1, 99_5000, 0, 0, 0)
    found = gathered(
        [
            IndicatorSum("成", "本", "甲", "元", "≤", 2, 1, much, NONE),
            IndicatorSum("成", "本", "乙", "元", "≤", 1, 2, little, NONE),
        ]
    )
    assert [g.target_text for g in found] == ["≤12345.678901万元", "≤99.5元"]


# --- one tree ---------------------------------------------------------------------------------------------------------

TARGET, EVALUATION = "zhengzhou-2021/overall-target", "national-2020/self-evaluation"
Line = tuple[str, str, str, str]
"""Level 2, level 3, target, unit of measure (of a self-evaluation: result)."""


def target(unit: str, *lines: Line) -> tuple[str, Filing]:
    return unit, filing_of(TARGET, row("basic", "basic", unit_name=unit), *tree("产出指标", lines, "unit"))


def tree(level1: str, lines: tuple[Line, ...], last: str) -> list:
    rows = [row("h", "indicators", level1=level1)]
    for n, (level2, level3, aim, more) in enumerate(lines):
        rows.append(row(f"s{n}", "indicators", "h", level2=level2))
        rows.append(row(f"l{n}", "indicators", f"s{n}", level3=level3, target=aim, **{last: more}))
    return rows


def of_units(handed: list[tuple[str, Filing]], money: dict[str, int]) -> list[UnitIndicator]:
    return [
        UnitIndicator(unit, unit, 1, i, money.get(unit)) for unit, f in handed for i in paper(f).indicators
    ]


def sums(listed: list[UnitIndicator]) -> list[IndicatorSum]:
    """One by one, as if each stood alone: putting them together is what is tested."""

    def result(value: int | None, weight: int | None) -> Result:
        if value is None:
            return NONE
        return Result(1, value, int(bool(weight)), value * (weight or 0), weight or 0)

    return [
        IndicatorSum(
            i.level1, i.level2, i.level3, i.measure, i.op, 1, i.number,
            result(i.value, u.weight), result(i.actual_value, u.weight),
        )
        for u in listed
        for i in (u.indicator,)
    ]  # fmt: skip


def made_of(handed: list[tuple[str, Filing]], money: dict[str, int], scheme: str = "") -> Filing:
    form = catalog().form(handed[0][1].form)
    listed = of_units(handed, money)
    given = [Given(unit, f) for unit, f in handed]
    total = consolidated(form, sums_of([f for _, f in handed]))
    what = Gathering("某市", YEAR, total, given, gathered(sums(listed)), listed, scheme)
    return together(what, counter())


def lines(filing: Filing) -> list[tuple[str, ...]]:
    return [
        (leaf.level2.get("level2"), *(leaf.row.get(c) for c in ("level3", "target", "unit", "actual") if c in leaf.row.cells))
        for leaf in leaves(filing, "indicators")
    ]  # fmt: skip


def test_indicators_of_all_units_stand_once_and_others_name_their_units() -> None:
    work, duty = "履职目标和主要任务完成情况", "自拟的标题"  # the form has the first
    handed = [
        target(
            "甲局",
            (duty, "按时完成率", "≥90", "百分号"),
            (work, "修路", "≥2", "公里"),
            (duty, "制度", "健全", ""),
        ),
        target(
            "乙局", (duty, "按时完成率", "≥80%", ""), (work, "修 路", "3", "公里"), (duty, "制度", "健全", "")
        ),
        target(
            "丙局",
            (duty, "按时完成率", "100%", ""),
            (work, "培训", "≥5", "次"),
            (duty, "制度", "基本健全", ""),
        ),
    ]
    made = made_of(handed, {"甲局": 300, "乙局": 100})
    assert lines(made) == [
        (work, "修路（甲局、乙局）", "≥5公里", "公里"),
        (work, "培训（丙局）", "≥5次", "次"),
        (duty, "按时完成率", "≥87.5%", "%"),
        (duty, "制度（甲局、乙局）", "健全"),
        (duty, "制度（丙局）", "基本健全"),
    ]


def test_the_bureaus_own_rows_keep_their_names_where_they_belong() -> None:
    home, away = "预算和财务管理", "绩效管理"
    rows = [("甲局", home, "≥95%"), ("乙局", home, "≤90%"), ("丙局", away, "≥80%")]
    handed = [
        (u, filing_of(TARGET, *tree("投入管理指标", ((at, "预算执行率", aim, ""),), "unit")))
        for u, at, aim in rows
    ]
    assert lines(made_of(handed, {})) == [
        (home, "预算执行率", "≥95%", "%"),  # no target of all: one is "at least", the other "at most"
        (home, "预算执行率（乙局）", "≤90%", "%"),
        (away, "预算执行率（丙局）", "≥80%", "%"),
    ]


def test_what_is_a_units_own_stands_unit_by_unit_behind_what_all_have() -> None:
    at = "履职效益"
    handed = [
        target("甲局", (at, "子", "≥1个", ""), (at, "丑", "≥1个", ""), (at, "满意度", "≥90%", "")),
        target("乙局", (at, "寅", "≥1个", ""), (at, "满意度", "≥80%", ""), (at, "丑", "≥2个", "")),
    ]
    assert [name for _, name, *_ in lines(made_of(handed, {}))] == [
        "丑",
        "满意度",
        "子（甲局）",
        "寅（乙局）",
    ]


def test_words_stand_once_beside_numbers_of_several_measures() -> None:
    at = "履职效益"
    handed = [
        target("甲局", (at, "修路", "≥1公里", "")),
        target("乙局", (at, "修路", "≥2座", "")),
        target("丙局", (at, "修路", "按计划", "")),
    ]
    assert lines(made_of(handed, {})) == [
        (at, "修路（甲局）", "≥1公里", "公里"),
        (at, "修路（乙局）", "≥2座", "座"),
        (at, "修路（丙局）", "按计划"),
    ]


# --- scored -----------------------------------------------------------------------------------------------------------


def evaluation(unit: str, adjusted: str, executed: str, *lines: Line) -> tuple[str, Filing]:
    money = row("money", "money", adjusted=adjusted, executed=executed)
    return unit, filing_of(EVALUATION, money, *tree("产出指标", lines, "actual"))


@pytest.fixture
def scored() -> Evaluated:
    handed = [
        evaluation("甲局", "100", "90", ("质量指标", "合格率", "≥90%", "96%"), ("质量指标", "制度", "健全", "达成预期指标"),
                   ("数量指标", "修路", "≥8公里", "6公里")),
        evaluation("乙局", "300", "210", ("质量指标", "合格率", "≥90%", "60%"), ("质量指标", "制度", "健全", "未达成"),
                   ("数量指标", "修路", "≥2公里", "2公里")),
    ]  # fmt: skip
    found = evaluate(catalog().form(EVALUATION), made_of(handed, {"甲局": 300, "乙局": 100}, "hubei"))
    assert found is not None
    return found


def test_many_evaluations_are_scored_as_one_by_the_scheme_with_its_reasons(scored: Evaluated) -> None:
    assert [(level.label, level.weight) for level in scored.scored.levels] == [
        ("预算执行率", 20),
        ("绩效目标", 80),
    ]
    by_name = {i.name: i for i in scored.scored.items}
    execution = by_name["预算执行率"]
    assert execution.reason == "执行数 300 ÷ 调整预算数 400 × 20 分 = 15.00 分"
    assert (by_name["修路"].target, by_name["修路"].actual) == ("≥10公里", "8公里")
    assert by_name["修路"].reason.startswith("完成 8公里 ÷ 目标 10公里 × ")
    # (96 × 300 + 60 × 100) ÷ 400
    assert (by_name["合格率"].actual, by_name["合格率"].due) == ("87%", "missed")
    # 达成 counts 100%, 未达成 0%, by the money of both
    assert (by_name["制度"].actual, by_name["制度"].reason[:6]) == ("75%", "评定 75%")


def test_the_reasons_of_those_who_missed_it_are_told_with_their_names() -> None:
    line: Line = ("质量指标", "合格率", "≥90%", "60%")
    handed = []
    for unit, reason in (("甲局", "设备老化，\n已更换"), ("乙局", ""), ("丙局", "人手不足")):
        _, filing = evaluation(unit, "1", "1", line)
        place = filing.index.places["l0"]
        handed.append((unit, filing.with_rows({place: filing.rows[place].with_cell("deviation", reason)})))
    (leaf,) = leaves(made_of(handed, {}), "indicators")
    assert leaf.row.get("deviation") == "甲局：设备老化， 已更换\n丙局：人手不足"


def test_the_total_of_all_has_a_grade(scored: Evaluated) -> None:
    rows = {i.name: i for i in scored.scored.items}
    worth = rows["修路"].weight + rows["合格率"].weight + rows["制度"].weight
    assert worth == 80 and scored.scored.open == 0
    # 15 + 80/3 × (8/10 + 87/90 + 75/100)
    assert scored.cells["result", "total"] == "82.12" and scored.scored.grade == "良"
