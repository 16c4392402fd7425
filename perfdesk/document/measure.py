"""How much room a text takes: lines in a width, heights of cells and rows.

Widths come from a ``Measure`` in em: the advance widths of a real face where one is embedded (pdf), otherwise the
approximation here, which errs to the wide side so that nothing is clipped in a program that has other fonts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from perfdesk.document.grid import Cell, Grid
from perfdesk.document.lines import Measure, break_lines
from perfdesk.document.theme import ROW_HEIGHT, SMALL, SMALL_ROW_HEIGHT, STYLES, Style
from perfdesk.units import mm_to_pt


def _half_width(char: str) -> float:
    if char in "MW@%mw":
        return 0.9
    if char.isupper():
        return 0.72
    return 0.55 if char.isalnum() else 0.5


class _Ems(dict[str, float]):
    def __missing__(self, char: str) -> float:
        self[char] = 1.0
        return 1.0


_EMS = _Ems((chr(code), _half_width(chr(code))) for code in (*range(0x20, 0x500), *range(0xFF61, 0xFFA0)))
_EMS.update(dict.fromkeys("\n\r\u200b\ufeff", 0.0))
_EMS.update(dict.fromkeys("·×÷±°§¨\t", 1.0))
_em = _EMS.__getitem__


def approximate_width(text: str) -> float:
    """In em, without a font: a Chinese character 1, Latin letters, digits and marks by class."""
    return sum(map(_em, text))


def fitted(grid: Grid, width: float) -> Grid:
    """The grid with columns that a page of ``width`` mm can hold: unknown widths share alike, a table too wide shrinks as a whole."""
    widths = grid.widths if all(w > 0 for w in grid.widths) else (width / max(1, grid.width),) * grid.width
    excess = sum(widths) / width
    return replace(grid, widths=tuple(w / excess for w in widths) if excess > 1 else widths)


def text_width(grid: Grid, cell: Cell, pad: float) -> float:
    """The width in pt that a cell has for text between its ``pad`` (mm) left and right; never less than a narrow letter."""
    return max(mm_to_pt(sum(grid.widths[cell.col : cell.col + cell.colspan]) - 2 * pad), 2.0)


def wrapped(text: str, style: Style, width: float, measure: Measure = approximate_width) -> tuple[str, ...]:
    """The lines of ``text`` in ``width`` pt; ``measure`` gives em."""
    return break_lines(text, width / style.size - style.inset, measure, style.indent)


def wrapped_height(text: str, style: Style, width: float, measure: Measure = approximate_width) -> float:
    """Height in pt of the lines alone, without space around them."""
    return len(wrapped(text, style, width, measure)) * style.size * style.leading


def least_height(grid: Grid) -> float:
    """Of a row, in pt."""
    small = grid.cells and all(STYLES[c.style].size <= SMALL for c in grid.cells)
    return mm_to_pt(SMALL_ROW_HEIGHT if small else ROW_HEIGHT)


def row_heights(grid: Grid, needed: Callable[[Cell], float], least: float) -> list[float]:
    """Heights of the rows in pt so that every cell has the height it needs; where a tall span needs more, its last row grows."""
    heights = [least] * grid.height
    for cell in grid.cells:
        if cell.rowspan == 1:
            heights[cell.row] = max(heights[cell.row], needed(cell))
    for cell in sorted((c for c in grid.cells if c.rowspan > 1), key=lambda c: c.row + c.rowspan):
        stretch(heights, cell.row, cell.row + cell.rowspan, needed(cell))
    return heights


def stretch(heights: list[float], first: int, end: int, needed: float) -> None:
    """Lets row ``end - 1`` grow until the rows from ``first`` on together have ``needed``."""
    heights[end - 1] += max(0.0, needed - sum(heights[first:end]))
