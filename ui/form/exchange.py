"""Copy, paste and clear for a grid: between the selection, the clipboard and the filing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from ui.form import edits
from ui.form.blocks import parse_block, parse_lines, show_block
from ui.models.cell import WHOLE

if TYPE_CHECKING:
    from perfdesk.model.change import Step
    from ui.form.blocks import Block
    from ui.form.grid import GridView
    from ui.models.budget_table import TableModel
    from ui.models.goals import GoalsModel
    from ui.models.indicators import IndicatorModel
    from ui.models.ledger import LedgerModel
    from ui.models.list_rows import ListModel
    from ui.workspace import Workspace

    Model = IndicatorModel | ListModel | GoalsModel
    Shown = Model | LedgerModel | TableModel


def selected(grid: GridView) -> list[QModelIndex]:
    return grid.selectionModel().selectedIndexes()


def raw_text(model: Shown, index: QModelIndex) -> str:
    return str(model.data(index, WHOLE) or model.data(index, Qt.ItemDataRole.EditRole) or "")


def copy(grid: GridView, model: Shown) -> None:
    """The selection as a block, as typed; cells between selected ones are empty."""
    chosen = {(row.id, i.column()) for i in selected(grid) if (row := model.row_at(i))}
    columns = sorted({column for _, column in chosen})
    block = [
        [raw_text(model, model.index_of(row_id, c)) if (row_id, c) in chosen else "" for c in columns]
        for row_id in grid.selected_rows()
    ]
    both = QMimeData()
    both.setText(show_block(block))
    from ui.form.html_table import show_html

    both.setHtml(show_html(block))
    QGuiApplication.clipboard().setMimeData(both)


def clipboard_block() -> Block:
    """The cells of a table; where the plain text has the same shape its letters count (a table of a page drops blanks)."""
    held = QGuiApplication.clipboard().mimeData()
    from ui.form.html_table import parse_html

    table = parse_html(held.html()) if held.hasHtml() else None
    plain = (parse_lines(held.text()) if table is None else None) or parse_block(held.text())
    return plain if table is None or _shape(table) == _shape(plain) else table


def _shape(block: Block) -> list[int]:
    return [len(row) for row in block]


def select(
    grid: GridView, model: Model, rows: Sequence[str], columns: Sequence[int], here: QModelIndex
) -> None:
    """These columns of these rows, with the cursor at ``here``."""
    chosen = QItemSelection()
    for row_id in rows:
        for column in columns:
            index = model.index_of(row_id, column)
            chosen.select(index, index)
    grid.select(here)
    grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def write(
    space: Workspace, model: Model, texts: Sequence[tuple[QModelIndex, str]], label: str
) -> Step | None:
    """One step that types a text into each of these cells; cells that cannot be edited are left."""
    written: dict[str, dict[str, str]] = {}
    for index, text in texts:
        row, field = model.row_at(index), model.field_at(index)
        if row and field:
            model.write(written.setdefault(row.id, dict(row.cells)), index.column(), field, text)
    flat = [(row, column, text) for row, cells in written.items() for column, text in cells.items()]
    return edits.set_cells(space.form, space.filing, flat, label) if space.form and space.filing else None
