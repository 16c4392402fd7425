"""Indicators dragged from the library fall into the tree: an ordinary step, where they were let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from ui.form.grid import where_in
from ui.form.library_rows import Taken, add_at
from ui.models.library import DRAGGED, dragged, source_of

if TYPE_CHECKING:
    from ui.form.tree_page import TreePage


class LibraryDrop(QObject):
    """Watches the grid of a tree: the grid itself knows only the rows that are moved within it."""

    def __init__(self, page: TreePage) -> None:
        super().__init__(page)
        self.page = page
        page.grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent) or not event.mimeData().hasFormat(DRAGGED):
            return super().eventFilter(watched, event)
        if self._row_at(event) is None or self.page.workspace.archived:
            event.ignore()
        else:
            event.acceptProposedAction()
            if not isinstance(event, QDragMoveEvent):
                self._take(event)
        return True

    def _row_at(self, event: QDropEvent) -> Any:
        return self.page.model.row_at(self.page.grid.indexAt(event.position().toPoint()))

    def _take(self, event: QDropEvent) -> None:
        page, space, row = self.page, self.page.workspace, self._row_at(event)
        if space.form is None or space.filing is None or space.store is None:
            return
        page.commit()
        point = event.position().toPoint()
        where = where_in(page.grid.visualRect(page.grid.indexAt(point)), point)
        entries = dragged(event.mimeData(), source_of(space))
        taken = add_at(space.form, space.filing, entries, row, where, space.store.new_id)
        self._show(taken)

    def _show(self, taken: Taken) -> None:
        if taken.step is None:
            self.page.told.emit(taken.sentence())
        elif self.page.workspace.apply(taken.step):
            page = self.page
            page.grid.select(page.model.index_of(taken.rows[0], page.model.column_of("target")))
            page.told.emit(taken.sentence())
