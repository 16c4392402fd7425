"""Fill down: the uppermost selected cell of each column into those below it; a single cell takes what stands above it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

from perfdesk.model.filing import depth
from ui.form.exchange import raw_text, selected

if TYPE_CHECKING:
    from perfdesk.model.filing import Row
    from ui.form.exchange import Model
    from ui.form.grid import GridView


@dataclass(slots=True)
class Filled:
    """``texts``: the cells to be written; ``refused``: selected cells that cannot be edited."""

    texts: list[tuple[QModelIndex, str]] = field(default_factory=list[tuple[QModelIndex, str]])
    refused: int = 0


def fill_down(grid: GridView, model: Model) -> Filled:
    """Rows of another level than the first are passed over: a heading takes no value."""
    done = Filled()
    chosen = {(row.id, i.column()) for i in selected(grid) if (row := model.row_at(i))}
    ids = {row_id for row_id, _ in chosen}
    shown = model.rows()
    for column in sorted({column for _, column in chosen}):
        rows = [r for r in shown if r.id in ids and (r.id, column) in chosen]
        if len(ids) == 1:
            rows = [*_above(shown, rows[0]), *rows]
        _fill(done, model, rows, column)
    return done


def _above(shown: tuple[Row, ...], row: Row) -> list[Row]:
    """The row of the same level above, if there is one."""
    before = [r for r in shown[: shown.index(row)] if depth(r) == depth(row)]
    return before[-1:]


def _fill(done: Filled, model: Model, rows: list[Row], column: int) -> None:
    level = max((depth(r) for r in rows), default=1)
    rows = [r for r in rows if depth(r) == level]
    if len(rows) < 2:
        return
    source = model.index_of(rows[0].id, column)
    text, named = raw_text(model, source), column == 0
    for row in rows[1:]:
        index = model.index_of(row.id, column)
        if model.field_at(index):
            done.texts.append((index, text))
        elif (named or model.field_at(source)) and not model.shows(row, column, text):
            done.refused += 1
