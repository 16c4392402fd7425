"""Widths for long numbers: the form's own, unless a number would be broken; then columns that have room to spare give some."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.document.grid import Cell, Grid
from perfdesk.document.lines import chunks
from perfdesk.document.measure import approximate_width
from perfdesk.document.theme import style
from perfdesk.units import pt_to_mm

_SPARE = 0.6
"""mm: rules, whole pixels, faces whose digits are wider."""
_DIGIT = approximate_width("0")
_CHARACTERS = 7.0
"""A column of words does not give more than down to so many characters."""


def with_room(grid: Grid) -> Grid:
    """The grid, as wide as before, with columns that hold their longest numbers on one line, as far as the others have room to spare."""
    needed = _needed(grid, numbers=True)
    lack = [max(0.0, need - width) for need, width in zip(needed, grid.widths, strict=True)]
    if not any(lack):
        return grid
    least = [max(pair) for pair in zip(needed, _needed(grid, numbers=False), strict=True)]
    spare = [
        0.0 if own else max(0.0, width - low)
        for own, width, low in zip(lack, grid.widths, least, strict=True)
    ]
    share = min(1.0, sum(spare) / sum(lack))
    taken = min(1.0, sum(lack) / sum(spare)) if any(spare) else 0.0
    widths = (w + share * n - taken * s for w, n, s in zip(grid.widths, lack, spare, strict=True))
    return replace(grid, widths=tuple(widths))


def _needed(grid: Grid, numbers: bool) -> list[float]:
    """For each column the mm that its numbers want, or that its other texts do not do without."""
    found = [0.0] * grid.width
    for cell in grid.cells:
        if cell.colspan == 1 and (cell.format == "amount") is numbers:
            wanted = _number(cell) if numbers else _words(cell)
            if wanted > found[cell.col]:
                found[cell.col] = wanted
    return found


def _number(cell: Cell) -> float:
    """As if every mark were as wide as a digit, for the tables are long; of words that stand in a number's place the longest."""
    return _width(cell, _longest(cell) if isinstance(cell.value, str) else len(cell.text) * _DIGIT)


def _words(cell: Cell) -> float:
    return _width(cell, max(_longest(cell), min(approximate_width(cell.text), _CHARACTERS)))


def _longest(cell: Cell) -> float:
    """Of the pieces that stay whole on a line, in em."""
    return max((approximate_width(piece) for piece in chunks(cell.text)), default=0.0)


def _width(cell: Cell, em: float) -> float:
    looks = style(cell.style)
    return pt_to_mm((em + looks.inset) * looks.size) + 2 * looks.pad + _SPARE if em else 0.0
