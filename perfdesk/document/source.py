"""What a reader hands over: texts and tables in the order of the page, each with where it stood, and what it could not place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from perfdesk.document.grid import Cell, Grid, grid


@dataclass(frozen=True, slots=True)
class SourceText:
    """A paragraph outside tables. ``where`` is for people: ``第 3 段``, ``工作表“1” A1``."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table with all texts as read (values are strings). ``scanned``: the text of a scan, whose columns may be out of place."""

    grid: Grid
    where: str
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read. ``format`` is what the first bytes say (docx, xlsx, text, json), not the ending of the name.

    ``leftovers`` are texts that stand neither in a paragraph nor in a table (headers, footers, text boxes, comments): shown, never lost.
    """

    path: str
    format: str
    items: tuple[SourceText | SourceTable, ...]
    leftovers: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Grid, ...]:
        return tuple(i.grid for i in self.items if isinstance(i, SourceTable))


def source_json(source: Source) -> dict[str, Any]:
    """Plain data, for the pipe between the reading child process and the program."""
    return {
        "path": source.path,
        "format": source.format,
        "leftovers": list(source.leftovers),
        "items": [_item_json(i) for i in source.items],
    }


def _item_json(item: SourceText | SourceTable) -> dict[str, Any]:
    if isinstance(item, SourceText):
        return {"text": item.text, "where": item.where}
    cells = [
        [c.row, c.col, c.rowspan, c.colspan, c.text]
        for c in item.grid.cells
        if c.text or c.rowspan > 1 or c.colspan > 1
    ]
    size = [item.grid.height, item.grid.width, item.grid.header_rows]
    return {"cells": cells, "size": size, "where": item.where, "scanned": item.scanned}


def source_from_json(data: dict[str, Any]) -> Source:
    """The same source again; KeyError, TypeError or ValueError where the data is something else."""
    return Source(
        data["path"], data["format"], tuple(_item(i) for i in data["items"]), tuple(data["leftovers"])
    )


def _item(data: dict[str, Any]) -> SourceText | SourceTable:
    if "text" in data:
        return SourceText(data["text"], data["where"])
    height, width, header_rows = data["size"]
    cells = (Cell(r, c, text, rowspan, colspan) for r, c, rowspan, colspan, text in data["cells"])
    return SourceTable(grid([0.0] * width, height, cells, header_rows), data["where"], data["scanned"])
