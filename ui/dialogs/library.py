"""The indicator library to look through: words, level, theme and origin narrow it; the chosen ones come into the tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.choice import Choice
from ui.fitting import open_at
from ui.form.library_rows import names_in
from ui.messages import library as say
from ui.models.library import Filter, LibraryModel, source_of
from ui.tabs import TabStrip

if TYPE_CHECKING:
    from perfdesk.library import Entry
    from ui.look import Look
    from ui.workspace import Workspace

SIZE = 900, 620
WIDTHS = (0, 150, 120, 90, 110, 150)
LEAST_NAME = 180
ORIGINS = tuple(say.ORIGINS)


class LibraryDialog(QDialog):
    """Stays open while rows are added. ``add`` puts the entries into the tree and says what became of them."""

    added = Signal()

    def __init__(
        self, workspace: Workspace, look: Look, add: Callable[[tuple[Entry, ...]], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say.TITLE)
        self.workspace = workspace
        self.look = look
        self._add = add
        self.source = source_of(workspace)
        self.model = LibraryModel({n: look.colour(n) for n in ("ink", "quiet", "muted")}, self)
        self._make()
        self._lay_out()
        self._connect()
        self.source.want()
        self._fill_choices()
        self.narrow()

    def _make(self) -> None:
        self.words = QLineEdit()
        self.words.setPlaceholderText(say.PLACEHOLDER)
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(say.PLACEHOLDER)
        self.level, self.theme = Choice(self.look), Choice(self.look)
        self.origin = TabStrip(self.look)
        self.origin.set_tabs(list(say.ORIGINS.values()))
        self.table = QTableView()
        self.level.setAccessibleName(say.ALL_LEVELS)
        self.theme.setAccessibleName(say.ALL_THEMES)
        self.table.setObjectName("plain")
        self.table.setAccessibleName(say.TITLE)
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.explain = QLabel()
        self.explain.setWordWrap(True)
        self.explain.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said = QLabel()
        self.said.setObjectName("muted")
        self.take = QPushButton(say.ADD)
        self.take.setObjectName("primary")
        self.take.setAutoDefault(False)
        self.shut = QPushButton(say.CLOSE)
        self.shut.setAutoDefault(False)

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(SIZE[0]), px(SIZE[1]))
        top, bottom = QHBoxLayout(), QHBoxLayout()
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance(say.PLACEHOLDER) + px(24))
        top.addWidget(self.words, 1)
        for choice in (self.level, self.theme):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(4)
            choice.setMinimumWidth(px(104))
            top.addWidget(choice)
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self.shut)
        bottom.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.origin)
        column.addWidget(self.table, 1)
        column.addWidget(self.explain)
        column.addLayout(bottom)
        self.explain.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + px(4))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column_number, width in enumerate(WIDTHS[1:], 1):
            self.table.setColumnWidth(column_number, px(width))
        self.table.verticalHeader().setDefaultSectionSize(px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the names keep theirs: theme, source and kind go first."""
        super().resizeEvent(event)
        px, room = self.look.px, self.table.viewport().width()
        shown = list(range(1, len(WIDTHS)))
        for column in (2, 5, 1):
            if room - sum(px(WIDTHS[c]) for c in shown) < px(LEAST_NAME):
                shown.remove(column)
        for column in range(1, len(WIDTHS)):
            self.table.setColumnHidden(column, column not in shown)

    def _connect(self) -> None:
        self.words.textChanged.connect(self.narrow)
        self.level.currentIndexChanged.connect(self.narrow)
        self.theme.currentIndexChanged.connect(self.narrow)
        self.origin.chosen.connect(self.narrow)
        self.source.ready.connect(self._learned)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self.table.doubleClicked.connect(self.put)
        self.take.clicked.connect(self.put)
        self.shut.clicked.connect(self.close)
        self.workspace.changed.connect(self._refresh)
        self.workspace.opened.connect(self._refresh)

    def _learned(self) -> None:
        self._fill_choices()
        self.narrow()

    def _fill_choices(self) -> None:
        """The levels and themes that there are; what was chosen stays chosen."""
        entries = self.source.index.entries if self.source.index else ()
        for choice, first, values in (
            (self.level, say.ALL_LEVELS, [e.level1 for e in entries]),
            (self.theme, say.ALL_THEMES, [e.theme for e in entries]),
        ):
            before = choice.currentText()
            choice.blockSignals(True)
            choice.clear()
            choice.addItems([first, *dict.fromkeys(v for v in values if v)])
            choice.setCurrentIndex(max(choice.findText(before), 0))
            choice.blockSignals(False)

    def wanted(self) -> Filter:
        level = self.level.currentText() if self.level.currentIndex() > 0 else ""
        theme = self.theme.currentText() if self.theme.currentIndex() > 0 else ""
        return Filter(self.words.text(), level, theme, ORIGINS[max(self.origin.current(), 0)])

    def narrow(self) -> None:
        """Show what fits; the first line is chosen where something was asked for."""
        space = self.workspace
        here = names_in(space.form, space.filing) if space.form and space.filing else frozenset[str]()
        self.model.show(self.source.index, self.wanted(), here)
        if self.words.text().strip() and self.model.entries:
            self.table.selectRow(0)
        self.table.scrollToTop()
        self._show_chosen()

    def _refresh(self) -> None:
        """The open filing is different: what it has is marked anew, and the selection stays."""
        if not self.isVisible():
            return
        rows = {i.row() for i in self.table.selectionModel().selectedRows()}
        names = {self.model.entries[r].name for r in rows}
        place = self.table.verticalScrollBar().value()
        self.source.want()
        self.narrow()
        flags = self.table.selectionModel().SelectionFlag
        self.table.clearSelection()
        for row, entry in enumerate(self.model.entries):
            if entry.name in names:
                self.table.selectionModel().select(self.model.index(row, 0), flags.Select | flags.Rows)
        self.table.verticalScrollBar().setValue(place)

    def chosen(self) -> tuple[Entry, ...]:
        rows = sorted({i.row() for i in self.table.selectionModel().selectedRows()})
        return tuple(self.model.entries[r] for r in rows)

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        new = sum(not self.model.is_here(e) for e in chosen)
        self.take.setEnabled(new > 0 and self.workspace.filing is not None)
        self.take.setText(say.add_some(new))
        self.explain.setText(_explained(chosen[-1]) if chosen else "")
        if self.source.index is None:
            self.said.setText(say.LOADING)
        elif self.workspace.filing is None:
            self.said.setText(say.NO_FILING)
        elif not self.model.entries:
            self.said.setText(say.NOTHING)
        elif chosen:
            self.said.setText(say.found(len(self.model.entries), len(chosen)))
        else:
            self.said.setText(say.CHOOSE_SOME)

    def put(self) -> None:
        """The chosen ones into the tree; the dialogue stays for the next."""
        if self.take.isEnabled():
            said = self._add(self.chosen())
            self.table.clearSelection()
            self.said.setText(said)
            self.added.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the words into the table; Enter adds what is chosen."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put()
        elif key == Qt.Key.Key_Down and self.words.hasFocus() and self.model.entries:
            self.table.setFocus()
            if not self.chosen():
                self.table.selectRow(0)
        else:
            super().keyPressEvent(event)


def _explained(entry: Entry) -> str:
    parts = [entry.explain]
    if entry.origin == "own":
        if entry.usual:
            parts.append(say.target_of(entry.year, entry.usual))
        if entry.unit_name:
            parts.append(say.from_unit(entry.unit_name))
    return "　".join(p for p in parts if p)
