"""A grid that feels like the spreadsheet people know: Enter down, Tab right, typing replaces, F2 edits, Esc gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDragMoveEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTreeView, QWidget

from ui.form.sheet import Rows, SheetView

if TYPE_CHECKING:
    from ui.look import Look

KEY = Qt.Key
HELD = Qt.KeyboardModifier
STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


def neighbour(view: QTreeView, here: QModelIndex, way: str) -> QModelIndex:
    """The next shown cell that way; invalid at the edges."""
    down, right = STEPS[way]
    if not here.isValid():
        return here
    if down:
        there = view.indexBelow(here) if down > 0 else view.indexAbove(here)
        return there.siblingAtColumn(here.column())
    column = here.column() + right
    while view.isColumnHidden(column) and 0 <= column < view.model().columnCount():
        column += right
    return here.siblingAtColumn(column)


def where_in(rect: QRect, point: QPoint) -> str:
    """Which third of a row the point is in: ``above``, ``on`` or ``below``."""
    third = rect.height() / 3
    if point.y() < rect.top() + third:
        return "above"
    return "below" if point.y() > rect.bottom() - third else "on"


class GridView(SheetView):
    """``cleared``, ``copied``, ``pasted``: keys on the selection; ``dropped``: dragged row ids, the row they fell on, where."""

    cleared = Signal()
    copied = Signal()
    pasted = Signal()
    dropped = Signal(list, str, str)

    def __init__(self, look: Look, model: Rows, parent: QWidget | None = None) -> None:
        super().__init__(look, model, parent)
        self._refused = False
        self.cells.left.connect(self._leave)
        self.cells.refused.connect(self._open_again)

    # --- pending typing ---

    def pending(self) -> bool:
        """An open editor holds something that is not on disk, or one that will be opened again."""
        editor = self.cells.editor
        if self._refused:
            return True
        return editor is not None and (bool(editor.preedit) or editor.toPlainText() != editor.stored)

    def commit(self) -> None:
        """Close an open editor and keep what it holds."""
        if editor := self.cells.editor:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def keep(self) -> None:
        """Write what an open editor holds; it stays open, and the cursor in it."""
        editor = self.cells.editor
        if editor is None or editor.preedit or not self.pending():
            return
        at = editor.textCursor().position()
        self.commit()
        if self._refused:
            return
        if self.currentIndex().isValid() and self.isVisible():
            self.edit(self.currentIndex())
        if again := self.cells.editor:
            cursor = again.textCursor()
            cursor.setPosition(min(at, len(again.toPlainText())))
            again.setTextCursor(cursor)

    def revert(self) -> None:
        """Close an open editor and forget what it holds."""
        self._refused = False
        if editor := self.cells.editor:
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            self.setFocus()

    def _open_again(self, index: QPersistentModelIndex, text: str) -> None:
        """What could not be written stays in its editor, when the message about it was read."""
        self._refused = True

        def reopen() -> None:
            self._refused = False
            here = self.rows.index(index.row(), index.column(), index.parent())
            if here.isValid() and self.cells.editor is None:
                self.select(here)
                self.edit(here)
                if editor := self.cells.editor:
                    editor.setPlainText(text)

        QTimer.singleShot(0, self, reopen)

    def _leave(self, way: str) -> None:
        if way == "give up":
            self.revert()
            return
        self.commit()
        self.setFocus()
        self.step(way)

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        shift = bool(held & HELD.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif held & (HELD.ControlModifier | HELD.AltModifier):
            return False
        elif key in (KEY.Key_Return, KEY.Key_Enter):
            self.step("up" if shift else "down")
        elif key in (KEY.Key_Tab, KEY.Key_Backtab):
            self.step("left" if shift or key == KEY.Key_Backtab else "right")
        elif key in (KEY.Key_Left, KEY.Key_Right) and not shift:
            self.step("left" if key == KEY.Key_Left else "right")
        elif key == KEY.Key_Delete:
            self.cleared.emit()
        elif key == KEY.Key_Space and self._can_fold(self.currentIndex()):
            self.fold(self.currentIndex())
        else:
            return False
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A word or mark that comes finished (without being composed first) opens the editor like a key; the toolkit drops it."""
        finished = bool(event.commitString()) and not event.preeditString()
        if (
            finished
            and not self.closed
            and self.cells.editor is None
            and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
        ):
            self.edit(self.currentIndex())
            if editor := self.cells.editor:
                editor.selectAll()
                editor.inputMethodEvent(event)
                return
        super().inputMethodEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, held: Qt.KeyboardModifier) -> QModelIndex:
        """Left and right stay in the row (with Shift, too); the toolkit's tree would fold or go to the parent."""
        ways = {
            QAbstractItemView.CursorAction.MoveLeft: "left",
            QAbstractItemView.CursorAction.MoveRight: "right",
        }
        if way := ways.get(action):
            there = neighbour(self, self.currentIndex(), way)
            return there if there.isValid() else self.currentIndex()
        return super().moveCursor(action, held)

    def step(self, way: str) -> None:
        """The current cell one further; up and down skip nothing, left and right stop at the edges."""
        there = neighbour(self, self.currentIndex(), way)
        if there.isValid():
            self.select(there)

    # --- dragging rows ---

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.source() is self and self.indexAt(event.position().toPoint()).isValid():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The workspace moves the rows; the toolkit must not."""
        point = event.position().toPoint()
        index = self.indexAt(point).siblingAtColumn(0)
        row = self.rows.row_at(index)
        ids = self.selected_rows()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if row and ids and event.source() is self:
            self.dropped.emit(ids, row.id, where_in(self.visualRect(index), point))
