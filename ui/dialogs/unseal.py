"""Opening what was handed in: with a reason, which stays; this filing, or all of the year that were handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.messages import handing_in as words

if TYPE_CHECKING:
    from ui.look import Look


class UnsealDialog(QDialog):
    """``count``: how many filings of the year were handed in; ``reason``: the likely one. Nothing is opened without a reason."""

    def __init__(
        self, title: str, count: int, look: Look, parent: QWidget | None = None, reason: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.UNSEAL_TITLE)
        px = look.px
        head, ask = QLabel(title), QLabel(words.UNSEAL_ASK)
        head.setObjectName("dialogTitle")
        head.setFont(look.font(15, bold=True))
        ask.setObjectName("quiet")
        for label in (head, ask):
            label.setWordWrap(True)
        self.reason = QLineEdit(reason)
        self.reason.setPlaceholderText(words.UNSEAL_HINT)
        self.reason.setAccessibleName(words.UNSEAL_ASK)
        self.reason.setMinimumWidth(px(440))
        self.this, self.all = QRadioButton(words.UNSEAL_THIS), QRadioButton(words.unseal_all(count))
        self.this.setChecked(True)
        self.start, cancel = QPushButton(words.UNSEAL_START), QPushButton(say.CANCEL)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        cancel.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        for widget in (head, ask, self.reason, self.this, self.all):
            column.addWidget(widget)
        column.addLayout(foot)
        for choice in (self.this, self.all):
            choice.setVisible(count > 1)
        self.start.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.reason.textChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        self.start.setEnabled(bool(self.reason.text().strip()))
