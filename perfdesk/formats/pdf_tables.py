"""One table over several pages: rows whole, headers repeated, a span that the page cuts says its text again below.

What stands on a page are the cells of ``document.grid.split`` at the cuts; here they are found without copying the rest of a
long table for every page.
"""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.document.grid import Cell, Grid
from perfdesk.document.measure import least_height, stretch
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.pdf_cells import Part, PlacedCell, TableCells

LABEL_LINES = 3
"""In a row that is cut between lines, a cell of so few lines is taken for a label and repeated; a longer one flows on."""
LEAST_PART = 70.0
"""A row taller than a page starts on a page that has so much room left, in pt."""


class TableFlow:
    """The state of one table while pages are filled: ``row`` is the next row to be placed."""

    def __init__(self, number: int, grid: Grid, fonts: Fonts, left: float) -> None:
        """``left`` edge of the table in pt."""
        self.grid = grid
        self.row = 0
        self._cells = TableCells(number, grid, fonts, left)
        self._starts: list[list[Cell]] = [[] for _ in range(grid.height)]
        for cell in grid.cells:
            self._starts[cell.row].append(cell)
        self._carried: list[Cell] = []
        self._shown: dict[tuple[int, int], int] = {}
        self._least = least_height(grid)
        self._base = [self._base_height(row) for row in range(grid.height)]

    @property
    def done(self) -> bool:
        return self.row >= self.grid.height

    def least(self) -> float:
        """The height that the start of the table wants: its header and one row."""
        return sum(self._base[: self.grid.header_rows + 1])

    def place(
        self, top: float, room: float, full: float, goes_on: bool
    ) -> tuple[float, list[PlacedCell]] | None:
        """The next rows from ``top`` on in ``room``, and the height they take; None where nothing fits and a new page is needed.

        ``full`` is the room of an empty page; with that much there is always something. ``goes_on``: the page has rows of this
        table already (then only a row taller than a page can still begin there).
        """
        if goes_on and self._shown:
            return None
        header, repeated = (0.0, []) if goes_on else self._header(top, full)
        room, rest, fresh = room - header, full - header, room >= full - 0.01
        found = self._end(room)
        if found is None:
            taller_than_page = self._end(rest) is None
            if not fresh and not (taller_than_page and room > LEAST_PART):
                return None
            height, cells = self._cut_row(top + header, room)
        else:
            end, heights = found
            if not fresh and self.row == 0 and end <= self.grid.header_rows < self.grid.height:
                return None
            height, cells = sum(heights), self._placed(top + header, end, heights)
            self._advance(end)
        return header + height, repeated + cells

    def _header(self, top: float, full: float) -> tuple[float, list[PlacedCell]]:
        count = self.grid.header_rows
        if not count or self.row < count:
            return 0.0, []
        cells = [c for row in self._starts[:count] for c in row]
        heights = self._heights(0, count, cells)
        if sum(heights) > full / 2:
            return 0.0, []
        return sum(heights), [self._box(c, top, heights, 0, True) for c in cells]

    # --- which rows --------------------------------------------------------------------------------------------------

    def _end(self, room: float) -> tuple[int, list[float]] | None:
        """The row after the last that fits, and the heights of the rows; None where not even one fits."""
        end, used = self.row, 0.0
        while end < self.grid.height and (end == self.row or used + self._base[end] <= room + 0.01):
            used += self._base[end] if not self._shown or end > self.row else 0.0
            end += 1
        while end > self.row:
            heights = self._heights(self.row, end, self._visible(end))
            if sum(heights) <= room + 0.01:
                return end, heights
            end -= 1
        return None

    def _visible(self, end: int) -> list[Cell]:
        return self._carried + [c for row in self._starts[self.row : end] for c in row]

    def _heights(self, first: int, end: int, cells: Iterable[Cell]) -> list[float]:
        heights = [self._least] * (end - first)
        spans: list[tuple[int, int, Cell]] = []
        for cell in cells:
            start, stop = max(cell.row, first) - first, min(cell.row + cell.rowspan, end) - first
            if stop - start == 1:
                heights[start] = max(heights[start], self._needed(cell))
            else:
                spans.append((stop, start, cell))
        for stop, start, cell in sorted(spans, key=lambda s: s[:2]):
            stretch(heights, start, stop, self._needed(cell))
        return heights

    def _base_height(self, row: int) -> float:
        single = (self._needed(c) for c in self._starts[row] if c.rowspan == 1)
        return max(self._least, *single, 0.0)

    def _needed(self, cell: Cell) -> float:
        text = self._cells.text(cell)
        return text.height(len(text.lines) - self._shown.get((cell.row, cell.col), 0))

    def _advance(self, end: int) -> None:
        self._carried = [c for c in self._visible(end) if c.row + c.rowspan > end]
        self._shown = {}
        self.row = end

    # --- where they lie ----------------------------------------------------------------------------------------------

    def _placed(self, top: float, end: int, heights: list[float]) -> list[PlacedCell]:
        return [self._box(c, top, heights, self.row, c.row < self.row) for c in self._visible(end)]

    def _box(self, cell: Cell, top: float, heights: list[float], first: int, repeated: bool) -> PlacedCell:
        """The cell in the rows from ``first`` on that the page has, ``heights`` being theirs."""
        start, stop = max(cell.row - first, 0), min(cell.row + cell.rowspan - first, len(heights))
        shown = self._shown.get((cell.row, cell.col))
        part = None if shown is None else (shown, len(self._cells.text(cell).lines))
        return self._cells.box(cell, top + sum(heights[:start]), sum(heights[start:stop]), part, repeated)

    def _cut_row(self, top: float, room: float) -> tuple[float, list[PlacedCell]]:
        """As many lines of the row's cells as have room; the row goes on where the next page begins."""
        parts = [(cell, self._part(cell, room)) for cell in self._visible(self.row + 1)]
        height = max(self._cells.text(cell).height(stop - start) for cell, (start, stop) in parts)
        height = max(min(height, room), self._least)
        placed = [self._cells.box(cell, top, height, part, cell.row < self.row) for cell, part in parts]
        flowing = [
            (cell, stop) for cell, (_, stop) in parts if len(self._cells.text(cell).lines) > LABEL_LINES
        ]
        if all(stop == len(self._cells.text(cell).lines) for cell, stop in flowing):
            self._advance(self.row + 1)
        else:
            self._shown |= {(cell.row, cell.col): stop for cell, stop in flowing}
        return height, placed

    def _part(self, cell: Cell, room: float) -> Part:
        text = self._cells.text(cell)
        start = self._shown.get((cell.row, cell.col), 0)
        return start, min(len(text.lines), start + max(1, text.fitting(room)))
