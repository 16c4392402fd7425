"""The check as a whole: what it finds in the published forms and nothing else, order, counts, fixes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.model.change import InsertRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Row, leaves
from perfdesk.model.finding import errors
from perfdesk.rules import RULES
from tests.making import counter, published
from tests.rules import filings as f

# What a reviewer at the bureau finds in the published forms; nothing of these is a matter of taste.
EXPECTED: dict[str, list[tuple[str, str, str]]] = {
    "z01": [("hint", "task-without-indicator", "tasks/6/name")],
    "z03": [("error", "word-in-amount", "budget/fiscal")],
    "z04": [("hint", "task-without-indicator", "tasks/1/name")],
    "z05": [
        ("error", "misplaced", "indicators/4/level2"),
        ("error", "misplaced", "indicators/12/level1"),
        ("error", "misplaced", "indicators/20/level1"),
    ],
    "z07": [("hint", "task-without-indicator", "tasks/1/name")],
    "z08": [
        ("error", "misplaced", "indicators/14/level2"),
        *(("warning", "target-in-prose", f"indicators/{n}/target") for n in (20, 21, 22)),
        ("warning", "level-missing", "indicators/23/level2"),
        *(("warning", "target-in-prose", f"indicators/{n}/target") for n in (23, 24, 25)),
        ("error", "leftover", "indicators/27/level3"),
        ("error", "bare-sign", "indicators/27/target"),
    ],
    "j01": [],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_published_form_has_its_faults_and_no_others(forms: Path, name: str) -> None:
    found = f.findings(published(forms, name))
    assert [(x.severity, x.code, x.where) for x in found] == EXPECTED[name]


def test_units_glued_to_the_amounts_are_told_each_and_the_sums_still_hold(forms: Path) -> None:
    filing = published(forms, "z03")
    raw = {"total": "537.3万元", "basic": "245.3万元", "project": "292万元"}
    filing = f.change(filing, *(SetCell("budget", column, text) for column, text in raw.items()))
    found = {x.where: x for x in f.findings(filing)}
    assert {where: x.code for where, x in found.items()} == {
        "budget/total": "unit-in-amount",
        "budget/fiscal": "word-in-amount",
        "budget/basic": "unit-in-amount",
        "budget/project": "unit-in-amount",
    }
    for finding in list(found.values()):
        filing = f.mended(filing, finding)
    assert filing.cell("budget/total") == "537.3"
    assert filing.cell("budget/fiscal") == "537.3"
    assert f.findings(filing) == ()


def test_the_fixes_of_misplaced_blocks_put_the_form_in_order(forms: Path) -> None:
    """Each fix is applied to what the one before left; in the end the blocks stand as the form has them."""
    filing = published(forms, "z05")
    leaves_before = {x.row.id for x in leaves(filing, "indicators")}
    for _ in range(3):
        filing = f.mended(filing, f.findings(filing)[0])
    assert f.findings(filing) == ()
    assert {x.row.id for x in leaves(filing, "indicators")} == leaves_before
    standard = [(x.level1, x.level2, x.standard.name) for x in f.form().tree.fixed]
    assert [x.path for x in leaves(filing, "indicators")][: len(standard)] == standard


def test_a_fix_can_be_taken_back(forms: Path) -> None:
    filing = published(forms, "z05")
    for finding in f.findings(filing):
        after, back = apply(filing, finding.fixes[0].changes)
        assert f.change(after, *back) == filing


def test_the_misplaced_blocks_may_be_mended_in_any_order(forms: Path) -> None:
    filing = published(forms, "z05")
    for _ in range(3):
        filing = f.mended(filing, f.findings(filing)[-1])
    assert f.findings(filing) == ()


@pytest.mark.parametrize("form_id", [f.CITY, f.DISTRICT, f.CITY_2023])
def test_an_honest_filing_has_no_finding(form_id: str) -> None:
    assert f.findings(f.honest(form_id)) == ()


@pytest.mark.parametrize("form_id", [f.CITY, f.DISTRICT, f.CITY_2023])
def test_a_new_filing_lacks_what_must_be_filled_in_and_nothing_stands_wrong(form_id: str) -> None:
    form = f.form(form_id)
    found = f.findings(new_filing(form, 2022, "示例市公园管理中心", counter()))
    assert {x.code for x in found} == {"required", "target-missing", "indicators-missing"}
    assert [x.where for x in found if x.code == "required"] == ["basic/goal", "tasks", "budget/total"]
    assert sum(x.code == "target-missing" for x in found) == len(form.tree.fixed)
    assert [x.message for x in found if x.code == "indicators-missing"] == [
        "“产出指标”下面还没有指标。",
        "“效益指标”下面还没有指标。",
    ]


def test_a_total_of_nothing_against_its_parts_and_rates_against_their_direction() -> None:
    filing = f.honest(f.DISTRICT)
    amounts = {"total": "0", "fiscal": "6316.75", "other": "0", "basic": "3104.99", "project": "3211.76"}
    filing = f.change(filing, *(SetCell("budget", column, text) for column, text in amounts.items()))
    for name in ("预算调整率", "结转结余率"):
        filing = f.change(filing, SetCell(f.leaf_id(filing, name), "target", "≥0%"))
    found = f.findings(filing)
    assert [(x.severity, x.code, x.where) for x in found] == [
        ("error", "balance", "budget/total"),
        ("warning", "always-met", "indicators/7/target"),
        ("warning", "always-met", "indicators/8/target"),
    ]
    assert "6,316.75" in found[0].message
    assert errors(found) == 1


def test_findings_stand_in_printed_order_and_are_the_same_with_given_values(forms: Path) -> None:
    filing = published(forms, "z08")
    filing = f.change(filing, SetCell("budget", "total", "约12"), SetCell("basic", "goal", ""))
    form = f.form(filing.form)
    found = check(form, filing, derive(form, filing))
    assert found == check(form, filing)
    assert [x.where.split("/")[0] for x in found] == ["basic", "budget"] + ["indicators"] * (len(found) - 2)


def test_every_finding_belongs_to_its_rule_and_carries_its_gravity(forms: Path) -> None:
    codes = [kind.code for rule in RULES for kind in rule.kinds]
    assert len(codes) == len(set(codes))
    for name in EXPECTED:
        assert {x.code for x in f.findings(published(forms, name))} <= set(codes)


def test_a_jump_always_finds_its_row(forms: Path) -> None:
    for name in EXPECTED:
        filing = published(forms, name)
        for finding in f.findings(filing):
            assert filing.row(finding.place.row or "") is not None


def test_a_filing_of_two_thousand_rows_is_checked() -> None:
    filing = f.honest()
    parent = f.own_group(filing)
    rows = tuple(
        Row(
            f"x{n}",
            "indicators",
            MappingProxyType({"level3": f"指标{n}号数量", "target": "≥1", "unit": "个"}),
            parent,
        )
        for n in range(2000)
    )
    at = next(n for n, row in enumerate(filing.rows) if row.id == parent) + 1
    filing = replace(filing, rows=filing.rows[:at] + rows + filing.rows[at:])
    assert f.findings(filing) == ()


def test_rows_missing_from_the_form_are_one_finding_a_group_and_come_back_with_one_click() -> None:
    filing = f.honest()
    gone = [f.leaf_id(filing, name) for name in ("决算真实性", "预算执行率", "绩效自评完成率")]
    filing = f.change(filing, *(RemoveRow(row) for row in gone))
    found = f.findings(filing)
    assert [x.code for x in found] == ["standard-missing", "standard-missing"]
    assert "“预算执行率”、“决算真实性”" in found[0].message
    for finding in found:
        filing = f.mended(filing, finding)
    fixed = [x.standard.name for x in f.form().tree.fixed]
    assert [x.row.get("level3") for x in leaves(filing, "indicators")][: len(fixed)] == fixed


def test_a_whole_part_missing_comes_back_with_its_headings() -> None:
    filing = f.honest()
    top = next(r for r in filing.rows if r.get("level1") == "投入管理指标")
    whole = filing
    filing = f.change(filing, RemoveRow(top.id))
    found = f.findings(filing)
    assert [x.code for x in found] == ["standard-missing"] * 3
    for _ in range(3):
        filing = f.mended(filing, next(x for x in f.findings(filing) if x.code == "standard-missing"))
    assert [x.path for x in leaves(filing, "indicators")] == [x.path for x in leaves(whole, "indicators")]


def test_a_second_copy_of_a_standard_row_elsewhere_is_a_repetition_not_a_stray() -> None:
    filing = f.with_own("预算执行率", "≥95%", "%")
    assert f.codes(filing) == [("duplicate", "indicators/21/level3")]


def test_a_filing_that_counts_in_another_unit_than_its_form_is_told_in_its_own() -> None:
    filing = replace(f.honest(f.CITY_2023), amount_unit="万元")
    filing = f.change(filing, SetCell("budget", "total", "100万元"))
    (glued, gap) = sorted(f.findings(filing), key=lambda x: x.code, reverse=True)
    assert "差 0.50 万元" in gap.message
    assert glued.fixes[0].changes == (SetCell("budget", "total", "100"),)


def test_an_inserted_blank_row_is_one_finding() -> None:
    filing = f.honest()
    row = Row("blank", "indicators", MappingProxyType({"level3": ""}), f.own_group(filing))
    filing = f.change(filing, InsertRow(row, None))
    assert f.codes(filing) == [("blank-row", "indicators/20")]
