"""Excel files as openpyxl and the raw parts show them."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfdesk.document.blocks import Document, Heading, Page, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.document.lines import break_lines
from perfdesk.document.measure import text_width
from perfdesk.document.theme import OFFICIAL, style
from perfdesk.errors import ExportRefused
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import write_bytes
from tests.formats.written import AMOUNTS, paper, published, table, texts_of


def opened(document: Document) -> Any:
    return openpyxl.load_workbook(BytesIO(write_bytes(document, "xlsx")), rich_text=False)


def sheet_of(*rows: list[str | Decimal]) -> Any:
    return opened(paper(table(*rows))).worksheets[0]


def part(document: Document, name: str) -> str:
    with zipfile.ZipFile(BytesIO(write_bytes(document, "xlsx"))) as file:
        return file.read(name).decode("utf-8")


def test_an_amount_is_a_number_that_shows_as_on_paper() -> None:
    cell = sheet_of([Decimal("1234567.5")])["A1"]
    assert (cell.data_type, cell.value, cell.number_format) == ("n", 1234567.5, "#,##0.00")


def test_an_amount_with_more_decimals_shows_all_of_them() -> None:
    cell = sheet_of([Decimal("12.3456")])["A1"]
    assert (cell.value, cell.number_format) == (12.3456, "#,##0.0000")


@given(AMOUNTS)
def test_an_amount_comes_back_to_the_last_fen(value: Decimal) -> None:
    made = Table(grid((40,), 1, [Cell(0, 0, value, format="amount", style="amount")]))
    xml = part(paper(made), "xl/worksheets/sheet1.xml")
    assert Decimal(re.findall(r"<v>([^<]*)</v>", xml)[0]) == value


def test_a_number_that_excel_cannot_hold_exactly_stays_exact_as_text() -> None:
    cell = sheet_of([Decimal("12345678901234567.89")])["A1"]
    assert (cell.data_type, cell.value) == ("s", "12,345,678,901,234,567.89")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")", "{=1}"])  # fmt: skip
def test_a_text_like_a_formula_is_a_text(text: str) -> None:
    document = paper(table([text]), Paragraph(text))
    for cell in (opened(document).worksheets[0]["A1"], opened(document).worksheets[0]["A2"]):
        assert (cell.data_type, cell.value) == ("s", text)
        assert bool(cell.quotePrefix) == (text[0] in "=+-@\t")
    assert "<f>" not in part(document, "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text", ["007", "1e5", "2021-01-31", "95%", "http://example.invalid/", "_x0041_", "TRUE"]
)
def test_a_text_like_a_number_a_date_or_a_link_is_a_text(text: str) -> None:
    cell = sheet_of([text])["A1"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_spans_are_merged_and_bordered_on_every_cell() -> None:
    sheet = opened(
        paper(Table(grid((30, 40, 50), 2, [Cell(0, 0, "左", 2), Cell(0, 1, "上", 1, 2)])))
    ).worksheets[0]
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A1:A2", "B1:C1"}
    with_borders = re.findall(
        r'<c r="[ABC][12]" s="[1-9]', part(paper(Table(grid((30, 40), 2, [Cell(0, 0, "左", 2)]))), SHEET)
    )
    assert len(with_borders) == 4


SHEET = "xl/worksheets/sheet1.xml"


def test_rows_are_high_enough_for_their_texts() -> None:
    sheet = sheet_of(["短"], ["长" * 300])
    assert sheet.row_dimensions[1].height == pytest.approx(7 / 25.4 * 72, abs=0.5)
    assert sheet.row_dimensions[2].height >= 300 * 10.5 / (170 / 25.4 * 72) * 10.5 * 1.25


@pytest.mark.parametrize("name", ["z07", "z08", "j01"])
def test_every_cell_of_a_published_form_has_room_for_its_lines_in_real_fonts(forms: Path, name: str) -> None:
    """With the shipped faces' own widths and lines of 1.3 em, as wide fonts have them, nothing is clipped."""
    document = published(forms, name)
    fonts = Fonts.shipped()
    first = next(block for block in document.blocks if isinstance(block, Table))
    sheet = opened(Document(document.page, (first,))).worksheets[0]
    for cell in first.grid.cells:
        looks = style(cell.style)
        room = text_width(first.grid, cell, 0.8)
        lines = break_lines(cell.text, room / looks.size, fonts.measure(looks.face))
        height = sum(sheet.row_dimensions[r + 1].height for r in range(cell.row, cell.row + cell.rowspan))
        assert len(lines) * looks.size * 1.3 <= height


def test_the_text_of_a_span_over_a_page_end_stands_at_its_top_and_of_others_in_the_middle() -> None:
    """Excel prints a merged cell's text once, in the middle, even where the page ends in the middle of the letters."""
    cells = [Cell(0, 0, "短", 5), Cell(5, 0, "长", 60), Cell(65, 0, "末", 5)]
    sheet = opened(paper(Table(grid((85, 85), 70, cells)))).worksheets[0]
    assert [sheet.cell(row, 1).alignment.vertical for row in (1, 6, 66)] == ["center", "top", "center"]


