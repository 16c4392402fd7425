"""Pieces of a table that pages cut → one grid: headers that repeat are dropped, merged cells and rows that a page cut are whole again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.document.source import Box
from perfdesk.formats.budget import nothing
from perfdesk.formats.pdf_ruled import NEAR, Place, Ruled
from perfdesk.formats.pdf_seam import Edges, Part, Seam, Whole
from perfdesk.formats.pdf_words import Written, joined, space_in

PrintedRow = tuple[tuple[int, int, int, str], ...]
"""The cells that begin in a row: columns, height and text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page shows of a table. ``spilled``: what stands below the page's end of an empty cell: a merged cell's text that its
    program set in the middle of all its rows, though the page cut them."""

    page: int
    ruled: Ruled
    lines: dict[Place, list[Written]]
    spilled: dict[Place, list[Written]] = field(default_factory=dict[Place, "list[Written]"])


@dataclass(frozen=True, slots=True)
class Stacked:
    """``doubts``: cells (row, column) whose text may be put together wrongly. ``boxes``: where each cell stands."""

    grid: Grid
    boxes: tuple[Box, ...]
    doubts: tuple[tuple[int, int], ...]


def goes_on(above: Ruled, below: Ruled) -> bool:
    """Whether a table at the top of a page may be the rest of the one at the end of the page before: the same outer edges."""
    return abs(above.xs[0] - below.xs[0]) <= NEAR and abs(above.xs[-1] - below.xs[-1]) <= NEAR


def stacked(pieces: Sequence[Piece], progress: Callable[[], None] = nothing) -> Stacked:
    """The table of which these are the pieces, in order."""
    xs = _columns(pieces)
    table = _Table(_pad(pieces))
    for piece in pieces:
        progress()
        table.add(_wholes(piece, xs))
    return table.finish(len(xs) - 1)


def _columns(pieces: Sequence[Piece]) -> list[float]:
    found: list[float] = []
    for x in sorted(x for piece in pieces for x in piece.ruled.xs):
        if not found or x - found[-1] > NEAR:
            found.append(x)
    return found


def _column(xs: list[float], x: float) -> int:
    return min(range(len(xs)), key=lambda n: abs(xs[n] - x))


def _wholes(piece: Piece, xs: list[float]) -> list[Whole]:
    places = {n: _column(xs, x) for n, x in enumerate(piece.ruled.xs)}
    found: list[Whole] = []
    for place in piece.ruled.cells:
        part = Part(piece.page, piece.ruled.box(place), piece.lines.get(place, []))
        left, right = places[place.left], places[place.right]
        found.append(Whole(place.top, left, place.bottom, right, [part], piece.spilled.get(place, [])))
    return found


def _pad(pieces: Sequence[Piece]) -> float:
    """How far texts of this table stay from the edges of their cells."""
    gaps = sorted(
        min(line.left - piece.ruled.xs[place.left], piece.ruled.xs[place.right] - line.right)
        for piece in pieces
        for place, lines in piece.lines.items()
        for line in lines
    )
    return max(0.0, gaps[len(gaps) // 50]) if gaps else 0.0


@dataclass(slots=True)
class _Table:
    pad: float
    cells: list[Whole] = field(default_factory=list[Whole])
    height: int = 0
    header_rows: int = 0
    _merged: Counter[Edges] = field(default_factory=Counter[Edges])
    _last: list[Whole] = field(default_factory=list[Whole])
    _printed: list[PrintedRow] = field(default_factory=list[PrintedRow])
    _rows: dict[PrintedRow, int] = field(default_factory=dict[PrintedRow, int])

    def add(self, piece: list[Whole]) -> None:
        self._merged.update(c.edges for c in piece if c.height > 1)
        rows = _printed(piece)
        repeated = self._repeated(rows, piece) if self.cells else 0
        self.header_rows = max(self.header_rows, repeated)
        rest = [c for c in piece if c.bottom > repeated]
        if rest:
            self._append(rest, repeated)
        for row in rows[repeated:]:
            self._rows.setdefault(row, len(self._printed))
            self._printed.append(row)

    def _repeated(self, rows: list[PrintedRow], piece: list[Whole]) -> int:
        """How many rows at the top of the piece say column heads again that the table has further up."""
        start = self._rows.get(rows[0])
        if start is None or sum(1 for *_, text in rows[0] if text) < 3:
            return 0
        before = self._printed[start:]
        count = next(
            (n for n, pair in enumerate(zip(before, rows, strict=False)) if pair[0] != pair[1]),
            min(len(before), len(rows)),
        )
        return count if all(c.bottom <= count for c in piece if c.top < count) else 0

    def _append(self, rest: list[Whole], first: int) -> None:
        """Adds what stands on the new page from row ``first`` on."""
        above = {c.edges: c for c in self._last if c.bottom == self.height}
        top = {c.edges: c for c in rest if c.top == first}
        seam = Seam(above, top, self._merged, self.pad)
        cut = seam.cut()
        going_on = top.keys() & above.keys() if cut else seam.rests()
        shift = self.height - first - (cut > 0)
        self._last = []
        for cell in rest:
            owner = above[cell.edges] if cell.top == first and cell.edges in going_on else None
            if owner is None and cell.top == first:
                cell.doubtful = seam.unsure(cell)
            cell.top, cell.bottom = cell.top + shift, cell.bottom + shift
            self._last.append(owner or cell)
            if owner is None:
                self.cells.append(cell)
            else:
                owner.take(cell, doubtful=cut == 1 and bool(cell.text))
        self.height = max(c.bottom for c in self._last)

    def finish(self, width: int) -> Stacked:
        cells: list[Cell] = []
        doubts: list[tuple[int, int]] = []
        columns: dict[Edges, list[str]] = {}
        for whole in self.cells:
            columns.setdefault(whole.edges, []).extend(line.text for line in whole.lines)
        spaces = {edges: space_in(texts) for edges, texts in columns.items()}
        for whole in self.cells:
            left, _, right, _ = whole.parts[0].box
            lines = whole.lines or whole.spilled
            text = joined(lines, left, right, self.pad, spaces[whole.edges])
            cells.append(Cell(whole.top, whole.left, text.text, whole.height, whole.right - whole.left))
            if text.doubtful or whole.doubtful:
                doubts.append((whole.top, whole.left))
        boxes = (Box(w.top, w.left, part.page, *part.box) for w in self.cells for part in w.parts)
        made = grid([0.0] * width, self.height, cells, self.header_rows)
        return Stacked(made, tuple(boxes), tuple(doubts))


def _printed(piece: list[Whole]) -> list[PrintedRow]:
    rows: list[list[tuple[int, int, int, str]]] = [[] for _ in range(max(c.bottom for c in piece))]
    for cell in sorted(piece, key=lambda c: c.left):
        rows[cell.top].append((*cell.edges, cell.height, cell.text))
    return [tuple(row) for row in rows]
