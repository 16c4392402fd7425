"""What stands in the cells of a ledger's entry sheet: texts, amounts, grounds, and why a number is what it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from perfdesk.budget.facts import ROOT, UNCODED
from ui.messages import ledger as say
from ui.messages.carry import before
from ui.models.cell import Cell, Tone

if TYPE_CHECKING:
    from ui.models.ledger import LedgerModel
    from ui.models.ledger_lines import LedgerColumn, LedgerLine

INDENT = 14


class LedgerCells:
    def __init__(self, model: LedgerModel) -> None:
        self.model = model

    def amount(self, line: LedgerLine, column: LedgerColumn) -> Decimal | None:
        if column.id in ("code", "name") or line.kind == "new":
            return None
        if line.kind in ("leaf", "uncounted"):
            given = self.model.facts.parsed[line.id][1]
            if column.fact:
                return given[column.fact].value if column.fact in given else None
            if line.kind == "uncounted" or len(self.model.facts.nodes[line.code].rows) > 1:
                return None
        wanted = (column.fact,) if column.fact else self.model.ledger.facts
        return self.model.facts.amount(ROOT if line.kind == "total" else line.code, wanted)

    def raw(self, line: LedgerLine, column: LedgerColumn) -> str:
        """For an editor: as typed where the unit is the filing's, else the exact amount in the unit shown."""
        if line.kind == "new":
            return ""
        if column.id in ("code", "name"):
            return self.text(line, column)
        if not column.fact or line.kind not in ("leaf", "uncounted"):
            return self._plain(line, column)
        filing, amount = self.model.workspace.filing, self.amount(line, column)
        row = filing.row(line.id) if filing else None
        raw = row.get(column.fact) if row else ""
        return (
            raw
            if amount is None or self.model.viewing.view == self.model.viewing.unit
            else self.model.viewing.edited(amount)
        )

    def last(self, line: LedgerLine, column: LedgerColumn) -> Decimal | None:
        """Last year's amount of the same code, where it was another; None too where several lines of a code share it."""
        if column.id in ("code", "name") or line.kind in ("new", "uncounted"):
            return None
        if line.kind == "leaf" and len(self.model.facts.nodes[line.code].rows) > 1:
            return None
        wanted = (column.fact,) if column.fact else self.model.ledger.facts
        then = self.model.last.amount(ROOT if line.kind == "total" else line.code, wanted)
        return None if then == (self.amount(line, column) or 0) else then

    def _plain(self, line: LedgerLine, column: LedgerColumn) -> str:
        return self.model.viewing.edited(self.amount(line, column))

    def text(self, line: LedgerLine, column: LedgerColumn) -> str:
        if column.id == "code":
            return say.NEW_LINE if line.kind == "new" else "" if line.code.startswith(UNCODED) else line.code
        if column.id == "name":
            return self._name(line)
        amount = self.amount(line, column)
        if amount is None and column.fact and line.kind in ("leaf", "uncounted"):
            return self.raw(line, column)
        return self.model.viewing.shown(amount)

    def _name(self, line: LedgerLine) -> str:
        if line.kind in ("total", "new"):
            return say.TOTAL if line.kind == "total" else ""
        filing = self.model.workspace.filing
        row = filing.row(line.row) if filing and line.row else None
        return (row.get("name") if row else "") or self.model.ledger.names.get(line.code, "")

    def cell(self, line: LedgerLine, place: int) -> Cell:
        column = self.model.columns[place]
        marks, words = self.model.workspace.marks, column.id in ("code", "name")
        computed = line.kind in ("parent", "total") or column.id == "total"
        return Cell(
            text=self.text(line, column),
            right=not words,
            tone=self._tone(line, column),
            bold=line.kind == "total" or (line.kind == "parent" and line.level == 1),
            ground="computed" if computed and line.kind != "new" else "paper",
            edge=marks.severity(line.id, *(() if column.id == "code" else (column.id,)))
            or self._edge(line, column),
            indent=8 + INDENT * max(0, line.level - 1) if column.id == "name" else 8,
            then=before(self.model.viewing.shown(self.last(line, column))) if self.model.with_then else "",
        )

    def _tone(self, line: LedgerLine, column: LedgerColumn) -> Tone:
        if line.kind == "new":
            return "faint"
        if line.kind == "uncounted" and column.fact:
            return "error"
        return "quiet" if column.id == "total" and line.kind == "leaf" else "ink"

    def _edge(self, line: LedgerLine, column: LedgerColumn) -> Literal["warning"] | None:
        return "warning" if column.id == "code" and self._oddness(line) else None

    def _oddness(self, line: LedgerLine) -> str:
        """What is unusual about the line's code, in words."""
        if line.kind == "uncounted":
            return say.UNCOUNTED
        if line.kind != "leaf":
            return ""
        if line.code.startswith(UNCODED):
            return say.NO_CODE
        if len(self.model.facts.nodes[line.code].rows) > 1:
            return say.DOUBLED
        return say.NOT_IN_LIST if self.model.ledger.names and line.code not in self.model.ledger.names else ""

    def tooltip(self, line: LedgerLine, column: LedgerColumn) -> str:
        marks = self.model.workspace.marks
        own = () if column.id == "code" else (column.id,)
        said = marks.sentence(line.id, *own)
        if column.id in ("code", "name"):
            return said or (self._oddness(line) if column.id == "code" else self._name(line))
        computed = {"parent": say.COMPUTED_PARENT, "total": say.COMPUTED_TOTAL}.get(line.kind, "")
        if not computed and column.id == "total" and line.kind == "leaf":
            computed = say.COMPUTED_ROW
        then = before(self.model.viewing.shown(self.last(line, column)))
        return said or self._formula(line, column, computed) or then

    def _formula(self, line: LedgerLine, column: LedgerColumn, why: str) -> str:
        """Why the cell is computed and what it adds up."""
        if not why or line.kind not in ("parent", "total"):
            return why
        below = self.model.facts.nodes[ROOT if line.kind == "total" else line.code].below
        wanted = (column.fact,) if column.fact else self.model.ledger.facts
        parts = [(c, self.model.facts.amount(c, wanted)) for c in below]
        named = [(c, self.model.viewing.shown(a)) for c, a in parts if a is not None]
        return say.formula(why, named)
