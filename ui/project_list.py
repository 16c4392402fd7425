"""The rows of the list of projects: opened, named, moved by keys or drag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from ui import messages as say
from ui.messages import projects as words

if TYPE_CHECKING:
    from ui.look import Look
    from ui.models.projects import ProjectLine
    from ui.models.shelf import Shelf, Standing

ID = Qt.ItemDataRole.UserRole
NUMBER, NAME, AMOUNT, STATE, ERRORS, WARNINGS = range(6)
DOTS = {"error": "error", "warning": "warning", "clean": "good", "untouched": "dot", "": "dot"}
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {
    (Qt.Key.Key_Return, NONE): "open",
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier): "open",
    (Qt.Key.Key_Return, CONTROL): "add",
    (Qt.Key.Key_D, CONTROL): "copy",
    (Qt.Key.Key_Delete, NONE): "delete",
    (Qt.Key.Key_Up, ALT): "up",
    (Qt.Key.Key_Down, ALT): "down",
}


class ProjectList(QTreeWidget):
    """``asked``: a deed by its name; ``ordered``: ids in their new order; ``named``: a project and its new name."""

    asked = Signal(str)
    ordered = Signal(list)
    named = Signal(int, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("projects")
        self.setHeaderLabels(list(words.COLUMNS))
        self.setAccessibleName(words.ALL_PROJECTS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.itemDoubleClicked.connect(lambda _item: self.asked.emit("open"))
        self.itemChanged.connect(self._edited)
        self.measure()

    def measure(self) -> None:
        px, header = self.look.px, self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((NUMBER, 52), (AMOUNT, 150), (STATE, 104), (ERRORS, 52), (WARNINGS, 52)):
            self.setColumnWidth(column, px(width))

    # --- what is there ---

    def show_lines(self, lines: Sequence[ProjectLine], shelf: Shelf) -> None:
        """What was chosen stays chosen."""
        kept, here = set(self.chosen()), self.current()
        self.blockSignals(True)
        self.clear()
        items = [self._item(number, line) for number, line in enumerate(lines, 1)]
        self.addTopLevelItems(items)
        for item in items:
            item.setSelected(item.data(NUMBER, ID) in kept)
            if item.data(NUMBER, ID) == here:
                self.setCurrentItem(item, NAME, self.selectionModel().SelectionFlag.NoUpdate)
        if items and self.currentItem() is None:
            self.setCurrentItem(items[0], NAME)
        self.blockSignals(False)
        self.show_states(shelf)

    def _item(self, number: int, line: ProjectLine) -> QTreeWidgetItem:
        item = QTreeWidgetItem([str(number), line.name, line.amount])
        item.setData(NUMBER, ID, line.id)
        item.setTextAlignment(AMOUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags if line.archived else flags | Qt.ItemFlag.ItemIsEditable)
        item.setToolTip(NAME, line.name)
        return item

    def show_states(self, shelf: Shelf) -> None:
        """Only what has become known since."""
        self.blockSignals(True)
        icons: dict[str, QIcon] = {}
        for number in range(self.topLevelItemCount()):
            item = self.topLevelItem(number)
            standing = shelf.standing(item.data(NUMBER, ID)) if item else None
            if item and standing and item.data(STATE, ID) != standing:
                self._show_state(item, standing, icons)
        self.blockSignals(False)

    def _show_state(self, item: QTreeWidgetItem, standing: Standing, icons: dict[str, QIcon]) -> None:
        item.setData(STATE, ID, standing)
        name = DOTS[standing.state]
        if name not in icons:
            icons[name] = _dot(self.look, name)
        item.setIcon(STATE, icons[name])
        item.setText(STATE, say.STATES[standing.state])
        item.setText(ERRORS, str(standing.errors or ""))
        item.setText(WARNINGS, str(standing.warnings or ""))

    def chosen(self) -> list[int]:
        """Ids of the selected projects from top to bottom."""
        return [i for i in self.order() if i in {item.data(NUMBER, ID) for item in self.selectedItems()}]

    def current(self) -> int | None:
        item = self.currentItem()
        return item.data(NUMBER, ID) if item else None

    def order(self) -> list[int]:
        items = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        return [item.data(NUMBER, ID) for item in items if item]

    def choose(self, ids: Sequence[int]) -> None:
        """These and no others; the first of them is where one is."""
        self.clearSelection()
        for number, at in enumerate(self.order()):
            if at in ids and (item := self.topLevelItem(number)):
                if at == ids[0]:
                    self.setCurrentItem(item, NAME, self.selectionModel().SelectionFlag.NoUpdate)
                item.setSelected(True)
        if item := self.currentItem():
            self.scrollToItem(item)

    def edit_name(self) -> None:
        if item := self.currentItem():
            self.editItem(item, NAME)

    # --- what a person does ---

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        if column == NAME:
            self.named.emit(item.data(NUMBER, ID), item.text(NAME))

    def event(self, event: QEvent) -> bool:
        """The list's own keys come before those of the window."""
        key = event if isinstance(event, QKeyEvent) else None
        before = event.type() == QEvent.Type.ShortcutOverride
        if before and key and (Qt.Key(key.key()), key.modifiers()) in KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = KEYS.get((Qt.Key(event.key()), event.modifiers()))
        if self.state() == QAbstractItemView.State.EditingState:
            return  # what ended the editing
        if event.key() == Qt.Key.Key_F2:
            self.edit_name()
        elif deed:
            self.asked.emit(deed)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The store puts them in order, and the list is made anew of it; the toolkit moves nothing."""
        point, before = event.position().toPoint(), self.order()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        item, moved = self.itemAt(point), self.chosen()
        if event.source() is not self or not moved:
            return
        at = len(before)
        if item is not None:
            below = point.y() > self.visualItemRect(item).center().y()
            at = self.indexOfTopLevelItem(item) + below
        stay = [[i for i in part if i not in moved] for part in (before[:at], before[at:])]
        if (order := [*stay[0], *moved, *stay[1]]) != before:
            self.ordered.emit(order)


def _dot(look: Look, colour: str) -> QIcon:
    side = look.px(8)
    picture = QPixmap(side * 2, side * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(colour))
    painter.drawEllipse(1, 1, side - 2, side - 2)
    painter.end()
    return QIcon(picture)
