"""How a grid looks and behaves before anybody types: cells, selection, folding, room for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from ui.form.cells import ARROW, CellDelegate
from ui.models.cell import CELL
from ui.models.lines import LinesModel
from ui.models.row_tree import MANY, RowTreeModel

if TYPE_CHECKING:
    from ui.look import Look

Rows = RowTreeModel | LinesModel[Any]


class SheetView(QTreeView):
    """``resized``: there is more or less room for the columns."""

    resized = Signal()

    def __init__(self, look: Look, model: Rows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._follows = False
        self.look = look
        self.rows = model
        self.setObjectName("grid")
        self.setModel(model)
        self.cells = CellDelegate(look, self)
        self.setItemDelegate(self.cells)
        self._behave()
        model.modelReset.connect(self._choose_heights)
        look.changed.connect(self.relayout)

    def _behave(self) -> None:
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setAllColumnsShowFocus(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.close_to_typing(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.header().setSectionsMovable(False)
        self.header().setHighlightSections(False)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.header().sectionResized.connect(self._on_section)

    def close_to_typing(self, closed: bool) -> None:
        """Of an archived filing everything is looked at and copied, nothing is typed or dragged."""
        self.closed = closed
        trigger = QAbstractItemView.EditTrigger
        keys = trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked
        self.setEditTriggers(trigger.NoEditTriggers if closed else keys)
        self.setDragEnabled(not closed)

    def commit(self) -> None:
        """Keep what is being typed; here nothing is."""

    # --- selection ---

    def select(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if (
            self.isVisible()
        ):  # else when it is shown: it has its width only then, and all rows would be measured twice
            self.scrollTo(index)

    def show_cell(self, row_id: str, column: int) -> bool:
        """Unfold, select and scroll to a cell; False where the row is not in this grid."""
        index = self.rows.index_of(row_id, column)
        if not index.isValid():
            return False
        self.select(index)
        self.setFocus()
        return True

    def selected_rows(self) -> list[str]:
        """Ids of the rows with a selected cell, in the order shown; the current row where nothing is selected."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        ids = {row.id for i in chosen if (row := self.rows.row_at(i))}
        return list(ids) if len(ids) < 2 else [r.id for r in self.rows.rows() if r.id in ids]

    # --- folding ---

    def unfold_all(self) -> None:
        """Before it is shown nothing is measured."""
        if self.isVisible():
            self.expandAll()
            return
        self.scheduleDelayedItemsLayout()
        for row in self.rows.rows():
            index = self.rows.index_of(row.id, 0)
            if self.rows.hasChildren(index):
                self.expand(index)

    def _can_fold(self, index: QModelIndex) -> bool:
        cell = index.data(CELL) if index.isValid() else None
        return bool(cell and cell.parent)

    def fold(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._can_fold(index) and event.button() == Qt.MouseButton.LeftButton:
            start = self.visualRect(index).left() + self.look.px(index.data(CELL).indent)
            if start - self.look.px(6) <= event.position().x() <= start + self.look.px(ARROW):
                self.commit()
                self.fold(index)
                return
        super().mousePressEvent(event)

    # --- layout ---

    def _choose_heights(self) -> None:
        """Rows are as high as their texts; of very many rows each is one line, so that nobody waits for all to be measured."""
        many = len(self.rows.rows()) > MANY
        self.cells.one_line = many
        self.setUniformRowHeights(many)

    def relayout(self) -> None:
        """Measure the rows again, once, when everything that asks for it is through."""
        self.scheduleDelayedItemsLayout()

    def _on_section(self) -> None:
        if self.uniformRowHeights():
            self.viewport().update()
        else:
            self.relayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized.emit()  # first: the toolkit measures the rows, and then the columns have their widths
        wider = event.size().width() != event.oldSize().width()
        if wider:
            self._on_section()
        super().resizeEvent(event)
        if self.hasFocus() or self.cells.editor:
            self._follows = wider and not self.uniformRowHeights()
            if not self._follows:
                self.scrollTo(self.currentIndex())

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        if self._follows:  # after a resize, once all rows have been measured
            self._follows = False
            self.scrollTo(self.currentIndex())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
