"""What stands in the middle when the data do not open: what is the matter, and the ways on, the best one first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look
    from ui.models.troubles import Advice

WIDTH = 560


class Trouble(QWidget):
    """``asked``: the way that a person takes."""

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.picture = QLabel()
        self.title = QLabel()
        self.title.setObjectName("title")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(say.DETAILS)
        self.details = QPushButton(say.DETAILS)
        self.details.setObjectName("ghost")
        self.details.clicked.connect(lambda: self.detail.setVisible(self.detail.isHidden()))
        self.card = QFrame()
        self.card.setObjectName("emptyCard")
        self._first, self._rest = QHBoxLayout(), QHBoxLayout()
        self.buttons: list[QPushButton] = []
        self._lay_out()
        look.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self.card)
        for widget in (self.picture, self.title, self.text):
            self._column.addWidget(widget)
        for row in (self._first, self._rest):
            self._column.addLayout(row)
        self._column.addWidget(self.detail)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _measure(self) -> None:
        px = self.look.px
        self.card.setFixedWidth(min(px(WIDTH), max(self.width(), px(360))))
        self._column.setContentsMargins(px(32), px(28), px(32), px(24))
        self._column.setSpacing(px(12))
        self.title.setFont(self.look.font(18, bold=True))
        self.text.setMinimumHeight(max(0, self.text.heightForWidth(self.card.width() - px(64))))
        self.detail.setFixedHeight(px(96))
        self.picture.setPixmap(self.look.icon("warning", "warning_text", 36).pixmap(px(36), px(36)))

    def show_advice(self, advice: Advice, detail: str) -> None:
        """The first way is one click, with the keyboard on it."""
        self.title.setText(advice.title)
        self.text.setText(advice.text)
        self.detail.setPlainText(detail)
        self.detail.hide()
        for row in (self._first, self._rest):
            while row.count():
                item = row.takeAt(0)
                if item is not None and (widget := item.widget()) is not None and widget is not self.details:
                    widget.deleteLater()
        self.buttons = [
            _button(way.text, lambda way=way: self.asked.emit(way), "" if number else "primary")
            for number, way in enumerate(advice.ways)
        ]
        self._first.addWidget(self.buttons[0])
        self._first.addStretch(1)
        for button in (*self.buttons[1:], self.details):
            self._rest.addWidget(button)
        self._rest.addStretch(1)
        self.details.setVisible(bool(detail))
        self._measure()
        self.buttons[0].setFocus()


def _button(text: str, do: Callable[[], object], name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.clicked.connect(lambda _checked=False: do())
    return button
