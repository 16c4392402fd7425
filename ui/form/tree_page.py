"""The indicator tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.errors import ChangeRefused
from perfdesk.model.filing import Row, depth
from ui import messages as say
from ui.form import edits
from ui.form.blocks import Block
from ui.form.completion import Completion
from ui.form.library_drop import LibraryDrop
from ui.form.pasting import Landing
from ui.form.rows_page import Actions, RowsPage
from ui.models.indicators import Column, IndicatorModel
from ui.models.locks import closed_groups
from ui.models.target_text import sign_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace

NAME_SHARE = 0.4
NOTED_SHARE = 0.3
"""Of a form whose last column holds long notes of its own."""
LEAST_NAME, GOOD_NAME = 150, 200
MOST_NAME = 440
LEAST_REST = 120


class TreePage(RowsPage):
    TOOLS = ("row-add", "group-add", "library", "row-up", "row-down", "row-remove")
    MENU = (
        "undo", "redo", "-", "row-add", "group-add", "library", "-", "copy", "paste", "fill-down", "clear", "replace", "-",
        "use-last", "last-year", "-", "row-up",
        "row-down", "level-up", "level-down", "-", "fold-all", "unfold-all", "-", "row-remove",
    )  # fmt: skip

    MODEL: type[IndicatorModel] = IndicatorModel
    model: IndicatorModel

    def __init__(self, section: Section, workspace: Workspace, look: Look, actions: Actions) -> None:
        super().__init__(section, workspace, look, self.MODEL(workspace), actions)
        self.empty.setText(say.empty_list(section.label))
        self.completion = Completion(self.grid, self.model, workspace, look)
        self._from_library = LibraryDrop(self)
        self.model.rowsInserted.connect(self._unfold_new)
        self.grid.resized.connect(self._measure)

    def load(self) -> None:
        super().load()
        self._measure()
        self.grid.unfold_all()
        first = next((r for r in self.model.rows() if depth(r) == 3), None)
        if first:
            self.grid.select(self.model.index_of(first.id, self.model.column_of("target")))

    def _unfold_new(self, above: QModelIndex, first: int, last: int) -> None:
        """Rows that come are seen, and so is what comes below them."""
        for place in range(first, last + 1):
            index = self.model.index(place, 0, above)
            row = self.model.row_at(index)
            if row and depth(row) < 3:
                self.grid.setExpanded(index, True)

    def _measure(self) -> None:
        """Fixed columns as drawn; the names get their share, the last column the rest."""
        columns, look = self.model.columns, self.look
        if not columns:
            return
        room = self.grid.viewport().width()
        shown = self._shown_columns(room)
        for place, column in enumerate(columns):
            self.grid.setColumnHidden(place, column not in shown)
            if column.width:
                self.grid.setColumnWidth(place, look.px(column.width))
        self.model.show_columns(shown, shown[-1])
        fixed = sum(look.px(c.width) for c in shown[1:])
        share = NOTED_SHARE if shown[-1].kind == "field" and not shown[-1].width else NAME_SHARE
        rest = look.px(LEAST_REST) if not shown[-1].width else 0
        name = min(int(room * share), room - fixed - rest, look.px(MOST_NAME))
        self.grid.setColumnWidth(0, max(name if rest else room - fixed, look.px(LEAST_NAME)))

    def _shown_columns(self, room: int) -> list[Column]:
        """In a narrow window first the explanations go, then last year's values: they are only looked at."""
        shown = list(self.model.columns)
        for kind in ("explain", "before"):
            needed = GOOD_NAME + sum(c.width or LEAST_REST for c in shown[1:])
            if room < self.look.px(needed):
                shown = [c for c in shown if c.kind != kind]
        return shown

    # --- rows ---

    def current_row(self) -> Row | None:
        return self.model.row_at(self.grid.currentIndex())

    def add_row(self) -> None:
        """A leaf below the current leaf; on a level-2 row its last leaf; on a level-1 row below its last group."""
        space, row = self.workspace, self.current_row()
        if not space.form or not space.filing or not space.store:
            return
        if row and edits.group_of(row) in closed_groups(space.form, space.filing):
            self.told.emit(say.CLOSED_GROUP)
            return
        if row and depth(row) == 3:
            added = edits.add_sibling(space.form, space.filing, row.id, space.store.new_id)
        else:
            group = self._group_for(row)
            if group is None:
                self.add_group()
                return
            added = edits.add_last(space.form, space.filing, self.section.id, group, space.store.new_id)
        if added:
            self._added(*added)

    def _group_for(self, row: Row | None) -> str | None:
        filing = self.workspace.filing
        if row is None or filing is None:
            return None
        if depth(row) == 2:
            return row.id
        groups = filing.children(self.section.id, row.id)
        return groups[-1].id if groups else None

    def add_group(self) -> None:
        """A level-2 row below the current one; in an empty tree a level-1 row."""
        space, row = self.workspace, self.current_row()
        if not space.form or not space.filing or not space.store:
            return
        group = edits.ancestor(space.filing, row, 2) if row else None
        if group:
            added = edits.add_sibling(space.form, space.filing, group.id, space.store.new_id)
        else:
            top = row.id if row else None
            added = edits.add_last(space.form, space.filing, self.section.id, top, space.store.new_id)
        if added:
            self._added(*added)

    def _added(self, step: object, row_id: str) -> None:
        self.do(step, row_id)  # type: ignore[arg-type]
        self.grid.edit(self.grid.currentIndex())

    def level(self, by: int) -> None:
        space, row = self.workspace, self.current_row()
        if not space.form or not space.filing or row is None:
            return
        if self.model.is_locked(row.id):
            self.told.emit(say.LOCKED_ROWS)
            return
        try:
            self.do(edits.change_level(space.form, space.filing, row.id, by), row.id)
        except ChangeRefused as refused:
            self.told.emit(refused.message)

    # --- blocks ---

    def skipped(self, block: Block, first: int) -> int | None:
        """Blocks from the printed form have no column of signs: name, target, unit."""
        kinds = [c.kind for c in self.model.columns]
        sign = kinds.index("sign")
        place = sign - first
        texts = [row[place].strip() for row in block if 0 <= place < len(row)]
        return sign if first < sign and any(t and not sign_of(t) for t in texts) else None

    def landing(self, first: int, rows: int) -> Landing:
        """On a leaf: it and the leaves shown below it (with names: only those of its group, then new ones). On a parent: new leaves."""
        here, filing = self.current_row(), self.workspace.filing
        if here is None or filing is None:
            return Landing((), None, None, False)
        if depth(here) < 3:
            group = self._group_for(here)
            leaves = filing.children(self.section.id, group) if group else ()
            return Landing((), group, leaves[-1].id if leaves else None, self._is_open(group))
        named = self.model.columns[first].kind == "name"
        siblings = filing.children(self.section.id, here.parent)
        all_leaves = [r for r in self.model.rows() if depth(r) == 3]
        pool = list(siblings) if named else all_leaves
        start = pool.index(here)
        grows = named and self._is_open(here.parent)
        return Landing(pool[start : start + rows], here.parent, siblings[-1].id, grows)

    def _is_open(self, group: str | None) -> bool:
        space = self.workspace
        closed = closed_groups(space.form, space.filing) if space.form and space.filing else frozenset()
        return group is not None and group not in closed
