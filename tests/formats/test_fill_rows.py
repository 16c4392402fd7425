"""Rows added to a bureau's workbook: what stands below moves with all that points to it, and totals take the new rows in."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture

from perfdesk.filling.blank import AddedRows, Edits
from perfdesk.formats.fill_xlsx_rows import moved_formula
from tests.blanks import filled_bytes, open_blank, parts

THIN = Border(*(Side("thin") for _ in range(4)))


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A table of two rows with a total below it and, further down, a list to choose from; another sheet and a hidden one."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "填报"
    for row in (
        ("序号", "任务名称", "金额"),
        (1, None, None),
        (2, None, None),
        ("合计", None, "=SUM(C2:C3)"),
        ("结论", None, None),
    ):
        sheet.append(row)
    for line in sheet["A1:C5"]:
        for cell in line:
            cell.border = THIN
    sheet.row_dimensions[3].height = 33
    sheet.merge_cells("A4:B4")
    sheet.merge_cells("B5:C5")
    rule = DataValidation(type="list", formula1='"好,中,差"')
    rule.add("B5")
    amounts = DataValidation(type="decimal", operator="greaterThan", formula1="0")
    amounts.add("C2:C3")
    for one in (rule, amounts):
        sheet.add_data_validation(one)
    sheet.conditional_formatting.add("C4", CellIsRule(operator="lessThan", formula=["C2"]))
    sheet["A5"].comment = Comment("在结论旁", "某人")
    sheet["A1"].comment = Comment("在表头", "某人")
    picture = Picture.new("RGB", (4, 4))
    picture.save(tmp_path / "picture.png")
    sheet.add_image(Image(str(tmp_path / "picture.png")), "B5")
    sheet["B5"].protection = Protection(locked=False)
    sheet.protection.sheet = True
    sheet.print_area = "A1:C5"
    book.defined_names["总额"] = DefinedName("总额", attr_text="填报!$C$4")
    other = book.create_sheet("附表")
    other["A1"], other["A2"] = "=填报!C4", "=SUM(C2:C9)"
    other["A3"].comment = Comment("财政局的批注", "某人")
    hidden = book.create_sheet("参数")
    hidden["A1"] = "不要动"
    hidden.sheet_state = "hidden"
    path = tmp_path / "blank.xlsx"
    book.save(path)
    return path


def with_rows(blank: Path, folder: Path) -> Path:
    """Two more tasks than the blank has rows for."""
    seen = open_blank(blank)
    items = {i.where.rpartition(" ")[2]: i for i in seen.items if "填报" in i.where}
    name, amount = items["B3"], items["C3"]
    copies = ({name.id: "第三项"}, {name.id: "第四项"})
    edits = Edits({name.id: "第二项", items["B5"].id: "好"}, (AddedRows(name.row, copies),))
    assert amount.row == name.row
    target = folder / "filled.xlsx"
    target.write_bytes(filled_bytes(blank, edits))
    return target


def test_what_stands_below_moves_with_all_that_points_to_it(blank: Path, tmp_path: Path) -> None:
    book = load_workbook(with_rows(blank, tmp_path))
    sheet, other = book["填报"], book["附表"]
    rows = [[c.value for c in line] for line in sheet.iter_rows()]
    assert rows == [
        ["序号", "任务名称", "金额"],
        [1, None, None],
        [2, "第二项", None],
        [3, "第三项", None],
        [4, "第四项", None],
        ["合计", None, "=SUM(C2:C5)"],
        ["结论", "好", None],
    ]
    assert sorted(str(m) for m in sheet.merged_cells.ranges) == ["A6:B6", "B7:C7"]
    ranges = sorted(str(d.sqref) for d in sheet.data_validations.dataValidation)
    assert ranges == ["B7", "C2:C5"]
    (formatting,) = sheet.conditional_formatting
    assert str(formatting.sqref) == "C6" and formatting.rules[0].formula == ["C2"]
    assert sheet.print_area == "'填报'!$A$1:$C$7"
    assert book.defined_names["总额"].attr_text == "填报!$C$6"
    assert (other["A1"].value, other["A2"].value) == ("=填报!C6", "=SUM(C2:C9)")


def test_the_new_rows_look_like_the_row_they_follow(blank: Path, tmp_path: Path) -> None:
    sheet = load_workbook(with_rows(blank, tmp_path))["填报"]
    assert [sheet.row_dimensions[n].height for n in (3, 4, 5)] == [33, 33, 33]
    assert all(sheet.cell(n, c).border.top.style == "thin" for n in (4, 5) for c in (1, 2, 3))
    assert sheet.protection.sheet and not sheet["B7"].protection.locked


def test_other_sheets_comments_and_hidden_sheets_stay_as_they_are(blank: Path, tmp_path: Path) -> None:
    before, after = parts(blank.read_bytes()), parts(with_rows(blank, tmp_path).read_bytes())
    changed = {n for n in before if before[n] != after[n]}
    assert list(before) == list(after)
    sheets = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    assert sheets <= changed
    # Beside these only what points into the sheet that grew.
    assert all(n.startswith(("xl/drawings/", "xl/comments/")) for n in changed - sheets)
    assert load_workbook(tmp_path / "filled.xlsx")["参数"].sheet_state == "hidden"


def test_comments_and_pictures_below_move_with_their_cells(blank: Path, tmp_path: Path) -> None:
    target = with_rows(blank, tmp_path)
    sheet = load_workbook(target)["填报"]
    commented = {c.coordinate: c.comment.text for line in sheet.iter_rows() for c in line if c.comment}
    assert commented == {"A1": "在表头", "A7": "在结论旁"}
    (drawing,) = [c for n, c in parts(target.read_bytes()).items() if n.startswith("xl/drawings/drawing")]
    assert b"row>6</" in drawing and b"row>4</" not in drawing
    (boxes,) = [c for n, c in parts(target.read_bytes()).items() if n.endswith(".vml") and b"Row>6<" in c]
    assert b"Row>0<" in boxes


def test_who_opens_the_file_works_the_formulas_out_anew(blank: Path, tmp_path: Path) -> None:
    assert load_workbook(with_rows(blank, tmp_path)).calculation.fullCalcOnLoad


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("SUM(C2:C3)+C4*2", "SUM(C2:C5)+C6*2"),
        ("C3", "C3"),
        ("$C$9-'填报'!D10&\"C9\"", "$C$11-'填报'!D12&\"C9\""),
        ("附表!C9+LOG10(2)", "附表!C9+LOG10(2)"),
    ],
)
def test_references_follow_the_rows(formula: str, moved: str) -> None:
    assert moved_formula(formula, "填报", True, 2, 2) == moved
