"""PDF: what stands where on the pages, and what a reader finds in the file."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.document.blocks import Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.grid import Cell, Grid, grid, split
from perfdesk.document.theme import style
from perfdesk.errors import ExportRefused
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.pdf_cells import PlacedCell
from perfdesk.formats.pdf_pages import LaidPage, PlacedText
from perfdesk.formats.pdf_write import rules
from perfdesk.formats.write import missing_glyphs, pages, write_bytes
from perfdesk.units import mm_to_pt
from tests.formats.written import DOCUMENTS, paper, published, table, texts_of

SHIPPED = Fonts.shipped()
BOTTOM = mm_to_pt(297 - 20)


def laid(*blocks: Any) -> tuple[LaidPage, ...]:
    return pages(paper(*blocks), SHIPPED)


def words(placed: PlacedCell | PlacedText) -> str:
    return "".join(line.text for line in placed.lines)


def read_back(document: Document) -> str:
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    return "\n".join(page.get_textpage().get_text_range() for page in file)


def squeezed(text: str) -> str:
    return "".join(text.split())


def long_table(rows: int, span: int) -> Grid:
    """A header, a level over ``span`` rows each, a name in every row."""
    cells = [Cell(0, 0, "一级指标", style="head"), Cell(0, 1, "三级指标", style="head")]
    cells += [Cell(r, 0, f"级{r}", min(span, rows + 1 - r), style="level") for r in range(1, rows + 1, span)]
    cells += [Cell(r, 1, f"第{r}项") for r in range(1, rows + 1)]
    return grid((60, 110), rows + 1, cells, 1)


# --- on the pages ----------------------------------------------------------------------------------------------------


def test_header_rows_stand_on_every_page_and_every_row_once() -> None:
    shown = laid(Table(long_table(200, 7)))
    assert len(shown) > 4
    for page in shown:
        assert [words(c) for c in page.cells if c.cell.row == 0] == ["一级指标", "三级指标"]
    names = Counter(words(c) for page in shown for c in page.cells if c.cell.col == 1 and c.cell.row)
    assert names == Counter(f"第{r}项" for r in range(1, 201))


@given(st.integers(40, 90), st.integers(1, 60), st.booleans())
@settings(max_examples=25)
def test_the_cells_of_each_page_are_those_of_the_table_cut_there(
    rows: int, span: int, below_text: bool
) -> None:
    whole = long_table(rows, span)
    shown = laid(*([Paragraph("一\n二\n三")] if below_text else []), Table(whole))
    rest = whole
    for number, page in enumerate(shown):
        body = [c for c in page.cells if number == 0 or c.cell.row > 0]
        height = round(sum(c.height for c in body if c.cell.col == 1) / mm_to_pt(7))
        part, rest = split(rest, height) if height < rest.height else (rest, grid(whole.widths, 1, []))
        assert sorted(words(c) for c in body) == sorted(c.text for c in part.cells)


def test_a_span_that_the_page_cuts_says_its_text_again_in_the_middle_of_its_part() -> None:
    shown = laid(Table(long_table(60, 60)))
    for page in shown:
        (label,) = [c for c in page.cells if c.cell.col == 0 and c.cell.row == 1]
        assert words(label) == "级1"
        (line,) = label.lines
        assert label.y + label.height / 2 == pytest.approx(line.baseline - 0.37 * 10.5, abs=1.5)
    assert [c.repeated for page in shown for c in page.cells if c.cell.col == 0 and c.cell.row == 1] == [
        False,
        True,
    ]


@settings(max_examples=60)
@given(DOCUMENTS)
def test_nothing_leaves_the_page_and_no_cells_overlap(document: Document) -> None:
    for page in pages(document, SHIPPED):
        bottom = mm_to_pt(page.page.height - page.page.bottom)
        for cell in page.cells:
            assert cell.y + cell.height <= bottom + 0.1
            for line in cell.lines:
                assert cell.y <= line.baseline <= cell.y + cell.height
        for text in page.texts:
            assert text.y + text.height <= bottom + 0.1
        for chart in page.charts:
            assert chart.y + chart.drawing.height <= bottom + 0.1
        _assert_apart(page.cells)


def _assert_apart(cells: tuple[PlacedCell, ...]) -> None:
    for number, one in enumerate(cells):
        for other in cells[number + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert across < 0.01 or down < 0.01


def test_lines_stay_inside_their_cells() -> None:
    text = "年度预算执行率≥95%，按照“三公经费”控制率（含）80000元/人执行，共13,034.70万元。" * 8
    shown = laid(
        table([text, text, text], widths=(30, 60, 80)),
        table([Decimal("1234567890.12")], widths=(30,), style="amount"),
    )
    for cell in shown[0].cells:
        looks = style(cell.cell.style)
        measure = SHIPPED.measure(looks.face)
        for line in cell.lines:
            end = line.x + measure(line.text) * looks.size + line.spread * (len(line.text) - 1)
            assert cell.x - 0.01 <= line.x
            assert end <= cell.x + cell.width + 0.01


def test_a_row_moves_whole_to_the_next_page() -> None:
    shown = laid(table(*(["行\n行\n行"] for _ in range(60))))
    heights = {round(c.height, 2) for page in shown for c in page.cells}
    assert len(shown) > 2
    assert len(heights) == 1


def test_a_row_taller_than_a_page_is_cut_between_lines_and_its_label_repeated() -> None:
    text = "、".join(f"第{n}项工作" for n in range(1500))
    shown = laid(table(["年度履职目标", text], ["末", "行"], widths=(30, 140)))
    parts = [words(c) for page in shown for c in page.cells if (c.cell.row, c.cell.col) == (0, 1)]
    assert "".join(parts) == text
    assert [words(c) for page in shown for c in page.cells if (c.cell.row, c.cell.col) == (0, 0)] == [
        "年度履职目标"
    ] * len(parts)
    assert len(parts) == len(shown) > 2


def test_a_span_taller_than_a_page_shows_all_of_its_text() -> None:
    text = "、".join(f"第{n}项工作" for n in range(900))
    made = Table(grid((30, 140), 2, [Cell(0, 0, text, 2), Cell(0, 1, "甲"), Cell(1, 1, "乙")]))
    shown = laid(made)
    assert "".join(words(c) for page in shown for c in page.cells if c.cell.col == 0) == text
    assert {words(c) for page in shown for c in page.cells if c.cell.col == 1} >= {"甲", "乙"}


def test_attached_tables_join_and_others_keep_a_distance() -> None:
    first, second = table(["甲"]), table(["乙"])
    joined, apart = (
        laid(first, Table(second.grid, attached=attached))[0].cells for attached in (True, False)
    )
    assert joined[1].y == pytest.approx(joined[0].y + joined[0].height)
    assert apart[1].y > apart[0].y + apart[0].height + 5


def test_a_title_stays_with_the_table_below_it() -> None:
    filler = [Paragraph("一", "note")] * 45
    (first, second) = laid(
        *filler, Heading("表题"), Paragraph("单位：万元", "unit_line"), Table(long_table(30, 1))
    )
    assert all(t.style == "note" for t in first.texts)
    assert [words(t) for t in second.texts] == ["表题", "单位：万元"]


def test_a_mark_that_hangs_over_the_edge_leaves_the_text_before_it_flush() -> None:
    (page,) = laid(Paragraph("年" * 28 + "，" + "度" * 40))
    measure, first = SHIPPED.measure("fang"), page.texts[0].lines[0]
    assert first.text == "年" * 28 + "，"
    inner = measure(first.text[:-1]) * 16 + first.spread * (len(first.text) - 1)
    assert first.x + inner == pytest.approx(mm_to_pt(190), abs=0.5)


def test_of_the_space_after_a_paragraph_and_before_the_next_the_larger_counts() -> None:
    (page,) = laid(Heading("部分", 1, "part"), Heading("一", 2, "heading1"), Heading("二", 2, "heading2"))
    part, first, second = page.texts
    assert first.y - part.y - part.height == pytest.approx(style("part").after)
    assert second.y - first.y - first.height == pytest.approx(style("heading2").before)


def test_the_last_line_of_a_paragraph_does_not_go_alone() -> None:
    for count in range(20, 40):
        shown = laid(Paragraph("字" * 29 * count))
        assert all(len(t.lines) > 1 for page in shown for t in page.texts)


def test_a_paragraph_of_three_lines_is_not_torn() -> None:
    for count in range(40, 51):
        shown = laid(*[Paragraph("一", "note")] * count, Paragraph("字" * 75))
        assert {len(t.lines) for page in shown for t in page.texts if t.style == "paragraph"} == {3}


def test_a_page_break_turns_the_page_once() -> None:
    assert [words(p.texts[0]) for p in laid(Paragraph("一"), PageBreak(), PageBreak(), Paragraph("二"))] == [
        "一",
        "二",
    ]


def test_nothing_is_one_empty_page() -> None:
    assert laid() == (LaidPage(1, (), ()),)
    assert len(pypdfium2.PdfDocument(write_bytes(Document(Page(), ()), "pdf", SHIPPED))) == 1


# --- in the file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["z07", "z08", "j01"])
def test_every_text_of_a_published_form_can_be_read_in_the_file(forms: Path, name: str) -> None:
    document = published(forms, name)
    shown = squeezed(read_back(document))
    plain = [
        t for t in texts_of(document) if len(squeezed(t)) <= 12
    ]  # longer ones go over several lines of their cells
    assert all(squeezed(t) in shown for t in plain)
    for text in texts_of(document):
        for start in range(0, len(text), 4):
            assert squeezed(text[start : start + 4]) in shown or len(text) > 12


def test_pages_are_numbered_in_the_official_way() -> None:
    assert squeezed(read_back(paper(Paragraph("甲"), PageBreak(), Paragraph("乙")))) == "甲—1—乙—2—"
    assert squeezed(read_back(Document(Page(numbered=False), (Paragraph("甲"),)))) == "甲"


def test_a_draft_says_so_on_every_page() -> None:
    document = paper(Paragraph("甲"), PageBreak(), Paragraph("乙"), draft=True)
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    assert all("草稿" in page.get_textpage().get_text_range() for page in file)


def test_headings_make_the_outline_and_the_title_is_a_property() -> None:
    document = paper(
        Heading("一", 2), PageBreak(), Heading("二", 1), Heading("三", 3), title="整体绩效目标表"
    )
    file = pypdfium2.PdfDocument(write_bytes(document, "pdf", SHIPPED))
    entries = [(entry.level, entry.get_title(), entry.get_dest().get_index()) for entry in file.get_toc()]
    assert entries == [(0, "一", 0), (0, "二", 1), (1, "三", 1)]
    assert file.get_metadata_value("Title") == "整体绩效目标表"


def test_only_the_fonts_that_were_used_are_embedded_and_all_of_them_are() -> None:
    data = write_bytes(paper(Paragraph("甲", "note")), "pdf", SHIPPED)
    assert b"FSPSong" in data
    assert b"FSPKai" not in data
    assert b"Helvetica" not in data
    assert len(data) < 40_000


def test_a_character_that_the_face_lacks_is_drawn_from_another() -> None:
    assert not SHIPPED.typeface("fang").covers("镕")
    assert missing_glyphs(paper(table(["朱镕"])), SHIPPED) == ()
    assert "朱镕" in squeezed(read_back(paper(table(["朱镕"]))))


def test_a_character_that_no_font_has_is_told_with_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    document = paper(Paragraph("甲"), table(["好", "张𠀀三"]))
    assert missing_glyphs(document, SHIPPED) == (("𠀀", "第 1 个表格第 1 行第 2 列“张𠀀三”"),)
    with pytest.raises(ExportRefused, match=r"𠀀.*U\+20000.*第 1 行第 2 列"):
        write_bytes(document, "pdf", SHIPPED)


def test_invisible_marks_and_narrow_blanks_need_no_glyph() -> None:
    document = paper(Paragraph("甲\u200b乙\ufe0f\u2009丙\u00a0丁"))
    assert missing_glyphs(document, SHIPPED) == ()
    assert squeezed(read_back(document)).startswith("甲乙丙丁")


def test_every_rule_is_drawn_once_and_every_border_is_there() -> None:
    (page,) = laid(Table(long_table(12, 5)), Table(table(["甲", "乙"], widths=(80, 90)).grid, attached=True))
    drawn = rules(page.cells)
    for one in drawn:
        for other in drawn:
            assert one is other or not _overlap(one, other)
    for cell in page.cells:
        left, right, top, bottom = cell.x, cell.x + cell.width, cell.y, cell.y + cell.height
        for border in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            assert any(_inside(border, rule) for rule in drawn)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return (abs(across) < 0.02 and down > 0.1) or (abs(down) < 0.02 and across > 0.1)


def _inside(part: tuple[float, ...], whole: tuple[float, ...]) -> bool:
    return all(p >= w - 0.05 for p, w in zip(part[:2], whole[:2], strict=True)) and all(
        p <= w + 0.05 for p, w in zip(part[2:], whole[2:], strict=True)
    )


def test_digits_of_amounts_stand_under_each_other() -> None:
    made = table([Decimal("1111.11")], [Decimal("8888.88")], style="amount")
    starts = [c.lines[0].x for c in laid(made)[0].cells]
    assert starts[0] == pytest.approx(starts[1])
