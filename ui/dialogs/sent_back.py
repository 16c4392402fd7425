"""What the bureau sent back, before it is taken in: who says what, signed by whose key, and what of it is not here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.commands.sent_back import beside_lines, signed_line
from ui import messages as say
from ui.fitting import open_at
from ui.messages import remarks as words

if TYPE_CHECKING:
    from perfdesk.commands.sent_back import Beside
    from perfdesk.model.sent_back import Remark
    from perfdesk.pack_trust import Key
    from ui.look import Look


class SentBackDialog(QDialog):
    """``known``: the trusted keys by fingerprint. ``trust`` is offered where it is signed by another."""

    def __init__(
        self, found: Beside, known: Mapping[str, Key], look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.DIALOG)
        self.found = found
        sent = found.sent
        head, whom = QLabel(words.heading(sent)), QLabel(words.from_whom(sent))
        head.setObjectName("dialogTitle")
        head.setFont(look.font(15, bold=True))
        self.signed = QLabel(signed_line(sent.receipt, known) if sent.receipt else words.UNSIGNED)
        self.trust = QCheckBox(words.TRUST)
        self.trust.setVisible(sent.receipt is not None and sent.receipt.fingerprint not in known)
        self.told = QLabel("\n".join(beside_lines(found)))
        self.told.setObjectName("warningText")
        self.told.setVisible(bool(self.told.text()))
        self.remarks = QTreeWidget()
        self._list(look)
        self.start, cancel = QPushButton(words.TAKE), QPushButton(say.CANCEL)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        cancel.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.start)
        px = look.px
        open_at(self, px(760), px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        for label in (head, whom, self.signed, self.told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (head, whom, self.signed, self.trust, self.told):
            column.addWidget(widget)
        column.addWidget(self.remarks, 1)
        column.addLayout(foot)
        self.start.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)

    def _list(self, look: Look) -> None:
        self.remarks.setObjectName("projects")
        self.remarks.setAccessibleName(words.TITLE)
        self.remarks.setRootIsDecorated(False)
        self.remarks.setWordWrap(True)
        self.remarks.setHeaderLabels(list(words.COLUMNS))
        self.remarks.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 170), (1, 190)):
            self.remarks.setColumnWidth(column, look.px(width))
        for remark in self.found.sent.remarks:
            texts = [self._about(remark), remark.where, words.titled(remark.title, remark.text)]
            item = QTreeWidgetItem(texts)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
            self.remarks.addTopLevelItem(item)

    def _about(self, remark: Remark) -> str:
        if remark.filing is None:
            return words.WHOLE
        meant = self.found.sent.filings[remark.filing]
        return meant.name or meant.title
