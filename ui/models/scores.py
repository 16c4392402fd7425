"""The indicators of a self-evaluation: target, result, weight, score, deviation; what is computed stands where nothing was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.evaluation.headings import Below, sums_below, wants_note
from perfdesk.model.filing import Row, depth
from perfdesk.model.form import LEVELS, Field, Form
from perfdesk.score import Item
from ui import messages as say
from ui.messages import evaluation as words
from ui.models.cell import WHOLE, Cell
from ui.models.indicators import ROLE, Column, IndicatorModel
from ui.models.target_text import is_number, shown_target

if TYPE_CHECKING:
    from ui.models.row_tree import Index

WIDTHS = {"target": 92, "actual": 96, "weight": 62, "score": 66}
COMPUTED = ("actual", "weight", "score")
SUMMED = ("weight", "score")
ELSE = 84


def score_columns(form: Form) -> tuple[Column, ...]:
    """The form's own, in its order; those for texts share what room is left."""
    fields = [f for f in form.tree.fields if f.id not in LEVELS]
    return (
        Column("name", say.COLUMN_NAME, "level3", 300),
        *(_column(f) for f in fields),
    )


def _column(field: Field) -> Column:
    width = 0 if field.kind == "note" else WIDTHS.get(field.id, ELSE)
    return Column("field", words.HEADS.get(field.id, field.name), field.id, width)


class ScoresModel(IndicatorModel):
    """``items`` and ``below``: what is known of each leaf and each heading."""

    evaluated: Evaluated | None = None
    items: Mapping[str, Item]
    below: Mapping[str, Below]
    wanting: frozenset[str] = frozenset()

    def columns_for(self, form: Form) -> tuple[Column, ...]:
        return score_columns(form)

    def load(self) -> None:
        self._take()
        super().load()

    def update(self) -> None:
        """A fact, a weight or the scheme elsewhere changes scores here."""
        before = self._known()
        self._take()
        super().update()
        self.tell(row for row in before.keys() | self._known().keys() if before.get(row) != self._of(row))

    def _take(self) -> None:
        form, filing, values = self.workspace.form, self.workspace.filing, self.workspace.values
        self.evaluated = found = values.evaluated if values else None
        self.items = {i.row: i for i in found.scored.items if i.row is not None} if found else {}
        self.wanting = wants_note(found) if found else frozenset()
        self.below = sums_below(form, filing, found) if found and form and filing else {}

    def _known(self) -> dict[str, object]:
        return {row: self._of(row) for row in (*self.items, *self.below)}

    def _of(self, row: str) -> object:
        rate = self.evaluated.rates.get(row) if self.evaluated else None
        return self.items.get(row), self.below.get(row), rate, row in self.wanting

    # --- what a cell says ---

    def computed(self, row: Row, field: str) -> str:
        """What is computed for the cell, empty where nothing is."""
        return self.evaluated.cells.get((row.id, field), "") if self.evaluated else ""

    def is_typed(self, row: Row, field: str) -> bool:
        """Something stands against what would be computed."""
        if field not in COMPUTED or depth(row) < 3 or not row.get(field).strip():
            return False
        return field in SUMMED or bool(self.evaluated and row.id in self.evaluated.rates)

    def is_shown_note(self) -> bool:
        """Somebody gave a reason or has to give one."""
        return bool(self.wanting) or any(row.get("note").strip() for row in self.rows())

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        if role == WHOLE:
            row, field = self.row_at(index), self.columns[index.column()].field
            here = row is not None and depth(row) == 3 and field in COMPUTED and not row.get(field).strip()
            return self.computed(row, field) if row and here else None
        return super().data(index, role)

    def _text(self, row: Row, column: Column) -> str:
        field = column.field
        if depth(row) < 3 and field in SUMMED:
            below = self.below.get(row.id)
            return shown_points(below.weight if field == "weight" else below.score) if below else ""
        if depth(row) == 3 and field in COMPUTED:
            return row.get(field).strip() or self.computed(row, field)
        if depth(row) == 3 and field == "target":
            return shown_target(row.get(field))
        return super()._text(row, column)

    def _cell(self, row: Row, place: int) -> Cell:
        cell, field = super()._cell(row, place), self.columns[place].field
        if depth(row) < 3:
            return replace(cell, right=field in SUMMED)
        if field in (*COMPUTED, "target"):
            right = field in SUMMED or is_number(row.get(field) or cell.text)
            cell = replace(cell, right=right)
        if field in COMPUTED:
            return self._computed_cell(cell, row, field)
        due = self._due(row, field)
        if due and not cell.text:
            return replace(cell, text=due, tone="muted", edge=cell.edge or "warning")
        return cell

    def _computed_cell(self, cell: Cell, row: Row, field: str) -> Cell:
        """Calm where it is computed; what was typed has a corner, that of a weight a quiet one."""
        if not row.get(field).strip():
            return replace(cell, tone="muted")
        if not self.is_typed(row, field):
            return cell
        item = self.items.get(row.id)
        refused = field == "score" and item is not None and bool(item.refused)
        corner = "faint" if field == "weight" else "accent"
        return replace(cell, typed=corner, tone="warning_text" if refused else "ink")

    def _due(self, row: Row, field: str) -> str:
        """What has to be written into the empty cell."""
        item = self.items.get(row.id)
        if field == "deviation" and item is not None and item.due:
            return words.REASON_DUE
        return words.NOTE_DUE if field == "note" and row.id in self.wanting else ""

    def _tooltip(self, row: Row, column: Column) -> str | None:
        told = super()._tooltip(row, column)
        if depth(row) < 3 or column.field not in COMPUTED:
            return told
        own = [self._typed_tip(row, column.field)] if self.is_typed(row, column.field) else []
        if column.field == "score":
            own.insert(0, self.reason(row))
        return "\n".join(t for t in (told, *own) if t) or None

    def _typed_tip(self, row: Row, field: str) -> str:
        return words.weight_typed() if field == "weight" else words.typed_over(self.computed(row, field))

    def reason(self, row: Row) -> str:
        """How the leaf comes to its points, in words."""
        item = self.items.get(row.id)
        if item is not None:
            return item.reason
        filing = self.workspace.filing
        above = filing.row(row.parent) if filing and row.parent else None
        top = filing.row(above.parent) if filing and above and above.parent else None
        return words.not_in_scheme(top.get("level1")) if top else ""

    def rate(self, row: Row) -> str:
        """The formula with its numbers where the result is a rate of the facts."""
        found = self.evaluated.rates.get(row.id) if self.evaluated else None
        return found.words if found else ""
