"""One page of a PDF: its ruled tables with the lines in their cells, and the lines outside of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from perfdesk.formats.budget import Budget
from perfdesk.formats.pdf_cuts import Piece
from perfdesk.formats.pdf_marks import Glyph, Marks, marks_of
from perfdesk.formats.pdf_ruled import Place, Ruled, ruled_tables
from perfdesk.formats.pdf_words import Written, written_lines

PAGE_NUMBER = re.compile(r"[\s\d第共页Page/of.\-—–－·~]*|[ivxIVX]+")


_APART = 2.0
"""Of a glyph's height: so wide a gap parts two texts that stand side by side."""


@dataclass(frozen=True, slots=True)
class Page:
    """``lines`` are those outside of tables; ``hidden`` those above or below the sheet, which nobody sees."""

    number: int
    marks: Marks
    tables: tuple[Piece, ...]
    lines: tuple[Written, ...]
    hidden: tuple[Written, ...]


def page_of(file: Any, number: int, budget: Budget) -> Page:
    import pypdfium2.raw as engine  # pyright: ignore[reportMissingTypeStubs]

    budget.progress()
    page = file[number]
    try:
        marks = marks_of(page, engine, budget)
    finally:
        page.close()
    tables = ruled_tables(marks.lying, marks.standing, budget)
    inside, outside = _parted(marks, tables)
    seen = [g for g in outside if 0 <= g.middle[1] <= marks.height]
    spilled, seen = _spilled(tables[-1], inside[-1], seen) if tables else ({}, seen)
    pieces = [_piece(number, t, cells, budget) for t, cells in zip(tables, inside, strict=True)]
    if spilled:
        pieces[-1] = Piece(number, tables[-1], pieces[-1].lines, spilled)
    hidden = written_lines(g for g in outside if not 0 <= g.middle[1] <= marks.height)
    return Page(number, marks, tuple(pieces), tuple(written_lines(seen)), tuple(hidden))


def _parted(marks: Marks, tables: Sequence[Ruled]) -> tuple[list[dict[Place, list[Glyph]]], list[Glyph]]:
    """The glyphs in the cells of each table, and those outside of all."""
    inside: list[dict[Place, list[Glyph]]] = [{} for _ in tables]
    squares = [{s: p for p in t.cells for s in _squares(p)} for t in tables]
    outside: list[Glyph] = []
    for glyph in marks.glyphs:
        x, y = glyph.middle
        x = min(x, marks.width)  # what runs over the sheet's edge stands in the column that the edge cuts
        at = next((n for n, t in enumerate(tables) if t.holds(x, y)), None)
        if at is None:
            outside.append(glyph)
        else:
            inside[at].setdefault(squares[at][tables[at].square(x, y)], []).append(glyph)
    return inside, outside


def _spilled(
    table: Ruled, filled: dict[Place, list[Glyph]], outside: Iterable[Glyph]
) -> tuple[dict[Place, list[Written]], list[Glyph]]:
    """What stands right below empty cells of the last row, by cell, and the other glyphs. A line that runs on beside the cell is
    none of it: it is a paragraph below the table."""
    empty = [p for p in table.cells if p.bottom == len(table.ys) - 1 and p not in filled]
    if not empty:
        return {}, list(outside)
    below: dict[Place, list[Glyph]] = {}
    rest: list[Glyph] = []
    for run in _runs(outside):
        left, right = run[0].left, run[-1].right
        under = (
            p
            for p in empty
            if table.xs[p.left] < left < right < table.xs[p.right] and run[0].middle[1] > table.ys[-1]
        )
        place = next(under, None)
        if place is None:
            rest += run
        else:
            below.setdefault(place, []).extend(run)
    found: dict[Place, list[Written]] = {}
    for place, glyphs in below.items():
        lines = written_lines(glyphs)
        if lines and all(line.text and not PAGE_NUMBER.fullmatch(line.text) for line in lines):
            found[place] = lines
        else:
            rest += glyphs
    return found, rest


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that stand close together in one line, from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle[1]):
        if lines and glyph.middle[1] - lines[-1][0].middle[1] < glyph.size / 2:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    for line in lines:
        line.sort(key=lambda g: g.left)
        start = 0
        for n, (one, after) in enumerate(pairwise(line), 1):
            if after.left - one.right > _APART * one.size:
                yield line[start:n]
                start = n
        yield line[start:]


def _squares(place: Place) -> Iterator[tuple[int, int]]:
    for row in range(place.top, place.bottom):
        for column in range(place.left, place.right):
            yield row, column


def _piece(number: int, ruled: Ruled, cells: dict[Place, list[Glyph]], budget: Budget) -> Piece:
    lines = {place: written_lines(glyphs) for place, glyphs in cells.items()}
    for place in ruled.cells:
        budget.cell("".join(line.text for line in lines.get(place, ())))
    return Piece(number, ruled, lines)
