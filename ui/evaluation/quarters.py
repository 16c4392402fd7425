"""The execution of the budget quarter by quarter: amount, rate, bar."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.values import show_amount
from ui.evaluation.drawings import RateBar
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from perfdesk.evaluation.quarters import Quarter
    from ui.look import Look

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Quarters(QFrame):
    """Hidden where nothing is known of a quarter."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self.shown: tuple[Quarter, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(3, 1)
        self.hide()
        look.changed.connect(self._redraw)

    def show_quarters(self, found: tuple[Quarter, ...]) -> None:
        if found != self.shown:
            self.shown = found
            self._draw(found)

    def _redraw(self) -> None:
        self._draw(self.shown or ())

    def _draw(self, found: Sequence[Quarter]) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        px = self.look.px
        self._grid.setContentsMargins(px(16), px(10), px(16), px(12))
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(7))
        self._grid.addWidget(_label(words.QUARTERS, "groupHead"), 0, 0, 1, 4)
        for row, quarter in enumerate(found, 1):
            rate = words.NO_RATE if quarter.rate is None else words.percent(shown_points(quarter.rate))
            for column, text in enumerate((quarter.label, show_amount(quarter.executed), rate)):
                label = _label(text, "")
                if column:
                    label.setAlignment(RIGHT)
                self._grid.addWidget(label, row, column)
            bar = RateBar(self.look, low=Decimal(0))
            bar.show_rate(quarter.rate or Decimal(0), f"{quarter.label} {rate}")
            self._grid.addWidget(bar, row, 3, Qt.AlignmentFlag.AlignVCenter)
        self.setHidden(not found)


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
