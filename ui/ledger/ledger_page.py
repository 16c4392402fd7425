"""The entry sheet of a ledger: codes are typed by code, name or pinyin, amounts at leaves; parents and sums fill themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from perfdesk.budget.paste import LedgerSheet
from perfdesk.model.change import SetCell, Step
from perfdesk.model.finding import Place
from ui.form import edits
from ui.ledger.code_typing import CodeTyping
from ui.ledger.completion import CodeCompletion
from ui.ledger.page import Actions
from ui.ledger.typed_page import Texts, TypedPage
from ui.messages import ledger as say
from ui.models.ledger import LedgerModel
from ui.models.ledger_lines import NEW, LedgerColumn, LedgerLine, keys_for_pasting

if TYPE_CHECKING:
    from perfdesk.model.change import Change
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace

WIDTHS = {"code": 110, "total": 112}
MONEY, NAME, MOST_NAME = 112, 200, 380
FROZEN = 2
BEFORE_WARMING = 1500
"""Milliseconds from the first look at a ledger until the pinyin of its codes is looked up."""
NARROW, NARROW_NAME = 600, 140
"""In so narrow a room names take less: the columns that stay must leave some for amounts."""


class LedgerPage(TypedPage):
    TOOLS = ("row-add", "row-remove")
    MENU = (
        "row-add",
        "-",
        "copy",
        "paste",
        "fill-down",
        "-",
        "use-last",
        "last-year",
        "-",
        "row-remove",
        "-",
        "codes",
    )

    model: LedgerModel

    def __init__(self, section: Section, workspace: Workspace, look: Look, actions: Actions) -> None:
        super().__init__(section, workspace, look, LedgerModel(section, workspace), actions)
        self.codes = CodeTyping(workspace, self.model, self.grid)
        self.codes.told.connect(self.told)
        self.model.deed = self.type
        self.empty.setText(say.EMPTY_LEDGER)
        self.used_only = QCheckBox(say.USED_ONLY)
        self.used_only.setToolTip(say.USED_ONLY_TIP)
        self.used_only.clicked.connect(self.viewing.show_used_only)
        self.tools.insertWidget(1, self.used_only)
        self.completion = CodeCompletion(self.grid, self.model, look)
        self.completion.taken.connect(self.take_code)

    def has_lines(self) -> bool:
        return self.model.rowCount() > 1

    def follow(self) -> None:
        here = self.place()
        if self.model.update():
            self.reshaped()
            if here:
                self.show_place(here)

    def reshaped(self) -> None:
        self.grid.freeze(FROZEN)
        self.used_only.setChecked(self.viewing.used_only)
        super().reshaped()

    def start(self) -> None:
        """At the first amount that can be typed; in an empty ledger at the line for new codes."""
        QTimer.singleShot(BEFORE_WARMING, self.completion, self.completion.warm)
        first = next((x for x in self.model.rows() if x.kind == "leaf"), None)
        column = 3 if first and len(self.model.columns) > 3 else 0
        self.grid.select(self.model.index_of(first.id if first else NEW, column))

    def measure(self) -> None:
        columns, px = self.model.columns, self.look.px
        fixed = 0
        for place, column in enumerate(columns):
            if column.id != "name":
                width = px(WIDTHS.get(column.id, MONEY))
                self.grid.setColumnWidth(place, width)
                fixed += width
        if columns:
            whole = self.grid.viewport().width()
            least = px(NAME if whole >= px(NARROW) else NARROW_NAME)
            self.grid.setColumnWidth(1, min(max(whole - fixed, least), px(MOST_NAME)))

    # --- places ---

    def place(self) -> Place | None:
        here = self.grid.currentIndex()
        line = self.model.row_at(here)
        if line is None or here.column() >= len(self.model.columns):
            return None
        return Place(line.id, self.model.columns[here.column()].id)

    def show_place(self, place: Place) -> bool:
        """A row of the ledger, or a line of the sheet by its key; a row that only names a parent is shown there."""
        self.catch_up()
        if place.row is None:
            return False
        column = self.model.column_of(place.column)
        if self.grid.show_cell(place.row, column):
            return True
        row = self.workspace.filing.row(place.row) if self.workspace.filing else None
        line = self.model.line_of(row.get("code")) if row and row.section == self.section.id else None
        return line is not None and self.grid.show_cell(line.id, column)

    # --- typing ---

    def type(self, line: LedgerLine, column: LedgerColumn, text: str) -> bool:
        if column.fact:
            return self._type_amount(line, column.fact, text)
        if line.kind == "new":
            return not text.strip() or self.codes.add_typed(text)
        return self.codes.change(line, text) if column.id == "code" else self.codes.rename(line, text)

    def _type_amount(self, line: LedgerLine, fact: str, text: str) -> bool:
        amount = self.model.amount_at(self.model.index_of(line.id, self.model.column_of(fact)))
        if self.keeps_exact((line.id, fact), amount, text):
            return True
        return self.workspace.set_cell(line.id, fact, self.viewing.kept(text))

    def take_code(self, key: str, code: str) -> None:
        """A suggestion was taken in the line with that key."""
        self.grid.revert()
        index = self.model.index_of(key)
        line = self.model.row_at(index)
        if line is None:
            return
        with self.grid.leaving():
            if line.kind == "new":
                self.codes.add(code)
            else:
                self.codes.change(line, code)
            self.grid.step("down")

    def changes(self, texts: Texts) -> tuple[Change, ...]:
        """Amounts only: codes and names are not cleared or filled down."""
        filing = self.workspace.filing
        cells = [(x.id, self.model.field_at(i), t) for i, t in texts if (x := self.model.row_at(i))]
        return tuple(
            SetCell(row, fact, kept)
            for row, fact, text in cells
            if "." in fact
            and filing
            and (own := filing.row(row))
            and (kept := self.viewing.kept(text)) != own.get(fact)
        )

    def sheet(self) -> LedgerSheet:
        return LedgerSheet(self.model.ledger, self.model.targets, keys_for_pasting(self.model.rows()))

    # --- rows ---

    def does(self, action: str) -> bool:
        return action in ("row-add", "row-remove", "fill-down")

    def add_row(self) -> None:
        """To the line for new codes, ready to type."""
        if self.is_closed():
            return
        self.grid.show_cell(NEW, 0)
        self.grid.edit(self.grid.currentIndex())

    def remove_rows(self) -> None:
        space = self.workspace
        if self.is_closed():
            return
        lines = [x for key in self.grid.selected_rows() if (x := self.model.row_at(self.model.index_of(key)))]
        rows = [x.id for x in lines if x.kind in ("leaf", "uncounted")]
        if any(x.kind in ("parent", "total") for x in lines):
            self.told.emit(say.ONLY_LEAVES)
        if space.form and space.filing and rows:
            here = self.grid.currentIndex()
            step = edits.remove(space.form, space.filing, rows)
            if space.apply(Step(step.label, step.changes) if step else None):
                last = self.model.rowCount() - 1
                self.grid.select(self.model.index(min(here.row(), last), here.column()))
