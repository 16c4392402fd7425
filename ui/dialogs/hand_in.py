"""Before a submission package is made: which forms go, what is wrong with them, where it will lie, what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.handing_in import suggested_package_name
from perfdesk.titles import name_of
from ui import messages as say
from ui.fitting import open_at
from ui.messages import handing_in as words

if TYPE_CHECKING:
    from collections.abc import Collection

    from perfdesk.handing_in import Gathered
    from ui.look import Look

ID = Qt.ItemDataRole.UserRole


class HandInDialog(QDialog):
    """``sealed``: ids of the filings that were handed in before. After the dialog: ``jump``, the filing that a person wants to mend."""

    def __init__(
        self, what: Gathered, sealed: Collection[int], folder: str, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.TITLE)
        self.look = look
        self.what = what
        self.jump: int | None = None
        self._folder = folder
        self.heading, self.contents, self.told = QLabel(), QLabel(), QLabel()
        self.forms = QTreeWidget()
        self.place = QLineEdit()
        self.choose, self.cancel = QPushButton(words.CHOOSE), QPushButton(say.CANCEL)
        self.draft = QCheckBox(words.DRAFT)
        self.start = QPushButton(words.START)
        self._fill(sealed)
        self._lay_out()
        self._connect()
        self.draft.setChecked(bool(what.wrong))
        self.draft.setEnabled(not what.wrong)
        self._judge()

    def _fill(self, sealed: Collection[int]) -> None:
        what = self.what
        self.heading.setText(words.heading(what.unit_name or say.UNNAMED_UNIT, what.year))
        self.contents.setText(words.contents(len(what.handed)))
        self.forms.setHeaderLabels(list(words.COLUMNS))
        for one in what.handed:
            found = [f.severity for f in one.reviewed.waiting]
            state = words.SEALED if one.filing.id in sealed else words.UNSEALED_YET
            counts = words.counted(found.count("error"), found.count("warning"))
            item = QTreeWidgetItem([name_of(one.form, one.filing), counts, state])
            item.setData(0, ID, one.filing.id)
            item.setToolTip(0, item.text(0))
            if "error" in found:
                item.setForeground(1, self.look.colour("error"))
            self.forms.addTopLevelItem(item)

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(680), px(520))
        self.heading.setObjectName("dialogTitle")
        self.heading.setFont(self.look.font(15, bold=True))
        self.contents.setObjectName("quiet")
        for label in (self.heading, self.contents, self.told):
            label.setWordWrap(True)
        self.forms.setObjectName("projects")
        self.forms.setAccessibleName(words.TITLE)
        self.forms.setToolTip(words.OPEN_FORM)
        self.forms.setRootIsDecorated(False)
        self.forms.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.forms.header().setStretchLastSection(False)
        self.forms.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.forms.setColumnWidth(1, px(150))
        self.forms.setColumnWidth(2, px(90))
        self.place.setAccessibleName(words.PLACE)
        self.start.setObjectName("primary")
        self.start.setDefault(True)
        place, foot = QHBoxLayout(), QHBoxLayout()
        for widget in (QLabel(words.PLACE), self.place, self.choose):
            place.addWidget(widget)
        foot.addWidget(self.draft)
        foot.addStretch(1)
        for button in (self.cancel, self.start):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.heading)
        column.addWidget(self.forms, 1)
        column.addWidget(self.contents)
        column.addLayout(place)
        column.addWidget(self.told)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.draft.toggled.connect(self._judge)
        self.place.textEdited.connect(self._judge_place)
        self.choose.clicked.connect(self._choose)
        self.forms.itemActivated.connect(self._open)
        self.start.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        for button in (self.choose, self.cancel):
            button.setAutoDefault(False)

    # --- what it says ---

    def _judge(self) -> None:
        draft, wrong = self.draft.isChecked(), self.what.wrong
        self.told.setText(
            words.only_draft(len(wrong)) if wrong else words.DRAFT_SEALS_NOT if draft else words.WHAT_SEALS
        )
        self.told.setObjectName("warningText" if wrong else "muted")
        self.told.style().polish(self.told)
        self.start.setText(words.START_DRAFT if draft else words.START)
        name = suggested_package_name(self.what.unit_name, self.what.year, draft)
        self.place.setText(str(Path(self._folder) / name))
        self._judge_place()

    def _judge_place(self) -> None:
        self.start.setEnabled(bool(self.place.text().strip()))

    def target(self) -> Path:
        """Where it is to lie; a name without an ending gets it."""
        path = Path(self.place.text().strip()).expanduser()
        return path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")

    # --- what one does ---

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, words.SAVE, self.place.text(), words.FILTER)
        if name:
            self.place.setText(name)
            self._judge_place()

    def _open(self, item: QTreeWidgetItem) -> None:
        self.jump = item.data(0, ID)
        self.reject()
