"""The user's own codes: what was added to the lists, one more, one away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.errors import UserError
from perfdesk.own_codes import OwnCode, add_code, own_codes, remove_code
from ui import messages as say
from ui.choice import Choice
from ui.fitting import open_at
from ui.messages import codes as words

if TYPE_CHECKING:
    from perfdesk.model.ledger import CodeKind
    from ui.look import Look

ONE = Qt.ItemDataRole.UserRole + 1


class CodesDialog(QDialog):
    """``changed``: after every deed. ``wanted``: codes to begin with, filled in one after the other. ``lists``: their names."""

    changed = Signal()

    def __init__(
        self,
        folder: Path,
        wanted: Sequence[OwnCode],
        lists: Sequence[str],
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.CODES_TITLE)
        self.folder = folder
        self.look = look
        self._wanted = list(wanted)
        self.rows = QTreeWidget()
        self.rows.setObjectName("units")
        self.rows.setRootIsDecorated(False)
        self.rows.setHeaderLabels(list(words.CODES_COLUMNS))
        self.rows.setAccessibleName(words.CODES_TITLE)
        self.rows.currentItemChanged.connect(lambda *_: self._offer())
        self.kind = Choice(look)
        for kind, name in words.KINDS.items():
            self.kind.addItem(name, kind)
        self.code, self.name = QLineEdit(), QLineEdit()
        for field, label in ((self.kind, words.KIND), (self.code, words.CODE), (self.name, words.NAME)):
            field.setAccessibleName(label)
        self.code.setPlaceholderText(words.CODE)
        self.name.setPlaceholderText(words.NAME)
        self.add = _button(words.ADD, self.add_typed)
        self.add.setDefault(True)
        self.remove = _button(words.REMOVE, self.remove_chosen)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self._lay_out(lists)
        self.show_state()
        self._fill()

    def _lay_out(self, lists: Sequence[str]) -> None:
        px = self.look.px
        open_at(self, px(620), px(460))
        self.code.setMaximumWidth(px(120))
        typing, ending = QHBoxLayout(), QHBoxLayout()
        for widget, share in ((self.kind, 0), (self.code, 0), (self.name, 1), (self.add, 0)):
            typing.addWidget(widget, share)
        for widget in (self.remove, _button(words.OPEN_FOLDER, self._open_folder)):
            ending.addWidget(widget)
        ending.addStretch(1)
        ending.addWidget(_button(say.CLOSE, self.accept))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(_muted(words.CODES_HINT))
        column.addLayout(typing)
        column.addWidget(self.told)
        column.addWidget(self.rows, 1)
        column.addWidget(_muted(words.whole_lists(lists)))
        column.addLayout(ending)
        self.rows.setColumnWidth(0, px(130))
        self.rows.setColumnWidth(1, px(110))

    def show_state(self) -> None:
        self.rows.clear()
        try:
            found = own_codes(self.folder)
        except UserError as error:
            self._tell(error.message, wrong=True)
            found = ()
        for one in found:
            item = QTreeWidgetItem([words.KINDS[one.kind], one.code, one.name])
            item.setData(0, ONE, one)
            self.rows.addTopLevelItem(item)
        self._offer()

    def _offer(self) -> None:
        self.remove.setEnabled(self.rows.currentItem() is not None)

    def _fill(self) -> None:
        """The next of the codes that are wanted, ready to be named."""
        if self._wanted:
            one = self._wanted.pop(0)
            self.kind.setCurrentIndex(self.kind.findData(one.kind))
            self.code.setText(one.code)
            self.name.setText(one.name)
        else:
            self.code.clear()
            self.name.clear()
        (self.name if self.code.text() else self.code).setFocus()

    # --- deeds ---

    def add_typed(self) -> None:
        kind = cast("CodeKind", self.kind.currentData())
        one = OwnCode(kind, self.code.text(), self.name.text())
        if self._do(lambda: add_code(self.folder, one), words.code_added(one.code.strip())):
            self._fill()

    def remove_chosen(self) -> None:
        item = self.rows.currentItem()
        one = item.data(0, ONE) if item else None
        if isinstance(one, OwnCode):
            self._do(lambda: remove_code(self.folder, one), words.code_removed(one.code))

    def _do(self, deed: Callable[[], None], done: str) -> bool:
        try:
            deed()
        except UserError as error:
            self._tell(error.message, wrong=True)
            return False
        self._tell(done)
        self.show_state()
        self.changed.emit()
        return True

    def _tell(self, text: str, wrong: bool = False) -> None:
        self.told.setObjectName("errorText" if wrong else "muted")
        self.told.style().polish(self.told)
        self.told.setText(text)

    def _open_folder(self) -> None:
        there = next(f for f in (self.folder, *self.folder.parents) if f.is_dir())
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label


def _button(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: do())
    return button
