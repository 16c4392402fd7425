"""What the bureau's page says while there is nothing to show: what it is for, and what to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.bureau.drop_area import DropArea

if TYPE_CHECKING:
    from ui.look import Look

WIDTH, INNER = 560, 496


class Card(DropArea):
    """``buttons``: the first is what one most likely wants."""

    def __init__(self, look: Look, head: str, more: str, buttons: Sequence[str], foot: str = "") -> None:
        super().__init__(look)
        self.title, self.more, self.foot = QLabel(head), QLabel(more), QLabel(foot)
        self.title.setObjectName("title")
        self.more.setObjectName("quiet")
        self.foot.setObjectName("muted")
        for label in (self.more, self.foot):
            label.setWordWrap(True)
        self.buttons = [QPushButton(text) for text in buttons]
        self.buttons[0].setObjectName("primary")
        self.card = QFrame()
        self.card.setObjectName("emptyCard")
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._column = QVBoxLayout(self.card)
        for label in (self.title, self.more):
            self._column.addWidget(label)
        self._column.addLayout(row)
        self._column.addWidget(self.foot)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self.card.setFixedWidth(px(WIDTH))
        self._column.setContentsMargins(px(32), px(28), px(32), px(28))
        self._column.setSpacing(px(12))
        self.title.setFont(self.look.font(18, bold=True))
        self.foot.setVisible(bool(self.foot.text()))
        for label in (self.more, self.foot):
            label.setFixedWidth(px(INNER))
            label.setFixedHeight(max(label.heightForWidth(px(INNER)), 0))
