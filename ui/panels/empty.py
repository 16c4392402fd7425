"""What stands in the middle when this unit has nothing to edit: a friendly word and the ways on. (An empty store: ``ui.first``; none:
``ui.panels.trouble``.)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace


class EmptyState(QWidget):
    def __init__(self, workspace: Workspace, look: Look, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = QLabel()
        self.title.setObjectName("title")
        self.more = QLabel()
        self.more.setObjectName("quiet")
        self.more.setWordWrap(True)
        self.buttons = [
            self._button(say.BUTTON_IMPORT, actions["import-file"], "primary"),
            self._button(say.BUTTON_NEW, actions["new"]),
        ]
        self.carry = self._button(say.BUTTON_CARRY, actions["carry"])
        self.card = QFrame()
        self.card.setObjectName("emptyCard")
        self._fill()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        workspace.opened.connect(self.show_state)
        look.changed.connect(self._measure)
        self._measure()

    def _button(self, text: str, action: QAction, name: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.clicked.connect(action.trigger)
        return button

    def _fill(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (*self.buttons, self.carry):
            row.addWidget(button)
        row.addStretch(1)
        self._column = QVBoxLayout(self.card)
        self._column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.title)
        self._column.addWidget(self.more)
        self._column.addLayout(row)

    def _measure(self) -> None:
        px = self.look.px
        self.card.setFixedWidth(px(520))
        self._column.setContentsMargins(px(32), px(28), px(32), px(28))
        self._column.setSpacing(px(12))
        self.title.setFont(self.look.font(18, bold=True))
        self.more.setFixedWidth(px(456))
        self.picture.setFixedSize(px(40), px(40))
        self.picture.setPixmap(self.look.icon("app", "accent", 40).pixmap(px(40), px(40)))
        self.show_state()

    def show_state(self) -> None:
        """Nothing for this unit and year."""
        space = self.workspace
        self.card.setVisible(space.reading is not None)
        self.title.setText(say.NO_FILING)
        self.more.setText(say.NO_FILING_MORE)
        self.carry.setVisible(bool(space.years()))
        self.more.setFixedHeight(self.more.heightForWidth(self.look.px(456)))
