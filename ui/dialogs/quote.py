"""Choose a number of the tables for a text: a field and what it finds, used with the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from perfdesk.search import Index
from ui.fitting import open_at
from ui.messages import texts as say
from ui.models.library import source_of
from ui.two_sided import RIGHT, TwoSided

if TYPE_CHECKING:
    from perfdesk.quotable import Quote
    from ui.look import Look
    from ui.workspace import Workspace

NAME = Qt.ItemDataRole.UserRole + 1
SIZE = 600, 460
SHOWN = 200
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class QuoteDialog(QDialog):
    """``picked``: the name of the value to put in."""

    picked = Signal(str)

    def __init__(
        self, offered: Sequence[tuple[Quote, str]], workspace: Workspace, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say.QUOTE_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._index = Index(((_searched(q), (q, value)) for q, value in offered), source_of(workspace).pinyin)
        self.words = QLineEdit()
        self.words.setPlaceholderText(say.QUOTE_PLACEHOLDER)
        self.words.setAccessibleName(say.QUOTE_PLACEHOLDER)
        self.list = QListWidget()
        self.list.setAccessibleName(say.QUOTE_TITLE)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TwoSided(look, self.list))
        self.nothing = QLabel(say.QUOTE_NOTHING)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        keys = QLabel(say.QUOTE_KEYS)
        for label in (self.nothing, keys):
            label.setObjectName("muted")
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(10))
        column.setSpacing(px(8))
        for widget, room in ((self.words, 0), (self.list, 1), (self.nothing, 1), (keys, 0)):
            column.addWidget(widget, room)
        open_at(self, px(SIZE[0]), px(SIZE[1]))
        self.words.textChanged.connect(self.narrow)
        self.list.itemClicked.connect(self.take)
        self.narrow()
        self.words.setFocus()

    def narrow(self) -> None:
        """The better fit first; of equal ones in the order of the document."""
        hits = sorted(self._index.search(self.words.text()), key=lambda h: (h.fit, -h.closeness))[:SHOWN]
        self.list.clear()
        for hit in hits:
            quote, value = hit.item
            item = QListWidgetItem(quote.words)
            item.setData(NAME, quote.name)
            item.setData(RIGHT, value if quote.where == quote.words else f"{quote.where}　{value}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not hits)
        self.list.setVisible(bool(hits))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            row = self.list.currentRow() + STEPS[key]
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)

    def take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.picked.emit(item.data(NAME))


def _searched(quote: Quote) -> str:
    return quote.words if quote.words == quote.where else f"{quote.words} {quote.where}"
