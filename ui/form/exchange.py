"""Copy, paste and clear for a grid: between the selection, the clipboard and the filing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from ui.form import edits
from ui.form.blocks import parse_block, show_block

if TYPE_CHECKING:
    from perfdesk.model.change import Step
    from ui.form.blocks import Block
    from ui.form.grid import GridView
    from ui.models.indicators import IndicatorModel
    from ui.models.list_rows import ListModel
    from ui.workspace import Workspace

    Model = IndicatorModel | ListModel


def selected(grid: GridView) -> list[QModelIndex]:
    return grid.selectionModel().selectedIndexes()


def raw_text(model: Model, index: QModelIndex) -> str:
    return str(model.data(index, Qt.ItemDataRole.EditRole) or "")


def copy(grid: GridView, model: Model) -> None:
    """The selection as a block, as typed; cells between selected ones are empty."""
    chosen = {(row.id, i.column()) for i in selected(grid) if (row := model.row_at(i))}
    columns = sorted({column for _, column in chosen})
    block = [
        [raw_text(model, model.index_of(row_id, c)) if (row_id, c) in chosen else "" for c in columns]
        for row_id in grid.selected_rows()
    ]
    QGuiApplication.clipboard().setText(show_block(block))


def clipboard_block() -> Block:
    return parse_block(QGuiApplication.clipboard().text())


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
