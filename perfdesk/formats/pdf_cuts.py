"""Pieces of a table that pages cut → one grid: headers that repeat are dropped, merged cells and rows that a page cut are whole again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.document.source import Box
from perfdesk.formats.pdf_ruled import NEAR, Place, Ruled
from perfdesk.formats.pdf_words import LOOSE, Written, free_room, joined

_TIGHT = 0.7
"""Of a line's height: how near to the edge of its cell a text stands that goes on, or comes from, across it."""


Edges = tuple[int, int]
"""Columns of a cell, the last one excluded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page shows of a table. ``spilled``: what stands below the page's end of an empty cell: a merged cell's text that its
    program set in the middle of all its rows, though the page cut them."""

    page: int
    ruled: Ruled
    lines: dict[Place, list[Written]]
    spilled: dict[Place, list[Written]] = field(default_factory=dict[Place, "list[Written]"])


class _Part(NamedTuple):
    """One page's part of a cell."""

    page: int
    box: tuple[float, float, float, float]
    lines: list[Written]


@dataclass(slots=True)
class _Whole:
    """A cell of the table put together so far; ``bottom`` and ``right`` excluded."""

    top: int
    left: int
    bottom: int
    right: int
    parts: list[_Part]
    spilled: list[Written] = field(default_factory=list[Written])
    doubtful: bool = False

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    @property
    def lines(self) -> list[Written]:
        return [line for part in self.parts for line in part.lines]

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def edges(self) -> Edges:
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Stacked:
    """``doubts``: cells (row, column) whose text may be put together wrongly. ``boxes``: where each cell stands."""

    grid: Grid
    boxes: tuple[Box, ...]
    doubts: tuple[tuple[int, int], ...]


def goes_on(above: Ruled, below: Ruled) -> bool:
    """Whether a table at the top of a page may be the rest of the one at the end of the page before: the same outer edges."""
    return abs(above.xs[0] - below.xs[0]) <= NEAR and abs(above.xs[-1] - below.xs[-1]) <= NEAR


def stacked(pieces: Sequence[Piece]) -> Stacked:
    """The table of which these are the pieces, in order."""
    xs = _columns(pieces)
    table = _Table(_pad(pieces))
    for piece in pieces:
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


