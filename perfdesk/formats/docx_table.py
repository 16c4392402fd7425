"""A Word table's rows → a grid of true columns. Word says where a cell stands by counting; nothing it says is believed blindly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.document.grid import Cell, Grid, grid
from perfdesk.formats.budget import Budget
from perfdesk.formats.docx_text import Words, block_text, cells
from perfdesk.formats.ooxml import attribute, child, short, switched_on

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

SLIVER = 57
"""Twips (1 mm): a column no wider, in which no cell stands alone, comes from edges drawn by hand that do not quite meet."""


@dataclass(slots=True)
class _Piece:
    """A cell as its row has it; ``start`` and ``end`` are columns as Word counts them, which may be absurdly large. ``down``:
    how it hangs on the cell above (``restart``, ``continue`` or nothing). ``height`` grows as rows below join."""

    row: int
    start: int
    end: int
    text: str
    down: str = ""
    height: int = 1
    orphan: bool = False


class TableRows:
    """Takes a table's rows one by one, so that no table need be held as XML; ``finish`` gives the grid."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._widths: list[int] = []
        self._rows: list[list[_Piece]] = []
        self._header_rows = 0
        self.leftovers: list[str] = []

    def columns(self, table_grid: Element) -> None:
        self._widths = [_number(c, "w:w", 0) for c in table_grid if short(c.tag) == "w:gridCol"]

    def add(self, row: Element, words: Words) -> None:
        """One ``w:tr``; a row deleted under revision is none."""
        properties = child(row, "w:trPr")
        if properties is not None and child(properties, "w:del") is not None:
            return
        number = len(self._rows)
        self._budget.rows(number + 1)
        before = child(properties, "w:gridBefore") if properties is not None else None
        column = max(0, _number(before, "w:val", 0))
        pieces: list[_Piece] = []
        for cell in cells(row):
            column = self._add_cell(cell, number, column, pieces, words)
        self._rows.append(pieces)
        header = properties is not None and switched_on(child(properties, "w:tblHeader"))
        self._header_rows += header and self._header_rows == number

    def _add_cell(self, cell: Element, row: int, column: int, pieces: list[_Piece], words: Words) -> int:
        properties = child(cell, "w:tcPr")
        text = block_text(cell, words)
        self._budget.cell(text)
        span = max(1, _number(_property(properties, "w:gridSpan"), "w:val", 1))
        if pieces and _merge(properties, "w:hMerge") == "continue":
            self._hide(pieces[-1], text)
            pieces[-1].end = column + span
        else:
            pieces.append(_Piece(row, column, column + span, text, _merge(properties, "w:vMerge")))
        return column + span

    def _hide(self, shown: _Piece, text: str) -> None:
        """The text of a cell that a merge covers: Word keeps it and shows it nowhere."""
        if text.strip() and text != shown.text:
            self.leftovers.append(f"合并单元格内的隐藏文字：{text}")

    def finish(self) -> Grid | None:
        """The grid; None for a table without cells."""
        pieces = [p for row in self._rows for p in row]
        if not pieces:
            return None
        self._clamp(pieces)
        places = self._places(pieces)
        width = max(places[p.end] for p in pieces)
        self._budget.columns(width)
        self._budget.places(max(0, width * len(self._rows) - len(pieces)))
        found = (
            Cell(p.row, places[p.start], p.text, p.height, places[p.end] - places[p.start])
            for p in self._joined(places)
        )
        return grid([0.0] * width, len(self._rows), found, self._header_rows)

    def _clamp(self, pieces: Iterable[_Piece]) -> None:
        """A last cell reaches no further than the table's grid or than any other row needs; a cell in the middle keeps its span."""
        natural = max(len(self._widths), *(row[-1].start + 1 for row in self._rows if row))
        for piece in pieces:
            piece.end = min(piece.end, natural)

    def _places(self, pieces: list[_Piece]) -> dict[int, int]:
        """Columns as Word counts them → true columns."""
        edges = {p.start for p in pieces} | {p.end for p in pieces}
        last = max(edges)
        if last > max(len(self._widths), self._budget.limits.columns):
            return {edge: at for at, edge in enumerate(sorted(edges | {0}))}
        dropped = self._slivers(pieces)
        places: dict[int, int] = {}
        at = 0
        for edge in range(last + 1):
            places[edge] = at
            at += edge not in dropped
        narrow = any(places[p.start] == places[p.end] for p in pieces)
        return {edge: edge for edge in range(last + 1)} if narrow else places

    def _slivers(self, pieces: list[_Piece]) -> set[int]:
        if sum(self._widths) < 20 * SLIVER:
            return set()
        alone = {p.start for p in pieces if p.end == p.start + 1}
        return {i for i, width in enumerate(self._widths) if width <= SLIVER and i not in alone}

    def _joined(self, places: dict[int, int]) -> list[_Piece]:
        """The pieces that own their place: one that continues the cell above (same edges) makes that one taller."""
        owners: list[_Piece] = []
        above: dict[tuple[int, int], _Piece] = {}
        for row in self._rows:
            now: dict[tuple[int, int], _Piece] = {}
            for piece in row:
                edges = places[piece.start], places[piece.end]
                owner = above.get(edges) if piece.down == "continue" else None
                if owner is None or (owner.orphan and piece.text.strip()):
                    piece.orphan = piece.down == "continue"
                    owners.append(piece)
                    owner = piece
                else:
                    owner.height += 1
                    self._hide(owner, piece.text)
                if piece.down:
                    now[edges] = owner
            above = now
        return owners


def _property(properties: Element | None, name: str) -> Element | None:
    return None if properties is None else child(properties, name)


def _merge(properties: Element | None, name: str) -> str:
    """``restart``, ``continue`` (said or, as Word writes it, left out), or nothing."""
    mark = _property(properties, name)
    if mark is None:
        return ""
    return "restart" if attribute(mark, "w:val") == "restart" else "continue"


def _number(element: Element | None, name: str, otherwise: int) -> int:
    """A whole number as written; ``otherwise`` where there is none that makes sense."""
    text = "" if element is None else attribute(element, name) or ""
    try:
        return int(text[:20])
    except ValueError:
        return otherwise
