"""Last year's values into the cells chosen on a page, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.model.filing import depth
from perfdesk.model.form import LEVELS
from ui.form import edits, exchange
from ui.form.rows_page import RowsPage
from ui.messages import carry as words

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from ui.form.page import Page
    from ui.ledger.ledger_page import LedgerPage
    from ui.workspace import Workspace


def use_last(space: Workspace, page: Page) -> bool:
    """False where nothing changed: there was no value, or it is the same."""
    before = space.filing
    if isinstance(page, RowsPage):
        _in_rows(space, page)
    elif space.form is not None and space.form.budget is not None:
        _in_budget(space, page)
    else:
        _in_field(space, page)
    return space.filing is not before


def _in_budget(space: Workspace, page: Page) -> None:
    from ui.ledger.ledger_page import LedgerPage

    if isinstance(page, LedgerPage):
        _in_ledger(page)
    else:
        _in_field(space, page)


def _in_field(space: Workspace, page: Page) -> None:
    place = page.place()
    if place is None or place.row is None or place.column is None or not space.form or not space.filing:
        return
    if last := space.last_year.typed(space.form, space.filing, place.row, place.column):
        space.set_cell(place.row, place.column, last)


def _in_rows(space: Workspace, page: RowsPage) -> None:
    if not space.form or not space.filing:
        return
    found: dict[tuple[str, str], str] = {}
    for index in exchange.selected(page.grid):
        row, field = page.model.row_at(index), _field(page, index)
        if row and field and (last := page.model.last_of(row, field)):
            found[row.id, field] = last
    cells = [(row, field, text) for (row, field), text in found.items()]
    space.apply(edits.set_cells(space.form, space.filing, cells, words.USE_LAST))


def _field(page: RowsPage, index: QModelIndex) -> str:
    """The column that the cell edits; in the tree's column of last year's targets the target."""
    from ui.form.tree_page import TreePage

    row = page.model.row_at(index)
    if isinstance(page, TreePage) and row and page.model.columns[index.column()].kind == "before":
        return "target" if depth(row) == len(LEVELS) else ""
    return page.model.field_at(index)


def _in_ledger(page: LedgerPage) -> None:
    lasts = [
        (index, page.viewing.edited(last))
        for index in exchange.selected(page.grid)
        if (line := page.model.row_at(index)) and page.model.field_at(index)
        if (last := page.model.cells.last(line, page.model.columns[index.column()])) is not None
    ]
    page.write(lasts, words.USE_LAST)
