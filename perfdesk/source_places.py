"""Where each cell of a recognised filing stands in the file that it was read from, told by its text and by what stands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfdesk.document.source import Source, SourceTable
from perfdesk.model.filing import Filing, Row
from perfdesk.model.finding import Place
from perfdesk.values import one_line

_LONG = 6
"""A text of so many letters may be looked for inside of others."""


class Spot(NamedTuple):
    """A cell of the source: its item (paragraph or table) by number, row and column."""

    item: int
    row: int = 0
    col: int = 0


class SourcePlaces:
    """``known``: every cell of the filing that was found again."""

    def __init__(self, source: Source, filing: Filing) -> None:
        self._spots: dict[str, list[Spot]] = {}
        for spot, text in _cells(source):
            self._spots.setdefault(one_line(text), []).append(spot)
        self._texts = [(spot, one_line(text)) for spot, text in _cells(source)]
        self._doubts = {
            Spot(number, row, col)
            for number, item in enumerate(source.items)
            if isinstance(item, SourceTable)
            for row, col in item.doubts
        }
        self.known: dict[Place, Spot] = {}
        at = Spot(0)
        for row in filing.rows:
            at = self._find_row(row, at)

    def of(self, place: Place) -> Spot | None:
        """Of a row without a column: its first cell."""
        if place.column is not None:
            return self.known.get(place)
        return min((s for p, s in self.known.items() if p.row == place.row), default=None)

    def doubtful(self, row: str) -> list[Place]:
        """The cells of a row that the reader may have put together wrongly."""
        return [place for place, spot in self.known.items() if place.row == row and spot in self._doubts]

    def of_text(self, text: str) -> Spot | None:
        """The first cell that says it, else the first that holds it."""
        wanted = one_line(text)
        if found := self._spots.get(wanted):
            return found[0]
        return next((spot for spot, there in self._texts if wanted and wanted in there), None)

    def _find_row(self, row: Row, after: Spot) -> Spot:
        """Finds the row's cells; returns the row of the file that holds most of them, the next below where several do."""
        cells = [(c, one_line(t)) for c, t in row.cells.items() if t.strip()]
        single = row.id == row.section or len(cells) == 1
        anchor = None if single else self._row_of([text for _, text in cells], after)
        for column, text in cells:
            spot = self._nearest(text, anchor or after, ahead=anchor is None)
            if spot is not None:
                self.known[Place(row.id, column)] = spot
        return anchor or after

    def _row_of(self, texts: Sequence[str], after: Spot) -> Spot | None:
        votes = Counter((s.item, s.row) for text in texts for s in {*self._spots.get(text, ())})
        most = max(votes.values(), default=0)
        rows = [Spot(*row) for row, count in votes.items() if count == most]
        return min(rows, key=lambda s: (s[:2] <= after[:2], *_distance(s, after)), default=None)

    def _nearest(self, text: str, near: Spot, ahead: bool) -> Spot | None:
        """The cell with this text that is nearest; ``ahead``: one that comes earlier only where none comes later."""
        found = self._spots.get(text) or [
            s for s, there in self._texts if len(text) >= _LONG and text in there
        ]
        return min(found, key=lambda s: (ahead and s < near, *_distance(s, near)), default=None)


def _distance(spot: Spot, near: Spot) -> tuple[int, int, int]:
    return abs(spot.item - near.item), abs(spot.row - near.row), abs(spot.col - near.col)


def _cells(source: Source) -> Iterator[tuple[Spot, str]]:
    for number, item in enumerate(source.items):
        if isinstance(item, SourceTable):
            yield from ((Spot(number, c.row, c.col), c.text) for c in item.grid.cells if c.text)
        else:
            yield Spot(number), item.text
