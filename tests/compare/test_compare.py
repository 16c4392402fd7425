"""Two filings side by side: the same cells, the same money, what stands only on one side, and nothing missed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.compare.filings import Side, compare
from perfdesk.compare.lines import Comparison, Line, kind_of
from perfdesk.compare.paper import comparison_document
from perfdesk.compare.printed import printed_against_computed
from perfdesk.editions.convert import convert
from perfdesk.errors import UserError
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.intake import take_in
from perfdesk.mapping_files import load
from perfdesk.model.change import InsertRow, MoveRow, RemoveRow, SetCell
from perfdesk.model.filing import Filing, Row, empty_filing
from tests.making import catalog, counter, published
from tests.rules.filings import CITY_2023, change, honest, leaf_id, own_group

MAPPINGS = load(catalog())


def compared(left: Filing, right: Filing) -> Comparison:
    sides = (Side(catalog().form(f.form), f, f"{f.year}") for f in (left, right))
    return compare(*sides, MAPPINGS, counter("new"))


def said(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(x.kind, x.where, x.left, x.right) for x in found.differences]


def test_a_filing_is_the_same_as_itself_cell_by_cell() -> None:
    found = compared(honest(), honest())
    assert found.differences == ()
    cells = sum(
        bool(t.strip()) for r in honest().rows for c, t in r.cells.items() if c not in ("level1", "level2")
    )
    assert len(found.lines) == cells


def test_cells_that_differ_are_told_with_their_places() -> None:
    left = honest()
    rate = leaf_id(left, "预算执行率")
    right = change(left, SetCell(rate, "target", "≥90%"), SetCell("basic", "goal", "新的目标"))
    found = compared(left, right)
    assert said(found) == [
        ("changed", "年度履职目标", left.cell("basic/goal"), "新的目标"),
        ("changed", "预算执行率 · 指标值", "≥95%", "≥90%"),
    ]
    assert [(x.right_place.row, x.right_place.column) for x in found.differences if x.right_place] == [
        ("basic", "goal"),
        (rate, "target"),
    ]


def test_amounts_are_compared_as_money_and_their_difference_is_told() -> None:
    left = change(honest(), SetCell("budget", "total", "1,000.50"), SetCell("budget", "basic", "60.250"))
    right = change(honest(), SetCell("budget", "total", "1100"), SetCell("budget", "basic", "60.25"))
    assert [(x.where, x.more) for x in compared(left, right).differences] == [("预算总额", Decimal("99.50"))]


def test_rows_of_one_side_alone_are_told_where_they_stand() -> None:
    left = honest()
    task = Row("task", "tasks", {"name": "新公园", "content": "建一处"})
    right = change(left, InsertRow(task, left.section("tasks")[0].id), RemoveRow(leaf_id(left, "预算执行率")))
    assert [(kind, where) for kind, where, *_ in said(compared(left, right))] == [
        ("right", "年度主要任务 2 · 任务名称"),
        ("right", "年度主要任务 2 · 主要内容"),
        ("left", "预算执行率 · 三级指标"),
        ("left", "预算执行率 · 指标值"),
        ("left", "预算执行率 · 度量单位"),
    ]


def test_an_indicator_that_was_renamed_or_moved_is_still_the_same_one() -> None:
    left = honest()
    own = leaf_id(left, "养护公园数量")
    other = next(r for r in left.rows if r.get("level2") == "满意度")
    right = change(left, SetCell(own, "level3", "养护公园"), MoveRow(own, other.id, None))
    assert said(compared(left, right)) == [
        ("changed", "养护公园 · 二级指标", "产出指标 · 履职目标和主要任务完成情况", "效益指标 · 满意度"),
        ("changed", "养护公园 · 三级指标", "养护公园数量", "养护公园"),
    ]


def test_rows_without_common_ids_are_known_by_their_names() -> None:
    left = honest()
    ids = counter("other")
    known = {r.id: r.id if r.id == r.section else ids() for r in left.rows}
    rows = tuple(
        Row(known[r.id], r.section, r.cells, known[r.parent] if r.parent else None) for r in left.rows
    )
    right = Filing(left.form, left.title, 2023, rows, left.sections)
    assert compared(left, right).differences == ()


def test_editions_are_compared_in_the_newer_ones_terms_from_both_sides() -> None:
    left = change(honest(), SetCell("budget", "other", "1"), SetCell("budget", "total", "101.5"))
    source, target = catalog().form(left.form), catalog().form(CITY_2023)
    right = convert(left, source, target, MAPPINGS[source.id, target.id], counter("new")).filing
    assert compared(left, right).differences == ()
    more = change(right, SetCell("budget", "total", "1015001"))
    assert said(compared(left, more)) == [("changed", "预算总额", "1015000", "1015001")]
    assert said(compared(more, left)) == [("changed", "预算总额", "1015001", "1015000")]


def test_what_one_edition_has_no_place_for_is_told() -> None:
    old = change(
        empty_filing(catalog().form("national-2015/project-target"), 2021),
        SetCell("basic", "mid_goals", "三年建成"),
        SetCell("basic", "goals", "建成一半"),
    )
    new = change(
        empty_filing(catalog().form("national-2021/project-target"), 2022),
        SetCell("basic", "goals", "建成一半"),
    )
    assert said(compared(old, new)) == [("left", "项目基本情况 · 中期目标", "三年建成", "")]
    assert said(compared(new, old)) == [("right", "项目基本情况 · 中期目标", "", "三年建成")]


def test_forms_of_different_kinds_are_not_compared() -> None:
    with pytest.raises(UserError, match="不是同一种表"):
        compared(honest(), empty_filing(catalog().form("national-2021/project-target"), 2022))


texts = st.text("甲乙1", max_size=3)


@given(st.lists(st.tuples(st.integers(0, 30), texts), max_size=8))
def test_every_cell_that_differs_is_told_once(edits: list[tuple[int, str]]) -> None:
    left = right = honest()
    leaves = [r for r in left.rows if "level3" in r.cells]
    for at, text in edits:
        right = change(right, SetCell(leaves[at % len(leaves)].id, "target", text))
    wanted = {
        r.id
        for r in leaves
        if (after := right.row(r.id))
        and kind_of(r.get("target"), after.get("target"), "target", "万元") != "same"
    }
    found = [x.right_place.row for x in compared(left, right).differences if x.right_place]
    assert sorted(str(row) for row in found) == sorted(wanted)


def test_the_list_reads_back_from_word_and_excel(tmp_path: Path) -> None:
    left = honest()
    right = change(
        left, SetCell("budget", "total", "110.5"), SetCell(own_group(left), "level2", "另一个名称")
    )
    found = compared(left, right)
    for format in ("docx", "xlsx"):
        path = tmp_path / f"list.{format}"
        write(comparison_document(found, "示例单位", everything=False), path)
        grids = [item.grid for item in read(path).items if hasattr(item, "grid")]
        rows = [row for grid in grids for row in grid.texts()]
        assert ["预算情况", "预算总额", "100.5", "110.5", "不同"] in [
            [t.strip() for t in row[:5]] for row in rows
        ]


def test_printed_totals_stand_against_the_computed_ones() -> None:
    filing = change(honest(), SetCell("budget", "total", "100"))
    found = printed_against_computed(catalog().form(filing.form), filing)
    assert {(x.left, x.right, x.more) for x in found.differences} == {("100", "100.5", Decimal("0.5"))}
    assert len(found.differences) == 2


def test_a_budget_that_was_printed_otherwise_is_told_cell_by_cell(forms: Path) -> None:
    filing = (
        take_in(read(forms / "office" / "handan-2022-budget.xlsx"), catalog(), counter()).filings[0].filing
    )
    form = catalog().form(filing.form)
    from perfdesk.derive import derive

    budget = derive(form, filing).budget
    assert budget is not None
    printed = [
        shown.printed
        for view in budget.views
        for key in view.keys
        for shown in view.row(key).cells.values()
        if shown.printed is not None
    ]
    found: list[Line] = [x for x in printed_against_computed(form, filing).lines if "!" in str(x.left_place)]
    assert [x.left for x in found] == printed


def test_published_forms_are_compared(forms: Path) -> None:
    one, other = published(forms, "z04"), published(forms, "z07")
    found = compared(one, other)
    assert any(x.where == "部门（单位）名称" or x.where == "单位名称" for x in found.differences)
