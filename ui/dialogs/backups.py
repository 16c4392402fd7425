"""The backups, newest first: one is chosen and put in place. What it replaces is backed up, so this is taken back the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.fitting import open_at
from ui.messages import faults as words

if TYPE_CHECKING:
    from perfdesk.store import BackupInfo
    from ui.look import Look

INFO = Qt.ItemDataRole.UserRole + 1


class BackupsDialog(QDialog):
    """``chosen``: the file to restore, once accepted. ``asked``: back up now; ``sent``: into this file. ``opened``: show the folder."""

    asked = Signal()
    sent = Signal(object)
    opened = Signal()

    def __init__(
        self, backups: Sequence[BackupInfo], look: Look, parent: QWidget | None = None, can_make: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.BACKUPS_TITLE)
        self.look = look
        self.chosen: Path | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(words.BACKUPS_TITLE)
        self.list.itemActivated.connect(lambda _item: self.take())
        self.list.currentItemChanged.connect(lambda *_: self._offer())
        self.take_button = _button(words.RESTORE, self.take)
        self.take_button.setObjectName("primary")
        self.take_button.setDefault(True)
        self.now = _button(words.BACKUP_NOW, self.asked.emit)
        self.away = _button(words.BACKUP_TO, self._choose_target)
        for button in (self.now, self.away):
            button.setVisible(can_make)
        self.other = _button(words.BACKUP_FILE, self._choose_file)
        self.folder = _button(say.OPEN_FOLDER, self.opened.emit)
        self._lay_out()
        self.show_backups(backups)

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(700), px(440))
        hint = QLabel(words.BACKUPS_HINT)
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        low = QHBoxLayout()
        for button in (self.now, self.away, self.other, self.folder):
            low.addWidget(button)
        low.addStretch(1)
        low.addWidget(self.take_button)
        low.addWidget(_button(say.CLOSE, self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(low)

    def show_backups(self, backups: Sequence[BackupInfo]) -> None:
        self.list.clear()
        for info in backups:
            item = QListWidgetItem(words.backup_line(info.at.astimezone(), info.reason, info.size))
            item.setData(INFO, info)
            self.list.addItem(item)
        if not backups:
            none = QListWidgetItem(words.BACKUPS_NONE)
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(none)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._offer()

    def _offer(self) -> None:
        self.take_button.setEnabled(self._info() is not None)

    def _info(self) -> BackupInfo | None:
        item = self.list.currentItem()
        return item.data(INFO) if item else None

    def take(self) -> None:
        if info := self._info():
            self.chosen = info.path
            self.accept()

    def _choose_target(self) -> None:
        start = str(Path.home() / words.BACKUP_NAME)
        name, _ = QFileDialog.getSaveFileName(self, words.BACKUP_TO, start, words.BACKUP_FILTER)
        if name:
            self.sent.emit(Path(name))

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, words.CHOOSE_BACKUP, "", words.BACKUP_FILTER)
        if name:
            self.chosen = Path(name)
            self.accept()


def _button(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: do())
    return button