def _wholes(piece: Piece, xs: list[float]) -> list[_Whole]:
    places = {n: _column(xs, x) for n, x in enumerate(piece.ruled.xs)}
    found: list[_Whole] = []
    for place in piece.ruled.cells:
        part = _Part(piece.page, piece.ruled.box(place), piece.lines.get(place, []))
        left, right = places[place.left], places[place.right]
        found.append(_Whole(place.top, left, place.bottom, right, [part], piece.spilled.get(place, [])))
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
    cells: list[_Whole] = field(default_factory=list[_Whole])
    height: int = 0
    header_rows: int = 0
    _merged: Counter[Edges] = field(default_factory=Counter[Edges])

    def add(self, piece: list[_Whole]) -> None:
        self._merged.update(c.edges for c in piece if c.height > 1)
        if not self.cells:
            self.cells = list(piece)
            self.height = max(c.bottom for c in piece)
            return
        repeated = _repeated(self.cells, piece)
        self.header_rows = max(self.header_rows, repeated)
        rest = [c for c in piece if c.bottom > repeated]
        if rest:
            self._append(rest, repeated)

    def _append(self, rest: list[_Whole], first: int) -> None:
        """Adds what stands on the new page from row ``first`` on."""
        above = {c.edges: c for c in self.cells if c.bottom == self.height}
        top = {c.edges: c for c in rest if c.top == first}
        seam = _Seam(above, top, self._merged, self.pad)
        cut = seam.cut()
        going_on = top.keys() & above.keys() if cut else seam.rests()
        shift = self.height - first - (cut > 0)
        for cell in rest:
            owner = above[cell.edges] if cell.top == first and cell.edges in going_on else None
            if owner is None and cell.top == first:
                cell.doubtful = seam.unsure(cell)
            cell.top, cell.bottom = cell.top + shift, cell.bottom + shift
            if owner is None:
                self.cells.append(cell)
                continue
            owner.bottom = cell.bottom
            owner.doubtful = owner.doubtful or (cut == 1 and bool(cell.text))
            again = (
                cell.text == owner.text and not cut
            )  # some programs print a merged cell's text on each page
            owner.parts += [part._replace(lines=[]) for part in cell.parts] if again else cell.parts
            owner.spilled += cell.spilled
        self.height = max(c.bottom for c in self.cells)

    def finish(self, width: int) -> Stacked:
        cells: list[Cell] = []
        doubts: list[tuple[int, int]] = []
        columns: dict[Edges, list[str]] = {}
        for whole in self.cells:
            columns.setdefault(whole.edges, []).extend(line.text for line in whole.lines)
        for whole in self.cells:
            left, _, right, _ = whole.parts[0].box
            lines = whole.lines or whole.spilled
            text = joined(lines, left, right, self.pad, columns[whole.edges])
            cells.append(Cell(whole.top, whole.left, text.text, whole.height, whole.right - whole.left))
            if text.doubtful or whole.doubtful:
                doubts.append((whole.top, whole.left))
        boxes = (Box(w.top, w.left, part.page, *part.box) for w in self.cells for part in w.parts)
        made = grid([0.0] * width, self.height, cells, self.header_rows)
        return Stacked(made, tuple(boxes), tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Seam:
    """Two pages of a table: the cells at the end of one and at the top of the next, by their edges. ``merged``: how many cells of
    these edges take several rows."""

    above: dict[Edges, _Whole]
    top: dict[Edges, _Whole]
    merged: Counter[Edges]
    pad: float

    def cut(self) -> int:
        """Whether the page cut a row in two: 0 no, 1 likely, 2 surely. Some cells of it ended above, others go on."""
        if not self.above.keys() >= self.top.keys():
            return 0
        pairs = [(self.above[edges], cell) for edges, cell in self.top.items()]
        more = [(a, b) for a, b in pairs if b.text]
        done = any(a.text and not b.text and a.height == b.height == 1 for a, b in pairs)
        going_on = [(a, b) for a, b in more if a.text]
        if not going_on or not done or not any(_at_top(b) for _, b in more):
            return 0
        if all(self._wraps(a, b) for a, b in going_on):
            return 2
        return int(len(more) == 1)

    def rests(self) -> set[Edges]:
        """Cells at the top that are the rest of merged ones: empty ones in columns that merge cells, and what stands left of them (a
        parent goes on where its child does)."""
        pairs = {edges: (self.above[edges], b) for edges, b in self.top.items() if edges in self.above}
        pairs = {edges: pair for edges, pair in pairs.items() if self._merges(*pair)}
        found = {edges for edges, (_, b) in pairs.items() if not b.text}
        inner = max((edges[0] for edges in found if self.above[edges].text), default=-1)
        found |= {e for e, pair in pairs.items() if e[1] <= inner and self._wraps(*pair)}
        for edges in sorted(pairs):
            parents = {e for e in pairs if e[1] <= edges[0]}
            if _says_once(*pairs[edges]) and parents <= found:
                found.add(edges)
        return found

    def unsure(self, cell: _Whole) -> bool:
        """Whether the text of a merged cell might as well be the rest of the one above."""
        above = self.above.get(cell.edges)
        if above is None or not (above.text and cell.text) or above.height == 1:
            return False
        return _at_end(above) and self._wraps(above, cell)

    def _merges(self, above: _Whole, below: _Whole) -> bool:
        """Whether these may be one merged cell: either is one, or their column merges more than its head."""
        return above.height > 1 or below.height > 1 or self.merged[below.edges] > 1

    def _wraps(self, above: _Whole, below: _Whole) -> bool:
        """Whether the text above fills its last line, so that it may go on below."""
        last, lines = above.parts[-1], below.parts[0].lines
        if not last.lines or not lines:
            return False
        left, _, right, _ = last.box
        return free_room(last.lines[-1], left, right, self.pad) < lines[0].first + LOOSE * lines[0].size


def _says_once(above: _Whole, below: _Whole) -> bool:
    """Whether a merged cell says its text on the later page only, or on both."""
    return max(above.height, below.height) > 1 and above.text in ("", below.text)


def _repeated(cells: list[_Whole], piece: list[_Whole]) -> int:
    """How many rows at the top of ``piece`` say column heads again that stand somewhere in ``cells``."""
    rows, heads = _rows(cells), _rows(piece)
    if sum(1 for cell in heads[0] if cell.text) < 3:
        return 0
    for start in range(len(rows)):
        count = 0
        while (
            start + count < len(rows)
            and count < len(heads)
            and _same(rows[start + count], heads[count], start)
        ):
            count += 1
        if count and all(c.bottom <= count for row in heads[:count] for c in row):
            return count
    return 0


def _same(row: list[_Whole], again: list[_Whole], start: int) -> bool:
    return [(*c.edges, c.bottom - start, c.text) for c in row] == [
        (*c.edges, c.bottom, c.text) for c in again
    ]


def _rows(cells: list[_Whole]) -> list[list[_Whole]]:
    rows: list[list[_Whole]] = [[] for _ in range(max(c.bottom for c in cells))]
    for cell in sorted(cells, key=lambda c: c.left):
        rows[cell.top].append(cell)
    return rows


def _at_top(cell: _Whole) -> bool:
    part = cell.parts[0]
    return bool(part.lines) and part.lines[0].top - part.box[1] < _TIGHT * part.lines[0].size


def _at_end(cell: _Whole) -> bool:
    part = cell.parts[-1]
    return bool(part.lines) and part.box[3] - part.lines[-1].bottom < _TIGHT * part.lines[-1].size
