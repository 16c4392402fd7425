"""A list of rows with wrapped texts (``tasks``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import messages as say
from ui.form import edits
from ui.form.pasting import Landing
from ui.form.rows_page import Actions, RowsPage
from ui.models.list_rows import ListModel

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace


MANY_COLUMNS = 5
WIDTHS = {"name": 180, "text": 130, "money": 116, "number": 84, "unit": 84, "code": 110}
"""Of the columns of a list that has many of them, in pixels of the drawing."""


class ListPage(RowsPage):
    TOOLS = ("row-add", "row-up", "row-down", "row-remove")
    MENU = (
        "undo",
        "redo",
        "-",
        "row-add",
        "-",
        "copy",
        "paste",
        "fill-down",
        "clear",
        "replace",
        "-",
        "use-last",
        "last-year",
        "-",
        "row-up",
        "row-down",
        "-",
        "row-remove",
    )

    def __init__(self, section: Section, workspace: Workspace, look: Look, actions: Actions) -> None:
        super().__init__(section, workspace, look, ListModel(section, workspace), actions)
        self.empty.setText(say.empty_list(section.label))
        self.grid.resized.connect(self._measure)

    def start_column(self) -> int:
        return 1

    def load(self) -> None:
        super().load()
        self._measure()

    def _measure(self) -> None:
        """A name leaves most of the room to its text, a few columns share it; of many each has what it needs, and one scrolls."""
        room = self.grid.viewport().width() - self.look.px(48)
        self.grid.setColumnWidth(0, self.look.px(48))
        texts = len(self.section.fields)
        self.grid.header().setStretchLastSection(texts <= MANY_COLUMNS)
        for column in range(1, texts if texts <= MANY_COLUMNS else texts + 1):
            kind = self.section.fields[column - 1].kind
            share = int(room * (0.36 if texts <= 2 else 1 / texts))
            wide = self.look.px(WIDTHS.get(kind, WIDTHS["text"]))
            self.grid.setColumnWidth(column, share if texts <= MANY_COLUMNS else wide)

    def add_row(self) -> None:
        space, row = self.workspace, self.model.row_at(self.grid.currentIndex())
        if not space.form or not space.filing or not space.store:
            return
        added = edits.add_sibling(space.form, space.filing, row.id, space.store.new_id) if row else None
        step, row_id = added or edits.add_first(self.section, space.store.new_id)
        self.do(step, row_id, 1)
        self.grid.edit(self.grid.currentIndex())

    def landing(self, first: int, rows: int) -> Landing:
        all_rows = self.model.rows()
        here = self.model.row_at(self.grid.currentIndex())
        start = all_rows.index(here) if here in all_rows else 0
        return Landing(all_rows[start : start + rows], None, all_rows[-1].id if all_rows else None, True)
