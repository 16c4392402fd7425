"""A printed budget table as a model: rows and columns as they print, made when they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Qt

from perfdesk.budget.paste_layout import Target
from perfdesk.budget.tables import TOTAL, Shown, View
from perfdesk.model.ledger import BudgetTable, Column
from ui.models.budget_cells import TableCells
from ui.models.cell import CELL
from ui.models.kept_cells import KeptCells
from ui.models.ledger_lines import changed_nodes
from ui.models.lines import NONE, OPEN, PLAIN, Index, LinesModel
from ui.models.spoken import spoken
from ui.models.viewing import viewing_of

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.workspace import Workspace

ROLE = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class TableLine:
    """A printed row. ``keys``: of a table of lines the line that stands in each of its line columns; else the one key is under ````."""

    id: str
    number: int
    keys: dict[str, str] = field(default_factory=dict[str, str], compare=False)


def lines_of(view: View) -> list[TableLine]:
    if view.table.kind != "lines":
        return [TableLine(key, n, {"": key}) for n, key in enumerate(view.keys, 1)]
    rows: dict[int, dict[str, str]] = {}
    for line in view.table.lines:
        rows.setdefault(line.row, {})[line.column] = line.id
    return [TableLine(f"row {n}", n, rows.get(n, {})) for n in range(1, max(rows, default=0) + 1)]


def owners(table: BudgetTable) -> dict[str, str]:
    """Column → the line column that it belongs to; empty in a table of codes."""
    found: dict[str, str] = {}
    owner = ""
    for column in table.columns:
        owner = column.id if column.kind == "line" else owner
        found[column.id] = owner
    return found


class TableModel(LinesModel[TableLine]):
    """``deed``: does what was typed into a cell (row key, column, text); False: it could not be taken."""

    def __init__(self, section: Section, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.workspace = workspace
        self.viewing = viewing_of(workspace)
        self.deed: Callable[[str, str, str], bool] = lambda *_: False
        self._view: View | None = None
        self._owners: dict[str, str] = {}
        self._marks = workspace.marks
        self.cells = TableCells(self)
        self._kept = KeptCells(self, lambda line, place: self.cells.cell(line, place))

    @property
    def view(self) -> View:
        if self._view is None:
            raise LookupError("no table is shown")
        return self._view

    @property
    def table(self) -> BudgetTable:
        return self.view.table

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._view.table.columns if self._view else ()

    @property
    def frozen(self) -> int:
        """So many columns stay while one scrolls to the right: number, code and name."""
        kinds = [c.kind for c in self.columns]
        return kinds.index("name") + 1 if "name" in kinds else 0

    @property
    def heads(self) -> tuple[tuple[str, ...], ...]:
        return self.table.heads or (tuple(c.label for c in self.columns),)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The columns as pasting understands them."""
        roles: dict[str, Literal["code", "name", "money"]] = {
            "code": "code",
            "name": "name",
            "money": "money",
        }
        return tuple(
            Target(c.id, roles.get(c.kind, "other"), _labels(c, n, self.heads))
            for n, c in enumerate(self.columns)
        )

    # --- following ---

    def _now(self) -> View | None:
        values = self.workspace.values
        return values.budget.view(self.section.id) if values and values.budget else None

    def load(self) -> None:
        self._view, self._marks = self._now(), self.workspace.marks
        self._owners = owners(self._view.table) if self._view else {}
        self.reset(lines_of(self._view) if self._view else ())

    def update(self) -> None:
        old, new = self._view, self._now()
        if new is None or old is None or new.table is not old.table:
            self.load()
            return
        if new is old:
            return
        self._view = new
        if new.table.kind == "lines":
            self.tell_all()
            return
        nodes = (a or b for a, b in changed_nodes(old.facts, new.facts))
        changed = {node.code or TOTAL for node in nodes if node}
        odd = old.deviations.keys() | new.deviations.keys()
        changed |= {k for k in odd if old.deviations.get(k) != new.deviations.get(k)}
        if all(old.has(k) == new.has(k) for k in changed | {TOTAL}):
            self.tell(changed)
        else:
            self.follow(lines_of(new), changed)
            self.tell_all()

    def remark(self) -> None:
        """The findings are new: edges and tooltips of some rows differ."""
        old, self._marks = self._marks, self.workspace.marks
        mine = {
            r.partition("!")[2] for r in old.differing(self._marks) if r.startswith(f"{self.section.id}!")
        }
        if mine and self._view and self.table.kind == "lines":
            self.tell_all()
        else:
            self.tell(mine)

    # --- what Qt asks ---

    def columnCount(self, parent: Index = NONE) -> int:
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return self.columns[section].label if section < len(self.columns) else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        # Views ask this of every row: what holds no amount must cost nothing.
        money = self.columns[index.column()].kind == "money"
        return OPEN if money and self.field_at(index) else PLAIN

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        line = self.row_at(index)
        if line is None:
            return None
        if role == CELL:
            return self._kept.at(line, index.column())
        if role == ROLE.DisplayRole:
            return self.cells.text(line, index.column())
        if role == ROLE.EditRole:
            return self.cells.raw(line, index.column())
        if role == ROLE.AccessibleTextRole:
            return spoken(self, index)
        if role == ROLE.ToolTipRole:
            return self.cells.tooltip(line, index.column()) or None
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        line, column = self.row_at(index), self.field_at(index)
        if role != ROLE.EditRole or line is None or not column:
            return False
        return self.deed(self.key_at(index), column, str(value))

    # --- what pages ask ---

    def key(self, line: TableLine, place: int) -> str:
        """The key of what stands there; empty where nothing does."""
        return line.keys.get(self._owners.get(self.columns[place].id, ""), "")

    def key_at(self, index: Index) -> str:
        line = self.row_at(index)
        return self.key(line, index.column()) if line else ""

    def shown(self, line: TableLine, place: int) -> Shown | None:
        """The money cell; None where there is none."""
        key = self.key(line, place)
        return self.view.row(key).cells.get(self.columns[place].id) if key else None

    def shown_at(self, index: Index) -> Shown | None:
        line = self.row_at(index)
        return self.shown(line, index.column()) if line else None

    def amount_at(self, index: Index) -> Decimal | None:
        """The exact amount that stands in the cell, in the filing's unit."""
        cell = self.shown_at(index)
        return cell.amount(self.viewing.unit).value if cell else None

    def field_at(self, index: Index) -> str:
        """The column, where the cell can be typed in."""
        cell = self.shown_at(index)
        return self.columns[index.column()].id if cell and cell.fact else ""

    def column_of(self, field: str | None) -> int:
        ids = [c.id for c in self.columns]
        return ids.index(field) if field in ids else 0

    def line_of(self, key: str) -> str:
        """The printed row in which a key stands; empty where none has it."""
        return next((x.id for x in self._lines if key in x.keys.values()), "")


def _labels(column: Column, place: int, heads: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The column's labels from the top, the one that names it last."""
    above = (row[place] for row in heads if place < len(row))
    found = tuple(dict.fromkeys(t for t in above if t and t != column.label and not t.isdigit()))
    return (*found, column.label)
