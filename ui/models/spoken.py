"""What a screen reader says of a cell: its column's name and what stands in it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from ui.messages import texts as words


def spoken(model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex) -> str:
    """Readers tell the head of a column in tables alone, and nothing of an empty cell."""
    head = model.headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    text = model.data(index, Qt.ItemDataRole.DisplayRole)
    return words.spoken_cell(" ".join(str(head or "").split()), str(text or ""))
