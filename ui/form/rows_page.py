"""A page whose section has rows: tools above, the grid, copy and paste, menu, dragging. Lists and trees build on it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Step
from perfdesk.model.finding import Place
from perfdesk.values import parse_amount
from ui import messages as say
from ui.form import edits, exchange
from ui.form.blocks import Block
from ui.form.filling import fill_down
from ui.form.grid import GridView
from ui.form.page import Page
from ui.form.pasting import Landing, paste
from ui.form.row_tools import RowTools
from ui.messages import deeds as words
from ui.mnemonics import Mnemonics

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.form.exchange import Model
    from ui.look import Look
    from ui.workspace import Workspace

Actions = Mapping[str, QAction]


class RowsPage(Page):
    """Subclasses say the tools, how rows are added and where a pasted block lands."""

    TOOLS: tuple[str, ...] = ()
    MENU: tuple[str, ...] = ()

    def __init__(
        self,
        section: Section,
        workspace: Workspace,
        look: Look,
        model: Model,
        actions: Actions,
    ) -> None:
        super().__init__(section, workspace, look)
        self.model = model
        self.actions_by_id = actions
        self.grid = GridView(look, model)
        self.grid.setAccessibleName(section.label)
        self.empty = QLabel(say.EMPTY_ROWS, alignment=Qt.AlignmentFlag.AlignCenter)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(RowTools(look, self.TOOLS, actions))
        column.addWidget(self.empty)
        column.addWidget(self.grid, 1)
        self._connect()

    def first(self) -> QWidget:
        return self.grid

    def _connect(self) -> None:
        grid = self.grid
        grid.cleared.connect(self.clear)
        grid.copied.connect(self.copy)
        grid.pasted.connect(self.paste)
        grid.dropped.connect(self.drop)
        grid.customContextMenuRequested.connect(self._menu)
        grid.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit(*self.selection()))
        grid.selectionModel().currentChanged.connect(lambda *_: self.placed.emit(self.place()))

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        Mnemonics(menu)
        for name in self.MENU:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.actions_by_id[name])
        menu.exec(self.grid.viewport().mapToGlobal(point))

    # --- showing ---

    def load(self) -> None:
        self.grid.revert()
        self.grid.close_to_typing(self.workspace.archived)
        self.model.load()
        self._show_empty()
        if self.grid.model().rowCount():
            self.grid.select(self.model.index(0, self.start_column()))

    def start_column(self) -> int:
        return 0

    def update_cells(self) -> None:
        self.model.update()
        self._show_empty()

    def remark(self) -> None:
        self.model.remark()

    def _show_empty(self) -> None:
        self.empty.setVisible(self.model.rowCount() == 0)

    def has_rows(self) -> bool:
        return True

    def show_place(self, place: Place) -> bool:
        row = self.workspace.filing.row(place.row) if self.workspace.filing and place.row else None
        if row is None or row.section != self.section.id:
            return False
        return self.grid.show_cell(row.id, self.model.column_of(place.column))

    def place(self) -> Place | None:
        row = self.model.row_at(here := self.grid.currentIndex())
        return Place(row.id, self.model.field_at(here) or None) if row else None

    def pending(self) -> bool:
        return self.grid.pending()

    def commit(self) -> None:
        self.grid.commit()

    def keep(self) -> None:
        self.grid.keep()

    def revert(self) -> None:
        self.grid.revert()

    def selection(self) -> tuple[int, Decimal | None]:
        chosen = exchange.selected(self.grid)
        texts = [exchange.raw_text(self.model, i) for i in chosen if self.model.field_at(i)]
        numbers = [a.value for text in texts if (a := parse_amount(text)).value is not None and not a.problem]
        total = sum((n for n in numbers if n is not None), Decimal(0)) if len(numbers) > 1 else None
        return len(self.grid.selected_rows()), total

    # --- editing ---

    def do(self, step: Step | None, show: str | None = None, column: int = 0) -> None:
        """Do the step and go to the row ``show``."""
        if self.workspace.apply(step) and show:
            self.grid.show_cell(show, column)

    def remove_rows(self) -> None:
        space = self.workspace
        ids = self.grid.selected_rows()
        if not space.form or not space.filing or not ids:
            return
        free = [i for i in ids if not self.model.is_locked(i)]
        if len(free) < len(ids):
            self.told.emit(say.LOCKED_ROWS)
        self.do(edits.remove(space.form, space.filing, free))

    def move(self, by: int) -> None:
        """All rows with a selected cell; they stay selected."""
        space, ids, here = self.workspace, self.grid.selected_rows(), self.grid.currentIndex()
        row = self.model.row_at(here)
        if not space.form or not space.filing or row is None:
            return
        if any(self.model.is_locked(i) for i in ids):
            self.told.emit(say.LOCKED_ROWS)
            return
        columns = sorted({i.column() for i in exchange.selected(self.grid)} or {here.column()})
        if space.apply(edits.move_all_by(space.form, space.filing, ids, by)):
            there = self.model.index_of(row.id, here.column())
            exchange.select(self.grid, self.model, ids, columns, there)

    def fill_down(self) -> None:
        filled = fill_down(self.grid, self.model)
        self.workspace.apply(exchange.write(self.workspace, self.model, filled.texts, say.STEP_FILL))
        if filled.refused:
            self.told.emit(say.fill_left(filled.refused))

    def drop(self, ids: list[str], target: str, where: str) -> None:
        space = self.workspace
        free = [i for i in ids if not self.model.is_locked(i)]
        if not space.form or not space.filing or not free or self._is_closed():
            return
        try:
            self.do(edits.move_to(space.form, space.filing, free, target, where), free[0])
        except ChangeRefused as refused:
            self.told.emit(refused.message)

    def clear(self) -> None:
        """Empty every selected cell that can be edited, in one step."""
        if self._is_closed():
            return
        texts = [(i, "") for i in exchange.selected(self.grid)]
        self.workspace.apply(exchange.write(self.workspace, self.model, texts, say.STEP_CLEAR))

    def _is_closed(self) -> bool:
        """An archived filing takes no keys and no blocks, and says so."""
        if self.workspace.archived:
            self.told.emit(words.ARCHIVED)
        return self.workspace.archived

    # --- blocks from and to Excel ---

    def copy(self) -> None:
        exchange.copy(self.grid, self.model)

    def paste(self) -> None:
        """A single cell fills the whole selection; a block comes down at the current cell."""
        block, space = exchange.clipboard_block(), self.workspace
        chosen = exchange.selected(self.grid)
        if not block or not space.filing or not space.store or self._is_closed():
            return
        if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
            texts = [(i, block[0][0]) for i in chosen]
            space.apply(exchange.write(space, self.model, texts, say.STEP_PASTE))
            return
        first = max(self.grid.currentIndex().column(), self.start_column())
        skip, landing = self.skipped(block, first), self.landing(first, len(block))
        done = paste(space.filing, self.section, self.model, block, landing, first, skip, space.store.new_id)
        self.do(done.step())
        if sentence := done.sentence():
            self.told.emit(sentence)

    def skipped(self, block: Block, first: int) -> int | None:
        """A grid column that a block from outside does not have."""
        return None

    def landing(self, first: int, rows: int) -> Landing:
        raise NotImplementedError
