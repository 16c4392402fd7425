"""Goals with their indicators below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.model.filing import Row, depth
from ui import messages as say
from ui.form import edits, exchange
from ui.form.pasting import Landing
from ui.form.rows_page import Actions, RowsPage
from ui.models.goals import NAME, TARGET, TEXT, GoalsModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace

NAME_SHARE = 0.3
MOST_NAME = 320
TARGET_WIDTH = 104


class GoalsPage(RowsPage):
    TOOLS = ("row-add", "group-add", "row-up", "row-down", "row-remove")
    MENU = (
        "undo", "redo", "-", "row-add", "group-add", "-", "copy", "paste", "fill-down", "clear", "replace", "-",
        "use-last", "last-year", "-", "row-up", "row-down",
        "-", "fold-all", "unfold-all", "-", "row-remove",
    )  # fmt: skip

    model: GoalsModel

    def __init__(self, section: Section, workspace: Workspace, look: Look, actions: Actions) -> None:
        super().__init__(section, workspace, look, GoalsModel(section, workspace), actions)
        self.empty.setText(say.empty_list(section.label))
        self.model.rowsInserted.connect(self._unfold_new)
        self.grid.resized.connect(self._measure)

    def load(self) -> None:
        super().load()
        self._measure()
        self.grid.unfold_all()

    def does(self, action: str) -> bool:
        return super().does(action) and not action.startswith("level-")

    def _unfold_new(self, above: QModelIndex, first: int, last: int) -> None:
        """What comes below a goal is seen."""
        if above.isValid():
            self.grid.setExpanded(above, True)
        for place in range(first, last + 1):
            self.grid.setExpanded(self.model.index(place, NAME, above), True)

    def _measure(self) -> None:
        """The targets as drawn, a share for the names, the rest for the texts."""
        room, look = self.grid.viewport().width(), self.look
        name = min(int(room * NAME_SHARE), look.px(MOST_NAME))
        self.grid.setColumnWidth(NAME, name)
        self.grid.setColumnWidth(TEXT, max(room - name - look.px(TARGET_WIDTH), look.px(TARGET_WIDTH)))
        self.grid.setColumnWidth(TARGET, look.px(TARGET_WIDTH))

    # --- rows ---

    def current_row(self) -> Row | None:
        return self.model.row_at(self.grid.currentIndex())

    def add_row(self) -> None:
        """An indicator below the current one; on a goal its last one; where there is no goal yet, a goal."""
        space, row = self.workspace, self.current_row()
        if not space.form or not space.filing or not space.store:
            return
        if row is None:
            self.add_group()
        elif depth(row) == 1:
            self._added(edits.add_last(space.form, space.filing, self.section.id, row.id, space.store.new_id))
        else:
            self._added(edits.add_sibling(space.form, space.filing, row.id, space.store.new_id))

    def add_group(self) -> None:
        """A goal below the current one."""
        space, row = self.workspace, self.current_row()
        if not space.form or not space.filing or not space.store:
            return
        goal = edits.ancestor(space.filing, row, 1) if row else None
        if goal:
            self._added(edits.add_sibling(space.form, space.filing, goal.id, space.store.new_id))
        else:
            self._added(edits.add_last(space.form, space.filing, self.section.id, None, space.store.new_id))

    def _added(self, added: tuple[edits.Step, str] | None) -> None:
        if added:
            self.do(*added)
            self.grid.edit(self.grid.currentIndex())

    # --- blocks ---

    def landing(self, first: int, rows: int) -> Landing:
        """On an indicator: it, those below it in its goal, then new ones. On a goal: from there on goals; a block that reaches the
        targets is indicators and comes below the goal."""
        here, filing = self.current_row(), self.workspace.filing
        if filing is None:
            return Landing((), None, None, False)
        goals = filing.children(self.section.id, None)
        if here is None:
            return Landing((), None, goals[-1].id if goals else None, True, 1)
        if depth(here) == 1 and self._pasted_columns() > TARGET - first:
            below = filing.children(self.section.id, here.id)
            return Landing((), here.id, below[-1].id if below else None, True, 2)
        siblings = goals if depth(here) == 1 else filing.children(self.section.id, here.parent)
        start = siblings.index(here)
        return Landing(siblings[start : start + rows], here.parent, siblings[-1].id, True, depth(here))

    def _pasted_columns(self) -> int:
        return max((len(line) for line in exchange.clipboard_block()), default=0)
