"""What a reader hands over: texts and tables in the order of the page, each with where it stood, and what it could not place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from perfdesk.document.grid import Cell, Grid, grid


class Box(NamedTuple):
    """Where (a page's part of) a cell stands: ``page`` from 0, the edges in pt from the page's top left corner. Of a paragraph row and
    column are 0."""

    row: int
    col: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SourceText:
    """A paragraph outside tables. ``where`` is for people: ``第 3 段``, ``工作表“1” A1``. ``boxes``: see ``SourceTable``."""

    text: str
    where: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table with all texts as read (values are strings). ``scanned``: the text of a scan, whose columns may be out of place.

    Of formats that have pages (PDF): ``boxes`` of its cells, and ``doubts``, the cells (row, column) that may be put together wrongly.
    """

    grid: Grid
    where: str
    scanned: bool = False
    boxes: tuple[Box, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read. ``format`` is what the first bytes say (docx, xlsx, pdf, text, json, package, return), not the ending of the name.

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
        return {"text": item.text, "where": item.where, "boxes": item.boxes}
    cells = [
        [c.row, c.col, c.rowspan, c.colspan, c.text]
        for c in item.grid.cells
        if c.text or c.rowspan > 1 or c.colspan > 1
    ]
    size = [item.grid.height, item.grid.width, item.grid.header_rows]
    placed = {"boxes": item.boxes, "doubts": item.doubts}
    return {"cells": cells, "size": size, "where": item.where, "scanned": item.scanned, **placed}


def source_from_json(data: dict[str, Any]) -> Source:
    """The same source again; KeyError, TypeError or ValueError where the data is something else."""
    return Source(
        data["path"], data["format"], tuple(_item(i) for i in data["items"]), tuple(data["leftovers"])
    )


def _item(data: dict[str, Any]) -> SourceText | SourceTable:
    boxes = tuple(Box(*box) for box in data.get("boxes", ()))
    if "text" in data:
        return SourceText(data["text"], data["where"], boxes)
    height, width, header_rows = data["size"]
    cells = (Cell(r, c, text, rowspan, colspan) for r, c, rowspan, colspan, text in data["cells"])
    doubts = tuple((row, col) for row, col in data.get("doubts", ()))
    made = grid([0.0] * width, height, cells, header_rows)
    return SourceTable(made, data["where"], data["scanned"], boxes, doubts)
