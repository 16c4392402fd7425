"""Where a page cuts a table: which cells at the top of the next page go on with those at the end of the page before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.formats.pdf_words import LOOSE, Written, free_room

_TIGHT = 0.7
"""Of a line's height: how near to the edge of its cell a text stands that goes on, or comes from, across it."""


Edges = tuple[int, int]
"""Columns of a cell, the last one excluded."""


class Part(NamedTuple):
    """One page's part of a cell."""

    page: int
    box: tuple[float, float, float, float]
    lines: list[Written]


@dataclass(slots=True)
class Whole:
    """A cell of the table put together so far; ``bottom`` and ``right`` excluded."""

    top: int
    left: int
    bottom: int
    right: int
    parts: list[Part]
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

    def take(self, rest: Whole, doubtful: bool) -> None:
        """Goes on with what the next page shows of it; some programs print the text of a merged cell, or of a short one beside a long
        one, on each page."""
        again = rest.text == self.text
        self.parts += [part._replace(lines=[]) for part in rest.parts] if again else rest.parts
        self.spilled += rest.spilled
        self.bottom = rest.bottom
        self.doubtful = self.doubtful or doubtful


@dataclass(frozen=True, slots=True)
class Seam:
    """Two pages of a table: the cells at the end of one and at the top of the next, by their edges. ``merged``: how many cells of
    these edges take several rows."""

    above: dict[Edges, Whole]
    top: dict[Edges, Whole]
    merged: Counter[Edges]
    pad: float

    def cut(self) -> int:
        """Whether the page cut a row in two: 0 no, 1 likely, 2 surely. Some cells of it ended above – a short one may be said again –,
        others go on."""
        if not self.above.keys() >= self.top.keys():
            return 0
        pairs = [(self.above[edges], cell) for edges, cell in self.top.items()]
        again = any(a.text and a.text == b.text for a, b in pairs)
        more = [(a, b) for a, b in pairs if b.text and a.text != b.text]
        done = any(a.text and b.text in ("", a.text) and a.height == b.height == 1 for a, b in pairs)
        going_on = [(a, b) for a, b in more if a.text]
        if not going_on or not done or not any(_at_top(b) for _, b in more):
            return 0
        if all(self._wraps(a, b) and (not again or _at_end(a)) for a, b in going_on):
            return 2
        return int(len(more) == 1 and not again)

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

    def unsure(self, cell: Whole) -> bool:
        """Whether the text of a merged cell might as well be the rest of the one above."""
        above = self.above.get(cell.edges)
        if above is None or not (above.text and cell.text) or above.height == 1:
            return False
        return _at_end(above) and self._wraps(above, cell)

    def _merges(self, above: Whole, below: Whole) -> bool:
        """Whether these may be one merged cell: either is one, or their column merges more than its head."""
        return above.height > 1 or below.height > 1 or self.merged[below.edges] > 1

    def _wraps(self, above: Whole, below: Whole) -> bool:
        """Whether the text above fills its last line, so that it may go on below."""
        last, lines = above.parts[-1], below.parts[0].lines
        if not last.lines or not lines:
            return False
        left, _, right, _ = last.box
        return free_room(last.lines[-1], left, right, self.pad) < lines[0].first + LOOSE * lines[0].size


def _says_once(above: Whole, below: Whole) -> bool:
    """Whether a merged cell says its text on the later page only, or on both."""
    return max(above.height, below.height) > 1 and above.text in ("", below.text)


def _at_top(cell: Whole) -> bool:
    part = cell.parts[0]
    return bool(part.lines) and part.lines[0].top - part.box[1] < _TIGHT * part.lines[0].size


def _at_end(cell: Whole) -> bool:
    part = cell.parts[-1]
    return bool(part.lines) and part.box[3] - part.lines[-1].bottom < _TIGHT * part.lines[-1].size
