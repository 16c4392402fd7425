"""The fault report as a person reads it before he keeps it: nothing leaves the program by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.errors import UserError
from ui import messages as say
from ui.fitting import open_at
from ui.messages import faults as words

if TYPE_CHECKING:
    from ui.look import Look


class FaultReportDialog(QDialog):
    """``refused``: it could not be written there."""

    refused = Signal(object)

    def __init__(self, text: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.REPORT_TITLE)
        px = look.px
        open_at(self, px(640), px(520))
        hint = QLabel(words.REPORT_HINT)
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words.REPORT_TITLE)
        self.copy = QPushButton(words.REPORT_COPY)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.save = QPushButton(words.REPORT_SAVE)
        self.save.setObjectName("primary")
        self.save.clicked.connect(self._save)
        close = QPushButton(say.CLOSE)
        close.clicked.connect(self.reject)
        low = QHBoxLayout()
        low.addWidget(self.copy)
        low.addStretch(1)
        for button in (self.save, close):
            low.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(hint)
        column.addWidget(self.text, 1)
        column.addLayout(low)

    def _save(self) -> None:
        start = str(Path.home() / words.REPORT_FILE)
        name, _ = QFileDialog.getSaveFileName(self, words.REPORT_TITLE, start, words.REPORT_FILTER)
        if not name:
            return
        from perfdesk.formats.atomic import write_atomically

        try:
            write_atomically(Path(name), (self.text.toPlainText() + "\n").encode())
        except UserError as error:
            self.refused.emit(error)
            return
        self.accept()
