"""What a view keeps of a model: the cells as it saw them last, drawn anew where it was told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from ui.models.cell import CELL

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.CheckStateRole,
    CELL,
)
Cells = dict[tuple[tuple[int, ...], int], tuple[Any, ...]]
"""By the path of the row (its number at every level) and the column."""


def _indexes(model: QAbstractItemModel, above: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(model.rowCount(above)):
        for column in range(model.columnCount(above)):
            yield model.index(row, column, above)
        yield from _indexes(model, model.index(row, 0, above))


def _path(index: QModelIndex) -> tuple[int, ...]:
    found: list[int] = []
    while index.isValid():
        found.append(index.row())
        index = index.parent()
    return tuple(reversed(found))


def cells_of(model: QAbstractItemModel) -> Cells:
    """Everything the model says of every cell."""
    return {
        (_path(i), i.column()): (*(i.data(role) for role in ROLES), i.flags())
        for i in _indexes(model, QModelIndex())
    }


class Watch:
    """``look`` fails where a cell is another than last time, stands where it stood, and nobody was told.

    Rows that came, went or moved are drawn by every view of itself; then only the cells from here on are watched.
    """

    def __init__(self, model: QAbstractItemModel) -> None:
        self.model = model
        self.told: set[tuple[tuple[int, ...], int]] = set()
        self.reshaped = False
        self.cells = cells_of(model)
        model.dataChanged.connect(self._changed)
        for signal in (model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.modelReset):
            signal.connect(self._shape)

    def _shape(self, *_: object) -> None:
        self.reshaped = True

    def _changed(self, first: QModelIndex, last: QModelIndex, _roles: object = ()) -> None:
        above = _path(first.parent())
        self.told |= {
            ((*above, row), column)
            for row in range(first.row(), last.row() + 1)
            for column in range(first.column(), last.column() + 1)
        }

    def look(self) -> set[tuple[tuple[int, ...], int]]:
        """The cells that differ now; all of them were told."""
        now = cells_of(self.model)
        different = {place for place in now if now[place] != self.cells.get(place)}
        assert self.reshaped or different <= self.told, different - self.told
        self.cells, self.told, self.reshaped = now, set(), False
        return different
