"""Cells as they were drawn last: made when first drawn, and again after the views were told that their row is different."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from ui.models.cell import Cell
    from ui.models.lines import LinesModel
    from ui.models.row_tree import RowTreeModel

MOST = 5000


class KeptCells:
    def __init__(self, model: RowTreeModel | LinesModel[Any], make: Callable[[Any, int], Cell]) -> None:
        self._model = model
        self._make = make
        self._kept: dict[tuple[str, int], Cell] = {}
        model.dataChanged.connect(self._drop)
        model.modelReset.connect(self.clear)

    def at(self, row: Any, column: int) -> Cell:
        key = row.id, column
        cell = self._kept.get(key)
        if cell is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            cell = self._kept[key] = self._make(row, column)
        return cell

    def clear(self) -> None:
        self._kept.clear()

    def _drop(self, first: QModelIndex, last: QModelIndex) -> None:
        """One row as a rule; of several rows nobody looks up whose cells they are."""
        row = self._model.row_at(first)
        if row is None or first.row() != last.row():
            self._kept.clear()
            return
        for column in range(self._model.columnCount()):
            self._kept.pop((row.id, column), None)
