"""The buttons above a grid; in a narrow window some lose their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui import messages as say
from ui.fitting import fit

if TYPE_CHECKING:
    from ui.look import Look

STYLE = Qt.ToolButtonStyle
WORDLESS = ("row-up", "row-down", "row-remove")
HUSHED = ("library", "group-add", "row-add")


class RowTools(QWidget):
    def __init__(self, look: Look, names: tuple[str, ...], actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.look = look
        self._actions = actions
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.buttons = {name: self._button(name, "tool") for name in names if name not in WORDLESS}
        for name in names:
            if name in WORDLESS:
                self._button(name, "toolIcon")
        self.hint = QLabel(say.PASTE_HINT)
        self.hint.setObjectName("muted")
        self._row.addSpacing(6)
        self._row.addWidget(self.hint)
        self._row.addStretch(1)
        for name in ("undo", "redo"):
            self._button(name, "ghost")
        look.changed.connect(self._shorten)

    def _button(self, name: str, look: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(
            STYLE.ToolButtonTextBesideIcon if look == "tool" else STYLE.ToolButtonIconOnly
        )
        button.setObjectName(look)
        self._row.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """First the hint goes, then the words of the buttons that have an icon of their own, the most used ones last."""
        side = self.look.px(16)
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(side, side))
        fit(self, self._row, (self._say_all, self.hint.hide, *(lambda n=n: self._hush(n) for n in HUSHED)))

    def _say_all(self) -> None:
        self.hint.show()
        for button in self.buttons.values():
            button.setToolButtonStyle(STYLE.ToolButtonTextBesideIcon)

    def _hush(self, name: str) -> None:
        if button := self.buttons.get(name):
            button.setToolButtonStyle(STYLE.ToolButtonIconOnly)
