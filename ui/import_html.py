"""Paragraphs and tables of a source as HTML, with one cell marked: for files that have no pages of their own to show."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from perfdesk.document.source import Source, SourceTable

if TYPE_CHECKING:
    from perfdesk.document.grid import Cell
    from perfdesk.source_places import Spot

MARK = "marked"
ITEMS, ROWS = 30, 120
"""So many paragraphs and tables, and rows of the marked table, are shown before and behind the mark."""


def source_html(source: Source, spot: Spot | None, line: str, ground: str) -> str:
    """``line``: colour of borders; ``ground``: of the marked cell, which is also an anchor ``MARK``."""
    at = spot.item if spot else 0
    parts: list[str] = []
    for number in range(max(0, at - ITEMS), min(len(source.items), at + ITEMS + 1)):
        item = source.items[number]
        here = spot if spot is not None and spot.item == number else None
        if isinstance(item, SourceTable):
            middle = here.row if here else 0
            parts.append(_table(item, here, range(max(0, middle - ROWS), middle + ROWS + 1), line, ground))
        else:
            parts.append(f"<p>{_marked(item.text, ground) if here else _text(item.text)}</p>")
    return "".join(parts)


def _table(table: SourceTable, here: Spot | None, rows: range, line: str, ground: str) -> str:
    grid = table.grid
    found: list[str] = []
    for row in range(rows.start, min(rows.stop, grid.height)):
        shown = "".join(_cell(c, row, rows, here, ground) for c in _beginning(table, row, rows))
        found.append(f"<tr>{shown}</tr>")
    style = f"border-collapse: collapse; border-style: solid; border-color: {line}"
    return f'<table border="1" cellspacing="0" cellpadding="4" width="100%" style="{style}">{"".join(found)}</table>'


def _beginning(table: SourceTable, row: int, rows: range) -> Iterator[Cell]:
    """Cells that begin in the row, in its first row those that began above it, too."""
    for cell in table.grid.cells:
        if cell.row == row or (row == rows.start and cell.row < row < cell.row + cell.rowspan):
            yield cell


def _cell(cell: Cell, row: int, rows: range, here: Spot | None, ground: str) -> str:
    down = min(cell.row + cell.rowspan, rows.stop) - row
    spans = f' rowspan="{down}"' if down > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    if here is not None and (cell.row, cell.col) == (here.row, here.col):
        return f'<td{spans} bgcolor="{ground}">{_marked(cell.text, ground)}</td>'
    return f"<td{spans}>{_text(cell.text)}</td>"


def _marked(text: str, ground: str) -> str:
    return f'<a name="{MARK}"></a><span style="background-color: {ground}">{_text(text)}</span>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
