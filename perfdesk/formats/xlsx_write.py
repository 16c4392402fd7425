"""A document as an Excel workbook: numbers are numbers, texts are texts, and no row clips what stands in it.

``xlsx_write_looks`` turns the theme into Excel's formats; here are sheets, rows and the printed page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from perfdesk.document.blocks import Block, Chart, Contents, Document, Heading, Paragraph, Table
from perfdesk.document.grid import Cell, Grid, Value
from perfdesk.document.measure import (
    approximate_width,
    fitted,
    least_height,
    row_heights,
    text_width,
    wrapped,
)
from perfdesk.document.theme import OFFICIAL, Style, contents_style, style
from perfdesk.errors import ExportRefused
from perfdesk.formats.xlsx_formulas import Place, PlacedTable, formulas
from perfdesk.formats.xlsx_print import set_page
from perfdesk.formats.xlsx_sheets import Sheet, sheets
from perfdesk.formats.xlsx_write_looks import Looks, exact
from perfdesk.units import mm_to_pixels, mm_to_pt, pt_to_mm

LONGEST_TEXT = 32_767
TALLEST_ROW = 409.0
"""Excel's limit in pt. A cell that needs more gets smaller letters; a paragraph gets several rows."""
SMALLEST = 1.0
LINE = 1.4
"""Distance of lines as a multiple of the size: Excel takes it from the font, and fonts that stand in are taller than ours."""
NEAR = 2
"""A span of more rows than this that a page's end may cut has its text at the top: Excel would print the middle of it in two halves."""
MARGIN = 0.8
"""What Excel keeps free at either side of a cell, in mm."""
SPARE = 0.97
"""The part of a column's width that we count on: columns are whole pixels, and other fonts take a little more."""
DEFAULT_FONT: dict[str, object] = {
    "default_format_properties": {
        "font_name": OFFICIAL["song"], "font_size": 11, "font_family": 0, "font_charset": 134, "font_scheme": False,
    },
    "default_column_width": 72,
    "default_row_height": 18,
}  # fmt: skip
"""Excel counts column widths in digits of this font (8 pixels each): one that every Chinese office has, so that widths hold there."""
PLAIN = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WRITTEN = datetime(1980, 1, 1)


def xlsx_bytes(document: Document) -> bytes:
    """The same document gives the same bytes. ExportRefused where a text is longer than Excel's cells can hold."""
    from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

    _refuse_long(document)
    out = BytesIO()
    book: Any = Workbook(out, {"in_memory": True, **DEFAULT_FONT, **PLAIN})
    known = ("subject", "keywords", "category")
    properties = {key: value for key, value in document.properties if key in known}
    properties |= {"author": dict(document.properties).get("creator", "")}
    book.set_properties({"title": document.title, **properties, "created": _WRITTEN})
    _fill(book, document)
    book.close()
    return out.getvalue()


def _fill(book: Any, document: Document) -> None:
    """Contents and totals come last: they name places on other sheets."""
    looks, with_totals = Looks(book), any(c.total_of for grid in document.tables for c in grid.cells)
    writers = [_Writer(plan, book.add_worksheet(plan.name), looks, with_totals) for plan in sheets(document)]
    for writer in writers:
        writer.write(document.draft)
    found = formulas([table for writer in writers for table in writer.tables])
    for writer in writers:
        writer.write_formulas(found)
        for _, block in writer.plan.blocks:
            if isinstance(block, Contents):
                writer.write_contents(block, document, writers)


def _refuse_long(document: Document) -> None:
    for block in document.blocks:
        for text in _texts(block):
            # Excel counts UTF-16 units: a character beyond U+FFFF is two.
            if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                message = (
                    f"Excel 一个单元格最多 {LONGEST_TEXT} 个字，而“{text[:12]}…”有 {len(text)} 个字，没有写成。"
                    "请缩短该文字，或导出为 Word、PDF。"
                )
                raise ExportRefused("text-too-long", message)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Table():
            yield from [cell.value for cell in block.grid.cells if isinstance(cell.value, str)]
        case Heading() | Paragraph():
            yield block.text
        case Chart():
            yield from (*block.series, *(bar.label for bar in block.bars))
        case _:
            pass


