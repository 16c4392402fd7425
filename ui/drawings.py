"""Small pictures painted by ourselves: a ring for how complete something is, a stacked bar for what a sum is made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.look import Look

# Told apart by lightness and by their hatching, not by hue alone.
SHADES = (
    ("accent", Qt.BrushStyle.SolidPattern),
    ("warning", Qt.BrushStyle.BDiagPattern),
    ("dot", Qt.BrushStyle.Dense5Pattern),
    ("good", Qt.BrushStyle.FDiagPattern),
    ("accent_deep", Qt.BrushStyle.HorPattern),
    ("quiet", Qt.BrushStyle.DiagCrossPattern),
)


class Ring(QWidget):
    """``filled`` of ``wanted`` as an arc, the percentage in it; all round where nothing is wanted."""

    def __init__(self, look: Look, filled: int, wanted: int, colour: str) -> None:
        super().__init__()
        self.look = look
        self.share = filled / wanted if wanted else 1.0
        self.text = f"{filled * 100 // wanted}%" if wanted else ""
        self.colour = colour
        self.setFixedSize(look.px(48), look.px(48))
        self.setAccessibleName(self.text)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = self.look.px(5)
        box = QRectF(self.rect()).adjusted(thick, thick, -thick, -thick)
        painter.setPen(QPen(self.look.colour("track"), thick))
        painter.drawEllipse(box)
        pen = QPen(self.look.colour(self.colour), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(box, 90 * 16, -round(min(self.share, 1.0) * 360 * 16))
        painter.setPen(self.look.colour("ink"))
        painter.setFont(self.look.font(10.5))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)


class StackedBar(QWidget):
    """The shares of a sum side by side; negative amounts take no room (the words beside say them)."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.shares: list[float] = []

    def show_amounts(self, amounts: Sequence[Decimal]) -> None:
        some = [float(max(a, Decimal(0))) for a in amounts]
        whole = sum(some)
        self.shares = [a / whole for a in some] if whole else []
        self.setFixedHeight(self.look.px(12))
        self.setMinimumWidth(self.look.px(80))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), self.look.px(4), self.look.px(4))
        painter.setClipPath(path)
        painter.fillRect(self.rect(), self.look.colour("track"))
        left = 0.0
        for number, share in enumerate(self.shares):
            width = share * self.width()
            _fill(painter, QRectF(left, 0, width, self.height()), self.look, number)
            left += width
            painter.fillRect(QRectF(left - 1, 0, 1, self.height()), self.look.colour("paper"))


class Swatch(QWidget):
    """The square of a bar's part, beside its words."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self.look = look
        self.number = number
        self.setFixedSize(look.px(10), look.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        _fill(QPainter(self), QRectF(self.rect()), self.look, self.number)


class Legend(QWidget):
    """What the parts of a bar are: side by side where there is room, else one below the other."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._entries: list[tuple[Swatch, QLabel]] = []
        self._made: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        # Its own wish would push the card out of a narrow window.
        self.setMinimumWidth(1)

    def say(self, parts: Sequence[str]) -> None:
        if (made := (self.look.px(10), *parts)) == self._made:
            return
        self._made = made
        for widget in (w for entry in self._entries for w in entry):
            widget.hide()
            widget.deleteLater()
        self._entries = [(Swatch(self.look, n), QLabel(text)) for n, text in enumerate(parts)]
        for _, label in self._entries:
            label.setObjectName("quiet")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        gap, apart = self.look.px(6), self.look.px(16)
        needed = sum(s.width() + gap + w.sizeHint().width() + apart for s, w in self._entries)
        beside = needed <= self.width()
        widest = max((s.width() + gap + w.sizeHint().width() + apart for s, w in self._entries), default=1)
        across = len(self._entries) if beside else max(1, self.width() // widest)
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(self.look.px(2))
        for number, (swatch, label) in enumerate(self._entries):
            row, column = number // across, 2 * (number % across)
            self._grid.addWidget(swatch, row, column)
            self._grid.addWidget(label, row, column + 1)
            label.setContentsMargins(0, 0, apart - gap, 0)
        for column in range(2 * len(self._entries) + 1):
            self._grid.setColumnStretch(column, 0)
        self._grid.setColumnStretch(2 * across, 1)


class Parts(QWidget):
    """A bar and its legend below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.bar, self.legend = StackedBar(look), Legend(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.bar)
        column.addWidget(self.legend)

    def show_parts(self, amounts: Sequence[Decimal], legend: Sequence[str]) -> None:
        self.bar.show_amounts(amounts)
        self.legend.say(legend)
        self.bar.setAccessibleName("　".join(legend))


def _fill(painter: QPainter, box: QRectF, look: Look, number: int) -> None:
    name, pattern = SHADES[number % len(SHADES)]
    ground = look.colour(name)
    if pattern != Qt.BrushStyle.SolidPattern:
        ground.setAlphaF(0.35)
    painter.fillRect(box, ground)
    if pattern != Qt.BrushStyle.SolidPattern:
        painter.fillRect(box, QBrush(look.colour(name), pattern))