def test_a_text_too_long_for_the_tallest_row_gets_smaller_letters_and_is_not_cut() -> None:
    sheet = sheet_of(["字" * 4000])
    assert sheet.row_dimensions[1].height <= 409
    assert sheet["A1"].value == "字" * 4000
    size, width = sheet["A1"].font.sz, 170 / 25.4 * 72
    assert 4000 * size / width * size * 1.2 <= 409
    assert size < 10.5


def test_a_long_paragraph_takes_several_rows() -> None:
    sheet = opened(paper(Paragraph("字" * 3000))).worksheets[0]
    rows = next(iter(sheet.merged_cells.ranges)).size["rows"] if sheet.merged_cells.ranges else 1
    assert sum(sheet.row_dimensions[r].height for r in range(1, rows + 1)) > 3000 * 16 / 482 * 16 * 1.25
    assert all(sheet.row_dimensions[r].height <= 409 for r in range(1, rows + 1))


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    assert sheet_of(["字" * 32767])["A1"].value == "字" * 32767
    for text in ("字" * 32768, "𠀀" * 16384):  # the second counts twice in Excel
        with pytest.raises(ExportRefused, match="32767"):
            write_bytes(paper(table([text])), "xlsx")


def test_attached_tables_of_the_same_columns_stand_on_one_sheet_without_a_gap() -> None:
    first, second = table(["甲", "乙"]), table(["丙", "丁"])
    book = opened(paper(Heading("表"), first, Table(second.grid, attached=True)))
    assert [[c.value for c in row] for row in book.worksheets[0]["A2:B3"]] == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_of_other_columns_begins_a_sheet_with_the_headings_before_it() -> None:
    first, second = (
        Table(table(["甲", "乙"]).grid, name="收支/总表"),
        Table(table(["丙"]).grid, name="收支/总表"),
    )
    book = opened(paper(first, Heading("二"), second))
    assert book.sheetnames == ["收支 总表", "收支 总表（2）"]
    assert [book.worksheets[1][a].value for a in ("A1", "A2")] == ["二", "丙"]


@given(st.text(min_size=1, max_size=40).filter(lambda t: t.isprintable()))
@example("𠮷" * 16)
@settings(max_examples=40)
def test_any_name_of_a_table_makes_a_sheet_that_opens(name: str) -> None:
    first, second = Table(table(["甲", "乙"]).grid, name=name), Table(table(["丙"]).grid, name=name.upper())
    names = opened(paper(first, second)).sheetnames
    assert len({n.lower() for n in names}) == 2
    assert all(len(n.encode("utf-16-le")) <= 62 for n in names)


def test_the_printed_page_is_a4_one_page_wide_with_header_rows_and_numbers() -> None:
    made = Table(grid((85, 85), 3, [Cell(0, 0, "栏")], header_rows=1))
    sheet = opened(paper(Heading("表"), made)).worksheets[0]
    assert (
        sheet.page_setup.paperSize,
        sheet.page_setup.fitToHeight,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    ) == (9, 0, True)
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.oddFooter.center.text == "— &P —"
    assert sheet.page_margins.left == pytest.approx(20 / 25.4)
    assert sheet.page_setup.orientation != "landscape"
    assert opened(Document(Page(297, 210), (made,))).worksheets[0].page_setup.orientation == "landscape"


def test_columns_together_are_not_wider_than_the_page() -> None:
    sheet = sheet_of(["甲", "乙", "丙"])
    widths = [d.width * (d.max - d.min + 1) for d in sheet.column_dimensions.values()]
    assert 0.97 <= sum(widths) * 8 / (170 / 25.4 * 96) <= 1  # 8 pixels a character of 宋体 11


def test_fonts_and_alignment_are_those_of_the_theme() -> None:
    cell = opened(
        paper(Table(grid((30,), 1, [Cell(0, 0, Decimal(1), format="amount", style="amount")])))
    ).worksheets[0]["A1"]
    assert (cell.font.name, cell.font.sz, cell.alignment.horizontal) == (
        OFFICIAL[style("amount").face],
        10.5,
        "right",
    )
    assert (cell.alignment.vertical, cell.alignment.wrap_text) == ("center", True)


def test_a_draft_says_so_on_every_page() -> None:
    assert "草稿" in part(paper(table(["甲"]), draft=True), SHEET)
    assert "草稿" not in part(paper(table(["甲"])), SHEET)


def test_properties_name_the_title_and_neither_user_nor_clock() -> None:
    properties = opened(paper(table(["甲"]), title="整体绩效目标表")).properties
    assert (properties.title, properties.creator or "", properties.created.year) == (
        "整体绩效目标表",
        "",
        1980,
    )


@pytest.mark.parametrize("name", ["z07", "z08", "j01"])
def test_every_text_of_a_published_form_is_in_the_workbook(forms: Path, name: str) -> None:
    document = published(forms, name)
    values = {cell.value for sheet in opened(document) for row in sheet.iter_rows() for cell in row}
    shown = {f"{v:,.2f}" if isinstance(v, int | float) else v for v in values}
    assert set(texts_of(document)) <= shown
