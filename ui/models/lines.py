"""A flat model of lines with keys that follows from one state to the next by the fewest signals, so that selection and scrolling stay."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
FEW = 400
MOST_RUNS = 60
PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
OPEN = PLAIN | Qt.ItemFlag.ItemIsEditable
"""Where more stretches come and go, the views begin anew."""


class Keyed(Protocol):
    @property
    def id(self) -> str: ...


L = TypeVar("L", bound=Keyed)


def rising(numbers: Sequence[int]) -> set[int]:
    """A longest rising selection of different numbers."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(number)
            last.append(at)
        else:
            ends[place], last[place] = number, at
    found: set[int] = set()
    at = last[-1] if last else -1
    while at >= 0:
        found.add(numbers[at])
        at = before[at]
    return found


def runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as stretches (first, last)."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


class LinesModel(QAbstractTableModel, Generic[L]):
    """Subclasses say the columns and cells."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[L] = []
        self._places: dict[str, int] = {}

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def rows(self) -> Sequence[L]:
        """All lines in order."""
        return self._lines

    def row_at(self, index: Index) -> L | None:
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def index_of(self, key: str, column: int = 0) -> QModelIndex:
        """Invalid where there is no such line."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(place, column)

    # --- following ---

    def reset(self, lines: Sequence[L]) -> None:
        self.beginResetModel()
        self._lines = list(lines)
        self._place()
        self.endResetModel()

    def follow(self, lines: Sequence[L], changed: Iterable[str]) -> None:
        """Become ``lines``; ``changed``: keys of lines that are shown differently though their keys stay."""
        new = [x.id for x in lines]
        if new != [x.id for x in self._lines]:
            self._reshape(lines, new)
        else:
            self._lines = list(lines)
        self.tell(changed)

    def _reshape(self, lines: Sequence[L], new: list[str]) -> None:
        places = {key: n for n, key in enumerate(new)}
        here = [places.get(x.id, -1) for x in self._lines]
        staying = rising([n for n in here if n >= 0])
        gone = runs([n for n, place in enumerate(here) if place not in staying])
        come = runs([n for n in range(len(new)) if n not in staying])
        if len(gone) + len(come) > MOST_RUNS:
            self.reset(lines)
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(NONE, first, last)
            del self._lines[first : last + 1]
            self._place()
            self.endRemoveRows()
        # The lines that stay are the new ones from here on, so that nothing is drawn from old ones.
        self._lines = [lines[n] for n in sorted(staying)]
        for first, last in come:
            self.beginInsertRows(NONE, first, last)
            self._lines[first:first] = lines[first : last + 1]
            self._place()
            self.endInsertRows()

    def _place(self) -> None:
        self._places = {line.id: n for n, line in enumerate(self._lines)}

    def tell(self, keys: Iterable[str]) -> None:
        """These lines are shown differently now."""
        last = self.columnCount() - 1
        for key in keys:
            if (place := self._places.get(key)) is not None:
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def tell_all(self) -> None:
        if self._lines:
            end = self.index(len(self._lines) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), end)

    @property
    def has_tall_rows(self) -> bool:
        """Rows are as high as their texts; of many rows each is one line, so that nobody waits for all to be measured."""
        return len(self._lines) <= FEW

    @property
    def with_then(self) -> bool:
        """Every row has room for last year's values."""
        return False

    def columnCount(self, parent: Index = NONE) -> Any:
        raise NotImplementedError
