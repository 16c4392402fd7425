"""Lists of units as bureaus have them, read into one tree; every mistake of a list told at once, by its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.bureau.tree_files import TreeRead, tree_in
from perfdesk.bureau.tree_sheet import tree_document
from perfdesk.document.grid import Cell, grid
from perfdesk.document.source import Source, SourceTable
from perfdesk.formats.read import read
from perfdesk.formats.write import write
from perfdesk.model.bureau import Node


def table(*rows: tuple[str, ...], where: str = "工作表“1”", merged: tuple[Cell, ...] = ()) -> SourceTable:
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    return SourceTable(grid([0.0] * max(map(len, rows)), len(rows), [*merged, *cells]), where)


def tree(*tables: SourceTable) -> TreeRead:
    return tree_in([Source("名单.xlsx", "xlsx", tables)])


def short(found: TreeRead) -> list[tuple[str, str, str, str | None]]:
    assert found.mistakes == ()
    return [(n.key, n.name, n.kind, n.parent) for n in found.nodes]


def test_a_row_a_unit_with_the_code_above_it() -> None:
    found = tree(
        table(
            ("某省预算单位名单", "", "", ""),
            ("单位编码", "单位名称", "级次", "上级编码"),
            ("4101002", "一小", "单位", "4101001"),
            ("41", "某省", "省", ""),
            ("4101", "甲市", "市", "41"),
            ("4101001", "甲市教育局", "部门", "4101"),
            ("", "合计", "", ""),
            ("注：以上为本年度名单", "", "", ""),
        )
    )
    assert short(found) == [
        ("41", "某省", "province", None),
        ("4101", "甲市", "city", "41"),
        ("4101001", "甲市教育局", "department", "4101"),
        ("4101002", "一小", "unit", "4101001"),
    ]
    assert [n.expected for n in found.nodes] == [False, False, True, True]


def test_codes_that_begin_like_others_hang_under_them() -> None:
    rows = (("119", "教育局"), ("119001", "一小"), ("119002", "二小"), ("120", "财政局"))
    found = tree(table(("预算单位编码", "预算单位"), *rows))
    assert short(found) == [
        ("119", "教育局", "department", None),
        ("119001", "一小", "unit", "119"),
        ("119002", "二小", "unit", "119"),
        ("120", "财政局", "unit", None),
    ]


def test_code_and_name_may_stand_in_one_cell() -> None:
    rows = (("教育局", "119001一小"), ("教育局", "[119002]二小"), ("财政局", "收费中心"))
    found = tree(table(("主管部门", "预算单位"), *rows))
    assert [(key, name) for key, name, *_ in short(found)] == [
        ("教育局", "教育局"),
        ("119001", "一小"),
        ("119002", "二小"),
        ("财政局", "财政局"),
        ("收费中心", "收费中心"),
    ]


def test_a_column_a_level_with_the_same_names_in_two_counties() -> None:
    head = ("省", "市", "县（市、区）", "主管部门", "单位名称", "单位编码")
    found = tree(
        table(
            head,
            ("某省", "甲市", "乙县", "教育局", "一小", "01"),
            ("", "", "", "", "二小", "02"),
            head,
            ("", "", "丙县", "教育局", "一小", "03"),
            ("某省", "", "", "", "省图书馆", "04"),
        )
    )
    assert [(n, p) for _, n, _, p in short(found)] == [
        ("某省", None),
        ("甲市", "某省"),
        ("乙县", "甲市"),
        ("教育局", "乙县"),
        ("一小", "乙县 教育局"),
        ("二小", "乙县 教育局"),
        ("丙县", "甲市"),
        ("教育局", "丙县"),
        ("一小", "丙县 教育局"),
        ("省图书馆", "某省"),
    ]
    assert [n.key for n in found.nodes if n.expected] == ["01", "02", "03", "04"]


def test_a_merged_cell_is_the_department_of_every_row_beside_it() -> None:
    rows = (("主管部门", "单位名称"), ("", "一小"), ("", "二小"), ("财政局", "结算中心"))
    found = tree(table(*[(a, b) for a, b in rows], merged=(Cell(1, 0, "教育局", rowspan=2),)))
    assert [(n, p) for _, n, _, p in short(found)] == [
        ("教育局", None),
        ("一小", "教育局"),
        ("二小", "教育局"),
        ("财政局", None),
        ("结算中心", "财政局"),
    ]


def test_a_department_that_is_a_unit_itself_stands_once() -> None:
    rows = (("教育局", "119001", "一小"), ("教育局", "119", "教育局"), ("", "120", "财政局"))
    found = tree(table(("主管部门", "单位编码", "单位名称"), *rows))
    assert short(found) == [
        ("119", "教育局", "department", None),
        ("119001", "一小", "unit", "119"),
        ("120", "财政局", "unit", None),
    ]
    assert all(n.expected for n in found.nodes)


def test_several_sheets_are_one_tree() -> None:
    head = ("单位编码", "单位名称", "上级编码")
    found = tree(table(head, ("2", "一小", "1")), table(head, ("1", "教育局", ""), where="工作表“2”"))
    assert [(n.key, n.parent) for n in found.nodes] == [("1", None), ("2", "1")]


def test_whether_something_is_expected_can_be_said() -> None:
    rows = (("1", "甲", "是"), ("2", "乙", "否"), ("3", "丙", ""))
    found = tree(table(("单位编码", "单位名称", "是否报送"), *rows))
    assert [n.expected for n in found.nodes] == [True, False, True]


def test_every_mistake_is_told_with_its_row() -> None:
    found = tree(
        table(
            ("单位编码", "单位名称", "上级编码"),
            ("1", "甲", "2"),
            ("2", "乙", "1"),
            ("3", "", "1"),
            ("4", "丙", "9"),
            ("5", "丁", "4"),
            ("5", "戊", ""),
            ("6/7", "己", ""),
        )
    )
    assert found.nodes == ()
    assert [(m.row, m.code) for m in found.mistakes] == [
        (2, "circle"),
        (3, "circle"),
        (4, "no-name"),
        (5, "no-parent"),
        (7, "code-twice"),
        (8, "bad-code"),
    ]
    assert found.mistakes[4].message == "第 7 行：编码“5”和第 6 行重复。"


def test_two_of_one_name_and_no_code_under_one_parent_are_a_mistake() -> None:
    rows = (("教育局", "一小"), ("教育局", "一小"))
    (told,) = tree(table(("主管部门", "单位名称"), *rows)).mistakes
    assert (told.row, told.code) == (3, "name-twice")


def test_a_name_above_that_several_have_is_not_guessed() -> None:
    rows = (("1", "教育局", ""), ("2", "教育局", ""), ("3", "一小", "教育局"))
    (told,) = tree(table(("单位编码", "单位名称", "上级单位"), *rows)).mistakes
    assert (told.row, told.code) == (4, "no-parent")


@pytest.mark.parametrize("rows", [(("姓名", "电话"), ("甲", "1")), (("单位名称",), ("甲",))])
def test_another_table_is_no_list_of_units(rows: tuple[tuple[str, ...], ...]) -> None:
    assert [m.code for m in tree(table(*rows)).mistakes] == ["no-columns"]


TREE = (
    Node("41", "41", "某省", "province", None, False),
    Node("乙县", "", "乙县", "county", "41", False),
    Node("乙县 教育局", "", "教育局", "department", "乙县", False),
    Node("一小", "", "一小", "unit", "乙县 教育局", True),
    Node("0102", "0102", "二小", "unit", "乙县 教育局", False),
    Node("丙县", "", "丙县", "county", "41", False),
    Node("丙县 教育局", "", "教育局", "department", "丙县", True),
)


def test_the_tree_goes_out_as_a_workbook_and_comes_back_the_same(tmp_path: Path) -> None:
    write(tree_document(TREE), tmp_path / "名单.xlsx")
    assert tree_in([read(tmp_path / "名单.xlsx")]) == TreeRead(TREE, ())
