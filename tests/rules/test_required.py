"""What must be there."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from perfdesk.derive import derive
from perfdesk.model.change import InsertRow, MoveRow, RemoveRow, SetCell
from perfdesk.model.filing import Row
from tests.rules import filings as f


@pytest.mark.parametrize("column", ["unit_name", "goal"])
def test_an_empty_required_cell_is_an_error_at_the_cell(column: str) -> None:
    found = f.findings(f.change(f.honest(), SetCell("basic", column, " ")))
    assert [(x.code, x.severity, x.where) for x in found] == [("required", "error", f"basic/{column}")]


def test_a_filing_without_tasks_is_one_finding() -> None:
    filing = f.honest()
    task = filing.section("tasks")[0].id
    assert f.codes(f.change(filing, RemoveRow(task))) == [("required", "tasks")]
    emptied = f.change(filing, SetCell(task, "name", ""), SetCell(task, "content", ""))
    assert f.codes(emptied) == [("required", "tasks")]


def test_a_task_without_content_is_told_with_its_number() -> None:
    filing = f.honest()
    new = Row("t2", "tasks", MappingProxyType({"name": "设施维修"}))
    filing = f.change(filing, InsertRow(new, filing.section("tasks")[0].id))
    (finding,) = f.findings(filing)
    assert (finding.code, finding.where) == ("required", "tasks/2/content")
    assert "第 2 项没有填写主要内容" in finding.message


def test_a_blank_task_among_others_goes_with_one_click() -> None:
    filing = f.change(f.honest(), InsertRow(Row("t0", "tasks", MappingProxyType({"name": " "})), None))
    (finding,) = f.findings(filing)
    assert (finding.code, finding.where) == ("blank-row", "tasks/1")
    assert f.findings(f.mended(filing, finding)) == ()


def test_a_fixed_row_without_target_is_told_and_a_quality_has_its_usual_word() -> None:
    filing = f.honest()
    for name in ("决算真实性", "预算执行率"):
        filing = f.change(filing, SetCell(f.leaf_id(filing, name), "target", ""))
    rate, quality = f.findings(filing)
    assert (rate.code, rate.where, rate.fixes) == ("target-missing", "indicators/6/target", ())
    assert (quality.code, quality.where) == ("target-missing", "indicators/11/target")
    assert f.codes(f.mended(filing, quality)) == [("target-missing", "indicators/6/target")]


def test_a_leaf_without_name_and_one_without_target_are_errors() -> None:
    assert f.codes(f.with_own("", "≥3", "处")) == [("name-missing", "indicators/21/level3")]
    assert f.codes(f.with_own("新建公园数量", "")) == [("target-missing", "indicators/21/target")]


def test_a_level_2_without_name_is_one_warning_for_all_below_it() -> None:
    filing = f.honest()
    group = f.own_group(filing)
    filing = f.add_leaf(filing, group, "新建公园数量", "≥3", "处")
    (finding,) = f.findings(f.change(filing, SetCell(group, "level2", "")))
    assert (finding.code, finding.severity, finding.where) == (
        "level-missing",
        "warning",
        "indicators/20/level2",
    )
    assert "第 20–21 项指标上面没有二级指标" in finding.message


def test_a_part_of_the_units_own_without_any_indicator_is_an_error() -> None:
    filing = f.honest()
    (finding,) = f.findings(f.change(filing, RemoveRow(f.leaf_id(filing, "养护公园数量"))))
    assert (finding.code, finding.severity, finding.title) == ("indicators-missing", "error", "没有产出指标")


def test_a_form_that_asks_for_satisfaction_misses_it() -> None:
    filing = f.honest()
    leaf = f.leaf_id(filing, "游客满意度")
    filing = f.change(
        filing,
        SetCell(leaf, "level3", "游客入园人次"),
        SetCell(leaf, "target", "≥5"),
        SetCell(leaf, "unit", "万人次"),
    )
    benefit = next(r for r in filing.rows if r.get("level2") == "履职效益")
    filing = f.change(filing, MoveRow(leaf, benefit.id, None))
    assert [(x.code, x.severity) for x in f.findings(filing)] == [("satisfaction-missing", "warning")]


def test_nothing_required_is_open_exactly_when_the_filing_is_complete() -> None:
    """The bar of completeness and the findings never contradict each other."""
    family = {
        "required",
        "blank-row",
        "name-missing",
        "target-missing",
        "level-missing",
        "standard-missing",
        "indicators-missing",
    }
    filing = f.honest()
    steps = [SetCell("basic", "goal", ""), SetCell(filing.section("tasks")[0].id, "content", ""),
             SetCell(f.leaf_id(filing, "预算执行率"), "target", ""), RemoveRow(f.leaf_id(filing, "决算真实性")),
             SetCell(f.own_group(filing), "level2", ""), SetCell("budget", "other", "")]  # fmt: skip
    for step in steps:
        changed = f.change(filing, step)
        values = derive(f.form(), changed)
        complete = values.filled == values.wanted
        assert complete == (not {x.code for x in f.findings(changed)} & family)
