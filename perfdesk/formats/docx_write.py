"""A document as a Word file: XML of our own in a minimal package.

``docx_write_parts`` has the parts that are the same for every document; here are the blocks. python-docx is twenty times slower and its
``cell.merge`` never ends for a long table, so it only checks these files in tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perfdesk.document.blocks import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Picture,
    Stretch,
    Table,
)
from perfdesk.document.grid import Cell, Grid
from perfdesk.document.measure import fitted, least_height, row_heights, text_width, wrapped
from perfdesk.document.theme import RULE, Style, style
from perfdesk.formats.docx_contents import bookmarked, entries, marked_headings, page_numbers
from perfdesk.formats.docx_pictures import Pictures
from perfdesk.formats.docx_sections import section
from perfdesk.formats.docx_write_parts import JUSTIFIED, NAMESPACES, package, style_id
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.xml_text import attribute
from perfdesk.formats.xml_text import text as escaped
from perfdesk.units import mm_to_pt, mm_to_twips, pt_to_twips

CUT_ABOVE = 0.8
"""A row that takes more than this part of a page may be cut: our heights are estimates, the fonts there may be wider."""
NARROW = mm_to_twips(80)
_RULE = f'w:val="single" w:sz="{round(RULE * 8)}" w:space="0" w:color="000000"'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "<w:tblBorders>" + "".join(f"<w:{side} {_RULE}/>" for side in _SIDES) + "</w:tblBorders>"


def docx_bytes(document: Document, fonts: Fonts | None) -> bytes:
    """The same document gives the same bytes. ``fonts`` (None: the installed ones) are those of the pages that contents name."""
    writer = _Body(document, fonts)
    body = "".join(writer.parts())
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    return package(document, xml, writer.pictures.files)


class _Body:
    def __init__(self, document: Document, fonts: Fonts | None) -> None:
        self._document = document
        self._marked = marked_headings(document)
        self._numbers = page_numbers(document, fonts)
        self.pictures = Pictures(fonts)

    def parts(self) -> Iterator[str]:
        """A section ends in the properties of its last paragraph, the last one stands alone behind everything."""
        *earlier, last = self._document.stretches()
        for stretch in earlier:
            ending = section(stretch.page, self._document.draft, stretch.first == earlier[0].first)
            in_text = isinstance(stretch.blocks[-1], Heading | Paragraph)
            yield from self._blocks(stretch, ending if in_text else "")
            if not in_text:
                yield _thread(True, False, ending)
        yield from self._blocks(last, "")
        if not last.blocks or isinstance(last.blocks[-1], Table | Chart):
            yield _thread(True, False)
        yield section(last.page, self._document.draft, not earlier)

    def _blocks(self, stretch: Stretch, ending: str) -> Iterator[str]:
        """``ending``: the section that ends with the stretch's last paragraph."""
        before: Block | None = None
        for number, block in enumerate(stretch.blocks, stretch.first):
            broken = isinstance(before, PageBreak)
            match block:
                case Heading() | Paragraph():
                    is_last = number == stretch.first + len(stretch.blocks) - 1
                    yield self._paragraph(number, block, stretch.page, broken, ending if is_last else "")
                case Table():
                    if broken or isinstance(before, Table):
                        yield _thread(block.attached and not broken, broken)
                    yield _table(block, stretch.page)
                case Contents():
                    yield from self._contents(block, stretch.page, broken)
                case Chart():
                    yield from self.pictures.paragraphs(block, stretch.page, broken)
                case PageBreak() | Picture():  # a picture's name stands in its place: ``write``
                    pass
            before = block

    def _paragraph(self, number: int, block: Heading | Paragraph, on: Page, broken: bool, ending: str) -> str:
        page = "<w:pageBreakBefore/>" if broken else ""
        tab = _far_tab(on) if style(block.style).far and "\t" in block.text else ""
        level = f'<w:outlineLvl w:val="{min(block.level, 9) - 1}"/>' if isinstance(block, Heading) else ""
        keep = "<w:keepNext/>" if isinstance(block, Heading) and not style(block.style).keep else ""
        runs = _runs(block.text)
        runs = bookmarked(number, runs) if number in self._marked else runs
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(block.style)}"/>{keep}{page}{tab}{level}{ending}</w:pPr>{runs}</w:p>'

    def _contents(self, block: Contents, page: Page, broken: bool) -> Iterator[str]:
        if block.title:
            yield self._paragraph(-1, Paragraph(block.title, "contents_title"), page, broken, "")
        yield from entries(block, self._document, page, self._numbers, broken and not block.title)


def _far_tab(page: Page) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{mm_to_twips(page.inner_width)}"/></w:tabs>'


