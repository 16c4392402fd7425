"""The indicator tree as a model: name, sign, value, the form's further columns, last year's value, explanation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Qt

from perfdesk.catalog import label_key
from perfdesk.model.filing import Row, depth
from perfdesk.model.form import LEVELS, Form, Standard
from ui import messages as say
from ui.models.cell import CELL, Cell
from ui.models.kept_cells import KeptCells
from ui.models.last_targets import LastTargets
from ui.models.locks import locked_rows
from ui.models.row_tree import NONE, Index
from ui.models.section_rows import SectionModel
from ui.models.spoken import spoken
from ui.models.target_text import is_number, shown_target, shown_value, split_target, with_sign, with_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.workspace import Workspace

Kind = Literal["name", "sign", "value", "field", "before", "explain"]
ROLE = Qt.ItemDataRole
INDENTS = (10, 30, 54)
_ANY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
FLAGS = {
    (edits, drags): _ANY
    | (Qt.ItemFlag.ItemIsEditable if edits else _ANY)
    | (Qt.ItemFlag.ItemIsDragEnabled if drags else _ANY)
    for edits in (False, True)
    for drags in (False, True)
}
"""By whether the cell can be edited and the row dragged; made once, for every painted cell asks."""
GROUNDS = ("level1", "level2", "paper")


@dataclass(frozen=True, slots=True)
class Column:
    """``field`` is the column of the row that it edits (of ``name``: of a leaf); ``width`` in pixels of the drawing, 0: the rest."""

    kind: Kind
    label: str
    field: str = ""
    width: int = 0


def columns_of(form: Form) -> tuple[Column, ...]:
    """A form with an explanation of its own among the columns needs no second one from the standards."""
    fields = [f for f in form.tree.fields if f.id not in (*LEVELS, "target")]
    further = tuple(Column("field", f.name, f.id, 0 if f.kind == "note" else 84) for f in fields)
    noted = any(f.kind == "note" for f in fields)
    target = form.tree.field("target")
    return (
        Column("name", say.COLUMN_NAME, "level3", 300),
        Column("sign", say.COLUMN_SIGN, "target", 56),
        Column("value", target.name if target else "", "target", 92),
        *(c for c in further if c.width),
        Column("before", say.COLUMN_BEFORE, "", 88),
        *((c for c in further if not c.width) if noted else (Column("explain", say.COLUMN_EXPLAIN),)),
    )


class IndicatorModel(SectionModel):
    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.columns: tuple[Column, ...] = ()
        self._counting: Column | None = None
        self._locked: frozenset[str] = frozenset()
        self._cells = KeptCells(self, self._cell)
        self.last = LastTargets(self)
        self._standards: dict[str, Standard] = {}

    def section_id(self) -> str:
        return self.workspace.form.tree.id if self.workspace.form else ""

    def load(self) -> None:
        space = self.workspace
        self.columns = self.columns_for(space.form) if space.form else ()
        self._counting = self.columns[-1] if self.columns else None
        self._standards = {
            label_key(name): s for s in space.catalog.standards.values() for name in (s.name, *s.aliases)
        }
        self._relock()
        super().load()

    def columns_for(self, form: Form) -> tuple[Column, ...]:
        return columns_of(form)

    def keep_up(self, rows: tuple[Row, ...], changed: list[Row] | None) -> None:
        """What became free or locked elsewhere is told, too."""
        before = self._locked
        if changed is None or any(self._is_renamed(row) for row in changed):
            self._relock()
        super().keep_up(rows, changed)
        self.tell(before ^ self._locked)

    def _is_renamed(self, row: Row) -> bool:
        old = self.row_at(self.index_of(row.id))
        return old is None or any(old.get(c) != row.get(c) for c in LEVELS)

    def show_columns(self, shown: Sequence[Column], counting: Column) -> None:
        """Those for which the view has room, and where the counts of leaves stand in the level-1 and level-2 rows."""
        self._counting = counting
        self.last.without = frozenset(c.kind for c in self.columns if c not in shown)
        self._cells.clear()

    def _relock(self) -> None:
        space = self.workspace
        self._locked = locked_rows(space.form, space.filing) if space.form and space.filing else frozenset()

    def is_locked(self, row_id: str) -> bool:
        return row_id in self._locked

    # --- what Qt asks ---

    def columnCount(self, parent: Index = NONE) -> int:
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if (
            orientation == Qt.Orientation.Horizontal
            and role == ROLE.DisplayRole
            and section < len(self.columns)
        ):
            return self.columns[section].label
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        edits = bool(self.field_of(row, index.column()))
        return FLAGS[edits, index.column() == 0 and not self.is_locked(row.id)]

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == CELL:
            return self._cells.at(row, index.column())
        if role == ROLE.DisplayRole:
            return self._text(row, column)
        if role == ROLE.EditRole:
            return self._raw(row, column)
        if role == ROLE.AccessibleTextRole:
            return spoken(self, index)
        if role == ROLE.ToolTipRole:
            return self._tooltip(row, column)
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        field, row = self.field_at(index), self.row_at(index)
        if role != ROLE.EditRole or not field or row is None:
            return False
        cells = dict(row.cells)
        self.write(cells, index.column(), field, str(value))
        return self.workspace.set_cell(row.id, field, cells[field])

    # --- cells ---

    def field_at(self, index: Index) -> str:
        """The column of the row that this cell edits; empty where the cell cannot be edited."""
        row = self.row_at(index)
        return self.field_of(row, index.column()) if row else ""

    def field_of(self, row: Row, place: int) -> str:
        column = self.columns[place]
        if column.kind == "name":
            return "" if self.is_locked(row.id) else LEVELS[depth(row) - 1]
        return column.field if depth(row) == 3 else ""

    def write(self, cells: dict[str, str], place: int, field: str, text: str) -> None:
        """``text`` typed into column ``place``: what becomes of the row's field."""
        kind, raw = self.columns[place].kind, cells.get("target", "")
        if kind == "sign":
            text = with_sign(raw, text)
        elif kind == "value":
            text = with_value(raw, text)
        cells[field] = text

    def shows(self, row: Row, place: int, text: str) -> bool:
        """The cell shows exactly this already."""
        return text in (self._text(row, self.columns[place]), self._raw(row, self.columns[place]))

    def column_of(self, field: str | None) -> int:
        """Where a field of the rows is shown; 0 for the names and for what is not shown."""
        kinds = [c.field if c.kind in ("value", "field") else "" for c in self.columns]
        return kinds.index(field) if field and field in kinds else 0

    def _raw(self, row: Row, column: Column) -> str:
        if column.kind == "name":
            return row.get(LEVELS[depth(row) - 1])
        if column.kind in ("sign", "value"):
            return split_target(row.get("target"))[0 if column.kind == "sign" else 1]
        return row.get(column.field) if column.field else self._text(row, column)

    def _text(self, row: Row, column: Column) -> str:
        if depth(row) < 3 and column.kind != "name":
            return say.leaf_count(self._count(row)) if column is self._counting else ""
        match column.kind:
            case "name":
                return row.get(LEVELS[depth(row) - 1]) or say.UNNAMED
            case "value":
                return shown_value(row.get("target"))
            case "before":
                return shown_target(self.last.target(row))
            case "explain":
                standard = self._standards.get(label_key(row.get("level3")))
                return (standard.formula or standard.explain) if standard else ""
            case _:
                return self._raw(row, column)

    def _count(self, row: Row) -> int:
        return self.workspace.values.counts.get(row.id, 0) if self.workspace.values else 0

    def _cell(self, row: Row, place: int) -> Cell:
        column = self.columns[place]
        level, text = depth(row), self._text(row, column)
        name = column.kind == "name"
        marks = self.workspace.marks
        own = (LEVELS[level - 1],) if name else (column.field,)
        return Cell(
            text=text,
            right=column.kind in ("value", "before") and level == 3 and self._is_number(row, column),
            tone=self._tone(row, column),
            bold=level == 1 and bool(text),
            ground=GROUNDS[level - 1],
            edge=marks.severity(row.id, *(() if name else own))
            if column.field and column.kind != "sign"
            else None,
            indent=INDENTS[level - 1] if name else 8,
            parent=name and level < 3,
            locked=name and level == 3 and self.is_locked(row.id),
            lines=2 if column.kind == "explain" else 4 if column.width == 0 else 0,
            then=self.last.below(row, column),
        )

    def last_of(self, row: Row, field: str) -> str:
        return self.last.target(row) if field == "target" else super().last_of(row, field)

    def _is_number(self, row: Row, column: Column) -> bool:
        raw = row.get("target") if column.kind == "value" else self.last.target(row)
        return is_number(raw, row.get("unit"))

    def _tone(self, row: Row, column: Column) -> Literal["ink", "muted"]:
        if column.kind == "name":
            return "ink" if row.get(LEVELS[depth(row) - 1]) else "muted"
        return "muted" if column.kind in ("before", "explain") or depth(row) < 3 else "ink"

    def _tooltip(self, row: Row, column: Column) -> str | None:
        marks = self.workspace.marks
        own = () if column.kind == "name" else (column.field,)
        if column.field and (sentence := marks.sentence(row.id, *own)):
            return sentence
        if column.kind == "field" and not column.width:
            return row.get(column.field) or None
        standard = self._standards.get(label_key(row.get("level3"))) if depth(row) == 3 else None
        if standard and column.kind in ("name", "explain"):
            return f"{standard.explain}\n{standard.formula}".strip()
        return say.LOCKED if column.kind == "name" and self.is_locked(row.id) else None
