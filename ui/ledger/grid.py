"""A grid whose first columns stay in sight while one scrolls to the right, with a heading of several lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from ui.form.cells import halves
from ui.form.grid import GridView
from ui.ledger.heads import Heads, HeadView
from ui.models.cell import CELL

if TYPE_CHECKING:
    from ui.look import Look
    from ui.models.lines import LinesModel

OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
PIXELS = QAbstractItemView.ScrollMode.ScrollPerPixel


class FrozenColumns(QTreeView):
    """The first columns once more, above the grid, with its model and selection. It never has the focus: keys stay with the grid."""

    def __init__(self, grid: LedgerGrid) -> None:
        super().__init__(grid)
        self.grid = grid
        self.setObjectName("grid")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(PIXELS)
        self.setVerticalScrollBarPolicy(OFF)
        self.setHorizontalScrollBarPolicy(OFF)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.grid.commit()
        self.grid.setFocus()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.grid.edit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.grid.wheelEvent(event)

    def _menu(self, point: QPoint) -> None:
        there = self.grid.viewport().mapFromGlobal(self.viewport().mapToGlobal(point))
        self.grid.customContextMenuRequested.emit(there)


class LedgerGrid(GridView):
    """``taken``: a click on one of two numbers of a cell: the cell, and whether it was the upper one."""

    taken = Signal(QModelIndex, bool)
    frozen = 0
    _leaving = False
    _next: tuple[str, int] | None = None

    def __init__(
        self, look: Look, model: LinesModel[Any], heads: Callable[[], Heads], parent: QWidget | None = None
    ) -> None:
        self.lines = model
        super().__init__(look, model, parent)
        head = HeadView(look, heads, self)
        self.setHeader(head)
        head.setStretchLastSection(False)
        self.over = FrozenColumns(self)
        over_head = HeadView(look, heads, self.over)
        self.over.setHeader(over_head)
        over_head.setStretchLastSection(False)
        over_head.setSectionResizeMode(HeadView.ResizeMode.Fixed)
        self.over.setItemDelegate(self.cells)
        self.over.hide()
        self.setHorizontalScrollMode(PIXELS)
        self._link(head)

    def _link(self, head: HeadView) -> None:
        mine, its = self.verticalScrollBar(), self.over.verticalScrollBar()
        mine.valueChanged.connect(its.setValue)
        its.valueChanged.connect(mine.setValue)
        self.horizontalScrollBar().valueChanged.connect(self._show_over)
        head.sectionResized.connect(self._on_section)
        head.sectionResized.connect(self._copy_width)
        head.geometriesChanged.connect(self._place_over)
        self.cells.opened.connect(self._opened)
        self.rows.modelReset.connect(self.renew)
        self.look.changed.connect(self.renew)

    # --- columns that stay ---

    def freeze(self, columns: int) -> None:
        self.frozen = columns
        self.renew()

    def renew(self) -> None:
        """The columns are others."""
        for view in (self, self.over):
            head = view.header()
            if isinstance(head, HeadView):
                head.refresh()
        for column in range(self.model().columnCount() if self.over.model() else 0):
            self.over.setColumnHidden(column, column >= self.frozen)
            self.over.setColumnWidth(column, self.columnWidth(column))
        self._place_over()

    def frozen_width(self) -> int:
        return sum(self.columnWidth(n) for n in range(self.frozen))

    def _copy_width(self, column: int, _old: int, new: int) -> None:
        self.over.setColumnWidth(column, new)
        self._place_over()

    def _place_over(self) -> None:
        head = self.header().height()
        self.over.header().setFixedHeight(head)
        frame = self.frameWidth()
        self.over.setGeometry(frame, frame, self.frozen_width(), self.viewport().height() + head)

    def _show_over(self, at: int) -> None:
        if at > 0 and self.frozen and not self.over.isVisible():
            self._wake_over()
            self.over.setUniformRowHeights(self.uniformRowHeights())
            self._place_over()
            self.over.show()
            self.over.verticalScrollBar().setValue(self.verticalScrollBar().value())
        elif not at:
            self.over.hide()

    def _wake_over(self) -> None:
        """Not before it is needed: a second view of thousands of rows costs what the first does."""
        if self.over.model() is None:
            self.over.setModel(self.lines)
            self.over.setSelectionModel(self.selectionModel())
            self.renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_over()

    def _opened(self, _editor: object, index: QPersistentModelIndex) -> None:
        """A column that stays is typed in where it really is."""
        if index.column() < self.frozen and self.horizontalScrollBar().value():
            self.horizontalScrollBar().setValue(0)
            QTimer.singleShot(0, self, self.updateEditorGeometries)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A column that stays is in sight; any other must not hide behind those."""
        bar = self.horizontalScrollBar()
        was = bar.value()
        super().scrollTo(index, hint)
        if index.column() < self.frozen and self.cells.editor is None:
            bar.setValue(was)
            return
        hidden = self.frozen_width() - self.visualRect(index).left()  # type: ignore[arg-type]
        if self.frozen <= index.column() and hidden > 0:
            bar.setValue(bar.value() - hidden)

    # --- where the cursor goes after a code was typed ---

    def after_commit(self, key: str, column: int) -> None:
        """Leaving the editor with a key goes to this cell, and not one further; a click elsewhere stays where it is."""
        if self._leaving:
            self._next = (key, column)

    def _leave(self, way: str) -> None:
        with self.leaving():
            super()._leave(way)

    @contextmanager
    def leaving(self) -> Iterator[None]:
        self._leaving, self._next = True, None
        try:
            yield
        finally:
            self._leaving = False

    def step(self, way: str) -> None:
        if self._leaving and self._next:
            self.show_cell(*self._next)
        else:
            super().step(way)

    # --- two numbers in one cell ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        cell = index.data(CELL) if index.isValid() else None
        if cell and cell.beside and event.button() == Qt.MouseButton.LeftButton:
            inner = self.visualRect(index).adjusted(self.look.px(cell.indent), 0, -self.look.px(8), -1)
            for upper, half in zip((True, False), halves(inner), strict=True):
                if half.contains(event.position().toPoint()) and self._on_tick(event, half.left()):
                    self.select(index)
                    self.taken.emit(index, upper)
                    return
        super().mousePressEvent(event)

    def _on_tick(self, event: QMouseEvent, left: int) -> bool:
        return event.position().x() <= left + self.look.px(16)

    # --- heights ---

    def relayout(self) -> None:
        """Both views measure their rows again."""
        super().relayout()
        if self.over.model():
            self.over.scheduleDelayedItemsLayout()

    def _choose_heights(self) -> None:
        """As high as their texts, or one line each."""
        tall = self.lines.has_tall_rows
        self.cells.one_line, self.cells.with_then = not tall, self.lines.with_then
        for view in (self, getattr(self, "over", self)):
            view.setUniformRowHeights(not tall)

    def measure_again(self) -> None:
        """Rows came or went."""
        if self.uniformRowHeights() == self.lines.has_tall_rows:
            self._choose_heights()
            self.relayout()
