"""What came with a folder as lines: units of which something can be taken first, then what cannot be placed or taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.messages import bureau as words

if TYPE_CHECKING:
    from perfdesk.model.collected import Choice, Collection, Refused, Unplaced, Version
    from ui.look import Look

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
NONE = QModelIndex()
UNIT, STANDING, PAPERS, FROM = range(4)
ORDER = ("newer", "first", "undecided", "draft", "unplaced", "refused", "older", "same", "unopened")
COLOURS = {
    "newer": "accent_deep", "first": "good", "undecided": "warning_text", "draft": "warning_text",
    "unplaced": "warning_text", "refused": "error",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """``kind`` as ``ORDER``. One of ``choice``, ``unplaced``, ``refused`` is there; of a file that was not opened its path alone."""

    kind: str
    unit: str
    files: str
    choice: Choice | None = None
    unplaced: Unplaced | None = None
    refused: Refused | None = None

    @property
    def ticked(self) -> bool:
        return self.choice is not None and self.choice.proposed is not None


class ReviewModel(QAbstractTableModel):
    """``ticks``: others are to be taken now."""

    ticks = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.lines: list[Line] = []

    def show(self, found: Collection) -> None:
        self.beginResetModel()
        self.lines = sorted(_lines(found), key=lambda line: ORDER.index(line.kind))
        self.endResetModel()
        self.ticks.emit()

    def chosen(self) -> list[Choice]:
        """What is to be taken."""
        return [line.choice for line in self.lines if line.choice is not None and line.ticked]

    def show_again(self, found: Collection) -> None:
        """The same files, arranged otherwise: what somebody chose of a unit from which nothing else came now stays chosen."""
        before = {(c.node.key, c.year): c for line in self.lines if (c := line.choice) is not None}
        choices = tuple(_kept(one, before.get((one.node.key, one.year))) for one in found.choices)
        self.show(replace(found, choices=choices))

    def row_of(self, path: str) -> int:
        """The line with this file; the first where there is none."""
        return next((n for n, line in enumerate(self.lines) if path in _paths(line)), 0)

    def propose(self, row: int, version: int | None) -> None:
        """This of the several things that came from the unit is to be taken; None: nothing."""
        line = self.lines[row]
        if line.choice is not None:
            self.lines[row] = replace(line, choice=replace(line.choice, proposed=version))
            self._changed(row)

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(words.REVIEW_COLUMNS) - 1))
        self.ticks.emit()

    # --- what Qt asks ---

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        return len(words.REVIEW_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return words.REVIEW_COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ticks = index.column() == UNIT and self.lines[index.row()].choice is not None
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticks else flags

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return self._text(line, column)
        if role == ROLE.CheckStateRole and column == UNIT and line.choice is not None:
            return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
        if role == ROLE.ForegroundRole and column != UNIT:
            return self.look.colour(COLOURS.get(line.kind, "quiet") if column == STANDING else "quiet")
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        choice = self.lines[index.row()].choice
        if role != ROLE.CheckStateRole or choice is None:
            return False
        self.propose(index.row(), 0 if Qt.CheckState(value) == Qt.CheckState.Checked else None)
        return True

    def _text(self, line: Line, column: int) -> str:
        if column == STANDING:
            return words.GROUPS_OF[line.kind]
        if column == PAPERS:
            choice = line.choice
            shown = choice.version or choice.versions[0] if choice else None
            return words.papers(shown.papers) if shown else ""
        return line.unit if column == UNIT else line.files


def _lines(found: Collection) -> Iterator[Line]:
    yield from map(_of_choice, found.choices)
    for one in found.unplaced:
        yield Line("unplaced", one.seen.unit_name or words.UNNAMED, Path(one.seen.path).name, unplaced=one)
    for one in found.refused:
        yield Line("refused", Path(one.path).name, one.message, refused=one)
    for path in found.unopened:
        yield Line("unopened", Path(path).name, str(Path(path).parent))


def _kept(choice: Choice, before: Choice | None) -> Choice:
    same = before is not None and [v.digest for v in before.versions] == [v.digest for v in choice.versions]
    return replace(choice, proposed=before.proposed) if same and before is not None else choice


def _paths(line: Line) -> Iterator[str]:
    for version in line.choice.versions if line.choice else ():
        yield from (one.path for one in version.files)
        yield from version.again


def _of_choice(choice: Choice) -> Line:
    many = len(choice.versions) > 1
    files = words.several(len(choice.versions)) if many else files_of(choice.versions[0])
    return Line(choice.standing, choice.node.name, files, choice)


def files_of(version: Version) -> str:
    return "、".join(Path(one.path).name for one in version.files)
