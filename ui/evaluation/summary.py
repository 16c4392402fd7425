"""The summary of a self-evaluation: 指标 | 权重分值 | 得分 | 得分率 with a bar for each part, and the whole below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.evaluation.headings import whole_level
from perfdesk.score import Level
from ui.evaluation.drawings import RateBar
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from ui.look import Look

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Summary(QFrame):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self.lines: list[tuple[str, str, str, str]] = []
        self._evaluated: Evaluated | None = None
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(4, 1)
        look.changed.connect(self._redraw)

    def _redraw(self) -> None:
        if self._evaluated:
            self.show_state(self._evaluated)

    def show_state(self, evaluated: Evaluated) -> None:
        """Made anew; there are a handful of parts."""
        self._evaluated = evaluated
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        px = self.look.px
        self._grid.setContentsMargins(px(16), px(10), px(16), px(12))
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(7))
        for column, text in enumerate(words.SUMMARY_HEADS):
            self._put(0, column, text, "groupHead")
        scored = evaluated.scored
        whole = whole_level(evaluated, words.TOTAL)
        self.lines = [_texts(level) for level in (*scored.levels, whole)]
        for row, level in enumerate((*scored.levels, whole), 1):
            name = "dialogTitle" if level is whole else ""
            for column, text in enumerate(self.lines[row - 1]):
                self._put(row, column, text, name)
            bar = RateBar(self.look)
            bar.show_rate(level.rate, f"{level.label} {self.lines[row - 1][3]}")
            self._grid.addWidget(bar, row, 4, Qt.AlignmentFlag.AlignVCenter)

    def _put(self, row: int, column: int, text: str, name: str) -> None:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if column:
            label.setAlignment(RIGHT)
        else:
            label.setWordWrap(True)
            label.setMinimumWidth(self.look.px(90))
        self._grid.addWidget(label, row, column)


def _texts(level: Level) -> tuple[str, str, str, str]:
    rate = words.percent(shown_points(level.rate)) if level.weight else words.NOT_SCORED
    return level.label, shown_points(level.weight), shown_points(level.score), rate