def _thread(thin: bool, break_before: bool, ending: str = "") -> str:
    """The paragraph that Word wants between two tables (it would join them) and after the last. ``thin``: hidden, and as low as
    Word allows (0.7 pt) where hidden paragraphs are shown, so that the tables look like one. ``ending``: the section that ends with
    it; such a paragraph must not be hidden."""
    rule = 'w:line="14" w:lineRule="exact"' if thin else 'w:line="180" w:lineRule="exact"'
    mark = "<w:vanish/>" if thin and not ending else ""
    page = "<w:pageBreakBefore/>" if break_before else ""
    return (
        f'<w:p><w:pPr>{page}<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" {rule}/>'
        f'<w:rPr>{mark}<w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>{ending}</w:pPr></w:p>'
    )


def _runs(text: str) -> str:
    """One run; a line break inside a paragraph is a ``w:br``, a tab a ``w:tab``."""
    if not text:
        return ""
    inner = f'<w:t xml:space="preserve">{escaped(text)}</w:t>'
    if "\n" in text or "\t" in text:
        inner = inner.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        inner = inner.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">').replace(
            '<w:t xml:space="preserve"></w:t>', ""
        )
    return f"<w:r>{inner}</w:r>"


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(table: Table, page: Page) -> str:
    grid = fitted(table.grid, page.inner_width)
    if not grid.height or not grid.width:
        return ""
    twips = _twips(grid)
    name = f'<w:tblCaption w:val="{attribute(table.name)}"/>' if table.name else ""
    head = (
        f'<w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/>{_margins(grid)}{name}</w:tblPr>'
    )
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in twips)
    rows = "".join(_rows(grid, twips, page))
    return f"<w:tbl>{head}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _twips(grid: Grid) -> list[int]:
    """Whole twips whose sum is the rounded sum, so that attached tables end at the same edge."""
    edges = [0]
    for number in range(grid.width):
        edges.append(mm_to_twips(sum(grid.widths[: number + 1])))
    return [max(1, right - left) for left, right in pairwise(edges)]


def _margins(grid: Grid) -> str:
    pad = mm_to_twips(min((style(c.style).pad for c in grid.cells), default=1.0))
    sides = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in
                    (("top", pad), ("left", pad), ("bottom", pad), ("right", pad)))  # fmt: skip
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _rows(grid: Grid, twips: list[int], page: Page) -> Iterator[str]:
    lines = {(c.row, c.col): _line_count(grid, c) for c in grid.cells}
    lowest = least_height(grid)
    heights = row_heights(grid, lambda c: _height(c, lines[c.row, c.col]), lowest)
    tallest = mm_to_pt(page.height - page.top - page.bottom) * CUT_ABOVE
    parts: list[list[tuple[int, str]]] = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        width = sum(twips[cell.col : cell.col + cell.colspan])
        parts[cell.row].append(
            (cell.col, _cell(cell, width, lines[cell.row, cell.col], cell.row < grid.header_rows))
        )
        for row in range(cell.row + 1, cell.row + cell.rowspan):
            parts[row].append((cell.col, _merged_on(cell, width)))
    least = pt_to_twips(lowest)
    for number, cells in enumerate(parts):
        whole = "" if heights[number] > tallest else "<w:cantSplit/>"
        header = "<w:tblHeader/>" if number < grid.header_rows else ""
        inner = "".join(xml for _, xml in sorted(cells))
        yield f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{least}" w:hRule="atLeast"/>{header}</w:trPr>{inner}</w:tr>'


def _line_count(grid: Grid, cell: Cell) -> int:
    looks = style(cell.style)
    return len(wrapped(cell.text, looks, text_width(grid, cell, looks.pad))) if cell.text else 0


def _height(cell: Cell, lines: int) -> float:
    looks = style(cell.style)
    return lines * looks.size * looks.leading + 2 * mm_to_pt(looks.pad)


def _cell(cell: Cell, width: int, lines: int, in_header: bool) -> str:
    looks = style(cell.style)
    merged = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{looks.ground}"/>' if looks.ground else ""
    moved = _alignment(looks, lines, width)
    keep = "<w:keepNext/>" if in_header else ""  # a header does not stand alone at a page's end
    style_of = f'<w:pPr><w:pStyle w:val="{style_id(cell.style)}"/>{keep}{moved}</w:pPr>'
    return f"<w:tc>{_cell_head(cell, width, merged, ground)}<w:p>{style_of}{_runs(cell.text)}</w:p></w:tc>"


def _alignment(looks: Style, lines: int, width: int) -> str:
    """What a cell sets apart from its style: in a narrow column lines that fill the width would be torn apart."""
    align = looks.alignment(lines)
    if align == "left" and width < NARROW:
        return '<w:jc w:val="left"/>'
    return "" if align == looks.align else f'<w:jc w:val="{JUSTIFIED[align]}"/>'


def _merged_on(cell: Cell, width: int) -> str:
    style_of = f'<w:pPr><w:pStyle w:val="{style_id(cell.style)}"/></w:pPr>'
    return f"<w:tc>{_cell_head(cell, width, '<w:vMerge/>', '')}<w:p>{style_of}</w:p></w:tc>"


def _cell_head(cell: Cell, width: int, merged: str, ground: str) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}{ground}<w:vAlign w:val="center"/></w:tcPr>'
