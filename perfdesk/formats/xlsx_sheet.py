"""One sheet: its cells as they stand in the file → a grid no larger than what is used. No coordinate is believed to be near."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.formats.budget import Budget

ROWS, COLUMNS = 1_048_576, 16_384
AREA = 400_000
"""Places of one sheet's grid; beyond it, what stands far off is cut away."""
GAP_ROWS, GAP_COLUMNS = 100, 20
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class Rectangle(NamedTuple):
    """Rows and columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Rectangle) -> bool:
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right


def place(address: str) -> tuple[int, int] | None:
    """``B3`` → (2, 1); None where it is no place in a sheet."""
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if 1 <= row <= ROWS and column <= COLUMNS else None


def rectangle(reference: str) -> Rectangle | None:
    """``A1:C2`` in whichever order; None where it is no range."""
    first, _, second = reference.partition(":")
    start, end = place(first), place(second or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Rectangle(rows[0], columns[0], rows[1], columns[1])


def address(row: int, column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def linked(location: str) -> tuple[str, tuple[int, int]] | None:
    """``'name'!B3`` → the sheet's name and (2, 1); None where it is no cell of a sheet."""
    name, _, at = location.rpartition("!")
    where = place(at)
    if name.startswith("'") and name.endswith("'"):
        name = name[1:-1].replace("''", "'")
    return (name, where) if name and where else None


@dataclass(slots=True)
class Sheet:
    """What a sheet holds. ``links``: cell with a text → the place that it leads to (``'name'!A1``).

    ``ruled`` is the last row and column of empty cells with a border (−1: none): a ruled table ends there."""

    where: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    merges: list[Rectangle] = field(default_factory=list[Rectangle])
    links: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    ruled: tuple[int, int] = (-1, -1)
    leftovers: list[str] = field(default_factory=list[str])

    def put(self, row: int, column: int, text: str) -> None:
        """A second text at the same place is told, not lost."""
        if text and self.texts.setdefault((row, column), text) != text:
            self.tell(row, column, text)

    def rule(self, row: int, column: int) -> None:
        self.ruled = max(self.ruled[0], row), max(self.ruled[1], column)

    def tell(self, row: int, column: int, text: str) -> None:
        self.leftovers.append(f"{self.where} {address(row, column)}：{text}")

    def grid(self, budget: Budget) -> Grid | None:
        """From A1 to the end of what is used; None for a sheet without texts."""
        if not self.texts:
            return None
        budget.rows(len({r for r, _ in self.texts}))
        budget.columns(len({c for _, c in self.texts}))
        if not _fits(*self._end(), budget):
            self._cut_strays()
        height, width = self._size(budget)
        budget.rows(height)
        budget.columns(width)
        budget.places(height * width)
        return grid([0.0] * width, height, self._cells(height, width))

    def _end(self) -> tuple[int, int]:
        return max(r for r, _ in self.texts) + 1, max(c for _, c in self.texts) + 1

    def _size(self, budget: Budget) -> tuple[int, int]:
        """Texts decide; ruled cells and merges that begin in them add to it where that does not blow the grid up."""
        height, width = self._end()
        wished = [(self.ruled[0] + 1, self.ruled[1] + 1)]
        wished += [(m.bottom + 1, m.right + 1) for m in self.merges if m.top < height and m.left < width]
        for down, right in wished:
            if _fits(max(height, down), max(width, right), budget):
                height, width = max(height, down), max(width, right)
        return height, width

    def _cells(self, height: int, width: int) -> list[Cell]:
        found: dict[tuple[int, int], Cell] = {}
        hidden: set[tuple[int, int]] = set()
        for m in self._clear_merges(height, width):
            inside = [(r, c) for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1)]
            hidden.update(inside)
            text = self.texts.get((m.top, m.left), "")
            found[m.top, m.left] = Cell(m.top, m.left, text, m.bottom - m.top + 1, m.right - m.left + 1)
        for (row, column), text in self.texts.items():
            if (row, column) not in hidden:
                found[row, column] = Cell(row, column, text)
            elif (row, column) not in found and text.strip():
                self.tell(row, column, f"{text}（在合并单元格里，看不见）")
        return list(found.values())

    def _clear_merges(self, height: int, width: int) -> list[Rectangle]:
        """Clamped to the grid; of two that overlap the first counts."""
        kept: list[Rectangle] = []
        for m in self.merges:
            m = m._replace(bottom=min(m.bottom, height - 1), right=min(m.right, width - 1))
            one_place = (m.top, m.left) == (m.bottom, m.right)
            outside = m.top > m.bottom or m.left > m.right
            if not one_place and not outside and not any(m.meets(k) for k in kept):
                kept.append(m)
        return kept

    def _cut_strays(self) -> None:
        """Keeps the block of rows and columns that holds most texts and moves it to the top left; the rest is told."""
        rows = _main_block([r for r, _ in self.texts], GAP_ROWS)
        columns = _main_block([c for r, c in self.texts if r in rows], GAP_COLUMNS)
        kept = {(r, c): t for (r, c), t in self.texts.items() if r in rows and c in columns}
        for (row, column), text in self.texts.items():
            if (row, column) not in kept:
                self.tell(row, column, text)
        down, right = min(r for r, _ in kept), min(c for _, c in kept)
        self.texts = {(r - down, c - right): t for (r, c), t in kept.items()}
        inside = [m for m in self.merges if m.top >= down and m.left >= right]
        self.merges = [Rectangle(t - down, le - right, b - down, r - right) for t, le, b, r in inside]
        self.ruled = (-1, -1)


def _fits(height: int, width: int, budget: Budget) -> bool:
    limits = budget.limits
    return height <= limits.rows and width <= limits.columns and height * width <= AREA


def _main_block(numbers: list[int], gap: int) -> range:
    """The range between gaps in which most of the numbers lie."""
    best, best_count = range(0), 0
    start, count, last = min(numbers), 0, min(numbers)
    for number in [*sorted(numbers), max(numbers) + gap + 2]:
        if number - last > gap:
            if count > best_count:
                best, best_count = range(start, last + 1), count
            start, count = number, 0
        count, last = count + 1, number
    return best
