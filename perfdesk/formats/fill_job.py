"""What the reading process does with a blank: ``mark`` shows what room it has, ``fill`` writes values into it. Nothing touches the disk."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from perfdesk.document.source import Source
from perfdesk.errors import InputRefused
from perfdesk.filling.blank import Blank, Edits, Item, Slot, blank_json, edits_from_json
from perfdesk.filling.marks import is_empty, mark, rooms, with_values
from perfdesk.formats.budget import Budget
from perfdesk.formats.child import work_on
from perfdesk.formats.fill_docx import DocxBlank, edit_docx
from perfdesk.formats.fill_foreign import refuse_foreign
from perfdesk.formats.fill_package import repacked
from perfdesk.formats.fill_xlsx import XlsxBlank, edit_xlsx
from perfdesk.formats.ooxml import OfficeKind, Package, office_kind

_LONGEST = 60
"""A longer text is no label: it has no room for a value."""


def do(job: Mapping[str, Any], progress: Callable[[], None]) -> dict[str, object]:
    """``{"mark": True, "path": …}`` or ``{"fill": edits, "path": …}`` → plain data."""
    if "fill" in job:
        edits = edits_from_json(job["fill"])
        made = work_on(job["path"], lambda _, file, budget: filled(file, budget, edits), progress)
        return {"file": base64.b64encode(made.file).decode(), "wrapped": made.wrapped}
    return {"blank": blank_json(work_on(job["path"], marked, progress))}


def marked(path: str, file: BinaryIO, budget: Budget) -> Blank:
    """The blank read with a mark in each place that is empty."""
    data = file.read()
    blank, kind, main = _opened(data, budget)
    slots = slots_of(blank.items)
    (edit_docx if isinstance(blank, DocxBlank) else edit_xlsx)(blank, _marks(blank.items, slots), ())  # type: ignore[arg-type]
    written = repacked(data, blank.changed())
    fresh = Budget(budget.name, budget.limits, budget.progress)
    return Blank(_read(path, kind, Package(BytesIO(written), fresh), main), tuple(blank.items), slots)


@dataclass(frozen=True, slots=True)
class Filled:
    """``wrapped``: cells that wrap their lines now and did not before."""

    file: bytes
    wrapped: int = 0


def filled(file: BinaryIO, budget: Budget, edits: Edits) -> Filled:
    """The file with these values; the very same bytes where there are none."""
    data = file.read()
    if not edits:
        return Filled(data)
    blank, _, _ = _opened(data, budget)
    if isinstance(blank, DocxBlank):
        edit_docx(blank, edits.texts, edits.added)
        return Filled(repacked(data, blank.changed()))
    blank.fitting.allowed = edits.wrap
    edit_xlsx(blank, edits.texts, edits.added)
    return Filled(repacked(data, blank.changed(), blank.dropped), blank.fitting.wrapped)


def _opened(data: bytes, budget: Budget) -> tuple[DocxBlank | XlsxBlank, OfficeKind, str]:
    if not data.startswith(b"PK"):
        raise InputRefused(
            "not-a-blank",
            f"只能填写 Word（.docx）和 Excel（.xlsx）空表，“{budget.name}”不是。请用 WPS 或 Office 另存后再选。",
        )
    package = Package(BytesIO(data), budget)
    kind, main = office_kind(package)
    refuse_foreign(package, kind, main)
    return (DocxBlank if kind == "docx" else XlsxBlank)(package, main), kind, main


def _read(path: str, kind: OfficeKind, package: Package, main: str) -> Source:
    if kind == "docx":
        from perfdesk.formats.docx_read import read_docx

        return read_docx(path, package, main)
    from perfdesk.formats.xlsx_read import read_xlsx

    return read_xlsx(path, package, main)


def slots_of(items: list[Item]) -> tuple[Slot, ...]:
    """Every empty cell, and the room in short texts of the form's own."""
    found: list[Slot] = []
    for n, item in enumerate(items):
        after = items[n + 1] if n + 1 < len(items) else None
        alone = after is None or item.row < 0 or after.row != item.row or not is_empty(after.text)
        if is_empty(item.text):
            found.append(Slot(len(found), item.id))
        elif len(item.text) <= _LONGEST:
            for room in rooms(item.text, alone):
                found.append(Slot(len(found), item.id, room))
    return tuple(found)


def _marks(items: list[Item], slots: tuple[Slot, ...]) -> dict[int, str]:
    """The year stays open: no number would be one."""
    texts = {s.item: mark(s.number) for s in slots if s.room is None}
    for item in {s.item for s in slots if s.room and not s.room.year}:
        own = [(s.room, mark(s.number)) for s in slots if s.item == item and s.room and not s.room.year]
        texts[item] = with_values(items[item].text, own)
    return texts
