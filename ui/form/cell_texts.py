"""How much of a text a cell has room for, and how high it is; measured once for each text and width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from ui.messages import COLUMN_BEFORE

if TYPE_CHECKING:
    from ui.look import Look

WRAP = Qt.TextFlag.TextWordWrap
"""By the rules of the language: no line begins with a closing mark."""
ROW = 28.5
THEN = 11.5
"""Size of last year's value below this year's."""
THEN_LINES = 2


class CellTexts:
    def __init__(self, look: Look) -> None:
        self.look = look
        self._heights: dict[tuple[str, int, float, bool], int] = {}
        self._short: dict[tuple[str, int, float, int], str] = {}
        look.changed.connect(self.forget)

    def forget(self) -> None:
        self._heights.clear()
        self._short.clear()

    def elided(self, text: str, width: int, bold: bool = False, size: float = 13) -> str:
        """On one line."""
        key = (text, -width if bold else width, size, 1)
        if key not in self._short:
            metrics = QFontMetrics(self.look.font(size, bold))
            flat = " ".join(text.split("\n"))
            self._short[key] = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, width)
        return self._short[key]

    def shortened(self, text: str, width: int, lines: int, size: float = 13) -> str:
        """As much of the text as fits into its lines; the tooltip has all of it."""
        key = (text, width, size, -lines)
        if key not in self._short:
            metrics = QFontMetrics(self.look.font(size))
            most, short = metrics.lineSpacing() * lines + 2, text
            while short and _box(metrics, short, width) > most:
                short = short.rstrip("…")[:-2] + "…"
            self._short[key] = short
        return self._short[key]

    def height(self, text: str, width: int, bold: bool = False, size: float = 13) -> int:
        """Of the text alone."""
        key = (text, width, size, bold)
        if key not in self._heights:
            self._heights[key] = _box(QFontMetrics(self.look.font(size, bold)), text, width) if text else 0
        return self._heights[key]

    def line(self, size: float = 13) -> int:
        """Of one line."""
        return self.height(COLUMN_BEFORE, 1 << 10, size=size)


def _box(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 1 << 20), int(WRAP), text).height()
