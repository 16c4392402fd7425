"""The cells of a table on paper: their lines, the height that they need, and the box that each fills."""

from __future__ import annotations

from dataclasses import dataclass

from perfdesk.document.grid import Cell, Grid
from perfdesk.document.lines import Measure
from perfdesk.document.measure import text_width
from perfdesk.document.theme import Style, style
from perfdesk.formats.fonts import Fonts, drawable
from perfdesk.formats.pdf_lines import Line, aligned, baseline, filled_lines, tabular
from perfdesk.units import mm_to_pt

Part = tuple[int, int]
"""The lines of a cell from the first number up to the second."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell of table ``table`` (from 0) as it lies on a page, in pt from the page's top left corner. ``cell`` has its place in the whole
    table; ``repeated``: this part shows again what an earlier one showed."""

    table: int
    cell: Cell
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's lines with whether each fills its width."""

    style: Style
    lines: tuple[tuple[str, bool], ...]

    def height(self, count: int) -> float:
        return count * self.style.size * self.style.leading + 2 * mm_to_pt(self.style.pad) if count else 0.0

    def fitting(self, room: float) -> int:
        return int((room - 2 * mm_to_pt(self.style.pad) + 0.01) / (self.style.size * self.style.leading))


class TableCells:
    """The texts of table ``number`` broken into lines, and its columns with the left edge at ``left`` pt."""

    def __init__(self, number: int, grid: Grid, fonts: Fonts, left: float) -> None:
        self.number, self.grid, self.fonts = number, grid, fonts
        self._edges = [left]
        for width in grid.widths:
            self._edges.append(self._edges[-1] + mm_to_pt(width))
        self._texts = {(c.row, c.col): self._text(c) for c in grid.cells}

    def text(self, cell: Cell) -> CellText:
        return self._texts[cell.row, cell.col]

    def box(
        self, cell: Cell, y: float, height: float, part: Part | None = None, repeated: bool = False
    ) -> PlacedCell:
        """The cell (None: all lines of it) in the middle of the height it has on the page."""
        x, right = self._edges[cell.col], self._edges[cell.col + cell.colspan]
        text = self.text(cell)
        lines = text.lines if part is None else text.lines[slice(*part)]
        step = text.style.size * text.style.leading
        top, pad = y + (height - step * len(lines)) / 2, mm_to_pt(text.style.pad)
        looks, measure = text.style, self._measure(cell, text.style)
        align, between = looks.alignment(len(text.lines)), (x + pad, right - pad)
        at = baseline(self.fonts, looks, top) if lines else 0.0
        placed = tuple(
            [
                aligned(line, filled, looks, measure, between, at + step * number, align)
                for number, (line, filled) in enumerate(lines)
            ]
        )
        return PlacedCell(self.number, cell, x, y, right - x, height, placed, repeated)

    def _measure(self, cell: Cell, looks: Style) -> Measure:
        if cell.format == "amount":
            return tabular(self.fonts, looks.face)
        return self.fonts.measure(looks.face)

    def _text(self, cell: Cell) -> CellText:
        looks, text = style(cell.style), drawable(cell.text)
        if not text:
            return CellText(looks, ())
        width = text_width(self.grid, cell, looks.pad)
        return CellText(looks, filled_lines(text, looks, width, self._measure(cell, looks)))
