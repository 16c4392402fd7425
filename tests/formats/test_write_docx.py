"""Word files as python-docx and the raw parts show them."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from lxml import etree

from perfdesk.document.blocks import Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.document.theme import OFFICIAL, style
from perfdesk.errors import ExportRefused
from perfdesk.formats.write import write_bytes
from tests.formats.written import DOCUMENTS, paper, published, table, texts_of


def opened(document: Document) -> Any:
    return docx.Document(BytesIO(write_bytes(document, "docx")))


def part(document: Document, name: str) -> str:
    with zipfile.ZipFile(BytesIO(write_bytes(document, "docx"))) as file:
        return file.read(name).decode("utf-8")


def rows_of(found: Any) -> list[list[tuple[str, int, str | None]]]:
    """Text, gridSpan and vMerge of every ``w:tc`` as they stand in the file."""
    rows: list[list[tuple[str, int, str | None]]] = []
    for tr in found._tbl.tr_lst:
        rows.append([])
        for tc in tr.tc_lst:
            text = "\n".join(p.text for p in tc.p_lst)
            rows[-1].append((text, tc.grid_span, tc.vMerge))
    return rows


def test_spans_are_grid_spans_and_vertical_merges() -> None:
    made = Table(grid((30, 40, 50), 3, [Cell(0, 0, "左", 3), Cell(0, 1, "上", 1, 2), Cell(1, 1, "大", 2, 2)]))
    assert rows_of(opened(paper(made)).tables[0]) == [
        [("左", 1, "restart"), ("上", 2, None)],
        [("", 1, "continue"), ("大", 2, "restart")],
        [("", 1, "continue"), ("", 2, "continue")],
    ]


def test_columns_are_fixed_in_twips_and_attached_tables_end_at_the_same_edge() -> None:
    document = paper(
        table(["甲", "乙", "丙"], widths=(33.3, 33.3, 103.4)), table(["甲", "乙"], widths=(85, 85))
    )
    widths = [[c.w.twips for c in found._tbl.tblGrid.gridCol_lst] for found in opened(document).tables]
    assert [sum(w) for w in widths] == [9638, 9638]  # 170 mm
    assert widths[1] == [4819, 4819]
    assert '<w:tblLayout w:type="fixed"/>' in part(document, "word/document.xml")


def test_header_rows_repeat_and_rows_are_not_cut() -> None:
    made = Table(grid((50, 50), 3, [Cell(0, 0, "栏"), Cell(1, 0, "值")], header_rows=1))
    properties = [etree.tostring(tr.trPr).decode() for tr in opened(paper(made)).tables[0]._tbl.tr_lst]
    assert ["tblHeader" in p for p in properties] == [True, False, False]
    assert all("cantSplit" in p for p in properties)
    kept = [tr.xpath("count(.//w:keepNext) > 0") for tr in opened(paper(made)).tables[0]._tbl.tr_lst]
    assert kept == [True, False, False]


def test_only_a_row_that_may_be_taller_than_a_page_may_be_cut() -> None:
    made = table(["短"], ["长" * 4000])
    properties = [etree.tostring(tr.trPr).decode() for tr in opened(paper(made)).tables[0]._tbl.tr_lst]
    assert ["cantSplit" in p for p in properties] == [True, False]


def test_attached_tables_stay_two_tables_with_a_hidden_thread_between() -> None:
    first, second = table(["甲", "乙"]), table(["丙", "丁"])
    document = paper(first, Table(second.grid, attached=True))
    assert len(opened(document).tables) == 2
    between = re.findall(r"</w:tbl>(<w:p>.*?</w:p>)", part(document, "word/document.xml"))[0]
    assert "<w:vanish/>" in between
    assert 'w:line="14" w:lineRule="exact"' in between


def test_the_official_faces_are_named_for_chinese_and_for_latin_letters() -> None:
    styles = {s.name: s for s in opened(paper(Heading("表"))).styles}
    for name, face in (
        ("附件号", "hei"),
        ("表题", "biaosong"),
        ("年度行", "kai"),
        ("正文段落", "fang"),
        ("单元格", style("body").face),
    ):
        fonts = styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{a}")) for a in ("ascii", "hAnsi", "eastAsia")} == {OFFICIAL[face]}  # type: ignore[index]


def test_a_heading_has_its_place_in_the_outline_and_a_paragraph_none() -> None:
    xml = part(paper(Heading("一", 1), Heading("二", 2), Paragraph("三")), "word/document.xml")
    assert re.findall(r'outlineLvl w:val="(\d)"', xml) == ["0", "1"]


def test_breaks_and_tabs_blanks_and_signs_come_back_as_they_were() -> None:
    texts = ["一\n二", "三\t四", "  五  ", "<&>\"'", "=1+1"]
    found = opened(paper(*(Paragraph(t) for t in texts), table(texts)))
    assert [p.text for p in found.paragraphs][:5] == texts
    assert [c.text for c in found.tables[0].rows[0].cells] == texts


def test_amounts_are_shown_as_on_paper() -> None:
    found = opened(paper(table([Decimal("1234567.5"), Decimal("-8.90"), Decimal("0"), ""])))
    assert [c.text for c in found.tables[0].rows[0].cells] == ["1,234,567.50", "-8.90", "0.00", ""]


def test_a_page_break_starts_a_page_without_an_empty_line() -> None:
    xml = part(
        paper(Paragraph("一"), PageBreak(), Paragraph("二"), PageBreak(), table(["三"])), "word/document.xml"
    )
    assert xml.count("<w:pageBreakBefore/>") == 2
    assert 'w:type="page"' not in xml


def test_the_page_is_the_documents_page() -> None:
    section = opened(Document(Page(297, 210, 15, 16, 17, 18), (table(["甲"]),))).sections[0]
    sizes = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
    )
    assert [round(s.mm) for s in sizes] == [297, 210, 15, 16, 17]
    assert section.orientation == 1


def test_pages_are_numbered_in_the_official_way() -> None:
    footer = part(paper(Paragraph("甲")), "word/footer1.xml")
    assert re.sub("<[^>]+>", "", footer).split() == ["—", "PAGE", "1", "—"]
    assert "word/footer1.xml" not in _names(Document(Page(numbered=False), (Paragraph("甲"),)))


def test_a_draft_says_so_on_every_page_and_nothing_else_does() -> None:
    assert "草稿" in part(paper(Paragraph("甲"), draft=True), "word/header1.xml")
    assert "word/header1.xml" not in _names(paper(Paragraph("甲")))


def test_properties_name_the_title_and_neither_user_nor_clock() -> None:
    properties = opened(paper(Paragraph("甲"), title="整体绩效目标<表>")).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("整体绩效目标<表>", "", "")
    assert properties.language == "zh-CN"
    assert properties.created.year == 1980


def test_a_control_character_is_refused_and_its_place_named() -> None:
    with pytest.raises(ExportRefused, match=r"第 1 个表格第 1 行第 2 列.*U\+0007"):
        write_bytes(paper(table(["甲", "\a"])), "docx")


@settings(max_examples=60)
@given(DOCUMENTS)
def test_every_part_is_well_formed_and_every_row_has_all_columns(document: Document) -> None:
    with zipfile.ZipFile(BytesIO(write_bytes(document, "docx"))) as file:
        for name in (n for n in file.namelist() if not n.endswith(".png")):
            etree.fromstring(file.read(name))
    found = docx.Document(BytesIO(write_bytes(document, "docx")))
    for made, block in zip(found.tables, document.tables, strict=True):
        assert [sum(span for _, span, _ in row) for row in rows_of(made)] == [block.width] * block.height


@pytest.mark.parametrize("name", ["z07", "z08", "j01"])
def test_every_text_of_a_published_form_is_in_the_file(forms: Path, name: str) -> None:
    document = published(forms, name)
    found = opened(document)
    shown = {p.text for p in found.paragraphs}
    shown |= {text for made in found.tables for row in rows_of(made) for text, _, _ in row}
    assert set(texts_of(document)) <= shown


def _names(document: Document) -> list[str]:
    with zipfile.ZipFile(BytesIO(write_bytes(document, "docx"))) as file:
        return file.namelist()


def test_lines_that_end_at_a_break_are_not_spread_over_the_width() -> None:
    settings = part(Document(Page(), (Paragraph("第一行\n第二行"),)), "word/settings.xml")
    assert "<w:doNotExpandShiftReturn/>" in settings
