"""What stands in the cells of a printed budget table: texts, grounds, a number that a file printed beside the computed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.budget.tables import TOTAL, Shown, TableRow
from perfdesk.budget.words import formula
from ui.messages import ledger as say
from ui.models.cell import Cell, Tone

if TYPE_CHECKING:
    from ui.models.budget_table import TableLine, TableModel

INDENT = 12


class TableCells:
    def __init__(self, model: TableModel) -> None:
        self.model = model

    def _row(self, line: TableLine, place: int) -> TableRow | None:
        key = self.model.key(line, place)
        return self.model.view.row(key) if key else None

    def text(self, line: TableLine, place: int) -> str:
        kind = self.model.columns[place].kind
        row = self._row(line, place)
        if kind == "number":
            return str(line.number)
        if row is None:
            return ""
        if kind == "code":
            return row.written.get("code") or row.code
        if kind in ("name", "line"):
            return row.name
        cell = self.model.shown(line, place)
        return self.shown(cell) if cell else ""

    def shown(self, cell: Shown) -> str:
        """As printed where that cannot be read as an amount."""
        amount = cell.amount(self.model.viewing.unit)
        if cell.printed is not None and amount.value is None:
            return cell.printed
        return self.model.viewing.shown(amount.value)

    def raw(self, line: TableLine, place: int) -> str:
        cell = self.model.shown(line, place)
        if cell is None:
            return self.text(line, place)
        amount = cell.amount(self.model.viewing.unit).value
        return self.model.viewing.edited(amount) if amount is not None else cell.text

    def cell(self, line: TableLine, place: int) -> Cell:
        model = self.model
        column, row, cell = model.columns[place], self._row(line, place), model.shown(line, place)
        money = column.kind == "money"
        name = f"{model.section.id}!{row.key}" if row else ""
        first = place == 0
        return Cell(
            text=self.text(line, place),
            right=money,
            tone=self._tone(column.kind, cell),
            bold=bool(row) and (row.key == TOTAL or bool(model.table.kind == "lines" and row.below)),
            ground=self._ground(row, cell, money),
            edge=model.workspace.marks.severity(name, *(() if first else (column.id,))) if name else None,
            indent=8 + INDENT * max(0, row.level - 1) if row and column.kind == "name" else 8,
            beside=self._beside(cell),
        )

    def _beside(self, cell: Shown | None) -> str:
        if cell is None or cell.printed is None:
            return ""
        return self.model.viewing.shown(cell.computed) or say.NO_AMOUNT

    def _tone(self, kind: str, cell: Shown | None) -> Tone:
        if kind == "number":
            return "muted"
        return "warning_text" if cell and cell.printed is not None else "ink"

    def _ground(self, row: TableRow | None, cell: Shown | None, money: bool) -> str:
        """Grey: nobody types here."""
        if row is None:
            return "paper"
        computed = cell is not None and cell.fact is None
        return "computed" if computed or (not money and bool(row.below or row.key == TOTAL)) else "paper"

    def tooltip(self, line: TableLine, place: int) -> str:
        model, row, cell = self.model, self._row(line, place), self.model.shown(line, place)
        if row is None:
            return ""
        column = model.columns[place].id
        name = f"{model.section.id}!{row.key}"
        said = [model.workspace.marks.sentence(name, column)]
        if cell is None:
            said.append(row.name)
        else:
            if cell.printed is not None:
                said.append(say.both(self.shown(cell), model.viewing.shown(cell.computed)))
            if cell.fact is None:
                said.append(formula(model.view, row.key, column))
                several = not row.below and not model.columns[place].sum
                said.append(say.NOT_TYPED_HERE if several else "")
            else:
                said.append(say.typed_here(model.view.facts.ledger.label_of(cell.fact[1])))
        return "\n".join(s for s in said if s)
