"""The rows of a blank's table taken together: cells with labels, rows that repeat under a head, the tree of indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfdesk.naming import label_key
from perfdesk.new_forms.cells import RowCells, Spot
from perfdesk.new_forms.draft import Kind
from perfdesk.new_forms.words import LEVELS


@dataclass(frozen=True, slots=True)
class Region:
    """``head``: rows of labels above what repeats. ``side``: the label that spans all the rows beside them (None: none)."""

    kind: Kind
    head: tuple[RowCells, ...]
    rows: tuple[RowCells, ...]
    side: Spot | None = None

    @property
    def cells(self) -> int:
        return sum(len(r.empty) for r in self.rows)


def regions_of(rows: Sequence[RowCells]) -> list[Region]:
    """All rows, in their order; rows of cells that stand together are one region as long as the same label spans them."""
    found: list[Region] = []
    at = 0
    while at < len(rows):
        head, end = _repeating(rows, at)
        if end:
            found.append(_region(rows[at:head], rows[head:end]))
            at = end
            continue
        row, side = rows[at], _side(rows[at])
        last = found[-1] if found else None
        if last and last.kind == "fields" and _text(last.side) == _text(side):
            found[-1] = Region("fields", (), (*last.rows, row), last.side)
        else:
            found.append(Region("fields", (), (row,), side))
        at += 1
    return found


def _text(spot: Spot | None) -> str:
    return spot.text if spot else ""


def _side(row: RowCells) -> Spot | None:
    """A label at the left that spans this row and others."""
    first = row.spots[0]
    return first if first.down > 1 and first.text and len(row.spots) > 1 else None


def _repeating(rows: Sequence[RowCells], at: int) -> tuple[int, int]:
    """(first repeated row, row behind the last one) where the rows from ``at`` on are a head with rows under it; else (0, 0)."""
    head = at
    while head < len(rows) and _all_labels(rows[head]) and rows[head].table == rows[at].table:
        head += 1
        if _is_tree(rows[head - 1]):
            break  # an indicator that is printed whole looks like one more row of labels
    if head == at or head == len(rows):
        return 0, 0
    edges, table = rows[head - 1].edges, rows[at].table
    end, tree = head, _is_tree(rows[head - 1])
    while end < len(rows) and rows[end].table == table and rows[end].edges == edges:
        row = rows[end]
        if _is_tree(row) or not (tree or (row.empty and not _all_labels(row))):
            break
        end += 1
    under = rows[head:end]
    enough = len(under) >= (1 if tree else 2)
    if not enough or not (tree or _alike(under)):
        return 0, 0
    return head, end


def _all_labels(row: RowCells) -> bool:
    """Nothing to fill in, and at least two labels."""
    return not row.empty and len(row.labels) >= 2


def _is_tree(head: RowCells) -> bool:
    labels = {LEVELS.get(label_key(s.text), "") for s in head.spots}
    return set(LEVELS.values()) <= labels


def _alike(under: Sequence[RowCells]) -> bool:
    """Rows of a list: none has a label of its own but its number. Rows with labels are cells, each with a name."""
    return all(all(s.text.isdigit() for s in row.labels) for row in under)


def _region(head: Sequence[RowCells], under: Sequence[RowCells]) -> Region:
    kind: Kind = "tree" if _is_tree(head[-1]) else "list"
    first = head[0].spots[0]
    spans = all(r.spots[0].above and r.spots[0].text == first.text for r in (*head[1:], *under))
    return Region(kind, tuple(head), tuple(under), first if spans and first.down > 1 else None)
