"""Which sheets a document becomes, how they print, and the contents that lead to them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from perfdesk.document.blocks import (
    Bar,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Table,
)
from perfdesk.document.grid import Cell, grid
from perfdesk.formats.write import write_bytes
from tests.formats.written import paper, table, whole_set


def opened(document: Document) -> Any:
    return openpyxl.load_workbook(BytesIO(write_bytes(document, "xlsx")))


def named(name: str, *values: str) -> Table:
    return Table(table(list(values)).grid, name=name)


def texts(*blocks: Block) -> dict[str, list[str]]:
    """Sheet → the texts of its first column."""
    return {s.title: [c.value for c in s["A"] if c.value is not None] for s in opened(paper(*blocks))}


def test_what_stands_between_page_breaks_is_a_sheet() -> None:
    shown = texts(
        Heading("甲表"), named("甲", "1"), PageBreak(), Heading("乙表"), named("乙", "2"), Paragraph("注")
    )
    assert shown == {"甲": ["甲表", "1"], "乙": ["乙表", "2", "注"]}


def test_a_table_of_another_name_begins_a_sheet_and_one_of_the_same_does_not() -> None:
    shown = texts(
        named("甲", "1"), Heading("乙表"), named("乙", "2"), Paragraph("续"), named("乙", "3"), named("", "4")
    )
    assert shown == {"甲": ["1"], "乙": ["乙表", "2", "续", "3", "4"]}


def test_an_attached_table_stays_with_the_one_above_it() -> None:
    assert texts(named("甲", "1"), Table(table(["2"]).grid, attached=True, name="乙")) == {"甲": ["1", "2"]}


def test_a_heading_alone_on_its_page_stands_on_the_sheet_that_follows() -> None:
    shown = texts(
        Heading("第一部分"), PageBreak(), Heading("甲表"), named("甲", "1"), PageBreak(), Heading("完")
    )
    assert shown == {"甲": ["第一部分", "甲表", "1"], "完": ["完"]}


def test_texts_without_a_table_are_a_sheet_of_the_page() -> None:
    shown = texts(Heading("说明"), Paragraph("一"), Paragraph("二"), PageBreak(), named("甲", "1"))
    assert shown == {"说明": ["说明", "一", "二"], "甲": ["1"]}


def test_contents_are_a_sheet_whose_lines_lead_to_their_headings() -> None:
    book = opened(whole_set(3))
    sheet = book["目录"]
    titles = [heading.text for _, heading in whole_set(3).listed(2)]
    assert [row[0].value for row in sheet.iter_rows()] == ["目录", *titles]
    for (cell,) in sheet.iter_rows(min_row=2, max_col=1):
        name, _, place = cell.hyperlink.location.rpartition("!")
        assert book[name.strip("'")][place].value == cell.value


def test_a_link_reaches_a_sheet_with_a_quote_in_its_name_and_a_formula_sign_stays_text() -> None:
    book = opened(paper(Contents(), Heading("=甲"), named("甲'乙", "1")))
    cell = book["目录"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink.location) == ("=甲", "s", "'甲''乙'!A1")


def test_each_sheet_prints_on_the_page_of_its_blocks() -> None:
    made = Table(grid((85, 85), 3, [Cell(0, 0, "栏")], header_rows=1))
    blocks = (Paragraph("封面"), PageBreak(Page(first_number=1)), made, PageBreak(Page(297, 210)), made)
    cover, upright, lying = opened(Document(Page(numbered=False), blocks))
    assert [s.page_setup.orientation for s in (cover, upright, lying)] == [
        "portrait",
        "portrait",
        "landscape",
    ]
    assert [s.oddFooter.center.text for s in (cover, upright, lying)] == [None, "— &P —", "— &P —"]
    assert (upright.page_setup.useFirstPageNumber, lying.page_setup.useFirstPageNumber) == (True, None)
    assert [s.print_title_rows for s in (upright, lying)] == ["$1:$1", "$1:$1"]
    assert all(s.sheet_properties.pageSetUpPr.fitToPage for s in (cover, upright, lying))


def test_a_chart_is_a_table_of_its_values() -> None:
    bars = Bar("财政拨款", (None, Decimal(12))), Bar("其他", (Decimal(0), Decimal(3)))
    chart = Chart(("2021年", "2022年"), bars, "收入")
    sheet = opened(paper(chart))["收入"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        [None, "2021年", "2022年"],
        ["财政拨款", None, 12],
        ["其他", 0, 3],
    ]


def test_two_hundred_projects_are_two_hundred_sheets_with_names_of_their_own() -> None:
    forms = [block for n in range(200) for block in (PageBreak(), named("项目绩效目标表", str(n)))]
    names = opened(paper(*forms)).sheetnames
    assert len(names) == len(set(names)) == 200
