"""A self-evaluation made from the year's target form: what it takes over, and what stays empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.catalog import new_filing
from perfdesk.evaluation.begin import evaluation_of, with_unit
from perfdesk.evaluation.evaluated import evaluate
from perfdesk.model.change import SetCell
from perfdesk.model.filing import leaves
from tests.making import catalog, counter
from tests.rules import filings as f

DEPARTMENT = f.form("jinshui-2021/self-evaluation")
PROJECT = f.form("national-2020/self-evaluation")


@pytest.mark.parametrize("form_id", [f.CITY, f.DISTRICT, f.CITY_2023])
def test_unit_goal_year_indicators_and_budget_are_the_targets(form_id: str) -> None:
    target = f.honest(form_id)
    made = evaluation_of(DEPARTMENT, f.form(form_id), target, counter("e"))
    assert (made.year, made.form, made.title) == (2022, DEPARTMENT.id, DEPARTMENT.title)
    assert (made.unit_name, made.cell("basic/goal")) == (target.unit_name, target.cell("basic/goal"))
    assert made.cell("money/initial") == "100.5"
    assert [x.path for x in leaves(made, "indicators")] == [x.path for x in leaves(target, "indicators")]


@pytest.mark.parametrize("form_id", [f.CITY, f.DISTRICT, f.CITY_2023])
def test_nothing_is_said_of_results_or_scores(form_id: str) -> None:
    made = evaluation_of(DEPARTMENT, f.form(form_id), f.honest(form_id), counter("e"))
    for leaf in leaves(made, "indicators"):
        assert not any(leaf.row.get(c) for c in ("actual", "weight", "score", "deviation", "note"))
    assert not any(
        made.cell(a) for a in ("money/executed", "money/adjusted", "result/total", "basic/completion")
    )
    found = evaluate(DEPARTMENT, made)
    assert found is not None
    assert (found.scored.total, found.scored.grade, found.scored.open) == (0, "", len(found.scored.items))


def test_rows_get_ids_of_their_own() -> None:
    target = f.honest()
    made = evaluation_of(DEPARTMENT, f.form(), target, counter("e"))
    ids = [r.id for r in made.section("indicators")]
    assert len(set(ids)) == len(ids) and not set(ids) & {r.id for r in target.rows}


def test_the_amounts_unit_is_the_targets() -> None:
    yuan = evaluation_of(DEPARTMENT, f.form(f.CITY_2023), f.honest(f.CITY_2023), counter("e"))
    assert (DEPARTMENT.amount_unit, yuan.amount_unit) == ("万元", "元")
    wan = evaluation_of(DEPARTMENT, f.form(), f.honest(), counter("e"))
    assert wan.amount_unit == ""
    odd = evaluation_of(DEPARTMENT, f.form(), replace(f.honest(), amount_unit="元"), counter("e"))
    assert odd.amount_unit == "元"


def test_a_projects_goals_name_and_indicators_are_taken_over() -> None:
    form = next(x for x in catalog().forms.values() if x.id == "hebei-2022/project-target")
    target = new_filing(form, 2022, "示例市公园管理中心", counter())
    target = f.change(
        target, SetCell("basic", "name", "绿道建设"), SetCell("basic", "goals", "建成绿道。"), SetCell("budget", "total", "30")
    )  # fmt: skip
    made = evaluation_of(PROJECT, form, target, counter("e"))
    assert (made.cell("basic/name"), made.cell("basic/goal")) == ("绿道建设", "建成绿道。")
    assert made.cell("money/initial") == "30"


@pytest.mark.parametrize(
    ("target", "unit", "together"),
    [
        ("≥95", "百分号", "≥95%"),
        ("≥95%", "%", "≥95%"),
        ("≥95%", "百分比", "≥95%"),
        ("12", "个", "12个"),
        (" ≤5 ", "万元", "≤5万元"),
        ("≥100", "", "≥100"),
        ("合规", "定性指标", "合规"),
        ("是/否", "个", "是/否"),
        ("≥", "%", "≥"),
        ("", "%", ""),
        ("≥0.5亿元", "万元", "≥0.5亿元"),
    ],
)
def test_the_unit_of_measure_goes_behind_the_target_where_that_has_none(target, unit, together) -> None:
    assert with_unit(target, unit) == together
