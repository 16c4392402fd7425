"""The tree of units as a model: what is asked for is made, so that a hundred thousand units open like ten."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.messages import bureau as words

if TYPE_CHECKING:
    from perfdesk.model.bureau import Node
    from perfdesk.model.collected import Counts, Status, UnitStatus
    from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
NONE = QModelIndex()
NAME, STATE, AT, ERRORS, WARNINGS, NOTES = range(6)
TOP = -1
COLOURS = {
    "missing": "muted", "draft": "warning_text", "taken": "ink", "accepted": "good", "returned": "error", "": "quiet",
}  # fmt: skip
DOTS = {
    "missing": "dot", "draft": "warning", "taken": "accent", "accepted": "good", "returned": "error",
}  # fmt: skip
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class UnitModel(QAbstractItemModel):
    """An index carries the number of its node in ``nodes`` (in Qt: one more, so that none is 0)."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.nodes: Sequence[Node] = ()
        self._units: Mapping[str, UnitStatus] = {}
        self._counts: Mapping[str, Counts] = {}
        self._numbers: dict[str, int] = {}
        self._above: list[int] = []
        self._inner: set[int] = set()
        self._below: dict[int, list[int]] = {}
        self._place: dict[int, int] = {}

    def show(self, status: Status, only: Container[str] | None = None) -> None:
        """``only``: these units (keys) and what is above them; None: all."""
        self.beginResetModel()
        self.nodes = nodes = status.nodes
        self._units = {unit.node.key: unit for unit in status.units}
        self._counts = status.counts
        self._numbers = {node.key: number for number, node in enumerate(nodes)}
        self._above = [TOP if n.parent is None else self._numbers[n.parent] for n in nodes]
        self._inner = set(self._above)
        wanted = self._wanted(only)
        self._below, self._place = {}, {}
        for number in range(len(nodes)):
            if wanted is None or number in wanted:
                beside = self._below.setdefault(self._above[number], [])
                self._place[number] = len(beside)
                beside.append(number)
        self.endResetModel()

    def _wanted(self, only: Container[str] | None) -> set[int] | None:
        if only is None:
            return None
        wanted: set[int] = set()
        for number, node in enumerate(self.nodes):
            here = number if node.key in only else TOP
            while here != TOP and here not in wanted:
                wanted.add(here)
                here = self._above[here]
        return wanted

    # --- what Qt asks ---

    def index(self, row: int, column: int, parent: Index = NONE) -> QModelIndex:
        below = self._below.get(self._number(parent), ())
        if 0 <= row < len(below) and 0 <= column < len(words.COLUMNS):
            return self.createIndex(row, column, below[row] + 1)
        return QModelIndex()

    def parent(self, child: Index = NONE) -> Any:
        number = self._number(child)
        above = TOP if number == TOP else self._above[number]
        return QModelIndex() if above == TOP else self.createIndex(self._place[above], 0, above + 1)

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.column() > 0 else len(self._below.get(self._number(parent), ()))

    def columnCount(self, parent: Index = NONE) -> int:
        return len(words.COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return words.COLUMNS[section]
        if orientation == Qt.Orientation.Horizontal and role == ROLE.TextAlignmentRole and section >= ERRORS:
            return RIGHT
        return None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        node, column = self.node(index), index.column()
        if node is None:
            return None
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            text = self._text(node, column)
            spoken = role == ROLE.AccessibleTextRole and column != NAME
            return f"{words.COLUMNS[column]}：{text or words.NONE}" if spoken else text
        if role == ROLE.ToolTipRole:
            full = words.node_tip(node.name, node.code, node.kind)
            return full if column == NAME else self._text(node, column) or None
        if role == ROLE.TextAlignmentRole and column >= ERRORS:
            return RIGHT
        if role == ROLE.ForegroundRole:
            return self.look.colour(self._colour(node, column))
        if role == ROLE.FontRole and column == NAME and self.counts(index):
            return self.look.font(bold=True)
        return None

    def _text(self, node: Node, column: int) -> str:
        unit = self._units.get(node.key)
        handing = unit.handing if unit else None
        if column == NAME:
            return node.name
        if column == STATE:
            own = words.state_text(unit.state, handing is not None and handing.draft) if unit else ""
            below = self._counts[node.key] if self._numbers[node.key] in self._inner else None
            told = words.progress(below.received, below.units, below.wrong) if below else ""
            return words.SEPARATOR.join(part for part in (own, told) if part)
        if handing is None:
            return ""
        if column == AT:
            return words.received(handing.at)
        return str((handing.errors, handing.warnings, handing.notes)[column - ERRORS] or "")

    def _colour(self, node: Node, column: int) -> str:
        if column == STATE:
            return COLOURS[self.state(node.key)]
        return {NAME: "ink", ERRORS: "error", WARNINGS: "warning_text"}.get(column, "quiet")

    # --- nodes and indexes ---

    def _number(self, index: Index) -> int:
        return int(index.internalId()) - 1 if index.isValid() else TOP

    def node(self, index: Index) -> Node | None:
        number = self._number(index)
        return None if number == TOP else self.nodes[number]

    def counts(self, index: Index) -> Counts | None:
        """Of a node with others below it."""
        number = self._number(index)
        return self._counts.get(self.nodes[number].key) if number != TOP and number in self._inner else None

    def state(self, key: str) -> str:
        """Empty of a node from which nothing is expected."""
        unit = self._units.get(key)
        if unit is None:
            return ""
        return "draft" if unit.handing is not None and unit.handing.draft else unit.state

    def is_unit(self, index: Index) -> bool:
        node = self.node(index)
        return node is not None and node.key in self._units

    def index_of(self, key: str) -> QModelIndex:
        """Invalid where it is not shown."""
        number = self._numbers.get(key, TOP)
        if number not in self._place:
            return QModelIndex()
        return self.createIndex(self._place[number], 0, number + 1)

    def is_empty(self) -> bool:
        return not self._place
