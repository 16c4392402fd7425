"""A block from Excel becomes one step: cells are filled, further rows are added, and what does not fit is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfdesk.model.change import Change, InsertRow, SetCell, Step
from perfdesk.model.filing import Filing, Row, blank_row
from perfdesk.model.form import Section
from perfdesk.values import clean_text, unkept
from ui import messages as say
from ui.form.blocks import Block, fit

if TYPE_CHECKING:
    from ui.form.exchange import Model


@dataclass(slots=True)
class Pasted:
    """``refused``: cells that cannot be edited and were given something else; ``homeless``: rows that found no place;
    ``unkept``: characters that nobody sees and that cannot be kept."""

    changes: list[Change] = field(default_factory=list)
    refused: int = 0
    homeless: int = 0
    cut_columns: int = 0
    added: int = 0
    unkept: int = 0

    def step(self) -> Step | None:
        return Step(say.STEP_PASTE, tuple(self.changes)) if self.changes else None

    def sentence(self) -> str:
        """What did not fit; empty where everything did."""
        return say.paste_left(self.refused, self.homeless, self.cut_columns, self.unkept)


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a block comes down: the existing rows it covers, then new rows of ``level`` below ``parent`` after ``after``, where it
    ``grows``."""

    rows: Sequence[Row]
    parent: str | None
    after: str | None
    grows: bool
    level: int = 3


def paste(
    filing: Filing,
    section: Section,
    model: Model,
    block: Block,
    landing: Landing,
    first: int,
    skip: int | None,
    new_id: Callable[[], str],
) -> Pasted:
    """``first``: the grid column of the block's left edge; ``skip``: a grid column that the block does not have."""
    done = Pasted()
    fitted = fit(block, first, model.columnCount(), skip)
    done.cut_columns = fitted.cut_columns
    after = landing.after
    for number in range(fitted.rows):
        texts = [(column, text) for at, column, text in fitted.cells if at == number]
        if number < len(landing.rows):
            _fill(done, model, landing.rows[number], texts)
        elif landing.grows and any(t.strip() for _, t in texts):
            after = _add(
                done, model, blank_row(section, new_id(), landing.parent, landing.level), texts, after
            )
        elif any(t.strip() for _, t in texts):
            done.homeless += 1
    return done


def _fill(done: Pasted, model: Model, row: Row, texts: list[tuple[int, str]]) -> None:
    cells = _written(done, model, row, texts)
    done.changes += [SetCell(row.id, c, text) for c, text in cells.items() if text != row.get(c)]


def _add(
    done: Pasted,
    model: Model,
    row: Row,
    texts: list[tuple[int, str]],
    after: str | None,
) -> str:
    for column, text in _written(done, model, row, texts).items():
        row = row.with_cell(column, text)
    done.changes.append(InsertRow(row, after))
    done.added += 1
    return row.id


def _written(done: Pasted, model: Model, row: Row, texts: list[tuple[int, str]]) -> dict[str, str]:
    cells = dict(row.cells)
    for column, text in texts:
        field_id = model.field_of(row, column)
        if field_id:
            model.write(cells, column, field_id, clean_text(text))
            done.unkept += unkept(text)
        elif text.strip() and not model.shows(row, column, text.strip()):
            done.refused += 1
    return cells
