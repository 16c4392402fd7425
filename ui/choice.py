"""Drop-down choices that draw their own arrow: a style sheet takes the toolkit's away and cannot tint another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look


class Choice(QComboBox):
    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self.look.px(12)
        painter = QPainter(self)
        top = (self.height() - side) // 2
        arrow = self.look.icon("chevron-down", "quiet", 12)
        painter.drawPixmap(self.width() - side - self.look.px(8), top, arrow.pixmap(side, side))


class YearChoice(Choice):
    """A year near ``year``."""

    def __init__(self, look: Look, year: int) -> None:
        super().__init__(look)
        self._years = list(range(year - 8, year + 6))
        self.addItems([say.year_text(y) for y in self._years])
        self.set_year(year)

    def set_year(self, year: int) -> None:
        if year not in self._years:
            self._years.append(year)
            self.addItem(say.year_text(year))
        self.setCurrentIndex(self._years.index(year))

    def year(self) -> int:
        return self._years[self.currentIndex()]