class _Writer:
    """Fills one worksheet from the top down; ``row`` is the next free one, ``used`` the height taken of the printed page."""

    def __init__(self, plan: Sheet, sheet: Any, looks: Looks, with_totals: bool) -> None:
        self.plan, self.sheet, self.looks, self.with_totals = plan, sheet, looks, with_totals
        self.widths = plan.widths or (plan.page.inner_width,)
        self.row = 0
        self.used = 0.0
        self.headings: dict[int, int] = {}
        self.tables: list[tuple[str, PlacedTable]] = []
        self.totals: list[tuple[int, int, Value, Any]] = []

    def write(self, draft: bool) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, max(1, mm_to_pixels(width)))
        repeated: tuple[int, tuple[int, int]] | None = None
        before: Block | None = None
        for number, block in self.plan.blocks:
            if isinstance(block, Table):
                if isinstance(before, Table) and not block.attached:
                    self.row += 1
                rows = self._table(block)
                repeated = max(repeated or (0, (0, 0)), (block.grid.height, rows)) if rows else repeated
            elif isinstance(block, Heading | Paragraph):
                self.headings[number] = self.row
                self._text(block.text, style(block.style))
            before = block
        set_page(self.sheet, self.plan.page, repeated[1] if repeated else None, draft)

    def write_contents(self, contents: Contents, document: Document, sheets: Iterable[_Writer]) -> None:
        """The title and a link for each heading to where it stands."""
        places = {number: (w.plan.name, row) for w in sheets for number, row in w.headings.items()}
        if contents.title:
            self._text(contents.title, style("contents_title"))
        for number, heading in document.listed(contents.levels):
            name, row = places[number]
            sheet = name.replace("'", "''")
            self._text(
                " ".join(heading.text.split()),
                contents_style(heading.level),
                f"internal:'{sheet}'!A{row + 1}",
            )

    def write_formulas(self, found: Mapping[Place, str]) -> None:
        """Puts the formulas of this sheet where the numbers stand that they compute."""
        for row, column, value, shown in self.totals:
            if formula := found.get((self.plan.name, row, column)):
                self.sheet.write_formula(row, column, formula, shown, value)

    # --- headings and paragraphs -------------------------------------------------------------------------------------

    def _text(self, text: str, looks: Style, link: str = "") -> None:
        text, _, far = text.partition("\t") if looks.far and len(self.widths) > 1 else (text, "", "")
        first = _first_column(far, looks, self.widths) if far else len(self.widths)
        width = mm_to_pt(sum(self.widths[:first]) - 2 * MARGIN) * SPARE
        needed = len(wrapped(text, looks, width)) * looks.size * LINE + looks.before + looks.after + 2
        rows = max(1, -int(-needed // TALLEST_ROW))
        for row in range(self.row, self.row + rows):
            self.sheet.set_row(row, needed / rows)
        shown = self.looks.paragraph(looks, text, bool(link))
        self._put(self.row, 0, rows, first, text, shown)
        if far:
            shown = self.looks.paragraph(replace(looks, align="right"), far)
            self._put(self.row, first, rows, len(self.widths) - first, far, shown)
        if link:
            self.sheet.write_url(self.row, 0, link, shown, text)
        self.row += rows
        self.used += needed

    # --- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> tuple[int, int] | None:
        """Writes the table; the rows of its header, None where it has none."""
        grid = fitted(table.grid, self.plan.page.inner_width)
        shapes = _shapes(grid)
        heights = row_heights(grid, lambda c: shapes[c.row, c.col].height, least_height(grid))
        for number, height in enumerate(heights):
            self.sheet.set_row(self.row + number, min(height, TALLEST_ROW))
        cuts = self._cuts(heights, grid.header_rows)
        for cell in grid.cells:
            shape = shapes[cell.row, cell.col]
            at_top = cell.rowspan > NEAR and _cut_by(cuts, cell)
            shown = self.looks.cell(cell, shape.size, shape.lines, at_top)
            self._put(self.row + cell.row, cell.col, cell.rowspan, cell.colspan, cell.value, shown, cell)
            if cell.total_of:
                self.totals.append((self.row + cell.row, cell.col, cell.value, shown))
        first = self.row
        if self.with_totals:
            cells = {(c.row, c.col): c for c in grid.cells}
            self.tables.append((table.name, PlacedTable(self.plan.name, first, cells)))
        self.row += grid.height
        return (first, first + grid.header_rows - 1) if grid.header_rows else None

    def _cuts(self, heights: list[float], header_rows: int) -> list[int]:
        """The table's rows that begin a page, as far as our heights tell; ``used`` goes on to the table's end."""
        room = mm_to_pt(self.plan.page.inner_height)
        cuts: list[int] = []
        for row, height in enumerate(heights):
            if self.used + height > room:
                cuts.append(row)
                self.used = sum(heights[:header_rows])
            self.used += height
        return cuts

    def _put(
        self,
        row: int,
        column: int,
        rows: int,
        columns: int,
        value: str | Decimal,
        looks: Any,
        cell: Cell | None = None,
    ) -> None:
        if isinstance(value, Decimal) and not exact(value):
            value = cell.text if cell else str(value)
        if rows > 1 or columns > 1:
            # A text stays one, whatever it begins with: see PLAIN.
            self.sheet.merge_range(row, column, row + rows - 1, column + columns - 1, value, looks)
        elif isinstance(value, Decimal):
            # As a Decimal: XlsxWriter 3.3.1 prints floats with 16 digits, and 8.7 comes out as 8.699999999999999.
            self.sheet.write_number(row, column, value, looks)
        elif value:
            self.sheet.write_string(row, column, value, looks)
        else:
            self.sheet.write_blank(row, column, None, looks)


# --- room ------------------------------------------------------------------------------------------------------------


def _first_column(far: str, looks: Style, widths: Sequence[float]) -> int:
    """The first of the columns at the right edge over which ``far`` has room; the first column of all is left for what stands before it."""
    needed = pt_to_mm(approximate_width(far) * looks.size / SPARE) + 2 * MARGIN
    return max((n for n in range(1, len(widths)) if sum(widths[n:]) >= needed), default=1)


def _cut_by(cuts: list[int], cell: Cell) -> bool:
    """Whether a page may end in the cell or within a row or so of it: other fonts move the page's end a little."""
    nearest = bisect_right(cuts, cell.row - NEAR)
    return nearest < len(cuts) and cuts[nearest] < cell.row + cell.rowspan + NEAR


class _Shape(NamedTuple):
    """Size of a cell's letters in pt and the lines that its text takes then."""

    size: float
    lines: int

    @property
    def height(self) -> float:
        return self.lines * self.size * LINE + 5


def _shapes(grid: Grid) -> dict[tuple[int, int], _Shape]:
    """Of each cell by its place."""
    rooms: dict[tuple[int, int], float] = {}
    found: dict[tuple[int, int], _Shape] = {}
    for cell in grid.cells:
        columns = cell.col, cell.colspan
        if columns not in rooms:
            rooms[columns] = text_width(grid, cell, MARGIN) * SPARE
        found[cell.row, cell.col] = _shape(cell, rooms[columns])
    return found


def _shape(cell: Cell, width: float) -> _Shape:
    """The style's size, or a smaller one where the text would not fit into the tallest row that Excel has (nothing is cut)."""
    looks, text = style(cell.style), cell.text
    if not text:
        return _Shape(looks.size, 0)
    if (
        len(text) <= width / looks.size - looks.inset - looks.indent and "\n" not in text
    ):  # no letter is wider than 1
        return _Shape(looks.size, 1)
    for size in _sizes(looks.size):
        smaller = looks if size == looks.size else replace(looks, size=size)
        shape = _Shape(size, len(wrapped(text, smaller, width)))
        if shape.height <= TALLEST_ROW * cell.rowspan:
            return shape
    return _Shape(SMALLEST, 1)


def _sizes(size: float) -> Iterator[float]:
    while size > SMALLEST:
        yield size
        size -= 0.5
