"""The entry sheet of a ledger as a model: codes with their computed parents, the facts that are typed, a line for new codes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Qt

from perfdesk.budget.facts import ROOT, Facts, Node
from perfdesk.budget.paste_layout import Target
from perfdesk.budget.tables import TOTAL
from perfdesk.model.ledger import Ledger
from ui.models.cell import CELL
from ui.models.kept_cells import KeptCells
from ui.models.last_facts import LastFacts
from ui.models.ledger_cells import LedgerCells
from ui.models.ledger_lines import LedgerColumn, LedgerLine, changed_nodes, columns_of, lines_of, shape
from ui.models.lines import NONE, OPEN, PLAIN, Index, LinesModel
from ui.models.spoken import spoken
from ui.models.viewing import viewing_of

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.workspace import Workspace

ROLE = Qt.ItemDataRole


class LedgerModel(LinesModel[LedgerLine]):
    """``deed``: does what was typed into a cell (line, column, text); False: it could not be taken."""

    FROZEN = 2

    def __init__(self, section: Section, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.workspace = workspace
        self.viewing = viewing_of(workspace)
        self.columns: tuple[LedgerColumn, ...] = ()
        self.deed: Callable[[LedgerLine, LedgerColumn, str], bool] = lambda *_: False
        self.last = LastFacts(workspace, section.id)
        self._facts: Facts | None = None
        self._marks = workspace.marks
        self.cells = LedgerCells(self)
        self._kept = KeptCells(self, lambda line, place: self.cells.cell(line, place))

    @property
    def facts(self) -> Facts:
        if self._facts is None:
            raise LookupError("no ledger is shown")
        return self._facts

    @property
    def ledger(self) -> Ledger:
        return self.facts.ledger

    @property
    def targets(self) -> tuple[Target, ...]:
        """The columns as pasting understands them."""
        roles: dict[str, Literal["code", "name"]] = {"code": "code", "name": "name"}
        return tuple(Target(c.id, roles.get(c.id, "money"), c.heads) for c in self.columns)

    @property
    def heads(self) -> tuple[tuple[str, ...], ...]:
        """The heading, line by line."""
        return tuple(zip(*(c.heads for c in self.columns), strict=True))

    @property
    def with_then(self) -> bool:
        """Every line has room for last year's amounts, whether or not they were others: nothing moves while one types."""
        return self.viewing.last_year and self.last.facts is not None

    # --- following ---

    def _now(self) -> Facts | None:
        values = self.workspace.values
        return values.budget.facts.get(self.section.id) if values and values.budget else None

    def load(self) -> None:
        facts = self._now()
        self._facts, self._marks = facts, self.workspace.marks
        self.columns = self._columns() if facts else ()
        self.reset(lines_of(facts) if facts else ())

    def update(self) -> bool:
        """True where the columns are others, so that everything began anew."""
        old, facts = self._facts, self._now()
        if facts is None or old is None or facts.ledger is not old.ledger:
            self.load()
            return True
        if facts is old:
            return False
        self._facts = facts
        columns = self._columns()
        if columns != self.columns:
            self.columns = columns
            self.reset(lines_of(facts))
            return True
        self._follow(old, facts)
        return False

    def _columns(self) -> tuple[LedgerColumn, ...]:
        facts = self.facts
        used = frozenset(f for f in facts.ledger.facts if f in facts.root.facts)
        return columns_of(facts.ledger, used, self.viewing.used_only)

    def _follow(self, old: Facts, new: Facts) -> None:
        changed = changed_nodes(old, new)
        keys = {k for _, node in changed if node for k in self._keys(node)}
        if all(shape(old, was) == shape(new, node) for was, node in changed):
            self.tell(keys)
        else:
            self.follow(lines_of(new), keys)

    def _keys(self, node: Node) -> tuple[str, ...]:
        return (TOTAL,) if node.code == ROOT else (f"={node.code}", *node.rows)

    def remark(self) -> None:
        """The findings are new: edges and tooltips of some rows differ."""
        new = self.workspace.marks
        self.tell(self._marks.differing(new))
        self._marks = new

    # --- what Qt asks ---

    def columnCount(self, parent: Index = NONE) -> int:
        return len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == ROLE.DisplayRole:
            return self.columns[section].heads[-1] if section < len(self.columns) else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.row_at(index)
        if line is None:
            return Qt.ItemFlag.NoItemFlags
        return OPEN if self.can_type(line, index.column()) else PLAIN

    def can_type(self, line: LedgerLine, place: int) -> bool:
        column = self.columns[place].id
        if column == "total" or line.kind == "total":
            return False
        if line.kind == "parent":
            return column == "name"
        return line.kind != "new" or column in ("code", "name")

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        line = self.row_at(index)
        if line is None:
            return None
        if role == CELL:
            return self._kept.at(line, index.column())
        if role == ROLE.DisplayRole:
            return self.cells.text(line, self.columns[index.column()])
        if role == ROLE.EditRole:
            return self.cells.raw(line, self.columns[index.column()])
        if role == ROLE.AccessibleTextRole:
            return spoken(self, index)
        if role == ROLE.ToolTipRole:
            return self.cells.tooltip(line, self.columns[index.column()]) or None
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        line = self.row_at(index)
        if role != ROLE.EditRole or line is None or not self.can_type(line, index.column()):
            return False
        return self.deed(line, self.columns[index.column()], str(value))

    # --- what pages ask ---

    def amount_at(self, index: Index) -> Decimal | None:
        """The exact amount, in the filing's unit."""
        line = self.row_at(index)
        return self.cells.amount(line, self.columns[index.column()]) if line else None

    def field_at(self, index: Index) -> str:
        """The column of the row that this cell writes; empty where the cell cannot be typed in."""
        line = self.row_at(index)
        return self.columns[index.column()].id if line and self.can_type(line, index.column()) else ""

    def column_of(self, field: str | None) -> int:
        ids = [c.id for c in self.columns]
        return ids.index(field) if field in ids else 0

    def line_of(self, code: str) -> LedgerLine | None:
        """The first line of a code."""
        return next((x for x in self._lines if x.code == code), None) if code else None
