"""What a person types as a code or a name in an entry sheet: a new code, another code of a row, a name of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.budget import edits
from perfdesk.budget.facts import UNCODED
from perfdesk.values import clean_text
from ui.messages import ledger as say

if TYPE_CHECKING:
    from ui.ledger.grid import LedgerGrid
    from ui.models.ledger import LedgerModel
    from ui.models.ledger_lines import LedgerLine
    from ui.workspace import Workspace

FIRST_AMOUNT = 3


class CodeTyping(QObject):
    """Answers whether the text could be taken; where not, its editor stays open. ``told``: a sentence for the notice line."""

    told = Signal(str)

    def __init__(self, workspace: Workspace, model: LedgerModel, grid: LedgerGrid) -> None:
        super().__init__(grid)
        self.workspace = workspace
        self.model = model
        self.grid = grid

    def add_typed(self, text: str) -> bool:
        """A code or a name in the line for new ones. Letters that mean nothing are no name."""
        code, name = edits.read_code(text, self.model.ledger.names)
        if not code and name.isascii():
            self.told.emit(say.NOTHING_FOUND)
            return False
        return self.add(code, name)

    def add(self, code: str, name: str = "") -> bool:
        """A row for the code, or the way to the one there is; the cursor comes to its first amount."""
        space = self.workspace
        if self._is_there(code):
            return True
        if space.filing is None or space.store is None:
            return False
        lost = self._becomes_parent(code)
        step, row = edits.add_code(space.filing, self.model.ledger, code, name, space.store.new_id)
        if not space.apply(step):
            return False
        self.grid.after_commit(row, self._first_amount())
        if lost:
            self.told.emit(say.now_parent(lost))
        return True

    def _is_there(self, code: str) -> bool:
        """Another line has the code, or adds it up: the cursor goes there, and that is told."""
        node = self.model.facts.nodes.get(code) if code else None
        line = self.model.line_of(code) if node else None
        if node is None or line is None:
            return False
        self.told.emit(say.is_parent(code) if node.below else say.has_code(code))
        self.grid.after_commit(line.id, self._first_amount())
        return True

    def _becomes_parent(self, code: str) -> str:
        """The code with amounts that the new one comes to stand below; empty where there is none."""
        facts = self.model.facts
        above = (c for c, node in facts.nodes.items() if c and code.startswith(c) and c != code and node.rows)
        return next((c for c in above if not facts.nodes[c].below and facts.nodes[c].facts), "")

    def change(self, line: LedgerLine, text: str) -> bool:
        space = self.workspace
        code, name = edits.read_code(text, self.model.ledger.names)
        if not code:
            self.told.emit(say.NOTHING_FOUND if name else say.NO_CODE)
            return not name
        if code != line.code and self._is_there(code):
            return True
        step = edits.change_code(space.filing, self.model.ledger, line.id, code) if space.filing else None
        if space.apply(step):
            self.grid.after_commit(line.id, 0)
        return True

    def rename(self, line: LedgerLine, text: str) -> bool:
        space = self.workspace
        if space.filing is None or space.store is None:
            return False
        code = "" if line.code.startswith(UNCODED) else line.code
        step = edits.rename(
            space.filing, self.model.ledger, code, line.row, clean_text(text), space.store.new_id
        )
        return step is None or space.apply(step)

    def _first_amount(self) -> int:
        return min(FIRST_AMOUNT, len(self.model.columns) - 1)
