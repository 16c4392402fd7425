"""The line above a filing that is archived or was handed in: it can only be looked at, and here is the way out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui.messages import deeds as words
from ui.messages import handing_in
from ui.messages.remarks import decided

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo
    from ui.look import Look


class ArchivedBar(QFrame):
    def __init__(self, look: Look, unarchive: QAction, unseal: QAction) -> None:
        super().__init__()
        self.setObjectName("archivedBar")
        self.look = look
        self.icon = QLabel()
        self.text = QLabel()
        self.button = QPushButton()
        self._unarchive, self._unseal = unarchive, unseal
        self.button.clicked.connect(lambda: self._way_out.trigger())
        self._way_out = unarchive
        self._row = QHBoxLayout(self)
        for widget in (self.icon, self.text):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.button)
        look.changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_state(self, closed: bool, sealed: datetime | None, info: FilingInfo | None = None) -> None:
        """``sealed``: since when it is handed in, None where it is not; ``info`` says what the bureau has said about it since."""
        self._way_out = self._unseal if sealed else self._unarchive
        told = f"{sealed.astimezone():%Y-%m-%d}" if sealed else ""
        said = decided(info.decision, info.remarks or 0) if info and info.decision else ""
        self.text.setText(handing_in.sealed_bar(told, said) if sealed else words.ARCHIVED)
        self.button.setText(self._way_out.text())
        self.setVisible(closed)

    def _measure(self) -> None:
        px = self.look.px
        self._row.setContentsMargins(px(10), px(4), px(6), px(4))
        self.icon.setPixmap(self.look.icon("lock", "quiet", 14).pixmap(px(14), px(14)))
