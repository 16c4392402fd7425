"""The line above a table: what stands behind its tab stands at the right edge, in every format."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT

from perfdesk.document.blocks import Document, Page, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import pages, write_bytes
from perfdesk.units import mm_to_pt

SONG = Fonts.shipped().measure("song")
PAGE = Page().turned()
WIDE = grid((12, 60, 20, 8), 1, [Cell(0, c, "数") for c in range(4)])


def above(text: str) -> Document:
    return Document(PAGE, (Paragraph(text, "table_line"), Table(WIDE)))


LINE = above("502 某局\t单位：万元")


def test_on_paper_it_ends_at_the_right_edge_of_the_same_line() -> None:
    (page,) = pages(LINE, Fonts.shipped())
    near, far = (text.lines[0] for text in page.texts)
    width = SONG(far.text) * 10.5
    assert (near.text, far.text, near.baseline) == ("502 某局", "单位：万元", far.baseline)
    assert near.x == pytest.approx(mm_to_pt(PAGE.left))
    assert far.x + width == pytest.approx(mm_to_pt(PAGE.width - PAGE.right))


def test_a_long_name_goes_on_below_and_never_under_it() -> None:
    (page,) = pages(above(f"{'某' * 70}\t单位：万元"), Fonts.shipped())
    near, far = page.texts
    widths = [SONG(line.text) * 10.5 for line in near.lines]
    assert len(near.lines) == 2 and far.lines[0].baseline == near.lines[-1].baseline
    assert all(line.x + width < far.lines[0].x for line, width in zip(near.lines, widths, strict=True))


def test_in_word_a_tab_at_the_pages_edge_takes_it_there() -> None:
    found: Any = docx.Document(BytesIO(write_bytes(LINE, "docx")))
    paragraph = next(p for p in found.paragraphs if p.text)
    (stop,) = paragraph.paragraph_format.tab_stops
    assert paragraph.text == "502 某局\t单位：万元"
    assert stop.alignment == WD_TAB_ALIGNMENT.RIGHT
    assert stop.position.mm == pytest.approx(PAGE.inner_width, abs=0.1)


def test_in_excel_it_has_columns_of_its_own_that_hold_it() -> None:
    sheet: Any = openpyxl.load_workbook(BytesIO(write_bytes(LINE, "xlsx"))).worksheets[0]
    cells = [c for c in sheet[1] if c.value]
    assert [(c.coordinate, c.value, c.alignment.horizontal) for c in cells] == [
        ("A1", "502 某局", "left"),
        ("C1", "单位：万元", "right"),
    ]


def test_over_a_single_column_nothing_is_lost() -> None:
    narrow = Document(
        PAGE, (Paragraph("某局\t单位：万元", "table_line"), Table(grid((60,), 1, [Cell(0, 0, "数")])))
    )
    sheet: Any = openpyxl.load_workbook(BytesIO(write_bytes(narrow, "xlsx"))).worksheets[0]
    assert str(sheet["A1"].value).split() == ["某局", "单位：万元"]
