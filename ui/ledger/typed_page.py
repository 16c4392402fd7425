"""What entry sheets and printed tables have in common to type in: single cells, filling down, blocks from and to Excel."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from perfdesk.budget.paste import Sheet, paste_block
from perfdesk.budget.view_unit import is_only_rounding
from perfdesk.model.change import Step
from perfdesk.values import parse_amount, show_amount
from ui.form import exchange
from ui.ledger.page import Actions, SheetPage
from ui.messages import deeds
from ui.messages import ledger as say

if TYPE_CHECKING:
    from perfdesk.model.change import Change
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.models.budget_table import TableModel
    from ui.models.ledger import LedgerModel
    from ui.workspace import Workspace

Texts = Sequence[tuple[QModelIndex, str]]


class TypedPage(SheetPage):
    """Subclasses say how cells are written."""

    def __init__(
        self,
        section: Section,
        workspace: Workspace,
        look: Look,
        model: LedgerModel | TableModel,
        actions: Actions,
    ) -> None:
        super().__init__(section, workspace, look, model, actions)
        self._asked: tuple[object, ...] = ()
        self.grid.cleared.connect(self.clear)
        self.grid.copied.connect(self.copy)
        self.grid.pasted.connect(self.paste)

    def is_closed(self) -> bool:
        """An archived filing takes no keys and no blocks, and says so."""
        if self.workspace.archived:
            self.told.emit(deeds.ARCHIVED)
        return self.workspace.archived

    def keeps_exact(self, cell: tuple[object, ...], old: Decimal | None, text: str) -> bool:
        """The rounded number was typed over the exact one: it stays, and that is told; typed once more it is meant."""
        viewing = self.viewing
        again = (*cell, text) == self._asked
        self._asked = ()
        if again or old is None or not is_only_rounding(old, text, viewing.unit, viewing.view):
            return False
        self._asked = (*cell, text)
        typed = parse_amount(text, viewing.view).value or Decimal(0)
        self.told.emit(say.keeps_exact(show_amount(old), viewing.unit, show_amount(typed), viewing.view))
        return True

    def write(self, texts: Texts, label: str) -> None:
        """Type a text into each of these cells in one step; computed ones are left, and told."""
        if self.is_closed():
            return
        typed = [(i, t) for i, t in texts if self.model.field_at(i)]
        computed = sum(
            1 for i, _ in texts if not self.model.field_at(i) and self.model.amount_at(i) is not None
        )
        changes = self.changes(typed)
        if changes:
            self.workspace.apply(Step(label, changes))
        if computed:
            self.told.emit(say.refused_cells(computed))

    def changes(self, texts: Texts) -> tuple[Change, ...]:
        raise NotImplementedError

    def clear(self) -> None:
        self.write([(i, "") for i in exchange.selected(self.grid)], say.STEP_CLEAR)

    def fill_down(self) -> None:
        """In each column the uppermost selected cell into those below it; a single cell takes what stands above it."""
        columns: dict[int, list[QModelIndex]] = {}
        for index in sorted(exchange.selected(self.grid), key=lambda i: i.row()):
            columns.setdefault(index.column(), []).append(index)
        texts: list[tuple[QModelIndex, str]] = []
        for column, cells in columns.items():
            if len(cells) == 1 and cells[0].row():
                cells = [self.model.index(cells[0].row() - 1, column), *cells]
            text = exchange.raw_text(self.model, cells[0])
            texts += [(i, text) for i in cells[1:] if self.model.field_at(i)]
        self.write(texts, say.STEP_FILL)

    # --- blocks from and to Excel ---

    def copy(self) -> None:
        exchange.copy(self.grid, self.model)

    def paste(self) -> None:
        """A single cell fills the whole selection; a block comes down at its codes, or at the current cell."""
        block, space, budgeted = exchange.clipboard_block(), self.workspace, self.budgeted
        chosen = exchange.selected(self.grid)
        if self.is_closed() or not block or space.filing is None or space.store is None or budgeted is None:
            return
        if len(block) == 1 and len(block[0]) == 1 and len(chosen) > 1:
            self.write([(i, block[0][0]) for i in chosen], say.STEP_PASTE)
            return
        here = self.grid.currentIndex()
        at = (max(here.row(), 0), max(here.column(), 0))
        sheet, view = self.sheet(), self.viewing.view
        done = paste_block(space.filing, budgeted, sheet, block, at, view, space.store.new_id, say.STEP_PASTE)
        space.apply(done.step)
        if sentence := say.pasted(done, self.names(), self.viewing.unit, view):
            self.told.emit(sentence)

    def sheet(self) -> Sheet:
        raise NotImplementedError

    def names(self) -> dict[str, str]:
        """What rows and columns are called in a sentence."""
        return {t.id: t.heads[-1] for t in self.model.targets} | {"total": say.TOTAL}
