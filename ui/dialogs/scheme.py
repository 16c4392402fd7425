"""A scoring scheme as text: read, copied under a name of the user's, changed and checked whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from perfdesk.own_schemes import copy_scheme, id_of, own_ids, save_scheme, scheme_text
from ui import messages as say
from ui.fitting import open_at
from ui.form.typing import Line, Texts
from ui.messages import schemes as words

if TYPE_CHECKING:
    from perfdesk.model.scheme import Scheme
    from ui.look import Look


class SchemeDialog(QDialog):
    """``data``: the folder of the user's data. ``saved``: this scheme of the user's is on disk. A shipped one is only read until it is
    copied; then the copy is open to be changed."""

    saved = Signal(str)

    def __init__(self, data: Path, scheme: Scheme, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._id = scheme.id
        px = look.px
        open_at(self, px(680), px(620))
        self.hint, self.wrong = _wrapped("quiet"), _wrapped("errorText")
        self.name = Line()
        self.name.setText(words.own_name(scheme.name))
        self.name_label = QLabel(words.NAME)
        self.name_label.setBuddy(self.name)
        self.text = Texts()
        self.text.setAccessibleName(words.TEXT)
        self.text.setFont(look.font())
        self.start, self.close_button = QPushButton(), QPushButton(say.CANCEL)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        self.start.clicked.connect(self._go)
        self.close_button.clicked.connect(self.reject)
        self._lay_out(look)
        self._show(scheme_text(data, scheme.id), scheme.id in own_ids(data))

    def _lay_out(self, look: Look) -> None:
        px = look.px
        row, foot = QHBoxLayout(), QHBoxLayout()
        row.addWidget(self.name_label)
        row.addWidget(self.name, 1)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(self.hint)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        column.addWidget(self.wrong)
        column.addLayout(foot)

    def _show(self, text: str, own: bool) -> None:
        self._own = own
        self.setWindowTitle(words.TITLE_CHANGE if own else words.TITLE_COPY)
        self.hint.setText(words.CHANGE_HINT if own else words.COPY_HINT)
        for widget in (self.name, self.name_label):
            widget.setVisible(not own)
        self.text.setPlainText(text)
        self.text.setReadOnly(not own)
        self.start.setText(words.SAVE if own else words.COPY)
        self._tell("")
        if own:
            self.text.setFocus()
        else:
            self.name.setFocus()
            self.name.selectAll()

    def _tell(self, wrong: str) -> None:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))

    def _go(self) -> None:
        """What is wrong is told here, all at once, and nothing is written."""
        try:
            if self._own:
                save_scheme(self._data, self._id, self.text.toPlainText())
            else:
                name = self.name.text().strip()
                copy_scheme(self._data, self._id, id_of(name), name)
                self._id = id_of(name)
        except UserError as error:
            self._tell("\n".join(t for t in (error.message, error.detail) if t))
            return
        self.saved.emit(self._id)
        if self._own:
            self.accept()
        else:
            self._show(scheme_text(self._data, self._id), own=True)


def _wrapped(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
