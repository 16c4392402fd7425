"""The cells that find and replace would change, each with a tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.form.replacing import Spot, Spots
from ui.messages import library as say

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
ROLE = Qt.ItemDataRole
HEADS = (say.REPLACE_PLACE, say.REPLACE_BEFORE, say.REPLACE_AFTER)
BEFORE, AROUND = 6, 40
"""Characters shown before the words, and in all."""


class SpotsModel(QAbstractTableModel):
    """``ticked``: another choice. What was unticked stays so while the words are being typed."""

    ticked = Signal()

    def __init__(self, colours: Mapping[str, Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self.spots = Spots(())
        self._left_out: set[tuple[str, str]] = set()

    def show(self, spots: Spots) -> None:
        self.beginResetModel()
        self.spots = spots
        self.endResetModel()

    def chosen(self) -> tuple[Spot, ...]:
        return tuple(s for s in self.spots.cells if s.key not in self._left_out)

    def tick_all(self, on: bool) -> None:
        keys = {s.key for s in self.spots.cells}
        self._left_out = self._left_out - keys if on else self._left_out | keys
        if self.spots.cells:
            last = self.index(len(self.spots.cells) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [ROLE.CheckStateRole])
        self.ticked.emit()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.spots.cells)

    def columnCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole and section < len(HEADS):
            return HEADS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.spots.cells):
            return None
        spot = self.spots.cells[index.row()]
        if role == ROLE.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Unchecked if spot.key in self._left_out else Qt.CheckState.Checked
        if role == ROLE.DisplayRole:
            return (spot.where, _around(spot.before, spot.at), _around(spot.after, spot.at))[index.column()]
        if role == ROLE.ToolTipRole:
            return (spot.where, spot.before, spot.after)[index.column()] or None
        if role == ROLE.ForegroundRole:
            return self._colours["quiet" if index.column() == 0 else "ink"]
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        if role != ROLE.CheckStateRole or not index.isValid() or index.column():
            return False
        key = self.spots.cells[index.row()].key
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._left_out.discard(key)
        else:
            self._left_out.add(key)
        self.dataChanged.emit(index, index, [ROLE.CheckStateRole])
        self.ticked.emit()
        return True


def _around(text: str, at: int) -> str:
    """The text from a little before the place, in one line."""
    start = max(0, at - BEFORE)
    cut = " ".join(text[start : start + AROUND].split())
    return f"{'…' if start else ''}{cut}{'…' if start + AROUND < len(text) else ''}"
