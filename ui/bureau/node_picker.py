"""One node of the tree, found by name, code or pinyin: a field, and what it finds below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.messages import bureau as words
from ui.two_sided import RIGHT, TwoSided

if TYPE_CHECKING:
    from perfdesk.model.bureau import Node
    from perfdesk.search import Index
    from ui.look import Look

KEY = Qt.ItemDataRole.UserRole
MOST = 40
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class NodePicker(QWidget):
    """``picked``: another node, or none (``key``)."""

    picked = Signal()

    def __init__(self, look: Look, nodes: Sequence[Node], names: Index[str], none: str = "") -> None:
        """``none``: what it is called to choose no node; empty: one must be chosen."""
        super().__init__()
        self._nodes = {node.key: node for node in nodes}
        self._names = names
        self._none = none
        self._likely: Sequence[Node] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.FIND)
        self.search.setAccessibleName(words.FIND)
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(words.TREE)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(TwoSided(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda *_: self.picked.emit())

    def offer(self, likely: Sequence[Node] = (), chosen: str | None = None) -> None:
        """``likely``: shown before anything is typed; ``chosen``: where one is at first."""
        self._likely = likely
        self.search.clear()
        self._narrow()
        self.choose(chosen)

    def choose(self, key: str | None) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                return

    @property
    def key(self) -> str | None:
        item = self.list.currentItem()
        return item.data(KEY) if item else None

    def take_several(self) -> None:
        """With Ctrl or Shift held."""
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keys(self) -> list[str]:
        """Of all that are chosen; the line that stands for none is none."""
        chosen = [self.list.item(n) for n in range(self.list.count()) if self.list.item(n).isSelected()]
        return [key for item in chosen if (key := item.data(KEY)) is not None]

    @property
    def is_chosen(self) -> bool:
        return self.list.currentItem() is not None

    def _narrow(self) -> None:
        text = self.search.text()
        found = [self._nodes[hit.item] for hit in self._names.search(text)[:MOST]] if text.strip() else []
        if not text.strip():
            rest = (n for n in self._nodes.values() if n not in self._likely)
            found = [*self._likely, *(n for n, _ in zip(rest, range(MOST), strict=False))]
        self.list.clear()
        if self._none and not text.strip():
            self._add(None, self._none, "")
        for node in found:
            above = self._nodes.get(node.parent or "")
            self._add(
                node.key,
                node.name,
                words.SEPARATOR.join(t for t in (node.code, above.name if above else "") if t),
            )
        if text.strip():
            self.list.setCurrentRow(0)

    def _add(self, key: str | None, name: str, more: str) -> None:
        item = QListWidgetItem(name)
        item.setData(KEY, key)
        item.setData(RIGHT, more)
        item.setToolTip(f"{name}\n{more}".strip())
        self.list.addItem(item)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Up and down in the field walk the list."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            by = STEPS.get(Qt.Key(event.key()))
            if by is not None and self.list.count():
                row = min(max(self.list.currentRow() + by, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
        return False
