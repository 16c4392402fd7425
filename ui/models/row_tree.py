"""A tree model over the rows of one section of a filing. Two states are compared and only what differs is told to the views,
so that selection, folding and scrolling outlive every edit, undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from perfdesk.model.filing import Row

Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
MANY = 2000
"""Rows; published forms have up to a hundred. Of more each is one line high."""


class Node:
    """One row in the tree; the root has no row."""

    __slots__ = ("_place", "children", "parent", "row")

    def __init__(self, row: Row | None, parent: Node | None) -> None:
        self.row = row
        self.parent = parent
        self.children: list[Node] = []
        self._place = len(parent.children) if parent else 0

    @property
    def place(self) -> int:
        """Its number among its siblings; searched for only where rows came or went since the last look."""
        if self.parent is None:
            return 0
        siblings, place = self.parent.children, self._place
        if place >= len(siblings) or siblings[place] is not self:
            place = self._place = siblings.index(self)
        return place

    def below(self) -> Iterator[Node]:
        for child in self.children:
            yield child
            yield from child.below()


def changed_rows(before: tuple[Row, ...], after: tuple[Row, ...]) -> list[tuple[Row, Row]] | None:
    """The rows that are not the same objects; None where rows came, went or moved."""
    if len(before) != len(after):
        return None
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old is not new]
    return pairs if all(old.id == new.id and old.parent == new.parent for old, new in pairs) else None


class RowTreeModel(QAbstractItemModel):
    """Subclasses say the columns (``columnCount``, ``data``, ``flags``, ``headerData``)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node(None, None)
        self._nodes: dict[str, Node] = {}
        self._left: dict[str, Node] = {}
        self._followed: tuple[Row, ...] = ()

    # --- what Qt asks ---

    def index(self, row: int, column: int, parent: Index = NONE) -> QModelIndex:
        children = self.node(parent).children
        if 0 <= row < len(children) and 0 <= column < self.columnCount():
            return self.createIndex(row, column, children[row])
        return QModelIndex()

    def parent(self, child: Index = NONE) -> Any:
        above = self.node(child).parent if child.isValid() else None
        return self._index_of(above) if above else QModelIndex()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    # --- rows and indexes ---

    def node(self, index: Index) -> Node:
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else self._root

    def row_at(self, index: Index) -> Row | None:
        return self.node(index).row if index.isValid() else None

    def index_of(self, row_id: str, column: int = 0) -> QModelIndex:
        """Invalid where the model has no such row."""
        node = self._nodes.get(row_id)
        return self._index_of(node, column) if node else QModelIndex()

    def _index_of(self, node: Node, column: int = 0) -> QModelIndex:
        return QModelIndex() if node.parent is None else self.createIndex(node.place, column, node)

    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return self._followed

    # --- following the filing ---

    def reset(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        # Nodes know one another and go only when taken apart; those that an index may still point at wait for the next reset.
        for node in self._left.values():
            node.parent = None
            node.children = []
        self._left = self._nodes
        self._root = Node(None, None)
        self._nodes = {}
        self._followed = rows
        for row in rows:
            node = Node(row, self._nodes.get(row.parent or "", self._root))
            (node.parent or self._root).children.append(node)
            self._nodes[row.id] = node
        self.endResetModel()

    def follow(self, rows: tuple[Row, ...], changed: Sequence[Row] | None = None) -> None:
        """Become ``rows`` by the fewest signals. ``changed``: where it is known that no row came, went or moved, those of them
        that are not the objects they were."""
        if changed is None:
            pairs = changed_rows(self._followed, rows)
            changed = None if pairs is None else [new for _, new in pairs]
        self._followed = rows
        if changed is None:
            self._reshape(rows)
            return
        others = [row for row in changed if self._nodes[row.id].row != row]
        for row in changed:
            self._nodes[row.id].row = row
        self.tell(row.id for row in others)

    def _reshape(self, rows: tuple[Row, ...]) -> None:
        wanted = {r.id for r in rows}
        shape = [n.row.id for n in self._root.below() if n.row]
        self._drop([n for n in list(self._nodes.values()) if self._is_gone(n, wanted)])
        places: dict[str | None, int] = {}
        touched: list[str] = []
        for row in rows:
            place = places.get(row.parent, 0)
            places[row.parent] = place + 1
            if self._put(row, place):
                touched.append(row.id)
        self._drop([n for key, n in list(self._nodes.items()) if key not in wanted])
        if shape == [r.id for r in rows]:
            self.tell(touched)
        else:
            self.tell_all()

    def _is_gone(self, node: Node, wanted: set[str]) -> bool:
        return (
            bool(node.row)
            and node.row.id not in wanted
            and not any(n.row and n.row.id in wanted for n in node.below())
        )

    def _drop(self, nodes: list[Node]) -> None:
        for node in nodes:
            if node.row and node.row.id in self._nodes and node.parent:
                at = node.place
                self.beginRemoveRows(self._index_of(node.parent), at, at)
                node.parent.children.pop(at)
                for gone in (node, *node.below()):
                    self._nodes.pop(gone.row.id if gone.row else "", None)
                self.endRemoveRows()

    def _put(self, row: Row, place: int) -> bool:
        """True where a row that stood there already holds something else now."""
        above = self._nodes.get(row.parent or "", self._root)
        node = self._nodes.get(row.id)
        if node is None:
            self.beginInsertRows(self._index_of(above), place, place)
            node = self._nodes[row.id] = Node(row, above)
            above.children.insert(place, node)
            self.endInsertRows()
            return False
        if node.parent is not above or node.place != place:
            self._shift(node, above, place)
        old, node.row = node.row, row
        return old is not row and old != row

    def _shift(self, node: Node, above: Node, place: int) -> None:
        old = node.parent or self._root
        at = node.place
        to = place + 1 if old is above and at < place else place
        if self.beginMoveRows(self._index_of(old), at, at, self._index_of(above), to):
            old.children.pop(at)
            above.children.insert(place, node)
            node.parent = above
            self.endMoveRows()

    def tell(self, row_ids: Iterable[str]) -> None:
        """These rows are shown differently now."""
        last = self.columnCount() - 1
        for row_id in row_ids:
            if node := self._nodes.get(row_id):
                self.dataChanged.emit(self._index_of(node), self._index_of(node, last))

    def tell_all(self) -> None:
        """Counts, numbers and locks may have changed anywhere."""
        self._tell_below(self._root)

    def _tell_below(self, above: Node) -> None:
        if above.children:
            last = self.columnCount() - 1
            first, end = above.children[0], above.children[-1]
            self.dataChanged.emit(self._index_of(first), self._index_of(end, last))
            for child in above.children:
                self._tell_below(child)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction
