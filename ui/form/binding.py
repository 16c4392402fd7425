"""One editor bound to one cell of the filing: keeps what is typed, shows what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QTextCursor

from perfdesk.values import clean_text, parse_amount, show_amount
from ui.form.typing import Editor, Line, Texts, settle

if TYPE_CHECKING:
    from ui.workspace import Workspace

WRITE_THROUGH = 2000
"""Milliseconds that typing in a long text may be unsaved."""


class Binding(QObject):
    """``typed`` is emitted for every keystroke. Committed when the field is left; long texts every two seconds, too."""

    typed = Signal()

    def __init__(self, editor: Editor, row: str, column: str, workspace: Workspace) -> None:
        super().__init__(editor)
        self.editor = editor
        self.row = row
        self.column = column
        self.workspace = workspace
        self._shown = ""
        self._known = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_THROUGH)
        self._timer.timeout.connect(self.write_through)
        editor.textChanged.connect(self._on_typing)
        editor.focus_left.connect(self.commit)

    def text(self) -> str:
        return self.editor.text() if isinstance(self.editor, Line) else self.editor.toPlainText()

    def shown(self) -> str:
        """What is read where the text is: as it is printed."""
        return self.text()

    def stored(self) -> str:
        row = self.workspace.filing.row(self.row) if self.workspace.filing else None
        return row.get(self.column) if row else ""

    def pending(self) -> bool:
        """Something is typed that is not on disk."""
        return bool(self.editor.preedit) or self.text() != self._shown

    def commit(self) -> None:
        settle(self.editor)
        self._write()
        self.workspace.left_field()

    def write_through(self) -> None:
        """What is typed so far, while the field is still being typed in."""
        self._write(typing=True)

    def _write(self, typing: bool = False) -> None:
        self._timer.stop()
        text = self.text()
        new = text != self._shown and clean_text(text) != self.stored()
        run = typing or not isinstance(self.editor, Line)
        if new and not self.workspace.set_cell(self.row, self.column, text, run):
            return
        if self.text() == text:
            self._shown = text
        if not typing:
            self.refresh()

    def revert(self) -> None:
        self.editor.preedit = ""
        self._timer.stop()
        self._show(self.stored())

    def refresh(self) -> None:
        """Show what is stored, unless something is typed here that is not stored yet."""
        if self.pending() and clean_text(self.text()) != self.stored():
            return
        if clean_text(self.text()) != self.stored() or not self.editor.hasFocus():
            self._show(self.stored())

    def follow(self) -> None:
        """The filing has changed, in most cases elsewhere: nothing is shown anew then."""
        if (stored := self.stored()) != self._known:
            self.refresh()
            if clean_text(self.text()) == stored:
                self._known = stored

    def _show(self, raw: str) -> None:
        self._known = raw
        text = self.dressed(raw)
        if text != self.text():
            with QSignalBlocker(self.editor):
                self._replace(text)
        self._shown = self.text()
        self.typed.emit()

    def _replace(self, text: str) -> None:
        if isinstance(self.editor, Line):
            self.editor.setText(text)
        elif isinstance(self.editor, Texts):
            self.editor.setPlainText(text)
            self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def dressed(self, raw: str) -> str:
        """How the stored text is shown."""
        return raw

    def _on_typing(self) -> None:
        self.typed.emit()
        if not isinstance(self.editor, Line) and not self._timer.isActive() and self.text() != self._shown:
            self._timer.start()


class MoneyBinding(Binding):
    """An amount: as typed while it is edited, with thousands separators otherwise."""

    def __init__(self, editor: Line, row: str, column: str, workspace: Workspace) -> None:
        super().__init__(editor, row, column, workspace)
        editor.focus_came.connect(self._undress)

    def _undress(self) -> None:
        if not self.pending():
            self._show(self.stored())
            if isinstance(self.editor, Line):
                self.editor.selectAll()

    def dressed(self, raw: str) -> str:
        unit = self.workspace.form.amount_unit if self.workspace.form else ""
        amount = parse_amount(raw, unit)
        if self.editor.hasFocus() or amount.value is None or amount.problem:
            return raw
        return show_amount(amount.value)
