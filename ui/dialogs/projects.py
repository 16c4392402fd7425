"""Dialogues of the list of projects: which of last year's are copied, and one column of many changed at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.choice import Choice
from ui.fitting import open_at
from ui.messages import projects as words

if TYPE_CHECKING:
    from perfdesk.model.form import Field
    from ui.look import Look


class PickDialog(QDialog):
    """``names``: of last year's projects; those in ``taken`` are there already and not ticked at first."""

    def __init__(
        self, names: Sequence[str], taken: Sequence[str], look: Look, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.PICK_TITLE)
        px = look.px
        open_at(self, px(520), px(520))
        self.list = QListWidget()
        self.list.setAccessibleName(words.PICK_HEAD)
        for name in names:
            item = QListWidgetItem(name)
            item.setCheckState(Qt.CheckState.Unchecked if name in taken else Qt.CheckState.Checked)
            self.list.addItem(item)
        self.all = QCheckBox(words.PICK_ALL)
        self.all.clicked.connect(self._tick)
        self.start = _primary(words.PICK_START, self)
        self.list.itemChanged.connect(self._judge)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(_wrapped(words.PICK_HEAD))
        column.addWidget(self.all)
        column.addWidget(self.list, 1)
        column.addLayout(_foot(self.start, self))
        self._judge()

    def _tick(self, on: bool) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _judge(self) -> None:
        chosen = len(self.numbers())
        self.start.setEnabled(chosen > 0)
        self.all.setChecked(chosen == self.list.count())

    def numbers(self) -> list[int]:
        """Of the ticked ones, from 0."""
        ticked = Qt.CheckState.Checked
        return [n for n in range(self.list.count()) if self.list.item(n).checkState() == ticked]


class BatchDialog(QDialog):
    """``fields``: address and field of what all chosen projects have."""

    def __init__(
        self, count: int, fields: Sequence[tuple[str, Field]], look: Look, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.BATCH_TITLE)
        px = look.px
        self.setMinimumWidth(px(460))
        self._fields = fields
        self.field = Choice(look)
        for _, field in fields:
            self.field.addItem(field.name)
        self.text = QLineEdit()
        rows = QFormLayout()
        rows.setVerticalSpacing(px(10))
        rows.addRow(words.BATCH_FIELD, self.field)
        rows.addRow(words.BATCH_TEXT, self.text)
        self.start = _primary(words.BATCH_START, self)
        self.start.setEnabled(bool(fields))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(_wrapped(words.batch_head(count)))
        column.addLayout(rows)
        column.addLayout(_foot(self.start, self))

    def chosen(self) -> tuple[str, Field]:
        return self._fields[max(self.field.currentIndex(), 0)]


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def _primary(text: str, dialog: QDialog) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("primary")
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    return button


def _foot(start: QPushButton, dialog: QDialog) -> QHBoxLayout:
    cancel = QPushButton(say.CANCEL)
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(start)
    return row
