"""Ruled lines of a page → its tables: where the edges of rows and columns are, and which squares a cell takes together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from perfdesk.formats.budget import Budget
from perfdesk.formats.pdf_marks import Rule

NEAR = 3.0
"""pt: edges no further apart are one (double lines, borders that do not quite meet)."""


class Place(NamedTuple):
    """Rows and columns of a cell, the last ones excluded."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table on a page. ``xs`` and ``ys``: edges of its columns and rows in pt, from left and top."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Place, ...]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def square(self, x: float, y: float) -> tuple[int, int]:
        """Row and column in which a point of the table lies."""
        row = min(len(self.ys) - 2, max(0, bisect_right(self.ys, y) - 1))
        return row, min(len(self.xs) - 2, max(0, bisect_right(self.xs, x) - 1))

    def box(self, place: Place) -> tuple[float, float, float, float]:
        """left, top, right, bottom."""
        return self.xs[place.left], self.ys[place.top], self.xs[place.right], self.ys[place.bottom]


def ruled_tables(lying: Iterable[Rule], standing: Iterable[Rule], budget: Budget) -> list[Ruled]:
    """All tables of at least two cells, from top to bottom. A frame around one cell (a page, a box) is none."""
    across, down = _joined(lying), _joined(standing)
    budget.rules(max(len(across), len(down)))
    found = (_table(h, v, budget) for h, v in _groups(across, down, budget))
    return sorted((t for t in found if t and len(t.cells) > 1), key=lambda t: (t.ys[0], t.xs[0]))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together."""
    found: list[Rule] = []
    row: list[Rule] = []
    for rule in sorted(rules):
        if row and rule.at - row[0].at > NEAR / 2:
            found += _merged(row)
            row = []
        row.append(rule)
    return found + _merged(row)


def _merged(row: list[Rule]) -> list[Rule]:
    found: list[Rule] = []
    for rule in sorted(row, key=lambda r: r.start):
        last = found[-1] if found else None
        if last and rule.start <= last.end + NEAR:
            found[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            found.append(rule)
    return found


def _groups(across: list[Rule], down: list[Rule], budget: Budget) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that touch each other, directly or through others."""
    owner = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while owner[n] != n:
            owner[n] = owner[owner[n]]
            n = owner[n]
        return n

    places = [rule.at for rule in down]
    for n, h in enumerate(across):
        budget.progress()
        for m in range(bisect_right(places, h.start - NEAR), bisect_right(places, h.end + NEAR)):
            if down[m].start - NEAR <= h.at <= down[m].end + NEAR:
                owner[root(n)] = root(len(across) + m)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate((*across, *down)):
        lists = groups.setdefault(root(n), ([], []))
        lists[n >= len(across)].append(rule)
    return (g for g in groups.values() if g[0] and g[1])


def _table(across: list[Rule], down: list[Rule], budget: Budget) -> Ruled | None:
    """The table that these lines rule; an open side is closed where the lines end."""
    ends = [x for r in across for x in (r.start, r.end)], [y for r in down for y in (r.start, r.end)]
    xs = _edges([r.at for r in down], ends[0])
    ys = _edges([r.at for r in across], ends[1])
    if len(xs) < 2 or len(ys) < 2:
        return None
    budget.columns(len(xs) - 1)
    budget.places((len(xs) - 1) * (len(ys) - 1))
    return Ruled(tuple(xs), tuple(ys), tuple(_cells(xs, ys, across, down)))


def _edges(places: Sequence[float], ends: Sequence[float]) -> list[float]:
    found: list[list[float]] = []
    for at in sorted([*places, min(ends), max(ends)]):
        if found and at - found[-1][0] <= NEAR:
            found[-1].append(at)
        else:
            found.append([at])
    return [sum(near) / len(near) for near in found]


def _cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[Place]:
    """Squares with no line between them are one cell; where they make no rectangle, each row's part is a cell of its own."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right = _walls(xs, ys, down)
    below = _walls(ys, xs, across)
    taken: set[tuple[int, int]] = set()
    found: list[Place] = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            region = _region(r, c, rows, columns, right, below)
            taken |= region
            found += _rectangles(region)
    return found


def _walls(edges: list[float], steps: list[float], rules: list[Rule]) -> set[tuple[int, int]]:
    """(edge, step) where a line runs along most of the step."""
    found: set[tuple[int, int]] = set()
    for n, edge in enumerate(edges):
        near = [r for r in rules if abs(r.at - edge) <= NEAR]
        for s, (start, end) in enumerate(pairwise(steps)):
            covered = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in near)
            if covered > (end - start) * 0.6:
                found.add((n, s))
    return found


def _region(
    row: int, column: int, rows: int, columns: int, right: set[tuple[int, int]], below: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    found = {(row, column)}
    open_squares = [(row, column)]
    while open_squares:
        r, c = open_squares.pop()
        for n, beside, wall in (
            ((r, c + 1), c + 1 < columns, (c + 1, r) in right),
            ((r, c - 1), c > 0, (c, r) in right),
            ((r + 1, c), r + 1 < rows, (r + 1, c) in below),
            ((r - 1, c), r > 0, (r, c) in below),
        ):
            if beside and not wall and n not in found:
                found.add(n)
                open_squares.append(n)
    return found


def _rectangles(region: set[tuple[int, int]]) -> Iterator[Place]:
    top, bottom = min(r for r, _ in region), max(r for r, _ in region)
    left, right = min(c for _, c in region), max(c for _, c in region)
    if len(region) == (bottom - top + 1) * (right - left + 1):
        yield Place(top, left, bottom + 1, right + 1)
        return
    for row in range(top, bottom + 1):
        start = None
        for column in range(left, right + 2):
            inside = (row, column) in region
            if inside and start is None:
                start = column
            elif not inside and start is not None:
                yield Place(row, start, row + 1, column)
                start = None
