"""Excel files: every cell at its place, numbers exact, merges true, and nothing hidden in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.hyperlink import Hyperlink

from perfdesk.document.grid import Grid
from perfdesk.document.source import Source
from perfdesk.errors import InputRefused
from perfdesk.formats.child import read_file
from tests.formats.hostile import STRICT, X, c, relations, sheet_xml, xlsx, xlsx_parts, zipped

Given = Callable[..., Source]

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="&quot;≥&quot;0%"/></numFmts>'
    '<borders><border><left/></border><border><left style="thin"/></border></borders>'
    '<cellStyleXfs><xf numFmtId="14" borderId="1"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0" borderId="0"/><xf numFmtId="9" borderId="0"/><xf numFmtId="164"/>'
    '<xf numFmtId="31"/><xf borderId="1"/></cellXfs>'
)


@pytest.fixture
def given(tmp_path: Path) -> Given:
    """Reads a workbook of these sheets."""

    def read(*sheets: str, **more: object) -> Source:
        file = tmp_path / "表.xlsx"
        file.write_bytes(xlsx(*sheets, **more))
        return read_file(file)

    return read


def spans(table: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(s.row, s.col, s.rowspan, s.colspan, s.text) for s in table.cells]


def rows(*lines: str) -> str:
    return "".join(f'<row r="{n}">{line}</row>' for n, line in enumerate(lines, 1))


# --- values ---


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>988.6799999999999</v></c>', "988.68"),
        ('<c r="A1" t="n"><v>15897000.0</v></c>', "15897000"),
        ('<c r="A1" s="1"><v>0.95</v></c>', "95%"),
        ('<c r="A1" s="2"><v>0.95</v></c>', "≥95%"),
        ('<c r="A1" s="3"><v>44260</v></c>', "2021年3月5日"),
        ('<c r="A1" s="99"><v>7</v></c>', "7"),
        ('<c r="A1" s="-4"><v>0.95</v></c>', "0.95"),
        ('<c r="A1" t="s"><v>0</v></c>', "郑州市"),
        ('<c r="A1" t="s"><v>1</v></c>', " 前后 \n次行"),
        ('<c r="A1" t="str"><f>A2</f><v>公式的字</v></c>', "公式的字"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="d"><v>2021-03-05T00:00:00</v></c>', "2021-03-05"),
        ('<c r="A1" t="inlineStr"><is><r><t>财</t></r><r><t>政</t></r><rPh><t>cz</t></rPh></is></c>', "财政"),
        ('<c r="A1"><v>不是数</v></c>', "不是数"),
    ],
)
def test_a_cell_is_read_as_people_see_it(given: Given, cell: str, text: str) -> None:
    shared = "<si><r><t>郑</t></r><r><t>州</t></r><rPh><t>zz</t></rPh><r><t>市</t></r></si>"
    shared += "<si><t xml:space='preserve'> 前后 _x000D_\n次行</t></si>"
    source = given(sheet_xml(rows(cell)), shared=shared, styles=STYLES)
    assert [s.text for s in source.tables[0].cells] == [text]
    assert source.leftovers == ()


def test_a_formula_without_a_stored_value_is_no_value_and_told(given: Given) -> None:
    cells = (
        '<c r="B1"><f>SUM(A1:A9)</f></c><c r="C1"><f>B1</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c>'
    )
    source = given(sheet_xml(rows(c("A1", "合计") + cells)))
    assert source.tables[0].texts() == [["合计"]]
    assert len(source.leftovers) == 1 and "B1、C1 的公式没有保存结果" in source.leftovers[0]


@pytest.mark.parametrize("number", ["7", "-1", "x"])
def test_a_text_that_is_nowhere_is_no_empty_cell(given: Given, number: str) -> None:
    with pytest.raises(InputRefused, match="损坏"):
        given(sheet_xml(rows(f'<c r="A1" t="s"><v>{number}</v></c>')), shared="<si><t>甲</t></si>")


def test_an_empty_cell_of_a_shared_text_is_empty(given: Given) -> None:
    source = given(
        sheet_xml(rows('<c r="A1" t="s"/><c r="B1" t="s"><v>0</v></c>')), shared="<si><t>甲</t></si>"
    )
    assert source.tables[0].texts() == [["", "甲"]]


def test_a_sheet_whose_part_is_missing_makes_the_file_broken(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet_xml(rows(c("A1", "甲"))), sheet_xml(rows(c("A1", "乙"))))
    del parts["xl/worksheets/sheet2.xml"]
    file = tmp_path / "a.xlsx"
    file.write_bytes(zipped(parts))
    with pytest.raises(InputRefused, match="损坏"):
        read_file(file)


def test_sheets_of_charts_are_passed_over_and_unrelated_ones_found_by_number(tmp_path: Path) -> None:
    parts = xlsx_parts(*(sheet_xml(rows(c("A1", text))) for text in "一二三"), properties="<workbookPr/>")
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = str(parts[name]).replace(
        '/worksheet" Target="worksheets/sheet2', '/chartsheet" Target="worksheets/sheet2'
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('r:id="rId3"', 'r:id="gone"')
    file = tmp_path / "a.xlsx"
    file.write_bytes(zipped(parts))
    assert [t.texts() for t in read_file(file).tables] == [[["一"]], [["三"]]]


def test_dates_of_the_other_calendar_are_four_years_later(given: Given) -> None:
    cell = '<c r="A1" s="3"><v>42798</v></c>'
    assert given(sheet_xml(rows(cell)), styles=STYLES, properties='<workbookPr date1904="1"/>').tables[
        0
    ].texts() == [["2021年3月5日"]]


# --- places ---


def test_cells_and_rows_without_addresses_follow_each_other(given: Given) -> None:
    bare = "<row><c t='inlineStr'><is><t>甲</t></is></c><c t='inlineStr'><is><t>乙</t></is></c></row><row><c t='n'><v>1</v></c></row>"
    assert given(sheet_xml(bare)).tables[0].texts() == [["甲", "乙"], ["1", ""]]


@pytest.mark.parametrize("odd", ["ZZZ1", "B0", "B1048577", "1B", "", "乙1"])
def test_an_address_that_is_none_counts_as_left_out(given: Given, odd: str) -> None:
    assert given(sheet_xml(rows(c("A1", "甲") + c(odd, "乙")))).tables[0].texts() == [["甲", "乙"]]


def test_a_lying_dimension_is_not_believed(given: Given) -> None:
    sheet = sheet_xml(rows(c("A1", "甲"), c("B2", "乙")), before='<dimension ref="A1"/>')
    assert given(sheet).tables[0].texts() == [["甲", ""], ["", "乙"]]


def test_merges_are_spans_whichever_way_they_are_written(given: Given) -> None:
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="$D$2:$C$1"/><mergeCell ref="A3"/><mergeCell ref="nonsense"/></mergeCells>'
    (table,) = given(sheet_xml(rows(c("A1", "甲") + c("C1", "乙"), "", c("A3", "丙")), merges)).tables
    assert spans(table)[:3] == [(0, 0, 2, 2, "甲"), (0, 2, 2, 2, "乙"), (2, 0, 1, 1, "丙")]


def test_of_merges_that_overlap_the_first_counts_and_no_text_is_lost(given: Given) -> None:
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells>'
    source = given(sheet_xml(rows(c("A1", "甲"), c("B2", "压住") + c("C2", "乙"), c("C3", "丙")), merges))
    assert spans(source.tables[0])[0] == (0, 0, 2, 2, "甲")
    assert {"乙", "丙"} <= {s.text for s in source.tables[0].cells}
    assert source.leftovers == ("工作表“甲” B2：压住（在合并单元格里，看不见）",)


def test_a_merge_of_whole_columns_is_clamped_to_what_is_used(given: Given) -> None:
    merges = '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="A2:A1048576"/></mergeCells>'
    (table,) = given(
        sheet_xml(rows(c("A1", "题"), c("A2", "甲") + c("B2", "乙"), c("B3", "丙")), merges)
    ).tables
    assert spans(table) == [(0, 0, 1, 2, "题"), (1, 0, 2, 1, "甲"), (1, 1, 1, 1, "乙"), (2, 1, 1, 1, "丙")]


def test_a_ruled_table_ends_where_its_borders_end(given: Given) -> None:
    ruled = '<c r="C1" s="4"/><c r="D1" s="0"/>'
    (table,) = given(
        sheet_xml(rows(c("A1", "甲") + ruled, '<c r="A2" s="4"/>', '<c r="A3" s="0"/>')), styles=STYLES
    ).tables
    assert (table.height, table.width) == (2, 3)


def test_a_far_off_cell_is_a_leftover_and_costs_nothing(given: Given) -> None:
    far = c("XFD1048576", "远")
    source = given(
        sheet_xml(rows(c("A1", "甲") + c("B1", "乙"), c("A2", "丙")) + f'<row r="1048576">{far}</row>')
    )
    assert source.tables[0].texts() == [["甲", "乙"], ["丙", ""]]
    assert source.leftovers == ("工作表“甲” XFD1048576：远",)


def test_a_far_off_ruled_cell_does_not_blow_the_grid_up(given: Given) -> None:
    (table,) = given(
        sheet_xml(rows(c("A1", "甲")) + '<row r="1048576"><c r="XFD1048576" s="4"/></row>'), styles=STYLES
    ).tables
    assert (table.height, table.width) == (1, 1)


def test_a_table_that_stands_far_down_is_read_with_its_merges(given: Given) -> None:
    top = f'<row r="1">{c("A1", "孤")}</row><row r="4"><c r="D4" s="4"/></row>'
    table = f'<row r="900001">{c("ZZ900001", "甲")}</row><row r="900002">{c("AAA900002", "乙")}</row>'
    merge = '<mergeCells><mergeCell ref="ZZ900001:AAA900001"/></mergeCells>'
    source = given(sheet_xml(top + table, merge), styles=STYLES)
    assert spans(source.tables[0]) == [(0, 0, 1, 2, "甲"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "乙")]
    assert source.leftovers == ("工作表“甲” A1：孤",)


def test_two_texts_for_one_address_are_both_told(given: Given) -> None:
    source = given(sheet_xml(rows(c("A1", "甲") + c("A1", "乙"))))
    assert source.tables[0].texts() == [["甲"]] and source.leftovers == ("工作表“甲” A1：乙",)


# --- sheets ---


def test_every_sheet_is_a_table_and_empty_ones_are_none(given: Given) -> None:
    source = given(sheet_xml(rows(c("A1", "一"))), sheet_xml(""), sheet_xml(rows(c("B2", "三"))))
    assert [i.where for i in source.items] == ["工作表“甲”", "工作表“丙”"]


def test_hidden_sheets_rows_and_columns_are_read_and_told(given: Given) -> None:
    hidden_row = f'<row r="1" hidden="1">{c("A1", "藏")}</row>'
    hidden_column = sheet_xml(rows(c("A1", "列")), before='<cols><col min="1" max="1" hidden="1"/></cols>')
    source = given(
        sheet_xml(hidden_row),
        sheet_xml(rows(c("A1", "密"))),
        hidden_column,
        states=("visible", "veryHidden", "visible"),
    )
    assert [t.texts() for t in source.tables] == [[["藏"]], [["密"]], [["列"]]]
    told = (
        "工作表“甲”有隐藏的行或列，已一并读取",
        "工作表“乙”是隐藏的，已一并读取",
        "工作表“丙”有隐藏的行或列，已一并读取",
    )
    assert source.leftovers == told


def test_comments_shapes_and_headers_are_leftovers(given: Given) -> None:
    comment = '<comment ref="B2"><text><r><t>请核对</t></r></text></comment>'
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    beside: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("r1", "comments", "../comments1.xml"), ("r2", "drawing", "../drawings/d.xml")
        ),
        "xl/comments1.xml": f'<comments xmlns="{X}"><commentList>{comment}</commentList></comments>',
        "xl/drawings/d.xml": f'<wsDr xmlns:a="{space}"><a:p><a:r><a:t>说明框</a:t></a:r></a:p></wsDr>',
    }
    margins = '<headerFooter><oddHeader>&amp;C&amp;"宋体"某局</oddHeader><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter>'
    source = given(sheet_xml(rows(c("A1", "甲")), margins), beside=beside)
    assert source.leftovers == (
        "工作表“甲” 页眉：某局",
        "工作表“甲” B2 批注：请核对",
        "工作表“甲” 图形文字：说明框",
    )


def test_strict_files_of_the_newer_standard_read_the_same(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet_xml(rows(c("A1", "甲") + '<c r="B1" s="1"><v>0.5</v></c>')), styles=STYLES)
    file = tmp_path / "a.xlsx"
    file.write_bytes(zipped(parts))
    usual = read_file(file)
    for name, content in parts.items():
        text = str(content)
        for transitional, strict in STRICT.items():
            text = text.replace(transitional, strict)
        parts[name] = text
    file.write_bytes(zipped(parts))
    assert read_file(file) == usual and usual.tables[0].texts() == [["甲", "50%"]]


# --- contents ---


def written(tmp_path: Path, *rows: tuple[str, str, str]) -> Source:
    """A workbook whose first sheet has these rows (text, place that it leads to, text beside it); ``项目`` has 甲 and 5 in column A."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    for number, (text, location, beside) in enumerate(rows, 1):
        first.cell(number, 1, text)
        if beside:
            first.cell(number, 2, beside)
        if location:
            first.cell(number, 1).hyperlink = Hyperlink(ref=f"A{number}", location=location)
    for number, text in enumerate(("甲", "5"), 1):
        book.create_sheet("项'目" if number == 1 else "另表").cell(1, 1, text)
    book.save(tmp_path / "目录.xlsx")
    return read_file(tmp_path / "目录.xlsx")


def first_column(source: Source) -> list[list[str]]:
    return [[row[0] for row in table.texts()] for table in source.tables]


def test_links_that_say_again_what_they_lead_to_are_no_texts_of_their_own(tmp_path: Path) -> None:
    source = written(tmp_path, ("目录", "", ""), ("甲", "'项''目'!A1", ""), ("5", "另表!A1", ""))
    assert first_column(source) == [["目录"], ["甲"], ["5"]]


def test_links_that_say_something_else_or_stand_beside_data_stay(tmp_path: Path) -> None:
    other = written(tmp_path, ("目录", "", ""), ("乙", "'项''目'!A1", ""), ("5", "没有!A1", ""))
    assert first_column(other)[0] == ["目录", "乙", "5"]
    beside = written(tmp_path, ("甲", "'项''目'!A1", "100"), ("5", "另表!A1", "200"))
    assert first_column(beside)[0] == ["甲", "5"]
