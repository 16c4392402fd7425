"""The cells of a blank's table row by row: what is printed, what is to be filled in, and which labels span several rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perfdesk.document.grid import Grid
from perfdesk.filling.marks import is_empty
from perfdesk.naming import label_key
from perfdesk.values import clean_text


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as a row sees it. ``text`` is empty where something is to be filled in. ``above``: it began further up; ``down``: how many
    rows it spans in all."""

    text: str
    col: int
    end: int
    above: bool = False
    down: int = 1


@dataclass(frozen=True, slots=True)
class RowCells:
    """``table``: number of the table, ``width`` its columns."""

    spots: tuple[Spot, ...]
    table: int
    width: int

    @property
    def own(self) -> tuple[Spot, ...]:
        return tuple(s for s in self.spots if not s.above)

    @property
    def labels(self) -> tuple[Spot, ...]:
        return tuple(s for s in self.own if s.text)

    @property
    def empty(self) -> tuple[Spot, ...]:
        return tuple(s for s in self.own if not s.text)

    @property
    def edges(self) -> tuple[tuple[int, int], ...]:
        return tuple((s.col, s.end) for s in self.spots)


def rows_of(tables: Iterable[Grid]) -> list[RowCells]:
    """Every row that holds a cell of its own."""
    found: list[RowCells] = []
    for number, table in enumerate(tables):
        covering = table.at()
        for r in range(table.height):
            spots: list[Spot] = []
            c = 0
            while c < table.width:
                cell = covering[r, c]
                end = cell.col + cell.colspan
                text = clean_text(cell.text)
                spots.append(Spot("" if is_empty(text) else text, c, end, cell.row < r, cell.rowspan))
                c = end
            row = RowCells(tuple(spots), number, table.width)
            if row.own:
                found.append(row)
    return found


def key(spot: Spot) -> str:
    return label_key(spot.text)
