"""Room for a text in the cell it was written to: where it would be cut off, the cell wraps its lines.

A workbook keeps the looks of its cells in a part of their own, and nothing inside a cell can wrap its text. So the cell takes the number of
a look that the workbook has already, the same but for wrapping; only where there is none, one is put behind all others. Nothing at all
changes where the text fits: a bureau's blank wraps its cells by itself.
"""

from __future__ import annotations

import math
from copy import deepcopy
from typing import TYPE_CHECKING

from perfdesk.formats.ooxml import child
from perfdesk.formats.xlsx_sheet import Rectangle

if TYPE_CHECKING:
    from perfdesk.formats.fill_package import Part
    from perfdesk.formats.fill_xlsx import SheetXml
    from perfdesk.formats.ooxml import Element

DEFAULT_WIDTH = 8.43
DEFAULT_HEIGHT = 15.0
DEFAULT_SIZE = 11.0
LINE = 1.3
"""Height of a line, in sizes of its face."""
TALLEST = 409.0
"""Points: Excel knows no taller row."""


class Fitting:
    """``allowed``: cells may wrap. ``wrapped``: those that do now. ``touched``: the part of the looks has one more.

    ``ruled``: the looks with borders, over which a text does not run.
    """

    def __init__(self, styles: Part | None, ruled: frozenset[int]) -> None:
        self.ruled = ruled
        self.allowed = True
        self.touched = False
        self.wrapped = 0
        self._twins: dict[int, int] = {}
        root = None if styles is None else styles.root
        self._formats = None if root is None else child(root, "x:cellXfs")
        fonts = None if root is None else child(root, "x:fonts")
        self._sizes = [_size(f) for f in fonts] if fonts is not None else []

    def fit(self, sheet: SheetXml, at: tuple[int, int], text: str) -> None:
        cell = sheet.cells[at]
        style = int(cell.get("s") or 0)
        shape = next((m for m in sheet.merges if (m.top, m.left) == at), Rectangle(*at, *at))
        size = self._size_of(style)
        width = sum(_width(sheet, c) for c in range(shape.left, shape.right + 1)) * DEFAULT_SIZE / size
        lines = _lines(text, width - 1)
        if lines == 1 or not self.allowed or self._aligned(style, "shrinkToFit"):
            return
        if not self._aligned(style, "wrapText"):
            if style not in self.ruled and _runs_over(sheet, shape):
                return
            cell.set("s", str(self._twin(style)))
            self.wrapped += 1
        _grow(sheet, shape, lines * size * LINE + 2)

    # --- looks ---

    def _format(self, style: int) -> Element | None:
        return self._formats[style] if self._formats is not None and style < len(self._formats) else None

    def _aligned(self, style: int, name: str) -> bool:
        form = self._format(style)
        alignment = None if form is None else child(form, "x:alignment")
        return alignment is not None and alignment.get(name) in ("1", "true")

    def _size_of(self, style: int) -> float:
        form = self._format(style)
        font = int(form.get("fontId") or 0) if form is not None else 0
        return self._sizes[font] if font < len(self._sizes) else DEFAULT_SIZE

    def _twin(self, style: int) -> int:
        """The number of the same look with wrapping; a new one stands behind all others, so that none changes its number."""
        form = self._format(style)
        if form is None or self._formats is None:
            return style
        if style not in self._twins:
            made = _wrapping(form)
            own = (n for n, other in enumerate(self._formats) if _look(other) == _look(made))
            number = next(own, len(self._formats))
            if number == len(self._formats):
                self._formats.append(made)
                self._formats.set("count", str(len(self._formats)))
                self.touched = True
            self._twins[style] = number
        return self._twins[style]


def _wrapping(form: Element) -> Element:
    made = deepcopy(form)
    alignment = child(made, "x:alignment")
    if alignment is None:
        alignment = made.makeelement(f"{str(made.tag).rpartition('}')[0]}}}alignment")
        made.insert(0, alignment)
    alignment.set("wrapText", "1")
    made.set("applyAlignment", "1")
    return made


_SHOWN = ("numFmtId", "fontId", "fillId", "borderId")


def _look(form: Element) -> tuple[object, ...]:
    """What is seen of a look, and what it protects."""
    inner = [
        sorted(
            (k, "1" if v == "true" else v) for k, v in e.attrib.items() if v not in ("0", "false", "general")
        )
        if (e := child(form, name)) is not None
        else []
        for name in ("x:alignment", "x:protection")
    ]
    return (*(form.get(name) or "0" for name in _SHOWN), *map(tuple, inner))


def _grow(sheet: SheetXml, shape: Rectangle, want: float) -> None:
    have = sum(_height(sheet, r) for r in range(shape.top, shape.bottom + 1))
    if want > have:
        row = sheet.row(shape.bottom)
        row.set("ht", f"{min(TALLEST, _height(sheet, shape.bottom) + want - have):g}")
        row.set("customHeight", "1")


def _runs_over(sheet: SheetXml, shape: Rectangle) -> bool:
    """The last cell of its row: its text is shown over the empty places to the right. That of merged cells is not."""
    alone = shape.top == shape.bottom and shape.left == shape.right
    return alone and not any(r == shape.top and c > shape.left for r, c in sheet.cells)


def _lines(text: str, width: float) -> int:
    """Of a narrow cell no line is full: a Chinese character is not cut in two."""
    full = max(2, math.floor(width / 2) * 2)
    return sum(max(1, math.ceil(_length(line) / full)) for line in text.split("\n"))


def _size(font: Element) -> float:
    said = child(font, "x:sz")
    return float(said.get("val") or DEFAULT_SIZE) if said is not None else DEFAULT_SIZE


def _length(text: str) -> int:
    """Characters of Excel: a Chinese one counts twice."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _width(sheet: SheetXml, column: int) -> float:
    columns = child(sheet.part.root, "x:cols")
    for one in columns if columns is not None else ():
        if int(one.get("min") or 0) <= column + 1 <= int(one.get("max") or 0) and one.get("width"):
            return float(one.get("width") or DEFAULT_WIDTH)
    said = child(sheet.part.root, "x:sheetFormatPr")
    return float((said.get("defaultColWidth") if said is not None else None) or DEFAULT_WIDTH)


def _height(sheet: SheetXml, row: int) -> float:
    here = sheet.rows.get(row)
    if here is not None and here.get("ht"):
        return float(here.get("ht") or DEFAULT_HEIGHT)
    said = child(sheet.part.root, "x:sheetFormatPr")
    return float((said.get("defaultRowHeight") if said is not None else None) or DEFAULT_HEIGHT)
