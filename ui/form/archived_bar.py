"""The line above an archived filing: it can only be looked at, and here is the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui.messages import deeds as words

if TYPE_CHECKING:
    from ui.look import Look


class ArchivedBar(QFrame):
    def __init__(self, look: Look, unarchive: QAction) -> None:
        super().__init__()
        self.setObjectName("archivedBar")
        self.look = look
        self.icon = QLabel()
        self.text = QLabel(words.ARCHIVED)
        self.button = QPushButton(unarchive.text())
        self.button.clicked.connect(unarchive.trigger)
        self._row = QHBoxLayout(self)
        for widget in (self.icon, self.text):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.button)
        look.changed.connect(self._measure)
        self._measure()
        self.hide()

    def _measure(self) -> None:
        px = self.look.px
        self._row.setContentsMargins(px(10), px(4), px(6), px(4))
        self.icon.setPixmap(self.look.icon("lock", "quiet", 14).pixmap(px(14), px(14)))
