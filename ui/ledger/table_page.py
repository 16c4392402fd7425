"""A printed table: what is computed is looked at, single facts are typed, printed numbers of a file are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QLabel, QWidget

from perfdesk.budget.edits import cells_set, set_amount
from perfdesk.budget.paste import TableSheet
from perfdesk.budget.settle import Differences, differences, take_computed, take_printed
from perfdesk.budget.tables import TOTAL
from perfdesk.budget.tails import tails
from perfdesk.model.finding import Place
from ui.form import exchange
from ui.ledger.page import Actions
from ui.ledger.settling import SettleBar
from ui.ledger.typed_page import Texts, TypedPage
from ui.messages import ledger as say
from ui.models.budget_table import TableModel

if TYPE_CHECKING:
    from perfdesk.model.change import Change
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace

WIDTHS = {"number": 44, "code": 96, "name": 190, "line": 200, "money": 112}
MOST_NAME = 340
NARROW, NARROW_NAME = 600, 130
"""In so narrow a room names take less: the columns that stay must leave some for amounts."""


class TablePage(TypedPage):
    MENU = ("copy", "paste", "fill-down", "-", "take-computed", "take-printed", "take-all")

    model: TableModel

    def __init__(self, section: Section, workspace: Workspace, look: Look, actions: Actions) -> None:
        self.bar = SettleBar(actions)
        self.tails = QLabel()
        self.tails.setObjectName("muted")
        self.tails.setWordWrap(True)
        super().__init__(section, workspace, look, TableModel(section, workspace), actions)
        self.model.deed = self.type
        self.empty.setText(say.EMPTY_TABLE)
        self.grid.taken.connect(self._take_at)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._show_bar())

    def notes(self) -> tuple[QWidget, ...]:
        return (self.bar, self.tails)

    def reshaped(self) -> None:
        self.grid.freeze(self.model.frozen)
        super().reshaped()

    def follow_up(self) -> None:
        super().follow_up()
        self._show_bar()
        self._show_tails()

    def _show_tails(self) -> None:
        """What the rounded parts of a total miss, as long as amounts are looked at in a coarser unit."""
        found = tails(self.model.view, self.viewing.unit, self.viewing.view) if self.model.columns else ()
        if found:
            labels = {c.id: c.label for c in self.model.columns}
            first = found[0]
            self.tails.setText(
                say.rounded_tails(len(found), labels[first.column], first.amount, self.viewing.view)
            )
        self.tails.setVisible(bool(found))

    def start(self) -> None:
        """At the first cell that can be typed in; of a table of lines at the first amount: it is as wide as the window."""
        if self.model.columns and self.model.table.kind == "lines":
            place = next((n for n, c in enumerate(self.model.columns) if c.kind == "money"), 0)
            self.grid.select(self.model.index(0, place))
            return
        for n, line in enumerate(self.model.rows()):
            for m in range(self.model.columnCount()):
                cell = self.model.shown(line, m)
                if cell and cell.fact:
                    self.grid.select(self.model.index(n, m))
                    return
        super().start()

    def measure(self) -> None:
        """Amounts as wide as they need, names what is left."""
        columns, px = self.model.columns, self.look.px
        wide = [n for n, c in enumerate(columns) if c.kind in ("name", "line")]
        for place, column in enumerate(columns):
            if place not in wide:
                self.grid.setColumnWidth(place, px(WIDTHS[column.kind]))
        fixed = sum(px(WIDTHS[c.kind]) for c in columns if c.kind not in ("name", "line"))
        room = (self.grid.viewport().width() - fixed) // max(1, len(wide))
        for place in wide:
            narrow = columns[place].kind == "name" and self.grid.viewport().width() < px(NARROW)
            least = px(NARROW_NAME if narrow else WIDTHS[columns[place].kind])
            self.grid.setColumnWidth(place, min(max(room, least), px(MOST_NAME)))

    # --- places ---

    def place(self) -> Place | None:
        here = self.grid.currentIndex()
        key = self.model.key_at(here)
        return Place(f"{self.section.id}!{key}", self.model.columns[here.column()].id) if key else None

    def show_place(self, place: Place) -> bool:
        """A cell by the key of its row, or by the row of the filing that holds what the file printed there."""
        self.catch_up()
        if place.row is None:
            return False
        table, _, key = place.row.partition("!")
        if not key:
            row = self.workspace.filing.row(place.row) if self.workspace.filing else None
            table, key = (row.section, row.get("row")) if row else ("", "")
        line = self.model.line_of(key) if table == self.section.id else ""
        return bool(line) and self.grid.show_cell(line, self._column(key, place.column))

    def _column(self, key: str, column: str | None) -> int:
        """Without a column the first amount that belongs to the key."""
        if column and column != "row":
            return self.model.column_of(column)
        cells = self.model.view.row(key).cells
        return self.model.column_of(next(iter(cells), None))

    def show_change(self, place: Place) -> bool:
        """An amount of the ledger that stands in this table: it is shown here, and nobody is led away."""
        filing = self.workspace.filing
        row = filing.row(place.row) if filing and place.row else None
        if row is None or place.column is None or row.section != self.model.table.ledger:
            return False
        for line in self.model.rows():
            for m in range(self.model.columnCount()):
                cell = self.model.shown(line, m)
                if cell and cell.fact == (row.get("code"), place.column):
                    return self.grid.show_cell(line.id, m)
        return False

    # --- typing ---

    def type(self, key: str, column: str, text: str) -> bool:
        space, budgeted = self.workspace, self.budgeted
        if space.filing is None or space.store is None or budgeted is None:
            return False
        cell = self.model.view.cell(key, column)
        if self.keeps_exact((key, column), cell.computed if cell.printed is None else None, text):
            return True
        kept = self.viewing.kept(text)
        step = set_amount(space.filing, budgeted, self.section.id, key, column, kept, space.store.new_id)
        return step is None or space.apply(step)

    def changes(self, texts: Texts) -> tuple[Change, ...]:
        space, budgeted = self.workspace, self.budgeted
        if space.filing is None or space.store is None or budgeted is None:
            return ()
        cells = [(self.model.key_at(i), self.model.field_at(i), self.viewing.kept(t)) for i, t in texts]
        return cells_set(space.filing, budgeted, self.section.id, cells, space.store.new_id)

    def sheet(self) -> TableSheet:
        keys = tuple(line.keys.get("", line.id) for line in self.model.rows())
        return TableSheet(self.section.id, self.model.targets, keys)

    def names(self) -> dict[str, str]:
        view = self.model.view
        return (
            super().names()
            | {k: view.row(k).code or view.row(k).name for k in view.keys}
            | {TOTAL: say.TOTAL}
        )

    def does(self, action: str) -> bool:
        return action == "fill-down" or (action.startswith("take-") and bool(self._differences()))

    # --- settling what a file printed otherwise ---

    def _differences(self) -> Differences:
        return differences(self.model.view) if self.model.columns and self.model.view.deviations else ()

    def _show_bar(self) -> None:
        cells = self._differences()
        here = self.grid.currentIndex()
        cell = self.model.shown_at(here) if here.isValid() else None
        said = ""
        if cell and cell.printed is not None:
            said = say.both(self.model.cells.shown(cell), self.viewing.shown(cell.computed))
        self.bar.tell(len(cells), said)

    def _take_at(self, index: QModelIndex, upper: bool) -> None:
        self.take("printed" if upper else "computed", [index])

    def take(self, which: str, cells: list[QModelIndex] | None = None) -> None:
        """``computed`` or ``printed`` for the selected cells; ``all``: computed for the whole table."""
        if self.is_closed():
            return
        chosen = self._differences()
        if which != "all":
            picked = exchange.selected(self.grid) or [self.grid.currentIndex()]
            wanted = {(self.model.key_at(i), self.model.columns[i.column()].id) for i in cells or picked}
            chosen = tuple(c for c in chosen if c in wanted)
        if chosen and which == "printed":
            self._take_printed(chosen)
        elif chosen:
            self._take_computed(chosen)

    def _take_computed(self, cells: Differences) -> None:
        space, budgeted = self.workspace, self.budgeted
        if space.filing and budgeted:
            space.apply(take_computed(space.filing, budgeted, self.section.id, cells))

    def _take_printed(self, cells: Differences) -> None:
        """One after the other, each on what the one before has made."""
        refused = False
        for key, column in cells:
            space, budgeted = self.workspace, self.budgeted
            if space.filing is None or budgeted is None:
                return
            step = take_printed(space.filing, budgeted, self.section.id, key, column)
            refused = refused or step is None
            space.apply(step)
        if refused:
            self.told.emit(say.CANNOT_TAKE_PRINTED)
