"""A node of the tree, new or changed: name, code, what it is, what it hangs under, whether it is to hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.bureau import KINDS, Node
from ui import messages as say
from ui.bureau.node_picker import NodePicker
from ui.choice import Choice
from ui.fitting import open_at
from ui.messages import bureau as words

if TYPE_CHECKING:
    from ui.bureau.year import Read
    from ui.look import Look


class NodeDialog(QDialog):
    """``node``: what is changed; of a new one what is proposed (key empty)."""

    def __init__(self, node: Node, read: Read, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.node = node
        self.setWindowTitle(words.NODE_CHANGE_TITLE if node.key else words.NODE_NEW_TITLE)
        self.name, self.code = QLineEdit(node.name), QLineEdit(node.code)
        self.name.setPlaceholderText(say.UNIT_PLACEHOLDER)
        self.code.setPlaceholderText(words.CODE_HINT)
        self.kind = Choice(look)
        self.kind.addItems([words.KINDS[kind] for kind in KINDS])
        self.kind.setCurrentIndex(KINDS.index(node.kind))
        self.expected = QCheckBox(words.EXPECTED)
        self.expected.setChecked(node.expected)
        self.above = NodePicker(look, read.status.nodes, read.names, words.NO_PARENT)
        near = [n for n in read.status.nodes if n.key == node.parent]
        self.above.offer(near, node.parent)
        self.keep, self.cancel = QPushButton(say.OK), QPushButton(say.CANCEL)
        self.keep.setObjectName("primary")
        self.keep.setDefault(True)
        self._lay_out(look)
        self.name.textChanged.connect(self._judge)
        self.keep.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self._judge()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        open_at(self, px(520), px(520))
        fields = QFormLayout()
        fields.setVerticalSpacing(px(10))
        for label, field in (
            (words.NODE_NAME, self.name),
            (words.NODE_CODE, self.code),
            (words.NODE_KIND, self.kind),
        ):
            field.setAccessibleName(label)
            fields.addRow(label, field)
        above = QLabel(words.NODE_ABOVE)
        above.setObjectName("muted")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(fields)
        column.addWidget(self.expected)
        column.addWidget(above)
        column.addWidget(self.above, 1)
        column.addLayout(foot)

    def _judge(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))

    def result_node(self) -> Node:
        above = self.above.key if self.above.is_chosen else self.node.parent
        kind = KINDS[self.kind.currentIndex()]
        return Node(self.node.key, self.code.text(), self.name.text(), kind, above, self.expected.isChecked())
