"""A table that is only looked at: rows of texts, numbers at the right, cells that lead somewhere, shades, bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.option import has_state, rect_of

if TYPE_CHECKING:
    from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
NONE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
BAR, SHADE = ROLE.UserRole + 1, ROLE.UserRole + 2
INDENT = "　"
LINE = 28


@dataclass(frozen=True, slots=True)
class Row:
    """``bold``: a total or a heading; ``level``: how far the name is indented; ``shades``: per cell, 0 for none; ``bar``: 0 … 1, drawn in
    the last column; ``to``: what the row leads to, ``cells``: what its cells lead to."""

    texts: Sequence[str]
    to: object = None
    bold: bool = False
    level: int = 0
    cells: Sequence[object] = ()
    shades: Sequence[int] = ()
    bar: float | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """``right``: columns of numbers. ``name``: the column that takes the room that is left; ``widths``: of the others, in pixels of the
    drawing."""

    heads: Sequence[str] = ()
    rows: Sequence[Row] = ()
    right: frozenset[int] = frozenset()
    name: int = 0
    widths: Sequence[int] = field(default=())


class GridModel(QAbstractTableModel):
    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.grid = Grid()

    def show(self, grid: Grid) -> None:
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = NONE) -> int:
        return len(self.grid.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return self.grid.heads[section]
        if role == ROLE.TextAlignmentRole:
            return RIGHT if section in self.grid.right else LEFT
        return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.grid.rows[index.row()], index.column()
        text = row.texts[column]
        match role:
            case ROLE.DisplayRole:
                return f"{INDENT * row.level}{text}" if column == self.grid.name else text
            case ROLE.ToolTipRole:
                return text or None
            case ROLE.AccessibleTextRole:
                return f"{self.grid.heads[column]}：{text}"
            case ROLE.TextAlignmentRole:
                return RIGHT if column in self.grid.right else LEFT
            case ROLE.FontRole:
                return self.look.font(bold=True) if row.bold else None
            case ROLE.ForegroundRole:
                return self.look.colour("muted" if row.quiet else "ink")
            case _:
                return self._drawn(row, column, role)

    def _drawn(self, row: Row, column: int, role: int) -> Any:
        if role == BAR:
            return row.bar if column == len(row.texts) - 1 else None
        if role == SHADE:
            return row.shades[column] if column < len(row.shades) else 0
        return None

    def leads_to(self, index: Index) -> object:
        """What the cell leads to, else its row; None: nothing."""
        row = self.grid.rows[index.row()]
        cell = row.cells[index.column()] if index.column() < len(row.cells) else None
        return row.to if cell is None else cell


class GridDelegate(QStyledItemDelegate):
    """Shades behind numbers, a bar behind a percentage."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(rect_of(option))
        chosen = has_state(option, QStyle.StateFlag.State_Selected)
        if (shade := index.data(SHADE)) and not chosen:
            painter.fillRect(rect.adjusted(0, 0, -1, -1), self._shade(shade))
        if (bar := index.data(BAR)) is not None:
            px = self.look.px
            room = rect.adjusted(px(4), px(7), -px(4), -px(7))
            room.setWidth(room.width() * min(max(bar, 0.0), 1.0))
            painter.fillRect(room, self._shade(2))
        super().paint(painter, option, index)

    def _shade(self, shade: int) -> QColor:
        colour = self.look.colour("accent")
        colour.setAlpha(12 + 26 * shade)
        return colour


class GridView(QTableView):
    """``asked``: where a cell leads, chosen by a click or with the keys; ``opened``: the same with Enter or a double click."""

    asked = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look, name: str, by_cell: bool = False) -> None:
        super().__init__()
        self.look = look
        self.grid_model = GridModel(look, self)
        self.setObjectName("plain")
        self.setAccessibleName(name)
        self.setModel(self.grid_model)
        self.setItemDelegate(GridDelegate(look, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # nothing is filled in here: Tab goes on
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if by_cell else behaviour.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda here, _before: self._ask(here))
        look.changed.connect(self.measure)

    def show_grid(self, grid: Grid) -> None:
        self.grid_model.show(grid)
        self.horizontalScrollBar().setValue(0)
        self.measure()

    def measure(self) -> None:
        grid, header = self.grid_model.grid, self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(self.look.px(LINE))
        for column, width in enumerate(grid.widths):
            stretched = column == grid.name
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            room = sum(grid.widths) * self.look.theme.zoom > self.viewport().width()
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive if room else mode)
            self.setColumnWidth(column, self.look.px(width))

    def _ask(self, index: QModelIndex) -> None:
        if index.isValid() and (to := self.grid_model.leads_to(index)) is not None:
            self.asked.emit(to)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (to := self.grid_model.leads_to(index)) is not None:
            self.opened.emit(to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.measure()
