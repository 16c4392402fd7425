"""Rows of a table of codes: code, name and amounts found by what they are, split and shifted ones mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from itertools import product

from perfdesk.budget.facts import exact_sum
from perfdesk.budget.tables import TOTAL
from perfdesk.catalog import label_key
from perfdesk.model.ledger import CODE_LENGTHS, BudgetTable, CodeKind
from perfdesk.recognise.budget.read_rows import AMOUNT_REST, RowDraft, TableRead, amount_text, is_number
from perfdesk.recognise.budget.sheets import Sheet, Stretch
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line, parse_amount

_TOTALS = ("合计", "总计")
_CODE_REST = re.compile(r"\d{1,4}")
_ROW_NUMBER = re.compile(r"\d+[.、．]?")


def read_code_rows(sheets: Iterable[Sheet], codes: CodeKind) -> TableRead:
    """All rows of all pages of one table."""
    pages = list(sheets)
    reader = _Reader(pages[0].heads.table, codes)
    for sheet in pages:
        for stretch in sheet.stretches:
            for line in stretch.rows:
                reader.row(line, stretch)
    return reader.read


class _Reader:
    def __init__(self, table: BudgetTable, codes: CodeKind) -> None:
        self.table = table
        self.lengths = CODE_LENGTHS[codes]
        self.read = TableRead(table)
        self.money = [c.id for c in table.money]
        self.totals = {label_key(t) for t in (*_TOTALS, table.total) if t}
        self.id = {c.kind: c.id for c in table.columns if c.kind != "money"}
        self.levels: list[str] = []

    def row(self, line: Line, stretch: Stretch) -> None:
        for shift in (0, 1, -1, 2, -2):
            cells = _cells(line, stretch.columns, shift)
            if cells is not None and not shift:
                self._join_levels(line, stretch, cells)
            if cells is not None and self._take(line, cells, shift):
                return
        self.read.leftovers += [s.own for s in line.filled]

    def _join_levels(self, line: Line, stretch: Stretch, cells: dict[str, str]) -> None:
        """A code that is printed in a column for each level (``205 | 02 | 01``; a level may stand only in its first row)."""
        code = self.id.get("code", "")
        start = stretch.columns.get(code, 0)
        spots = [
            line.at(c)
            for c in range(start, min((c for c in stretch.columns.values() if c > start), default=0))
        ]
        own = [one_line(s.own) if s and s.col == c else "" for c, s in enumerate(spots, start)]
        last = max((n for n, text in enumerate(own) if text), default=-1)
        if last < 0 or len(own) < 2 or not all(t.isdecimal() for t in own if t):
            return
        above = self.levels + [""] * len(own)
        begun = next(n for n, text in enumerate(own) if text)
        self.levels = above[:begun] + own[begun : last + 1]
        joined = ""
        for text in self.levels:
            joined = text if joined and text.startswith(joined) else joined + text
        cells |= {f"{code}/{n}": s.own for n, s in enumerate(spots) if s and s.own} | {code: joined}

    def _take(self, line: Line, cells: Mapping[str, str], shift: int) -> bool:
        number, code, name = (cells.get(self.id.get(k, ""), "") for k in ("number", "code", "name"))
        digits = one_line(code)
        total = next((t for t in (name, code, number) if label_key(t) in self.totals), "")
        if total:
            fits = not is_number(name) and (not digits or label_key(code) in self.totals)
            key, label = TOTAL, total
        else:
            fits = self._is_code(digits) and not is_number(name)
            key, label = digits, name
        odd = number and not _ROW_NUMBER.fullmatch(one_line(number)) and label_key(number) not in self.totals
        if not fits or odd or (shift and not label):
            return shift == 0 and (
                self._continue(line, number, digits, name, cells) or self._nameless(line, cells)
            )
        draft = RowDraft(key, {}, "" if label_key(number) in self.totals else one_line(number), line.where)
        if key != TOTAL and code != digits:
            draft.note("code-joined", "code", f"断开的科目编码“{code}”已接成“{digits}”")
        if shift:
            draft.note("cell-shifted", "code")
        draft.cells = {"name": label} | {c: amount_text(cells.get(c, ""), draft, c) for c in self.money}
        self._add(draft, line, cells)
        return True

    def _add(self, draft: RowDraft, line: Line, cells: Mapping[str, str]) -> None:
        self.read.drafts.append(draft)
        self._unplaced(line, cells.values())

    def _unplaced(self, line: Line, taken: Iterable[str]) -> None:
        """Texts outside the columns."""
        known = set(taken)
        self.read.leftovers += [s.own for s in line.filled if s.own not in known]

    def _is_code(self, digits: str) -> bool:
        return digits.isdecimal() and (len(digits) in self.lengths or len(digits) > self.lengths[-1])

    # --- rows that go on ---

    def _continue(self, line: Line, number: str, digits: str, name: str, cells: Mapping[str, str]) -> bool:
        """The rest of the row above, which the page or the scan cut off: no number, and a code that only makes sense joined."""
        last = self.read.drafts[-1] if self.read.drafts else None
        if last is None or number or (digits and not self._completes(last.key, digits)):
            return False
        amounts = {c: t for c in self.money if (t := cells.get(c, ""))}
        begun = any(last.cells.get(c) for c in self.money)
        if begun and not all(
            last.cells.get(c) and AMOUNT_REST.fullmatch(one_line(t)) for c, t in amounts.items()
        ):
            return False
        if name and amounts and not digits:
            return False
        self._unplaced(line, cells.values())
        if digits:
            last.note(
                "code-joined", "code", f"断开的科目编码“{last.key}”“{digits}”已接成“{last.key}{digits}”"
            )
            last.key += digits
        if name:
            last.cells["name"] = last.cells.get("name", "") + name
            last.note("cell-joined", "name")
        self._join(last, amounts)
        return True

    def _completes(self, code: str, digits: str) -> bool:
        return bool(_CODE_REST.fullmatch(digits)) and code.isdecimal() and len(code + digits) in self.lengths

    def _join(self, last: RowDraft, amounts: Mapping[str, str]) -> None:
        """Each amount with its rest; where the row adds up only without a rest (a scan gave the digit twice), without it."""
        options = [(last.cells.get(c, "") + one_line(t), last.cells.get(c, "")) for c, t in amounts.items()]
        whole = {c: joined for c, (joined, _) in zip(amounts, options, strict=True)}
        for choice in product(*options):
            tried = dict(zip(amounts, choice, strict=True))
            if self._adds_up({**last.cells, **tried}):
                whole = tried
                break
        for column, rest in amounts.items():
            before, after = last.cells.get(column, ""), whole[column]
            last.cells[column] = after
            last.note(
                "amount-joined",
                column,
                f"断开的数“{before}”“{rest}”已接成“{after}”"
                if after != before
                else f"“{before}”已经完整，下一行重复的“{rest}”已略去",
            )

    def _adds_up(self, cells: Mapping[str, str]) -> bool:
        """Every column that is a sum of others agrees with them, in a row whose amounts can be read."""
        amounts = {c: parse_amount(t) for c in self.money if (t := cells.get(c, ""))}
        if any(a.value is None for a in amounts.values()):
            return False
        values = {c: a.value or Decimal(0) for c, a in amounts.items()}
        sums = [c for c in self.table.money if c.sum]
        return bool(sums) and all(
            values.get(c.id, 0) == exact_sum(values.get(p, Decimal(0)) for p in c.sum) for c in sums
        )

    def _nameless(self, line: Line, cells: Mapping[str, str]) -> bool:
        """The name is lost and the amounts stand one column to the left: certain where they add up only after moving back."""
        code, name = (cells.get(self.id.get(k, ""), "") for k in ("code", "name"))
        digits = one_line(code)
        moved = dict(zip(self.money, (name, *(cells.get(c, "") for c in self.money[:-1])), strict=True))
        if not self._is_code(digits) or not is_number(name) or cells.get(self.money[-1]):
            return False
        if not self._adds_up(moved):
            return False
        draft = RowDraft(digits, {}, one_line(cells.get("number", "")), line.where)
        draft.note("cell-shifted", "name", "本行缺了科目名称，各数已右移一列")
        draft.cells = {c: amount_text(t, draft, c) for c, t in moved.items()}
        self._add(draft, line, cells)
        return True


def _cells(line: Line, columns: Mapping[str, int], shift: int) -> dict[str, str] | None:
    """Texts by column id, read ``shift`` columns further left; None where a text would fall outside the columns."""
    found: dict[str, str] = {}
    used: set[int] = set()
    for name, column in columns.items():
        spot = line.at(column - shift) if column - shift >= 0 else None
        if spot is not None and spot.own and spot.col not in used:
            found[name] = spot.own
            used.add(spot.col)
    if shift and len(used) < len(line.filled):
        return None
    return found


def restore_codes(reads: Collection[TableRead], names: Mapping[str, str]) -> None:
    """A row whose code is that of another row of its table, so that the end of it was lost: the code of the same name, where the other
    tables or the standard list (``names``: code → name) know exactly one below it."""
    known: dict[str, set[str]] = {}
    counts = {read.table.id: Counter(d.key for d in read.drafts) for read in reads}
    for code, name in names.items():
        known.setdefault(label_key(name), set()).add(code)
    for read in reads:
        for draft in read.drafts:
            if counts[read.table.id][draft.key] == 1 and draft.key != TOTAL:
                known.setdefault(label_key(draft.cells.get("name", "")), set()).add(draft.key)
    for read in reads:
        have = counts[read.table.id]
        for draft in [d for d in read.drafts if have[d.key] > 1 and d.key != TOTAL]:
            codes = known.get(label_key(draft.cells.get("name", "")), set())
            below = {c for c in codes if c.startswith(draft.key) and c not in have}
            if draft.key not in codes and len(below) == 1:
                code = below.pop()
                draft.note("code-restored", "code", f"科目编码“{draft.key}”不全，已按科目名称补为“{code}”")
                draft.key = code
