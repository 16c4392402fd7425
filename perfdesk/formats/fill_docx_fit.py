"""Room for a text in the Word row it was written to: a row of exact height that would cut it off becomes one of at least that height."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from perfdesk.formats.ooxml import attribute, child, short

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

HALF_POINTS = 21
"""五号, the size of a text that names none."""
TWIPS_A_HALF_POINT = 10
LINE = 1.3
MARGINS = 216
"""Twips that a cell keeps free at its left and right."""


def make_room(cell: Element, text: str) -> None:
    row = next((e for e in cell.iterancestors() if short(e.tag) == "w:tr"), None)
    properties = None if row is None else child(row, "w:trPr")
    height = None if properties is None else child(properties, "w:trHeight")
    if height is None or attribute(height, "w:hRule") != "exact":
        return
    size = max((_number(e, HALF_POINTS) for e in cell.iter() if short(e.tag) == "w:sz"), default=HALF_POINTS)
    width = max(1, _width(cell) - MARGINS)
    lines = sum(
        max(1, math.ceil(_length(line) * size * TWIPS_A_HALF_POINT / width)) for line in text.split("\n")
    )
    if lines * size * TWIPS_A_HALF_POINT * LINE > _number(height, 0):
        for name in [str(n) for n in height.attrib if str(n).endswith("hRule")]:
            height.set(name, "atLeast")


def _width(cell: Element) -> int:
    """Twips; of a cell that does not say it as much as a page is wide."""
    properties = child(cell, "w:tcPr")
    said = None if properties is None else child(properties, "w:tcW")
    exact = said is not None and attribute(said, "w:type") in (None, "dxa")
    found = (
        int(attribute(said, "w:w") or 0)
        if said is not None and exact and (attribute(said, "w:w") or "").isdecimal()
        else 0
    )
    return found or 9000


def _length(text: str) -> float:
    """In Chinese characters."""
    return sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text)


def _number(element: Element, otherwise: int) -> int:
    text = attribute(element, "w:val") or ""
    return int(text) if text.isdecimal() else otherwise
