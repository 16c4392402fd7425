"""Find by name or by the initials of its pinyin: indicators of the open filing, filings, commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from perfdesk.model.filing import leaves
from perfdesk.model.finding import Place
from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace

MOST = 40


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    text: str
    go: Callable[[], object]


def initials(text: str) -> str:
    """First letters of the pinyin of each character, other characters as they are (``预算执行率`` → ``yszxl``)."""
    from pypinyin import Style, lazy_pinyin

    return "".join(
        part[:1] if len(part) > 1 else part for part in lazy_pinyin(text, style=Style.FIRST_LETTER)
    ).lower()


def matches(words: str, text: str) -> bool:
    words = words.strip().lower()
    if words in text.lower():
        return True
    return words.isascii() and words in initials(text)


class Finder(QDialog):
    """A field and what it finds; Enter goes there."""

    def __init__(self, hits: list[Hit], look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.hits = hits
        self.words = QLineEdit()
        self.words.setPlaceholderText(say.FIND_PLACEHOLDER)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = QLabel(say.FIND_NOTHING)
        self.nothing.setObjectName("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(10), look.px(10), look.px(10), look.px(10))
        for widget in (self.words, self.list, self.nothing):
            column.addWidget(widget)
        self.resize(look.px(480), look.px(380))
        self.words.textChanged.connect(self.narrow)
        self.list.itemClicked.connect(lambda _item: self.go())
        self.narrow("")
        self.words.setFocus()

    def narrow(self, words: str) -> None:
        self.list.clear()
        found = [hit for hit in self.hits if matches(words, hit.text)][:MOST]
        for hit in found:
            item = QListWidgetItem(f"{hit.text}    {hit.kind}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
        else:
            super().keyPressEvent(event)

    def go(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        QTimer.singleShot(0, hit.go)


def hits_of(
    workspace: Workspace, actions: Mapping[str, QAction], show: Callable[[Place], object]
) -> list[Hit]:
    """Everything that can be found now."""
    found: list[Hit] = []
    if workspace.filing and workspace.form:
        for leaf in leaves(workspace.filing, workspace.form.tree.id):
            place = Place(leaf.row.id, "target")
            found.append(Hit(say.FIND_INDICATOR, leaf.path[2] or say.UNNAMED, lambda p=place: show(p)))
    for info in workspace.infos():
        text = f"{say.year_text(info.year)} {info.title}"
        found.append(Hit(say.FIND_FILING, text, lambda i=info.id: workspace.open(i)))
    for action in actions.values():
        if action.isEnabled():
            found.append(Hit(say.FIND_COMMAND, action.text().rstrip("…"), action.trigger))
    return found
