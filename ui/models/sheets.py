"""Sheets of paper of several sizes, one below the other: how large each is and where it lies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Fit = Literal["width", "page", ""]
LEAST_SCALE = 0.05


@dataclass(frozen=True, slots=True)
class Sheet:
    """In logical pixels from the top of the stack; ``scale``: pixels for one pt."""

    top: int
    width: int
    height: int
    scale: float


@dataclass(frozen=True, slots=True)
class Stack:
    """``gap`` pixels lie above, between and below the sheets."""

    sheets: tuple[Sheet, ...] = ()
    gap: int = 0

    @property
    def height(self) -> int:
        return self.sheets[-1].top + self.sheets[-1].height + self.gap if self.sheets else 2 * self.gap

    @property
    def width(self) -> int:
        """Of the widest sheet, and a gap at both sides."""
        return max((s.width for s in self.sheets), default=0) + 2 * self.gap

    def under(self, y: float) -> int:
        """The sheet at that height, or the last one above it; -1 above all."""
        return bisect_right(self.sheets, y, key=lambda s: s.top) - 1


def stack(
    sizes: Sequence[tuple[float, float]], room: tuple[float, float], fit: Fit, factor: float, gap: int
) -> Stack:
    """Sheets of these sizes (in pt): each as wide as the room, each wholly in it, or all at the same scale ``factor``."""
    sheets: list[Sheet] = []
    top = gap
    for width, height in sizes:
        scale = factor
        if fit:
            wide, tall = room[0] / width, room[1] / height
            scale = max(LEAST_SCALE, wide if fit == "width" else min(wide, tall))
        sheet = Sheet(top, max(1, round(width * scale)), max(1, round(height * scale)), scale)
        sheets.append(sheet)
        top += sheet.height + gap
    return Stack(tuple(sheets), gap)
