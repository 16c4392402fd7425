"""A list section as a model: the row's number, then its columns as wrapped text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from perfdesk.model.filing import Row
from perfdesk.values import parse_amount, show_amount
from ui import messages as say
from ui.models.cell import CELL, Cell
from ui.models.row_tree import NONE, Index
from ui.models.section_rows import SectionModel
from ui.models.spoken import spoken

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.workspace import Workspace

ROLE = Qt.ItemDataRole


class ListModel(SectionModel):
    """Column 0 is the number; it cannot be edited and is where a row is taken to be dragged."""

    def __init__(self, section: Section, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.section = section
        self._numbers: dict[str, int] = {}

    def section_id(self) -> str:
        return self.section.id

    def reset(self, rows: tuple[Row, ...]) -> None:
        self._numbers = _numbered(rows)
        super().reset(rows)

    def keep_up(self, rows: tuple[Row, ...], changed: list[Row] | None) -> None:
        """Numbers are others only when everything stands in its place, and then that is told: while rows come and go, views
        take the rows beside them for the same."""
        super().keep_up(rows, changed)
        if changed is None:
            before, self._numbers = self._numbers, _numbered(rows)
            self.tell(r for r, number in self._numbers.items() if before.get(r) != number)

    def columnCount(self, parent: Index = NONE) -> int:
        return 1 + len(self.section.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return self.section.fields[section - 1].name if section else say.COLUMN_NUMBER
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        return flags | (Qt.ItemFlag.ItemIsEditable if index.column() else Qt.ItemFlag.ItemIsDragEnabled)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        column = index.column()
        text = (
            row.get(self.section.fields[column - 1].id)
            if column
            else str(self._numbers.get(row.id, index.row() + 1))
        )
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return text
        if role == CELL:
            return self._cell(row, column, text)
        if role == ROLE.AccessibleTextRole:
            return spoken(self, index)
        if role == ROLE.ToolTipRole:
            own = (self.section.fields[column - 1].id,) if column else ()
            then = self.last_tip(row, own[0]) if own else ""
            return self.workspace.marks.sentence(row.id, *own) or then or None
        return None

    def _cell(self, row: Row, column: int, text: str) -> Cell:
        marks = self.workspace.marks
        if not column:
            return Cell(text, tone="muted", edge=marks.severity(row.id), indent=12)
        field = self.section.fields[column - 1]
        number = field.kind in ("money", "number")
        return Cell(
            self._dressed(text) if field.kind == "money" else text,
            right=number,
            edge=marks.severity(row.id, field.id),
            then=self.then(row, field.id),
        )

    def last_of(self, row: Row, field: str) -> str:
        """An amount with separators, as everywhere in the list."""
        last = super().last_of(row, field)
        money = any(f.id == field and f.kind == "money" for f in self.section.fields)
        return self._dressed(last) if money else last

    def _dressed(self, text: str) -> str:
        """An amount with separators; as typed where it cannot be read."""
        form = self.workspace.form
        amount = parse_amount(text, form.amount_unit if form else "")
        return text if amount.value is None or amount.problem else show_amount(amount.value)

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        row, field = self.row_at(index), self.field_at(index)
        if role != ROLE.EditRole or row is None or not field:
            return False
        return self.workspace.set_cell(row.id, field, str(value))

    # --- the same questions as the indicator tree answers ---

    def field_at(self, index: Index) -> str:
        row = self.row_at(index)
        return self.field_of(row, index.column()) if row else ""

    def field_of(self, row: Row, place: int) -> str:
        return self.section.fields[place - 1].id if place else ""

    def write(self, cells: dict[str, str], place: int, field: str, text: str) -> None:
        cells[field] = text

    def shows(self, row: Row, place: int, text: str) -> bool:
        """Numbers of rows are shown, never given."""
        return not place

    def column_of(self, field: str | None) -> int:
        ids = [f.id for f in self.section.fields]
        return ids.index(field) + 1 if field in ids else 1

    def is_locked(self, row_id: str) -> bool:
        return False


def _numbered(rows: tuple[Row, ...]) -> dict[str, int]:
    return {row.id: number for number, row in enumerate(rows, 1)}
