"""A strip of tabs: words with a line under the chosen one; where there is no room for all, it scrolls and a menu has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.messages import ledger as say

if TYPE_CHECKING:
    from ui.look import Look

EDGE = 48
"""So much of a neighbour is shown beside the chosen tab, in pixels of the drawing."""


class TabRow(QScrollArea):
    """The tabs themselves, scrolled sideways without a bar."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setObjectName("scrollArea")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        inner.setObjectName("scrolled")

    def wheelEvent(self, event: QWheelEvent) -> None:
        by = event.angleDelta().y() or event.angleDelta().x()
        self.turn(-by)
        event.accept()

    def turn(self, pixels: int) -> None:
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() + pixels)


class TabStrip(QWidget):
    """``chosen`` tells the number of the tab that a person picked."""

    chosen = Signal(int)

    def __init__(self, look: Look, gap: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._gap = gap
        self._group = QButtonGroup(self)
        self._inner = QWidget()
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._tabs = TabRow(self._inner)
        self.ways = [
            self._way(*w)
            for w in (("chevron-left", say.EARLIER_TABS, -1), ("chevron-right", say.LATER_TABS, 1))
        ]
        self.all = QToolButton()
        self.all.setObjectName("ghost")
        self.all.setToolTip(say.MORE_TABS)
        self.all.setAccessibleName(say.MORE_TABS)
        self.all.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.all.setMenu(QMenu(self))
        self.all.menu().aboutToShow.connect(self._fill_menu)
        line = QFrame()
        line.setObjectName("tabLine")
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._tabs, 1)
        for button in (*self.ways, self.all):
            across.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across)
        column.addWidget(line)
        self._group.idClicked.connect(self.chosen)
        look.changed.connect(self._measure)
        self._measure()

    def _way(self, icon: str, tip: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("ghost")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("icon name", icon)
        button.clicked.connect(lambda: self._tabs.turn(by * self._tabs.width() * 2 // 3))
        return button

    def _measure(self) -> None:
        self._row.setSpacing(self.look.px(self._gap))
        for button in self.ways:
            button.setIcon(self.look.icon(str(button.property("icon name"))))
        self.all.setIcon(self.look.icon("more"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Arrows and menu only where not all tabs have room; the chosen one is in sight."""
        wanted = self._row.sizeHint()
        over = wanted.width() > self.width()
        for button in (*self.ways, self.all):
            button.setVisible(over)
        self._tabs.setFixedHeight(wanted.height())
        if chosen := self._group.checkedButton():
            self._tabs.ensureWidgetVisible(chosen, self.look.px(EDGE), 0)

    def _fill_menu(self) -> None:
        menu = self.all.menu()
        menu.clear()
        for number, button in enumerate(self._group.buttons()):
            action = menu.addAction(button.text())
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.triggered.connect(lambda _=False, n=number: self.chosen.emit(n))

    def set_tabs(self, texts: list[str]) -> None:
        """New words; the chosen tab stays where the number of tabs is the same."""
        if len(texts) != len(self._group.buttons()):
            self._rebuild(len(texts))
        changed = False
        for button, text in zip(self._group.buttons(), texts, strict=True):
            if button.text() != text:
                button.setText(text)
                changed = True
        if changed:
            self._fit()

    def _rebuild(self, count: int) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        for number in range(count):
            button = QPushButton()
            button.setObjectName("tab")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # what a screen reader calls one of several
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, number)
            self._row.addWidget(button)
            button.show()  # the layout shows it only when the window is next idle, and counts it for nothing until then
        self.choose(0)

    def tab(self, number: int) -> QWidget | None:
        """What one clicks."""
        return self._group.button(number)

    def choose(self, number: int) -> None:
        if button := self._group.button(number):
            button.setChecked(True)
            self._fit()

    def current(self) -> int:
        return self._group.checkedId()
