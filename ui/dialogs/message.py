"""One calm message: what happened, what to do; the technical part behind a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look


class MessageDialog(QDialog):
    """``extra``: a second button (its text); ``chosen_extra`` tells whether it was taken."""

    def __init__(self, error: UserError, look: Look, parent: QWidget | None = None, extra: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(say.FAULT_TITLE)
        self.chosen_extra = False
        px = look.px
        icon = QLabel()
        icon.setPixmap(look.icon("info", "accent", 28).pixmap(px(28), px(28)))
        text = QLabel(error.message)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setMinimumWidth(px(380))
        head = QHBoxLayout()
        head.setSpacing(px(14))
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text, 1)
        self.detail = QPlainTextEdit(error.detail)
        self.detail.setReadOnly(True)
        self.detail.setAccessibleName(say.DETAILS)
        self.detail.setMinimumSize(px(460), px(140))
        self.detail.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(14))
        column.addLayout(head)
        column.addWidget(self.detail)
        column.addLayout(self._buttons(bool(error.detail), extra))

    def _buttons(self, detailed: bool, extra: str) -> QHBoxLayout:
        row = QHBoxLayout()
        self.details = QPushButton(say.DETAILS)
        self.details.setObjectName("ghost")
        self.details.setVisible(detailed)
        self.details.clicked.connect(
            lambda: (self.detail.setVisible(self.detail.isHidden()), self.adjustSize())
        )
        row.addWidget(self.details)
        row.addStretch(1)
        if extra:
            button = QPushButton(extra)
            button.clicked.connect(self._take_extra)
            row.addWidget(button)
        close = QPushButton(say.OK)
        close.setObjectName("primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def _take_extra(self) -> None:
        self.chosen_extra = True
        self.accept()
