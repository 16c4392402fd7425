"""Pictures of a self-evaluation: a bar for what was scored of a weight, a line of the totals of several years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.look import Look

FULL, LOW = Decimal(100), Decimal(60)


class RateBar(QWidget):
    """``rate`` in percent; below ``low`` in the colour of a warning."""

    def __init__(self, look: Look, low: Decimal = LOW) -> None:
        super().__init__()
        self.look = look
        self.low = low
        self.rate = Decimal(0)
        self.setMinimumWidth(1)

    def show_rate(self, rate: Decimal, spoken: str) -> None:
        self.rate = rate
        self.setAccessibleName(spoken)
        self.setFixedHeight(self.look.px(10))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.look.px(4)
        whole = QRectF(self.rect())
        painter.setBrush(self.look.colour("track"))
        painter.drawRoundedRect(whole, radius, radius)
        share = float(min(max(self.rate, Decimal(0)), FULL) / FULL)
        painter.setBrush(self.look.colour("accent" if self.rate >= self.low else "warning"))
        painter.drawRoundedRect(QRectF(0, 0, whole.width() * share, whole.height()), radius, radius)


class YearsLine(QWidget):
    """Points over their labels, each with its value above it; from 0 to the most that a total can be."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.points: list[tuple[str, str, float]] = []
        self.setMinimumWidth(1)

    def show_points(self, points: Sequence[tuple[str, str, Decimal]]) -> None:
        """Label, value in words, value."""
        self.points = [(label, said, float(value)) for label, said, value in points]
        self.setAccessibleName("　".join(f"{label} {said}" for label, said, _ in points))
        self.setFixedHeight(self.look.px(120))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.look.font(12))
        line = painter.fontMetrics().lineSpacing()
        step = self.width() / len(self.points)
        low, high = line * 1.4, self.height() - line * 1.6
        lowest = min(60.0, *(v for *_, v in self.points)) if len(self.points) > 1 else 0.0
        spread = max(100.0 - lowest, 1.0)
        spots = [
            QPointF(step * (n + 0.5), high - (high - low) * (value - lowest) / spread)
            for n, (*_, value) in enumerate(self.points)
        ]
        painter.setPen(QPen(self.look.colour("line"), 1))
        painter.drawLine(QPointF(0, high), QPointF(self.width(), high))
        painter.setPen(QPen(self.look.colour("accent"), self.look.px(2)))
        painter.drawPolyline(spots)
        for spot, (label, said, _) in zip(spots, self.points, strict=True):
            self._mark(painter, spot, (label, said), step, line)

    def _mark(self, painter: QPainter, spot: QPointF, texts: tuple[str, str], step: float, line: int) -> None:
        label, said = texts
        painter.setBrush(self.look.colour("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        side = self.look.px(4)
        painter.drawEllipse(spot, side, side)
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        left = spot.x() - step / 2
        painter.setPen(self.look.colour("ink"))
        painter.drawText(QRectF(left, spot.y() - line * 1.4, step, line), middle, said)
        painter.setPen(self.look.colour("muted"))
        painter.drawText(QRectF(left, self.height() - line * 1.3, step, line), middle, label)
