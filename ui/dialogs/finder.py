"""Find anywhere: a field and what it finds, used with the keyboard alone; Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import messages
from ui.fitting import open_at
from ui.messages import library as say
from ui.models.found import Finds, Found, Ways, remember
from ui.models.library import source_of
from ui.tasks import Task
from ui.two_sided import ICON, LINE, RIGHT, TwoSided

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace

FOUND = Qt.ItemDataRole.UserRole + 1
SIZE = 560, 460
ICONS = {
    "indicator": "chart", "code": "table", "task": "tick", "section": "table", "group": "folder", "filing": "file", "command": "settings",
    "text": "edit",
}  # fmt: skip
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class Finder(QDialog):
    """A window of its own, so that input methods work in it; it goes when another window is used."""

    def __init__(self, workspace: Workspace, ways: Ways, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("finder")
        self.setWindowTitle(messages.ACTIONS["find"])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.workspace = workspace
        self.look = look
        self.window_below = parent
        self.finds = Finds(workspace, ways, source_of(workspace).pinyin)
        self._was_active = False
        self.words = QLineEdit()
        self.words.setPlaceholderText(say.FIND_PLACEHOLDER)
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(say.FIND_PLACEHOLDER)
        self.list = QListWidget()
        self.list.setAccessibleName(say.FIND_PLACEHOLDER)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TwoSided(look, self.list))
        self.nothing = QLabel(say.FIND_NOTHING)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keys = QLabel(say.FIND_KEYS)
        for label in (self.nothing, self.keys):
            label.setObjectName("muted")
        self._lay_out()
        self.words.textChanged.connect(self.narrow)
        self.list.itemClicked.connect(self.go)
        self._warm()
        self.narrow()
        self.words.setFocus()

    def _lay_out(self) -> None:
        px = self.look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(10))
        column.setSpacing(px(8))
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.keys)
        self.words.setMinimumHeight(px(34))
        open_at(self, px(SIZE[0]), px(SIZE[1]))

    def _warm(self) -> None:
        """Pinyin is looked up on another thread; letters typed before find what contains them."""
        if not self.finds.index.is_warm:
            index = self.finds.index
            self._task = Task(lambda _task: index.warm())
            self._task.done.connect(self._know_letters)
            self._task.start()

    def _know_letters(self) -> None:
        if self.words.text():
            self.narrow()

    def narrow(self) -> None:
        found = self.finds.search(self.words.text())
        self.list.clear()
        for one in found:
            item = QListWidgetItem(one.text)
            item.setData(FOUND, one)
            item.setData(ICON, "history" if self.finds.is_recent(one) else ICONS[one.kind])
            item.setData(RIGHT, one.note)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            row = self.list.currentRow() + STEPS[key]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
        else:
            super().keyPressEvent(event)

    def go(self) -> None:
        """Close first: what is gone to must get the focus."""
        item = self.list.currentItem()
        if item is None:
            return
        found: Found = item.data(FOUND)
        remember(self.workspace, found)
        self._was_active = False
        self.close()
        QTimer.singleShot(0, self.window_below, found.go)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow():
                self.close()
            self._was_active = self.isActiveWindow()

    def place_below(self, anchor: QWidget) -> None:
        """Below the button that opens it, inside the window's screen."""
        corner = anchor.mapToGlobal(anchor.rect().bottomRight())
        room = anchor.screen().availableGeometry()
        left = min(max(corner.x() - self.width(), room.left()), room.right() - self.width())
        self.move(left, corner.y() + self.look.px(6))
        self.list.verticalScrollBar().setSingleStep(self.look.px(LINE))
