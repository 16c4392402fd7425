"""What came, before anything of it is taken: each unit with its newest proposed, what cannot be taken with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import messages as say
from ui.bureau.review_detail import ReviewDetail
from ui.bureau.review_model import FROM, PAPERS, STANDING, UNIT, ReviewModel
from ui.fitting import open_at
from ui.messages import bureau as words

if TYPE_CHECKING:
    from perfdesk.model.collected import Choice, Collection
    from ui.bureau.year import Read
    from ui.look import Look


class ReviewTable(QTableView):
    """Space ticks and unticks."""

    def __init__(self, look: Look, model: ReviewModel) -> None:
        super().__init__()
        self.lines = model
        self.setObjectName("plain")
        self.setAccessibleName(words.REVIEW_TITLE)
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(30))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(FROM, QHeaderView.ResizeMode.Stretch)
        for column, width in ((UNIT, 210), (STANDING, 100), (PAPERS, 52)):
            self.setColumnWidth(column, look.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex().siblingAtColumn(UNIT)
        if event.key() == Qt.Key.Key_Space and index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.lines.setData(index, state, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)


class ReviewDialog(QDialog):
    """``changes``: the differences of what is chosen are asked for (a choice and the number of a version); ``placed``: row and key of the
    unit that somebody names; ``new_unit``: of this row a new one is to be made."""

    changes = Signal(object, int)
    placed = Signal(int, str)
    new_unit = Signal(int)

    def __init__(self, found: Collection, read: Read, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.REVIEW_TITLE)
        self.look = look
        self.found = found
        self.given: dict[str, str] = {}
        """Path → key of the unit that somebody named for it."""
        self.model = ReviewModel(look, self)
        self.table = ReviewTable(look, self.model)
        self.detail = ReviewDetail(read, look)
        self.head = QLabel()
        self.head.setObjectName("dialogTitle")
        self.head.setWordWrap(True)
        self.take, self.cancel = QPushButton(), QPushButton(say.CANCEL)
        self.take.setObjectName("primary")
        self.take.setDefault(True)
        self._lay_out()
        self.model.ticks.connect(self._count)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._turn())
        self.detail.proposed.connect(lambda n: self.model.propose(self.row(), n))
        self.detail.compared.connect(self._compare)
        self.detail.placed.connect(lambda key: self.placed.emit(self.row(), key))
        self.detail.new_unit.connect(lambda: self.new_unit.emit(self.row()))
        self.take.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        self.model.show(found)
        self.table.selectRow(0)
        self._turn()
        self.table.setFocus()

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(1040), px(640))
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setHandleWidth(px(10))
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(self.detail)
        both.setStretchFactor(0, 1)
        both.setSizes([10_000, px(300)])
        self.table.setMinimumWidth(px(320))
        self.detail.setMinimumWidth(px(240))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(self.head)
        column.addWidget(both, 1)
        column.addLayout(foot)

    def arrange(self, found: Collection, path: str) -> None:
        """Shown anew, with the line of this file in sight."""
        self.found = found
        self.model.show_again(found)
        self.table.selectRow(self.model.row_of(path))

    def row(self) -> int:
        return self.table.currentIndex().row()

    def chosen(self) -> Sequence[Choice]:
        return self.model.chosen()

    def _count(self) -> None:
        ticked, units = len(self.model.chosen()), len(self.found.choices)
        told = words.review_head(self.found.files, units, ticked) if self.model.lines else words.REVIEW_EMPTY
        self.head.setText(f"{told} {words.review_cut()}" if self.found.cancelled else told)
        self.take.setText(words.take_count(ticked))
        self.take.setEnabled(ticked > 0)
        self.detail.show_line(self._line())

    def _turn(self) -> None:
        self.detail.show_line(self._line())

    def _line(self) -> object:
        row = self.row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _compare(self, version: int) -> None:
        choice = self.model.lines[self.row()].choice
        if choice is not None:
            self.changes.emit(choice, version)
