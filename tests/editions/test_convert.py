"""A filing of one edition as one of another: exact amounts, folded units, headings to choose, and nothing lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.editions.convert import convert
from perfdesk.editions.found import Converted
from perfdesk.editions.tree import folded
from perfdesk.mapping_files import load
from perfdesk.model.change import InsertRow, SetCell
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.values import parse_target
from tests.making import catalog, counter
from tests.rules.filings import CITY_2023, add_leaf, change, honest, own_group

MAPPINGS = load(catalog())


def converted(filing: Filing, to: str = CITY_2023, **chosen: str) -> Converted:
    source, target = catalog().form(filing.form), catalog().form(to)
    return convert(filing, source, target, MAPPINGS.get((source.id, to)), counter("new"), chosen)


def paths(filing: Filing) -> list[tuple[str, str, str]]:
    return [leaf.path for leaf in leaves(filing, "indicators")]


def targets(filing: Filing) -> dict[str, str]:
    return {leaf.path[2]: leaf.row.get("target") for leaf in leaves(filing, "indicators")}


def test_amounts_are_the_same_money_in_the_new_unit() -> None:
    last = change(
        honest(), SetCell("budget", "total", "13,034.7001"), SetCell("budget", "fiscal", "537.3万元")
    )
    new = converted(last).filing
    assert (new.cell("budget/total"), new.cell("budget/fiscal")) == ("130347001", "5373000")
    assert new.amount_unit == ""


@given(st.decimals(0, 10**12, places=6, allow_nan=False))
def test_no_digit_of_an_amount_is_lost(amount: Decimal) -> None:
    last = change(honest(), SetCell("budget", "total", f"{amount:f}"))
    assert Decimal(converted(last).filing.cell("budget/total")) == amount * 10_000


def test_an_amount_that_cannot_be_read_is_left_over_and_not_ten_thousand_times_wrong() -> None:
    found = converted(change(honest(), SetCell("budget", "fiscal", "约12")))
    assert found.filing.cell("budget/fiscal") == ""
    assert [(left.where, left.text) for left in found.leftovers] == [("预算情况 · 财政性资金", "约12")]


def test_other_money_waits_for_a_choice_and_nothing_of_it_does_not() -> None:
    last = change(honest(), SetCell("budget", "other", "10000"))
    found = converted(last)
    assert [(d.key, d.chosen) for d in found.decisions if d.kind == "cell"] == [
        ("budget/other", "budget/unit_funds")
    ]
    assert found.filing.cell("budget/unit_funds") == "100000000"
    again = converted(last, **{"budget/other": "budget/special_account"}).filing
    assert (again.cell("budget/unit_funds"), again.cell("budget/special_account")) == ("", "100000000")
    none = converted(change(honest(), SetCell("budget", "other", "0")))
    assert [d for d in none.decisions if d.kind == "cell"] == []


@pytest.mark.parametrize(
    ("target", "unit", "glued", "left"),
    [
        ("≥95", "%", "≥95%", ""),
        ("≥95%", "百分号", "≥95%", ""),
        ("12", "个", "12个", ""),
        ("≥1,000", "平方米", "≥1,000平方米", ""),
        ("相关", "定性指标", "相关", ""),
        ("良好", "个", "良好", "个"),
        ("≥", "%", "≥%", ""),
        ("≥90是/否", "%", "≥90是/否", "%"),
        ("11月底前", "月", "11月底前", "月"),
        ("≥5（差异率）", "%", "≥5%（差异率）", ""),
        ("", "%", "", "%"),
    ],
)
def test_the_unit_goes_behind_the_number_or_is_left_over(
    target: str, unit: str, glued: str, left: str
) -> None:
    assert folded(target, unit, ("定性指标",)) == (glued, left)


numbers = st.builds(lambda op, n: f"{op}{n}", st.sampled_from(["", "≥", "≤", "="]), st.integers(0, 10**6))


@given(numbers, st.sampled_from(["%", "个", "万元", "平方米", "人次", "天"]))
def test_a_folded_target_means_what_it_meant(target: str, unit: str) -> None:
    glued, left = folded(target, unit, ())
    before, after = parse_target(target, unit), parse_target(glued)
    assert (left, after.op, after.value, after.unit) == ("", before.op, before.value, before.unit)


def test_the_standards_keep_their_place_and_get_their_notes() -> None:
    new = converted(honest()).filing
    standards = catalog().standards
    first = next(leaves(new, "indicators"))
    assert first.path == ("投入管理指标", "工作目标管理", "年度履职目标相关性")
    assert standards[first.path[2]].explain in first.row.get("note")
    names = [p[2] for p in paths(new) if p[1] == "绩效管理"]
    assert names[:2] == ["绩效目标编制完成率", "绩效监控完成率"]
    assert targets(new)["绩效目标编制完成率"] == ""


def test_a_fixed_row_that_the_author_left_out_is_not_put_back() -> None:
    last = honest()
    gone = next(leaf.row for leaf in leaves(last, "indicators") if leaf.path[2] == "预算执行率")
    from perfdesk.model.change import RemoveRow

    assert "预算执行率" not in targets(converted(change(last, RemoveRow(gone.id))).filing)


def test_output_indicators_are_proposed_by_what_tasks_and_goal_say() -> None:
    last = honest()
    group = own_group(last)
    last = add_leaf(last, group, "年度总目标实现率", "≥90%", "%", "goal-leaf")
    found = converted(last)
    assert {d.text: d.chosen for d in found.decisions if d.kind == "group"} == {
        "养护公园数量": "产出指标/重点工作任务完成",
        "年度总目标实现率": "产出指标/履职目标实现",
    }
    here = {name: level2 for _, level2, name in paths(found.filing)}
    assert (here["养护公园数量"], here["年度总目标实现率"]) == ("重点工作任务完成", "履职目标实现")
    again = converted(last, **{"goal-leaf": "产出指标/重点工作任务完成"}).filing
    assert {n: two for _, two, n in paths(again)}["年度总目标实现率"] == "重点工作任务完成"


def test_rows_keep_their_ids() -> None:
    last = honest()
    new = {leaf.path[2]: leaf.row.id for leaf in leaves(converted(last).filing, "indicators")}
    assert all(new[leaf.path[2]] == leaf.row.id for leaf in leaves(last, "indicators"))


def test_what_stood_in_the_wrong_place_still_does() -> None:
    last = honest()
    top = next(r for r in last.rows if r.get("level1") == "产出指标")
    last = change(
        last,
        InsertRow(Row("odd", "indicators", {"level2": "自己的组"}, top.id), None),
        InsertRow(
            Row("leaf", "indicators", {"level3": "自己的指标", "target": "1", "unit": "个"}, "odd"), None
        ),
    )
    assert ("产出指标", "自己的组", "自己的指标") in paths(converted(last).filing)


def project(to: str = "") -> Filing:
    from perfdesk.catalog import new_filing

    edition = catalog().form("national-2015/project-target")
    filing = new_filing(edition, 2021, "示例市公园管理中心", counter())
    cost = next(r for r in filing.rows if r.get("level2") == "成本指标")
    rows = (
        Row(
            "cost",
            "indicators",
            {"level3": "每平方米养护成本", "target": "≤8元", "mid_target": "≤9元"},
            cost.id,
        ),
        Row("green", "indicators", {"level3": "污染物排放成本", "target": "≤1万元"}, cost.id),
    )
    filing = change(filing, InsertRow(rows[0], None), InsertRow(rows[1], "cost"))
    return change(filing, SetCell("basic", "name", "公园养护"), SetCell("basic", "mid_goals", "三年建成"))


def test_cost_moves_to_a_level_1_of_its_own() -> None:
    found = converted(project(), "national-2021/project-target")
    assert {name: (one, two) for one, two, name in paths(found.filing)} == {
        "每平方米养护成本": ("成本指标", "经济成本指标"),
        "污染物排放成本": ("成本指标", "生态环境成本指标"),
    }
    assert "成本指标" not in [r.get("level2") for r in found.filing.rows if r.parent and r.get("level2")]


def test_what_the_new_edition_has_not_is_left_over() -> None:
    found = converted(project(), "national-2021/project-target")
    assert {(left.where, left.text) for left in found.leftovers} == {
        ("项目基本情况 · 中期目标", "三年建成"),
        ("每平方米养护成本 · 中期指标值", "≤9元"),
    }


words = st.text("甲乙丙1５年%", min_size=1, max_size=6)


@given(st.dictionaries(st.sampled_from(["purpose", "code", "goals", "name"]), words), words, words)
def test_every_text_stands_somewhere(basic: dict[str, str], march: str, note: str) -> None:
    from perfdesk.catalog import new_filing

    edition = catalog().form("hebei-2021/project-target")
    last = new_filing(edition, 2021, "示例市公园管理中心", counter())
    group = next(r for r in last.rows if "level2" in r.cells)
    leaf = Row("leaf", "indicators", {"level3": "甲", "description": note, "target": "乙"}, group.id)
    last = change(last, InsertRow(leaf, None), SetCell("plan", "march", march))
    last = change(last, *(SetCell("basic", c, t) for c, t in basic.items()))
    found = converted(last, "hebei-2022/project-target")
    there = [t for r in found.filing.rows for t in r.cells.values()] + [left.text for left in found.leftovers]
    for text in (*basic.values(), march, note):
        assert text in there
