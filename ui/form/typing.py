"""What all text editors of the window share: a half-typed word of an input method is never lost, and Ctrl+Z belongs to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget


def is_undo_key(event: QEvent) -> bool:
    """A shortcut override for undo or redo: text editors would eat these keys."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
    )


class Line(QLineEdit):
    """A line of text. ``preedit`` is what an input method shows and has not handed over yet."""

    focus_left = Signal()
    focus_came = Signal()
    preedit = ""

    def event(self, event: QEvent) -> bool:
        if is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.preedit = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        settle(self)
        super().focusOutEvent(event)
        self.focus_left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_came.emit()


class Texts(QPlainTextEdit):
    """Several lines of plain text. ``preedit`` as in ``Line``."""

    focus_left = Signal()
    focus_came = Signal()
    preedit = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        if is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.preedit = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        settle(self)
        super().focusOutEvent(event)
        self.focus_left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_came.emit()


class FlowingTexts(QTextEdit):
    """Several lines among others on a page, as high as their text needs within ``lines``. ``preedit`` as in ``Line``. Nothing with
    colours or sizes of its own ever enters."""

    focus_left = Signal()
    focus_came = Signal()
    preedit = ""
    lines = (2, 12)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)

    def fit(self, *_: object) -> None:
        least, most = (n * self.fontMetrics().lineSpacing() for n in self.lines)
        margin = 2 * self.document().documentMargin()
        edge = self.height() - self.viewport().height()
        text = self.document().size().height() - margin
        wanted = round(min(max(text, least), most) + margin) + edge
        if (wanted, wanted) != (self.minimumHeight(), self.maximumHeight()):
            self.setFixedHeight(wanted)

    def event(self, event: QEvent) -> bool:
        if is_undo_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """There is one kind of break only: that between paragraphs."""
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            if not self.isReadOnly():
                self.textCursor().insertBlock()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
            return
        super().inputMethodEvent(event)
        self.preedit = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        settle(self)
        super().focusOutEvent(event)
        self.focus_left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_came.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, unless one writes here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


Editor = Line | Texts | FlowingTexts


def settle(editor: Editor) -> None:
    """Take over what the input method still holds: first ask it to hand it over, else keep the letters as they are shown."""
    if not editor.preedit:
        return
    if editor.hasFocus():
        QGuiApplication.inputMethod().commit()
    if held := editor.preedit:
        event = QInputMethodEvent()
        event.setCommitString(held)
        editor.inputMethodEvent(event)
        QGuiApplication.inputMethod().reset()
    editor.preedit = ""
