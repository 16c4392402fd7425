"""The open filing beside another one, in the middle of the window: every cell, differences marked, exported as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.finding import Place
from perfdesk.titles import name_of
from ui import messages as say
from ui.choice import Choice
from ui.messages import compare as words
from ui.models.comparing import KIND, LEFT, MORE, RIGHT, WHERE, ComparedModel, Other, compared, others
from ui.option import has_state, rect_of
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.compare.lines import Comparison
    from perfdesk.errors import UserError
    from ui.look import Look
    from ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
FITTED = 300
"""So many rows are as high as their texts; more are one line each."""


class MarkDelegate(QStyledItemDelegate):
    """Paints the ground of what differs, which a style sheet would leave out, and gives texts air."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None and not has_state(option, QStyle.StateFlag.State_Selected):
            painter.fillRect(rect_of(option), ground)
        super().paint(painter, option, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the text in the room that it has."""
        table, px = self.parent(), self.look.px
        assert isinstance(table, QTableView)
        room = QRect(0, 0, max(table.columnWidth(index.column()) - px(22), px(40)), 10_000)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        high = QFontMetrics(table.font()).boundingRect(room, int(flags), str(index.data() or "")).height()
        return QSize(0, max(px(28), high + px(12)))


class ComparedTable(QTableView):
    """``asked``: the row that a person wants to go to."""

    asked = Signal(int)

    def __init__(self, look: Look, model: ComparedModel) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("plain")
        self.setAccessibleName(words.TITLE)
        self.setModel(model)
        self.setItemDelegate(MarkDelegate(look, self))
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # nothing is filled in here: Tab goes on
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (WHERE, LEFT, RIGHT):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.asked.emit(index.row()))
        head.sectionResized.connect(lambda *_: self.fit())
        self.measure()

    def measure(self) -> None:
        for column, width in ((KIND, 64), (MORE, 120)):
            self.setColumnWidth(column, self.look.px(width))

    def fit(self) -> None:
        if self.model().rowCount() <= FITTED:
            self.resizeRowsToContents()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class ComparisonPanel(QWidget):
    """``jumped``: to a cell of the open filing; ``exported``: a person wants the list; ``left``: back to the form."""

    jumped = Signal(Place)
    exported = Signal()
    left = Signal()

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.choices: tuple[Other, ...] = ()
        self._task: Task | None = None
        self._running: set[Task] = set()
        self.model = ComparedModel(look, self)
        self.title, self.said = QLabel(), QLabel()
        self.title.setObjectName("title")
        self.said.setObjectName("quiet")
        self.said.setWordWrap(True)
        self.other = Choice(look)
        self.other.setAccessibleName(words.WITH)
        self.only = QCheckBox(words.ONLY_DIFFERENCES)
        self.only.setChecked(True)
        self.export, self.back = QPushButton(words.EXPORT), QPushButton(words.BACK)
        self.table = ComparedTable(look, self.model)
        self._lay_out()
        self.other.currentIndexChanged.connect(self.compare)
        self.only.toggled.connect(lambda _on: self._show_lines(self.model.found))
        self.table.asked.connect(self._jump)
        self.export.clicked.connect(self.exported)
        self.back.clicked.connect(self.left)
        workspace.changed.connect(self._follow)
        look.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        choice, self._tools = QHBoxLayout(), QHBoxLayout()
        name = QLabel(words.WITH)
        name.setObjectName("muted")
        name.setBuddy(self.other)
        choice.addWidget(name)
        choice.addWidget(self.other, 1)
        self._tools.addWidget(self.only)
        self._tools.addStretch(1)
        for button in (self.export, self.back):
            self._tools.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addLayout(choice)
        self._column.addLayout(self._tools)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.said)

    def _measure(self) -> None:
        px = self.look.px
        self.title.setFont(self.look.font(18, bold=True))
        self._column.setContentsMargins(px(16), px(14), px(16), px(12))
        self._column.setSpacing(px(8))
        self._tools.setSpacing(px(10))
        self.table.measure()
        self.table.fit()

    # --- what is compared ---

    def show_state(self) -> None:
        """Of the open filing, with what it was compared with before where that is still there."""
        space = self.workspace
        if space.form is None or space.filing is None:
            return
        self.title.setText(words.title(name_of(space.form, space.filing), say.year_text(space.filing.year)))
        before = self.chosen()
        self.choices = others(space)
        self.other.blockSignals(True)
        self.other.clear()
        self.other.addItems([one.label for one in self.choices])
        self.other.setCurrentIndex(self.choices.index(before) if before in self.choices else 0)
        self.other.blockSignals(False)
        self.compare()

    def _follow(self) -> None:
        """An undo while this is in sight."""
        if self.isVisible():
            self.show_state()

    def chosen(self) -> Other | None:
        at = self.other.currentIndex()
        return self.choices[at] if 0 <= at < len(self.choices) else None

    def compare(self) -> None:
        """Off the window's thread."""
        store, catalog, filing = self.workspace.store, self.workspace.catalog, self.workspace.filing
        other = self.chosen()
        if self._task is not None:
            self._task.cancel()
        self._task = None
        if store is None or filing is None or other is None:
            self._show_lines(None)
            return
        self.said.setText(words.COMPARING)
        task = self._task = Task(lambda _task: compared(store, catalog, filing, other))
        self._running.add(task)
        task.done.connect(self._take)
        task.failed.connect(self._fail)
        task.ended.connect(lambda: self._running.discard(task))
        task.start()

    def is_idle(self) -> bool:
        return self._task is None

    def _take(self, found: Comparison) -> None:
        self._task = None
        self._show_lines(found)

    def _fail(self, error: UserError) -> None:
        self._task = None
        self._show_lines(None)
        self.said.setText(error.message)

    def _show_lines(self, found: Comparison | None) -> None:
        self.model.show(found, self.only.isChecked())
        self.table.fit()
        self.export.setEnabled(found is not None)
        if found is not None:
            self.said.setText(words.summary(len(found.differences), len(found.lines), found.unit))

    def _jump(self, row: int) -> None:
        """To the cell in the open filing; what stands only at the left has none."""
        if place := self.model.lines[row].right_place:
            self.jumped.emit(place)
