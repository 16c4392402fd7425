"""Find and replace in the open filing: every place is shown as it is and as it would be; the ticked ones are one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.fitting import open_at
from ui.form.replacing import Spots, find, replace
from ui.messages import library as say
from ui.models.replacing import SpotsModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.look import Look
    from ui.workspace import Workspace

SIZE = 860, 560
PLACE = 250


class ReplaceDialog(QDialog):
    """Stays open beside the window. ``settle`` keeps what is being typed there before anything is replaced."""

    def __init__(
        self, workspace: Workspace, look: Look, settle: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say.REPLACE_TITLE)
        self.workspace = workspace
        self.look = look
        self._settle = settle
        self.model = SpotsModel({n: look.colour(n) for n in ("ink", "quiet")}, self)
        self.words, self.by = QLineEdit(), QLineEdit()
        self.case = QCheckBox(say.REPLACE_CASE)
        self.all = QCheckBox(say.REPLACE_ALL)
        self.table = self._table()
        self.said = QLabel()
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        self.do, self.shut = QPushButton(say.REPLACE_DO), QPushButton(say.CLOSE)
        self.do.setObjectName("primary")
        self.do.setDefault(True)
        self.shut.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self.refresh()

    def _table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("plain")
        table.setAccessibleName(say.REPLACE_TITLE)
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.look.px(28))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, self.look.px(PLACE))
        return table

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(SIZE[0]), px(SIZE[1]))
        fields, marks, bottom = QFormLayout(), QHBoxLayout(), QHBoxLayout()
        fields.setVerticalSpacing(px(8))
        fields.setHorizontalSpacing(px(12))
        fields.addRow(say.REPLACE_FIND, self.words)
        fields.addRow(say.REPLACE_WITH, self.by)
        marks.addWidget(self.all)
        marks.addStretch(1)
        marks.addWidget(self.case)
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self.shut)
        bottom.addWidget(self.do)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        for part in (fields, marks):
            column.addLayout(part)
        column.addWidget(self.table, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        for line in (self.words, self.by):
            line.textChanged.connect(self.refresh)
        self.case.toggled.connect(self.refresh)
        self.all.clicked.connect(self.model.tick_all)
        self.model.ticked.connect(self._count)
        self.do.clicked.connect(self.replace)
        self.shut.clicked.connect(self.close)
        self.workspace.changed.connect(self._follow)
        self.workspace.opened.connect(self._follow)

    def _follow(self) -> None:
        """While nobody looks, an edit must not wait for the list."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        space = self.workspace
        spots = Spots(())
        if space.form and space.filing:
            spots = find(space.form, space.filing, self.words.text(), self.by.text(), self.case.isChecked())
        self.model.show(spots)
        self._count()

    def _count(self) -> None:
        spots, chosen = self.model.spots, self.model.chosen()
        changing = sum(s.after != s.before for s in chosen)
        self.do.setEnabled(changing > 0)
        self.do.setText(say.replace_some(changing))
        self.all.setEnabled(bool(spots.cells))
        self.all.setChecked(bool(spots.cells) and len(chosen) == len(spots.cells))
        if not self.words.text():
            self.said.setText(say.REPLACE_HINT)
        elif not spots.cells and not spots.fixed:
            self.said.setText(say.replace_none(self.words.text()))
        else:
            times = sum(s.times for s in spots.cells)
            self.said.setText(say.replace_found(len(spots.cells), times, spots.fixed))

    def replace(self) -> None:
        """The ticked places, in one step; the list then shows what is left."""
        self._settle()
        self.refresh()
        step = replace(self.model.chosen(), self.words.text(), self.by.text())
        if step and self.workspace.apply(step):
            self.said.setText(say.replaced(len(step.changes)))
