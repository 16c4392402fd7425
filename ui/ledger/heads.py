"""A heading of several lines over a grid; equal neighbours are one cell, as on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.look import Look

Heads = tuple[tuple[str, ...], ...]
Area = tuple[int, int, int, int]
"""First line, first column, last line, last column."""
LINE = 26
MOST_LINES = 3
MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


def areas(heads: Heads) -> dict[tuple[int, int], Area]:
    """(line, column) → the cell that it is part of. Neighbours below different cells stay apart."""
    found: dict[tuple[int, int], Area] = {}
    for at, line in enumerate(heads):
        for column, text in enumerate(line):
            if (at, column) in found:
                continue
            last = column
            while last + 1 < len(line) and _one(heads, found, at, last):
                last += 1
            low = at
            while low + 1 < len(heads) and text and set(heads[low + 1][column : last + 1]) == {text}:
                low += 1
            for n in range(at, low + 1):
                for m in range(column, last + 1):
                    found[n, m] = (at, column, low, last)
    return found


def _one(heads: Heads, found: dict[tuple[int, int], Area], at: int, column: int) -> bool:
    """The cell and its right neighbour are one."""
    text = heads[at][column]
    above = not at or found[at - 1, column] == found[at - 1, column + 1]
    return bool(text) and heads[at][column + 1] == text and above and (at, column + 1) not in found


class HeadView(QHeaderView):
    """``heads``: asked for whenever the model begins anew."""

    def __init__(self, look: Look, heads: Callable[[], Heads], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look
        self._ask = heads
        self._heads: Heads = ()
        self._areas: dict[tuple[int, int], Area] = {}
        self._heights: list[int] = []
        self.setSectionsMovable(False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(look.px(36))
        self.sectionResized.connect(self._resized)
        look.changed.connect(self.refresh)

    def refresh(self) -> None:
        """The heading is another, or drawn in another size."""
        self._heads = self._ask()
        self._areas = areas(self._heads)
        self._measure()
        self.updateGeometry()
        self.viewport().update()

    def _measure(self) -> None:
        """Each line as high as its longest label needs at the width that it has; numbers of columns take less."""
        metrics = QFontMetrics(self.look.font(12))
        self._heights = []
        for at, line in enumerate(self._heads):
            own = {a for a in (self._areas[at, c] for c in range(len(line))) if a[0] == a[2] == at}
            most = 1
            for area in own:
                room = max(1, self._across(area) - self.look.px(8))
                most = max(most, -(-metrics.horizontalAdvance(line[area[1]]) // room))
            numbers = at and at == len(self._heads) - 1 and all(t.isdigit() or len(t) <= 2 for t in line)
            single = self.look.px(20 if numbers else LINE)
            self._heights.append(single + (min(most, MOST_LINES) - 1) * metrics.lineSpacing())

    def _across(self, area: Area) -> int:
        return sum(self.sectionSize(n) for n in range(area[1], area[3] + 1) if not self.isSectionHidden(n))

    def _resized(self) -> None:
        """Other widths: labels may need more lines, or fewer."""
        before = self._heights
        self._measure()
        if self._heights != before:
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = sum(self._heights) or self.look.px(LINE)
        # A single line has room for labels that take two.
        return QSize(super().sizeHint().width(), max(height, self.look.px(30)))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Every section draws its part of the cells that it belongs to."""
        if not self._heads or logicalIndex >= len(self._heads[0]):
            super().paintSection(painter, rect, logicalIndex)
            return
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, self.look.colour("head"))
        painter.setFont(self.look.font(12))
        for line in range(len(self._heads)):
            area = self._areas[line, logicalIndex]
            if area[0] == line:
                self._draw(painter, area, self._heads[line][logicalIndex])
        painter.restore()

    def _draw(self, painter: QPainter, area: Area, text: str) -> None:
        cell = self._rect(area)
        painter.setPen(self.look.colour("line"))
        painter.drawRect(cell.adjusted(-1, -1, -1, -1))
        painter.setPen(self.look.colour("quiet"))
        pad = self.look.px(4)
        painter.drawText(cell.adjusted(pad, 0, -pad, 0), MIDDLE, text)

    def _rect(self, area: Area) -> QRect:
        top, first, low, last = area
        shown = [n for n in range(first, last + 1) if not self.isSectionHidden(n)]
        left = self.sectionViewportPosition(shown[0]) if shown else 0
        width = sum(self.sectionSize(n) for n in shown)
        heights = self._heights
        extra = self.height() - sum(heights) if low == len(heights) - 1 else 0
        return QRect(left, sum(heights[:top]), width, sum(heights[top : low + 1]) + extra)
