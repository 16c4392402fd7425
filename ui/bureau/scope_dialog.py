"""Of which units: all of them, those below one node, or several chosen ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.bureau.chosen import scope_of
from perfdesk.model.bureau import Scope
from ui import messages as say
from ui.bureau.node_picker import NodePicker
from ui.fitting import open_at
from ui.messages import bureau_sums as words

if TYPE_CHECKING:
    from ui.bureau.year import Read
    from ui.look import Look


class ScopeDialog(QDialog):
    def __init__(self, read: Read, scope: Scope, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.CHOOSE_TITLE)
        px = look.px
        open_at(self, px(460), px(480))
        self._tree = read.status.nodes
        self.picker = NodePicker(look, self._tree, read.names, words.EVERYONE)
        self.picker.take_several()
        self.picker.offer([n for n in self._tree if n.key == scope.node], scope.node)
        hint = QLabel(words.CHOOSE_HINT)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        self.picker.list.itemDoubleClicked.connect(lambda _item: self.accept())
        take, cancel = QPushButton(say.OK), QPushButton(say.CANCEL)
        take.setObjectName("primary")
        take.setDefault(True)
        take.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(hint)
        column.addWidget(self.picker, 1)
        column.addLayout(foot)

    def scope(self) -> Scope:
        return scope_of(self._tree, self.picker.keys())
