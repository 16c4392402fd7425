"""Goals with their indicators as a model: name, text, target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from perfdesk.model.filing import Row, depth
from ui import messages as say
from ui.models.cell import CELL, Cell
from ui.models.indicators import FLAGS
from ui.models.row_tree import NONE, Index
from ui.models.section_rows import SectionModel
from ui.models.spoken import spoken

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.workspace import Workspace

ROLE = Qt.ItemDataRole
NAME, TEXT, TARGET = range(3)
FIELDS = (("level1", "goal", ""), ("level2", "description", "target"))
"""What the cells of a goal and of an indicator edit; beside a goal's text stands how many indicators it has."""
GOAL_LINES, DESCRIPTION_LINES = 8, 4


class GoalsModel(SectionModel):
    def __init__(self, section: Section, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.section = section
        names = {f.id: f.name for f in section.fields}
        self._labels = [say.both(names.get(a, ""), names.get(b, "")) for a, b in zip(*FIELDS, strict=True)]

    def section_id(self) -> str:
        return self.section.id

    # --- what Qt asks ---

    def columnCount(self, parent: Index = NONE) -> int:
        return len(self._labels)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return self._labels[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        return FLAGS[bool(self.field_of(row, index.column())), index.column() == NAME]

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        field = self.field_of(row, index.column())
        if role == CELL:
            return self._cell(row, index.column())
        if role == ROLE.DisplayRole:
            return self._text(row, index.column())
        if role == ROLE.EditRole:
            return row.get(field) if field else self._text(row, index.column())
        if role == ROLE.AccessibleTextRole:
            return spoken(self, index)
        if role == ROLE.ToolTipRole:
            own = () if index.column() == NAME else (field,)
            sentence = self.workspace.marks.sentence(row.id, *own) if field else ""
            then = self.last_tip(row, field) if field else ""
            return sentence or then or (row.get(field) if index.column() == TEXT else "") or None
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        row, field = self.row_at(index), self.field_at(index)
        if role != ROLE.EditRole or row is None or not field:
            return False
        return self.workspace.set_cell(row.id, field, str(value))

    # --- cells ---

    def _text(self, row: Row, place: int) -> str:
        field = self.field_of(row, place)
        if not field:
            values = self.workspace.values
            return say.leaf_count(values.counts.get(row.id, 0) if values else 0)
        return row.get(field) or (say.UNNAMED if place == NAME else "")

    def _cell(self, row: Row, place: int) -> Cell:
        field, goal = self.field_of(row, place), depth(row) == 1
        named = place == NAME
        marks = self.workspace.marks
        return Cell(
            text=self._text(row, place),
            right=place == TARGET and not goal,
            tone="muted" if not field or (named and not row.get(field)) else "ink",
            bold=goal and named,
            ground="level2" if goal else "paper",
            edge=marks.severity(row.id, *(() if named else (field,))) if field else None,
            indent=(10 if goal else 30) if named else 8,
            parent=goal and named,
            lines=(GOAL_LINES if goal else DESCRIPTION_LINES) if place == TEXT else 0,
            then=self.then(row, field),
        )

    # --- the same questions as the indicator tree answers ---

    def field_at(self, index: Index) -> str:
        row = self.row_at(index)
        return self.field_of(row, index.column()) if row else ""

    def field_of(self, row: Row, place: int) -> str:
        """The column of the row that this cell edits; empty where it only shows something."""
        return FIELDS[min(depth(row), len(FIELDS)) - 1][place]

    def write(self, cells: dict[str, str], place: int, field: str, text: str) -> None:
        cells[field] = text

    def shows(self, row: Row, place: int, text: str) -> bool:
        """The cell shows exactly this already."""
        return text == self._text(row, place)

    def column_of(self, field: str | None) -> int:
        return next((fields.index(field) for fields in FIELDS if field and field in fields), NAME)

    def is_locked(self, row_id: str) -> bool:
        return False
