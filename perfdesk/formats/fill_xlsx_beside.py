"""What stands beside a sheet and points into it – comments and their boxes, pictures, tables – moves with the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.formats.fill_package import Part, part_of
from perfdesk.formats.fill_xlsx_rows import moved_range
from perfdesk.formats.xlsx_sheet import address, place

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element, Package

_KINDS = ("comments", "threadedComment", "vmlDrawing", "drawing", "table")


class Beside:
    """The parts of all sheets that were moved, each read once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.parts: dict[str, Part] = {}

    def move(self, sheet: str, at: int, count: int) -> None:
        """``count`` rows came below row ``at`` (from 0) of the sheet that is the part ``sheet``."""
        for _, kind, target in self._package.relations(sheet):
            if kind in _KINDS and target in self._package:
                if target not in self.parts:
                    self.parts[target] = part_of(self._package, target)
                _move(self.parts[target].root, kind, at, count)


def _move(root: Element, kind: str, at: int, count: int) -> None:
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if (kind == "drawing" and name == "row") or (kind == "vmlDrawing" and name == "Row"):
            _move_number(element, at, count)
        elif kind == "vmlDrawing" and name == "Anchor":
            _move_anchor(element, at, count)
        elif kind in ("comments", "threadedComment") and (here := place(element.get("ref") or "")):
            element.set("ref", address(here[0] + (count if here[0] > at else 0), here[1]))
        elif kind == "table" and (reference := element.get("ref")):
            element.set("ref", moved_range(reference, at, count))


def _move_number(element: Element, at: int, count: int) -> None:
    text = (element.text or "").strip()
    if text.isdecimal() and int(text) > at:
        element.text = str(int(text) + count)


def _move_anchor(element: Element, at: int, count: int) -> None:
    """Eight numbers: column, offset, row, offset of the top left corner, then of the other."""
    numbers = [n.strip() for n in (element.text or "").split(",")]
    if len(numbers) == 8 and all(n.isdecimal() for n in numbers):
        for n in (2, 6):
            numbers[n] = str(int(numbers[n]) + (count if int(numbers[n]) > at else 0))
        element.text = ", ".join(numbers)
