"""A table: true columns, no overlapping spans, values and the names of formats and styles – never a font, a colour or a height."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Literal, NamedTuple

from perfdesk.values import show_amount

_PLACE = attrgetter("row", "col")
Value = str | Decimal
Format = Literal["text", "amount", "number"]


class Term(NamedTuple):
    """A cell that another one adds up: its place (top left corner) in the same table, or in the one table of the document that is
    named ``table``; ``sign`` is 1 or -1."""

    row: int
    col: int
    sign: int = 1
    table: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """``row``/``col`` of the top left corner, from 0. ``continued``: the rest of a cell that a cut left on the page before.

    ``total_of``: the cells whose sum ``value`` is. Only Excel shows it, as a formula, and only where the sum is right: see
    ``formats.xlsx_formulas``.
    """

    row: int
    col: int
    value: Value = ""
    rowspan: int = 1
    colspan: int = 1
    format: Format = "text"
    style: str = "body"
    continued: bool = False
    total_of: tuple[Term, ...] = ()

    @property
    def text(self) -> str:
        """What paper and screen show."""
        if isinstance(self.value, str):
            return self.value
        return show_amount(self.value) if self.format == "amount" else format(self.value, "f")


@dataclass(frozen=True, slots=True)
class Grid:
    """``widths`` of the columns in mm (a reader that does not know them gives 0 each); the first ``header_rows`` rows repeat on
    every page. Make one with ``grid()``, which normalises."""

    widths: tuple[float, ...]
    height: int
    cells: tuple[Cell, ...]
    header_rows: int = 0

    @property
    def width(self) -> int:
        return len(self.widths)

    def at(self) -> dict[tuple[int, int], Cell]:
        """Every covered position → the cell that covers it."""
        return {(r, c): cell for cell in self.cells for r, c in covered(cell)}

    def texts(self) -> list[list[str]]:
        """Rows of texts, a span's text at its top left corner only."""
        rows = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row][cell.col] = cell.text
        return rows


def covered(cell: Cell) -> Iterator[tuple[int, int]]:
    for r in range(cell.row, cell.row + cell.rowspan):
        for c in range(cell.col, cell.col + cell.colspan):
            yield r, c


def grid(widths: Iterable[float], height: int, cells: Iterable[Cell], header_rows: int = 0) -> Grid:
    """A normal grid: spans clamped to the table, a later cell that would overlap an earlier one loses the overlap (its span
    shrinks to 1 × 1; where even that place is taken ValueError), uncovered places filled with empty cells, cells in reading order."""
    columns = tuple(widths)
    taken: set[tuple[int, int]] = set()
    normal: list[Cell] = []
    for cell in sorted(cells, key=_PLACE):
        fitted = _fitted(cell, height, len(columns))
        places = [(fitted.row, fitted.col)]
        if places[0] in taken:
            raise ValueError(f"two cells at row {fitted.row}, column {fitted.col}")
        if fitted.rowspan > 1 or fitted.colspan > 1:
            every = list(covered(fitted))
            if taken.isdisjoint(every):
                places = every
            else:
                fitted = replace(fitted, rowspan=1, colspan=1)
        taken.update(places)
        normal.append(fitted)
    if len(taken) < height * len(columns):
        normal += [Cell(r, c) for r in range(height) for c in range(len(columns)) if (r, c) not in taken]
        normal.sort(key=_PLACE)
    return Grid(columns, height, tuple(normal), min(header_rows, height))


def _fitted(cell: Cell, height: int, width: int) -> Cell:
    """The cell with its spans clamped to the table; the same object where they fit already (most do)."""
    if not (0 <= cell.row < height and 0 <= cell.col < width):
        raise ValueError(f"cell at row {cell.row}, column {cell.col} is outside {height} × {width}")
    rowspan = max(1, min(cell.rowspan, height - cell.row))
    colspan = max(1, min(cell.colspan, width - cell.col))
    if (rowspan, colspan) == (cell.rowspan, cell.colspan):
        return cell
    return replace(cell, rowspan=rowspan, colspan=colspan)


def split(whole: Grid, row: int) -> tuple[Grid, Grid]:
    """The grid cut above ``row`` (0 < row < height). A span across the cut goes on below as a ``continued`` cell with the same value."""
    if not 0 < row < whole.height:
        raise ValueError("the cut must lie inside the grid")
    top: list[Cell] = []
    bottom: list[Cell] = []
    for cell in whole.cells:
        end = cell.row + cell.rowspan
        if end <= row:
            top.append(cell)
        elif cell.row >= row:
            bottom.append(_moved(cell, -row))
        else:
            top.append(replace(cell, rowspan=row - cell.row))
            bottom.append(replace(_moved(cell, -row), row=0, rowspan=end - row, continued=True))
    rest_of_header = max(0, whole.header_rows - row)
    return grid(whole.widths, row, top, whole.header_rows), grid(
        whole.widths, whole.height - row, bottom, rest_of_header
    )


def _moved(cell: Cell, rows: int) -> Cell:
    """The cell so many rows further down; what it adds up moves with it (and may then lie outside the table)."""
    own = cell.total_of and tuple(t if t.table else t._replace(row=t.row + rows) for t in cell.total_of)
    return replace(cell, row=cell.row + rows, total_of=own)


def stack(upper: Grid, lower: Grid) -> Grid:
    """The two put together again: a ``continued`` cell in the first row of ``lower`` joins the cell above it."""
    if upper.widths != lower.widths:
        raise ValueError("grids of different columns")
    above = {(c.col, c.colspan): c for c in upper.cells if c.row + c.rowspan == upper.height}
    cells = {(c.row, c.col): c for c in upper.cells}
    for cell in lower.cells:
        joined = above.get((cell.col, cell.colspan)) if cell.continued and cell.row == 0 else None
        if joined is None:
            cells[cell.row + upper.height, cell.col] = _moved(cell, upper.height)
        else:
            cells[joined.row, joined.col] = replace(joined, rowspan=joined.rowspan + cell.rowspan)
    all_header = upper.header_rows >= upper.height
    header_rows = upper.header_rows + (lower.header_rows if all_header else 0)
    return grid(upper.widths, upper.height + lower.height, cells.values(), header_rows)
