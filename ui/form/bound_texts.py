"""A text with numbers of the tables in it: what is bound is shown as a chip with its value, everything around it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRegularExpression, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QHelpEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QToolTip

from ui.form.chips import Chips, chip_at, insert, pieces, raw_text
from ui.form.typing import FlowingTexts
from ui.messages import texts as say

if TYPE_CHECKING:
    from ui.look import Look

BRACES = QRegularExpression(r"\{\{[^{}]+\}\}")
RAW = "application/x-perfdesk-text"
"""A piece of text with its bindings, as programs of ours hand it on; all others get the values."""


class BoundTexts(FlowingTexts):
    """``wanted``: a value is to be put in at the cursor; ``sought``: the place of a name. ``words_of``: where the value of a name comes
    from, in words; ``finding``: what the check says of the text."""

    wanted = Signal()
    sought = Signal(str)

    def __init__(self, look: Look, words_of: Callable[[str], str]) -> None:
        super().__init__()
        self.look = look
        self.words_of = words_of
        self.chips = Chips(look, self.document())
        self.finding = ""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.insert_action = self._action(say.INSERT, "Ctrl+I", self.wanted.emit)
        self.unbind_action = self._action(say.UNBIND, "Ctrl+Shift+I", self.unbind)
        self.go_action = self._action(say.GO_THERE, "Ctrl+J", self._seek)
        self.selectionChanged.connect(self._show_selection)
        self.textChanged.connect(self._take_braces)

    def _action(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)
        return action

    # --- the text ---

    def raw(self) -> str:
        """The text as it is kept, what is bound in double braces."""
        return raw_text(self.document())

    def set_raw(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        insert(cursor, text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def shown(self, start: int = 0, end: int = -1) -> str:
        """The text as it is printed; a name that means nothing as it is written."""
        return "".join(
            (value if (value := self.chips.value(t)) is not None else "{{" + t + "}}") if chip else t
            for t, chip in pieces(self.document(), start, end)
        )

    def renew(self) -> None:
        """The tables have changed: chips show what holds now."""
        if self.chips.renew():
            self.document().markContentsDirty(0, self.document().characterCount())

    def insert_name(self, name: str) -> None:
        """Put a bound value in at the cursor; what is selected gives way."""
        if not self.isReadOnly():
            insert(self.textCursor(), "{{" + name + "}}")

    def _take_braces(self) -> None:
        """Whoever types the braces means a bound value."""
        cursor = self.document().find(BRACES)
        while not cursor.isNull():
            with QSignalBlocker(self):
                insert(cursor, cursor.selectedText())
            cursor = self.document().find(BRACES, cursor)

    # --- the chip in question ---

    def spot(self) -> int | None:
        """The chip that is selected, or beside the cursor, first the one behind it."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            start = cursor.selectionStart()
            alone = cursor.selectionEnd() == start + 1
            return start if alone and chip_at(self.document(), start) is not None else None
        at = cursor.position()
        return next((p for p in (at, at - 1) if chip_at(self.document(), p) is not None), None)

    def unbind(self) -> None:
        """The chip becomes the number it shows, typed as if by hand."""
        spot = self.spot()
        if spot is None or self.isReadOnly():
            return
        cursor = self._chosen(spot)
        value = self.chips.value(chip_at(self.document(), spot) or "")
        if value is not None:
            insert(cursor, value)

    def _seek(self) -> None:
        spot = self.spot()
        if spot is not None:
            self.sought.emit(chip_at(self.document(), spot))

    def _chosen(self, spot: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(spot)
        cursor.setPosition(spot + 1, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def spot_under(self, point: QPoint) -> int | None:
        """The chip at a point of the viewport."""
        near = self.cursorForPosition(point).position()
        for at in (near - 1, near):
            if chip_at(self.document(), at) is None:
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(at)
            left = self.cursorRect(cursor)
            cursor.setPosition(at + 1)
            right = self.cursorRect(cursor)
            across = point.x() < right.left() if right.top() == left.top() else True
            if left.left() <= point.x() and across and left.top() <= point.y() <= left.bottom():
                return at
        return None

    def tip_at(self, point: QPoint) -> str:
        """Where the chip under the pointer comes from, else what the check says of the whole text."""
        spot = self.spot_under(point)
        name = chip_at(self.document(), spot) if spot is not None else None
        if name is None:
            return self.finding
        known = self.chips.value(name) is not None
        return say.comes_from(self.words_of(name)) if known else say.unknown(name)

    def _show_selection(self) -> None:
        cursor = self.textCursor()
        self.chips.selected = cursor.selectionStart(), cursor.selectionEnd()
        self.viewport().update()

    # --- clipboard ---

    def createMimeDataFromSelection(self) -> QMimeData:
        """Values for other programs; with its bindings for this one."""
        cursor = self.textCursor()
        chosen = cursor.selectionStart(), cursor.selectionEnd()
        # The toolkit's own object: one that is made here would outlive the interpreter in the clipboard.
        data = super().createMimeDataFromSelection()
        data.text()  # it is filled when first asked
        data.clear()
        data.setText(self.shown(*chosen))
        data.setData(RAW, raw_text(self.document(), *chosen).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(RAW) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly():
            return
        own = bytes(cast("bytes", source.data(RAW).data())).decode() if source.hasFormat(RAW) else ""
        insert(self.textCursor(), own or source.text())
        self.ensureCursorVisible()

    # --- events ---

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = self.spot_under(self.viewport().mapFromGlobal(event.globalPos()))
        if spot is not None:
            self.setTextCursor(self._chosen(spot))
        menu = self.make_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """What can be done here; grey what cannot."""
        menu, open_, chosen = QMenu(self), not self.isReadOnly(), self.textCursor().hasSelection()
        chip = self.spot() is not None
        for action, can in (
            (self.insert_action, open_),
            (self.unbind_action, open_ and chip),
            (self.go_action, chip),
        ):
            action.setEnabled(can)
            menu.addAction(action)
        menu.aboutToHide.connect(self._all_enabled)
        menu.addSeparator()
        for text, do, can in (
            (say.CUT, self.cut, open_ and chosen),
            (say.COPY, self.copy, chosen),
            (say.PASTE, self.paste, open_ and self.canPaste()),
            (say.ALL, self.selectAll, True),
        ):
            menu.addAction(text, do).setEnabled(can)
        return menu

    def _all_enabled(self) -> None:
        """The keys look for themselves whether there is something to do."""
        for action in (self.insert_action, self.unbind_action, self.go_action):
            action.setEnabled(True)
