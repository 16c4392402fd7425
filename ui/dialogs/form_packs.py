"""Installed packs of forms: date, origin and key of each, one more, one away; and the question whether a key is the publisher's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.fitting import open_at
from ui.messages import form_packs as words

if TYPE_CHECKING:
    from perfdesk.pack_folders import Pack
    from perfdesk.packs import Offered
    from ui.look import Look

PACK = Qt.ItemDataRole.UserRole


class FormPacksDialog(QDialog):
    """``wanted``: this file is to be installed; ``unwanted``: the pack of this name is to go. ``names``: form id → title."""

    wanted = Signal(Path)
    unwanted = Signal(str)

    def __init__(self, folder: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.TITLE)
        self.look = look
        self._folder = folder
        self._names: dict[str, str] = {}
        self.about, self.details, self.told = QLabel(words.ABOUT), QLabel(), QLabel()
        self.packs = QTreeWidget()
        self.install, self.remove = QPushButton(words.INSTALL), QPushButton(words.REMOVE)
        self.close_button = QPushButton(words.CLOSE)
        self._lay_out()
        self.packs.currentItemChanged.connect(lambda *_: self._offer())
        self.install.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(760), px(480))
        self.about.setObjectName("quiet")
        self.details.setObjectName("muted")
        for label in (self.about, self.details, self.told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.packs.setObjectName("projects")
        self.packs.setAccessibleName(words.TITLE)
        self.packs.setRootIsDecorated(False)
        self.packs.setHeaderLabels(list(words.COLUMNS))
        self.packs.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.packs.header().setStretchLastSection(False)
        self.packs.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 80), (2, 160), (3, 100), (4, 100)):
            self.packs.setColumnWidth(column, px(width))
        self.install.setObjectName("primary")
        self.install.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.install)
        for button in (self.remove, self.close_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.about)
        column.addWidget(self.packs, 1)
        column.addWidget(self.details)
        column.addWidget(self.told)
        column.addLayout(foot)

    # --- what it says ---

    def show_packs(self, packs: Sequence[Pack], names: dict[str, str], told: str = "") -> None:
        """What is installed now; ``told``: what has just been done."""
        self._names = names
        self.packs.clear()
        item: QTreeWidgetItem | None = None
        for pack in packs:
            item = QTreeWidgetItem([pack.title, pack.release, pack.publisher, pack.made, pack.installed])
            item.setData(0, PACK, pack)
            item.setToolTip(0, pack.name)
            self.packs.addTopLevelItem(item)
        self.told.setText(told or ("" if packs else words.NONE))
        if item is not None:
            self.packs.setCurrentItem(item)
        self._offer()

    def chosen(self) -> Pack | None:
        item = self.packs.currentItem()
        return item.data(0, PACK) if item else None

    def _offer(self) -> None:
        pack = self.chosen()
        self.remove.setEnabled(pack is not None)
        self.details.setVisible(pack is not None)
        if pack is not None:
            forms = [self._names.get(form, form) for form in pack.forms]
            self.details.setText(words.details(pack.origin, pack.fingerprint, forms))

    # --- what one does ---

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, words.CHOOSE, self._folder, words.FILTER)
        if name:
            self.wanted.emit(Path(name))

    def _remove(self) -> None:
        if (pack := self.chosen()) is not None:
            self.unwanted.emit(pack.name)


class TrustDialog(QDialog):
    """A pack whose key nobody has confirmed: it can be trusted only by somebody who says that he compared the fingerprint."""

    def __init__(self, offered: Offered, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.TRUST_TITLE)
        px = look.px
        head = QLabel(words.offered(offered.title, offered.release, offered.made))
        head.setObjectName("dialogTitle")
        head.setFont(look.font(15, bold=True))
        claimed, why, after = (
            QLabel(text) for text in (words.claimed(offered.publisher), words.TRUST_WHY, words.TRUST_AFTER)
        )
        self.fingerprint = QLabel(offered.fingerprint)
        self.fingerprint.setFont(look.font(16, bold=True))
        self.fingerprint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        after.setObjectName("muted")
        for label in (head, claimed, why, self.fingerprint, after):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(px(460))
        self.checked = QCheckBox(words.TRUST_CHECKED)
        self.start, self.cancel = QPushButton(words.TRUST_START), QPushButton(say.CANCEL)
        self.start.setObjectName("primary")
        self.start.setEnabled(False)
        self.checked.toggled.connect(self.start.setEnabled)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        for widget in (head, claimed, why, self.fingerprint, self.checked, after):
            column.addWidget(widget)
        column.addLayout(foot)
