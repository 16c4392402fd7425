"""Suggestions from the standard list of codes below a code or name that is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from perfdesk.budget.find_codes import Code, CodeIndex
from perfdesk.values import one_line
from ui.form.completion import MOST, Suggestions
from ui.messages import ledger as say
from ui.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.form.cells import CellEdit
    from ui.ledger.grid import LedgerGrid
    from ui.look import Look
    from ui.models.ledger import LedgerModel

KEY = Qt.Key
ENTER = (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Tab)


class CodeSuggestions(Suggestions):
    """Codes with their names; below them where the chosen one stands."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(look, window)
        self.setAccessibleName(say.CODE)

    def words_of(self, entry: Code) -> tuple[str, str]:
        return f"{entry.code}　{entry.name}", ""

    def explain_of(self, entry: Code) -> str:
        return say.PATH.join(entry.path)


class CodeCompletion(QObject):
    """Watches the editors of codes and of the line for new ones. ``taken``: the key of the line, and the code."""

    taken = Signal(str, str)

    def __init__(self, grid: LedgerGrid, model: LedgerModel, look: Look) -> None:
        super().__init__(grid)
        self.grid = grid
        self.model = model
        self.look = look
        self.popup: CodeSuggestions | None = None
        self.index: CodeIndex | None = None
        self._task: Task | None = None
        self._editor: CellEdit | None = None
        self._key = ""
        self._composing = False
        grid.cells.opened.connect(self._begin)
        grid.verticalScrollBar().valueChanged.connect(self._hide)

    def _names(self) -> Mapping[str, str]:
        return self.model.ledger.names

    def want(self) -> CodeIndex:
        """The index of the ledger's list; the pinyin of its names is looked up on another thread."""
        if self.index is None or self.index.names is not self._names():
            index = self.index = CodeIndex(self._names())
            self._task = Task(lambda _task: index.warm())
            self._task.start()
        return self.index

    def warm(self) -> None:
        """Before anybody types."""
        if self.model.columns:
            self.want()

    def _begin(self, editor: CellEdit, index: QPersistentModelIndex) -> None:
        line = self.model.row_at(index)
        column = self.model.columns[index.column()].id
        if line is None or not (column == "code" or (line.kind == "new" and column == "name")):
            return
        self.want()
        self._editor, self._key, self._composing = editor, line.id, False
        editor.textChanged.connect(self._suggest)
        editor.installEventFilter(self)

    def _hide(self) -> None:
        if self.popup:
            self.popup.hide()

    def is_open(self) -> bool:
        return self.popup is not None and self.popup.isVisible()

    def _suggest(self) -> None:
        editor = self._editor
        if editor is None or editor is not self.grid.cells.editor:
            return
        words = editor.toPlainText()
        if not words.strip() or words == editor.stored or self._composing or not editor.hasFocus():
            self._hide()
            return
        found = self.want().search(words, MOST)
        if not found or (len(found) == 1 and found[0].code == one_line(words)):
            self._hide()
            return
        if self.popup is None:
            self.popup = CodeSuggestions(self.look, self.grid.window())
            self.popup.taken.connect(self._take)
        self.popup.offer(found, editor, ready=not one_line(words).isdecimal())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if self._composing or event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_open():
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        popup = self.popup
        if popup is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in (KEY.Key_Down, KEY.Key_Up):
            popup.step(1 if event.key() == KEY.Key_Down else -1)
            return True
        if event.key() == KEY.Key_Escape:
            self._hide()
            return True
        chosen = popup.chosen()
        if event.key() in ENTER and chosen is not None:
            self._take(chosen)
            return True
        return False

    def _take(self, chosen: Code) -> None:
        key = self._key
        self._hide()
        self.taken.emit(key, chosen.code)
