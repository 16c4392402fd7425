"""A blank as the reading process hands it over: its texts, the room in it, and the source with a mark in each empty place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfdesk.document.source import Source, source_from_json, source_json
from perfdesk.filling.marks import Room

Value = str | Decimal
"""A text, or an amount that a workbook takes as a number."""


@dataclass(frozen=True, slots=True)
class Item:
    """A cell or a paragraph of the blank. ``row`` counts the rows of all tables (-1: a paragraph); ``where`` is for people."""

    id: int
    row: int
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value: the whole of an item (``room`` None), or room in its text. Its mark carries ``number``."""

    number: int
    item: int
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    source: Source
    items: tuple[Item, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class AddedRows:
    """Copies of a row, put below it: each says what stands in which item of the row. What stands left of these is a heading that spans
    them all; what stands right of them is empty in the copies."""

    row: int
    copies: tuple[Mapping[int, Value], ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """``texts``: item → its new text. Without any of both the file stays as it is, byte for byte. ``wrap``: a cell of a workbook whose text
    would be cut off may wrap its lines."""

    texts: Mapping[int, Value] = field(default_factory=dict[int, Value])
    added: tuple[AddedRows, ...] = ()
    wrap: bool = True

    def __bool__(self) -> bool:
        return bool(self.texts or self.added)


def blank_json(blank: Blank) -> dict[str, Any]:
    """Plain data, for the pipe between the reading process and the program."""
    return {
        "source": source_json(blank.source),
        "items": [[i.row, i.text, i.where] for i in blank.items],
        "slots": [
            [s.item, *((s.room.start, s.room.end, s.room.year) if s.room else ())] for s in blank.slots
        ],
    }


def blank_from_json(data: dict[str, Any]) -> Blank:
    """The same again; KeyError, TypeError or ValueError where the data is something else."""
    items = tuple(Item(n, row, text, where) for n, (row, text, where) in enumerate(data["items"]))
    slots = tuple(
        Slot(n, item, Room(*room) if room else None) for n, (item, *room) in enumerate(data["slots"])
    )
    return Blank(source_from_json(data["source"]), items, slots)


def edits_json(edits: Edits) -> dict[str, Any]:
    added = [[rows.row, [_values_json(c) for c in rows.copies]] for rows in edits.added]
    return {"texts": _values_json(edits.texts), "added": added, "wrap": edits.wrap}


def _values_json(values: Mapping[int, Value]) -> list[Any]:
    return [[i, v] if isinstance(v, str) else [i, format(v, "f"), "number"] for i, v in values.items()]


def edits_from_json(data: dict[str, Any]) -> Edits:
    added = tuple(AddedRows(row, tuple(_values(c) for c in copies)) for row, copies in data["added"])
    return Edits(_values(data["texts"]), added, data["wrap"])


def _values(data: list[Any]) -> dict[int, Value]:
    return {i: Decimal(text) if kind else text for i, text, *kind in data}
