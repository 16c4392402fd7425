"""The line above a table that says where the file printed other numbers, and settles them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from ui.messages import ledger as say

WAYS = ("take-computed", "take-printed", "take-all")


class SettleBar(QFrame):
    """Seen only where there is something to settle."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("settle")
        self.words = QLabel()
        self.words.setObjectName("warningText")
        self.words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for name in WAYS:
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setObjectName("tool")
            row.addWidget(button)
        self.hide()

    def tell(self, count: int, here: str) -> None:
        """``here``: the two numbers of the cell with the cursor; empty where it has one."""
        self.words.setText(here or say.differing(count))
        self.setVisible(count > 0)
