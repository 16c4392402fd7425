"""A strip of tabs: words with a line under the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.look import Look


class TabStrip(QWidget):
    """``chosen`` tells the number of the tab that a person picked."""

    chosen = Signal(int)

    def __init__(self, look: Look, gap: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._gap = gap
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        line = QFrame()
        line.setObjectName("tabLine")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(line)
        self._group.idClicked.connect(self.chosen)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._row.setSpacing(self.look.px(self._gap))

    def set_tabs(self, texts: list[str]) -> None:
        """New words; the chosen tab stays where the number of tabs is the same."""
        if len(texts) != len(self._group.buttons()):
            self._rebuild(len(texts))
        for button, text in zip(self._group.buttons(), texts, strict=True):
            if button.text() != text:
                button.setText(text)

    def _rebuild(self, count: int) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        for number in range(count):
            button = QPushButton()
            button.setObjectName("tab")
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button, number)
            self._row.addWidget(button)
        self.choose(0)

    def tab(self, number: int) -> QWidget | None:
        """What one clicks."""
        return self._group.button(number)

    def choose(self, number: int) -> None:
        if button := self._group.button(number):
            button.setChecked(True)

    def current(self) -> int:
        return self._group.checkedId()
