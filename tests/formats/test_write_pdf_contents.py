"""Contents and sheets of other sizes in a PDF: where they stand and where they lead."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from perfdesk.document.blocks import Contents, Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.document.theme import style
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.pdf_placed import PlacedText
from perfdesk.formats.write import pages, write_bytes
from perfdesk.units import mm_to_pt
from tests.formats.written import paper, whole_set

SHIPPED = Fonts.shipped()


def words(placed: PlacedText) -> str:
    return "".join(line.text for line in placed.lines)


def read_back(document: Document) -> str:
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    return squeezed("".join(page.get_textpage().get_text_range() for page in file))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_break_turns_the_sheet_and_numbers_count_on() -> None:
    upright, lying = Page(numbered=False), Page(297, 210, first_number=1)
    document = Document(
        upright,
        (Paragraph("封面"), PageBreak(lying), Paragraph("一"), PageBreak(), Paragraph("二"), PageBreak(Page()), Paragraph("三")),
    )  # fmt: skip
    sheets = [(p.page.width, p.number, words(p.texts[0])) for p in pages(document, SHIPPED)]
    assert sheets == [(210, 1, "封面"), (297, 1, "一"), (297, 2, "二"), (210, 3, "三")]
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    assert [round(page.get_width() / 72 * 25.4) for page in file] == [210, 297, 297, 210]
    assert read_back(document) == "封面一—1—二—2—三—3—"


def test_a_wide_table_on_its_side_has_the_width_of_that_sheet() -> None:
    wide = Table(grid((100.0, 157.0), 1, [Cell(0, 0, "甲"), Cell(0, 1, "乙")]))
    first, second = pages(paper(wide, PageBreak(Page().turned()), wide), SHIPPED)
    assert sum(c.width for c in first.cells) == pytest.approx(mm_to_pt(170))
    assert sum(c.width for c in second.cells) == pytest.approx(mm_to_pt(257))


def test_breaks_in_a_row_turn_once_and_the_last_page_named_counts() -> None:
    lying = PageBreak(Page(297, 210))
    small = PageBreak(Page(148, 210))
    document = paper(Paragraph("一"), lying, small, PageBreak(), Paragraph("二"), lying)
    assert [p.page.width for p in pages(document, SHIPPED)] == [210, 148]


def contents_of(document: Document) -> list[tuple[str, str]]:
    """Text and number of each entry as they stand on paper."""
    entries = [t for page in pages(document, SHIPPED) for t in page.texts if t.target is not None]
    return [("".join(line.text for line in t.lines[:-2]), t.lines[-1].text) for t in entries]


def test_contents_say_on_which_page_each_heading_stands() -> None:
    document = whole_set(5)
    shown = pages(document, SHIPPED)
    stand = {t.title: page.number for page in shown for t in page.texts if t.level}
    assert contents_of(document) == [(title, str(number)) for title, number in stand.items()]
    assert contents_of(document)[0] == ("第一部分 部门预算公开表", "1")
    assert stand["5、第5号设施维修改造经费绩效目标表"] == shown[-1].number


def test_contents_list_only_the_levels_asked_for_wherever_they_stand() -> None:
    document = paper(
        Heading("一", 1), Contents("", 2), Heading("二", 2), PageBreak(), Heading("三", 3), Heading("四", 1)
    )
    assert contents_of(document) == [("一", "1"), ("二", "1"), ("四", "2")]


def test_contents_of_many_pages_count_themselves_and_cut_no_entry() -> None:
    names = [Heading(f"{n}、" + "很长的项目名称" * (n % 9 + 1) + "绩效目标表") for n in range(200)]
    document = paper(Contents(), *(block for name in names for block in (PageBreak(), name)))
    shown = pages(document, SHIPPED)
    front = [p for p in shown if any(t.target is not None for t in p.texts)]
    assert len(front) > 3
    assert [number for _, number in contents_of(document)] == [str(len(front) + n) for n in range(1, 201)]
    assert [text for text, _ in contents_of(document)] == [h.text for h in names]


def test_dots_stand_under_each_other_and_numbers_end_at_the_edge() -> None:
    measure = SHIPPED.measure(style("contents2").face)
    entries = [t for page in pages(whole_set(12), SHIPPED) for t in page.texts if t.style == "contents2"]
    ends = {round(t.lines[-1].x + measure(t.lines[-1].text) * 14, 2) for t in entries}
    assert ends == {round(mm_to_pt(190), 2)}
    first, *others = (t.lines[-2] for t in entries)
    step = first.spread + measure(".") * 14
    assert all(round((line.x - first.x) / step, 6).is_integer() for line in others)
    assert all(len(t.lines[-2].text) > 10 for t in entries)


def test_an_entry_of_the_contents_leads_to_its_heading() -> None:
    document = whole_set(3)
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    found = [to for page in file for to in link_targets(file, page)]
    titles = [heading.text for _, heading in document.listed(2)]
    assert len(found) == len(titles) == 8
    for number, title in zip(found, titles, strict=True):
        assert squeezed(title) in squeezed(file[number].get_textpage().get_text_range())


def link_targets(file: Any, page: Any) -> Iterator[int]:
    """Numbers (from 0) of the pages to which the links of a page lead, from the top down."""
    at, link = ctypes.c_int(0), pypdfium2.raw.FPDF_LINK()
    while pypdfium2.raw.FPDFLink_Enumerate(page, at, link):
        yield pypdfium2.raw.FPDFDest_GetDestPageIndex(file, pypdfium2.raw.FPDFLink_GetDest(file, link))


def test_the_outline_is_nested_by_level_whatever_level_comes_first() -> None:
    levels = [2, 2, 3, 1, 3, 3, 2, 1]
    document = paper(*(Heading(f"{n}", level) for n, level in enumerate(levels)))
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    assert [entry.level for entry in file.get_toc()] == [0, 0, 1, 0, 1, 1, 1, 0]
