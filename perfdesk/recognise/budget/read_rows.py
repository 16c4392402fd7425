"""What the rows of one printed table say: rows in the making, their repairs, and what no row took."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from perfdesk.budget.intake import row_path
from perfdesk.budget.printed import PrintedRow
from perfdesk.model.finding import Repair
from perfdesk.model.ledger import BudgetTable
from perfdesk.values import one_line, parse_amount

_SPLIT_NUMBER = re.compile(r"[\d.,，．]\s+[\d.,，．]")
AMOUNT_REST = re.compile(r"[\d.]{1,3}")
"""What a row that only goes on may hold of a number that a cut parted."""

MENDED = {
    "code-joined": "断开的科目编码已接上",
    "amount-joined": "断开的数已接上",
    "cell-joined": "换行断开的文字已接上",
    "cell-shifted": "本行各格错了列，已按编码和名称移回",
    "row-repeated": "重复的行已略去",
}


@dataclass(slots=True)
class RowDraft:
    """A row as read so far. ``number``: the printed row number; ``repairs``: code, column, message, waiting for the row's key."""

    key: str
    cells: dict[str, str]
    number: str = ""
    where: str = ""
    repairs: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    def note(self, code: str, column: str, message: str = "") -> None:
        place = f"第 {self.number} 行：" if self.number else ""
        self.repairs.append((code, column, place + (message or MENDED[code])))


@dataclass(slots=True)
class TableRead:
    """One table of one unit. ``leftovers``: texts in its rows that no cell took."""

    table: BudgetTable
    drafts: list[RowDraft] = field(default_factory=list[RowDraft])
    repairs: list[Repair] = field(default_factory=list[Repair])
    leftovers: list[str] = field(default_factory=list[str])

    def repair(self, code: str, where: str, message: str = "") -> None:
        address = f"tables/{self.table.id}/{where}" if where else f"tables/{self.table.id}"
        repair = Repair(code, address, message or MENDED[code])
        if repair not in self.repairs:
            self.repairs.append(repair)

    @property
    def rows(self) -> tuple[PrintedRow, ...]:
        return tuple(PrintedRow(d.key, {c: t for c, t in d.cells.items() if t}) for d in self.drafts)

    def settle(self) -> None:
        """Rows that come twice: the same again is dropped, another with the same key is left over; both are told. Then every repair gets
        its path."""
        known: dict[str, RowDraft] = {}
        for draft in self.drafts:
            first = known.setdefault(draft.key, draft)
            if first is draft:
                continue
            new = {c: t for c, t in draft.cells.items() if t and t != first.cells.get(c)}
            if new and not any(first.cells.get(c) for c in new):
                first.cells |= new
            elif new:
                text = " ".join(t for t in (draft.number, draft.key, *draft.cells.values()) if t)
                self.leftovers.append(text)
                self.repair(
                    "row-conflict",
                    row_path(self.table, draft.key),
                    f"同一行印了两次且不同，采用前一次，另一次为“{text}”",
                )
            else:
                self.repair("row-repeated", row_path(self.table, draft.key))
            first.repairs += draft.repairs
        self.drafts = list(known.values())
        for draft in self.drafts:
            for code, column, message in draft.repairs:
                self.repair(code, f"{row_path(self.table, draft.key)}/{column}", message)
        self._number_rows()

    def _number_rows(self) -> None:
        """Rows are numbered anew; where the printed numbers skip, that is told."""
        last = 0
        for draft in self.drafts:
            if draft.number.isdecimal():
                if last and int(draft.number) not in (last, last + 1):
                    where = row_path(self.table, draft.key)
                    self.repair("number-mended", where, f"序号从 {last} 跳到 {draft.number}，已顺次编号")
                last = int(draft.number)


def amount_text(raw: str, draft: RowDraft, column: str) -> str:
    """An amount's text; blanks that a scan put into a number are taken out and told, anything else stays as written."""
    if _SPLIT_NUMBER.search(raw) and parse_amount(joined := one_line(raw)).value is not None:
        draft.note("amount-joined", column, f"断开的数“{raw}”已接成“{joined}”")
        return joined
    return raw


def is_number(text: str) -> bool:
    """A number stands there, whatever else is wrong with it."""
    return bool(text) and parse_amount(text).value is not None
