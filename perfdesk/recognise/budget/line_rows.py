"""Rows of a summary of fixed lines: each side's label tells its line, and the amounts stand to its right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from perfdesk.catalog import label_key
from perfdesk.model.ledger import BudgetTable
from perfdesk.model.ledger import Line as FixedLine
from perfdesk.recognise.budget.read_rows import AMOUNT_REST, RowDraft, TableRead, amount_text, is_number
from perfdesk.recognise.budget.sheets import Sheet, Stretch
from perfdesk.recognise.lines import Line, Spot
from perfdesk.values import one_line, parse_amount

_ORDINAL = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．])"
)
_OF_WHICH = re.compile(r"^其中[:：]?")


def read_line_rows(sheets: Iterable[Sheet]) -> TableRead:
    """All rows of all pages of one table."""
    pages = list(sheets)
    reader = _Reader(pages[0].heads.table)
    for sheet in pages:
        for stretch in sheet.stretches:
            for line in stretch.rows:
                reader.row(line, stretch)
    return reader.read


class _Reader:
    """``seen``: of each line column the lines met so far, the last one last: of two lines with one label the next is meant."""

    def __init__(self, table: BudgetTable) -> None:
        self.table = table
        self.read = TableRead(table)
        self.sides = [c.id for c in table.columns if c.kind == "line"]
        self.seen: dict[str, list[str]] = {side: [] for side in self.sides}
        self.lines = {side: [x for x in table.lines if x.column == side] for side in self.sides}
        self.exact = {x.id: _names(x) for x in table.lines}
        self.loose = {x.id: _loose_names(x) for x in table.lines}

    def row(self, line: Line, stretch: Stretch) -> None:
        anchors = list(self._anchors(line, stretch.columns))
        taken: set[int] = set()
        number = self._number(line, stretch.columns, anchors)
        for n, (spot, side, fixed, label) in enumerate(anchors):
            stop = anchors[n + 1][0].col if n + 1 < len(anchors) else line.width
            taken.add(spot.col)
            self._side(line, stretch.columns, (spot, side, fixed, label), stop, number, taken)
        for spot in line.filled:
            if spot.col in taken or spot.own == number or parse_amount(spot.own).value == 0:
                continue
            if not anchors and self._rest(spot, stretch.columns):
                continue
            self.read.leftovers.append(spot.own)

    def _rest(self, spot: Spot, columns: Mapping[str, int]) -> bool:
        """The rest of a number that was cut off, in a row with nothing else but such rests."""
        name = next((n for n, c in columns.items() if c == spot.col), "")
        side = next((s for s in self.sides if any(c.id == name for c in self.table.money_of(s))), "")
        last = next((d for d in reversed(self.read.drafts) if side in d.cells), None)
        before = last.cells.get(name, "") if last else ""
        joined = before + one_line(spot.own)
        if (
            last is None
            or not before
            or not AMOUNT_REST.fullmatch(one_line(spot.own))
            or not is_number(joined)
        ):
            return False
        last.cells[name] = joined
        last.note("amount-joined", name, f"断开的数“{before}”“{spot.own}”已接成“{joined}”")
        return True

    def _number(self, line: Line, columns: Mapping[str, int], anchors: list[_Anchor]) -> str:
        column = columns.get("number", -1)
        spot = line.at(column) if column >= 0 else None
        text = spot.own if spot else ""
        return text if one_line(text).isdecimal() and (not anchors or anchors[0][0].col > column) else ""

    # --- labels ---

    def _anchors(self, line: Line, columns: Mapping[str, int]) -> Iterable[_Anchor]:
        """The labels of the row, each with its side: where it stands, else the only other side that knows it."""
        at = {columns[side]: side for side in self.sides if side in columns}
        for spot in line.filled:
            own = at.get(spot.col)
            order = [own, *(s for s in self.sides if s != own)] if own else self.sides
            for side in order:
                fixed = self._fixed(side, spot.own) or (self._next(side, spot.own) if side == own else None)
                if fixed is not None:
                    yield spot, side, fixed, spot.own
                    break

    def _fixed(self, side: str, text: str) -> FixedLine | None:
        """The line that a label means: one not met yet, the nearest below the last one met; else the one met already."""
        exact, loose = label_keys(text)
        lines = self.lines[side]
        for wanted in (exact, loose):
            names = self.exact if wanted == exact else self.loose
            found = [x for x in lines if wanted in names[x.id]]
            if not found:
                continue
            seen = self.seen[side]
            last = max((n for n, x in enumerate(lines) if x.id in seen[-1:]), default=-1)
            fresh = [x for x in found if x.id not in seen]
            after = [x for x in fresh if lines.index(x) > last]
            return (after or fresh or found)[0]
        return None

    def _next(self, side: str, text: str) -> FixedLine | None:
        """The line just below the last one met, where the label has its numbering though not its words."""
        lines = self.lines[side]
        seen = self.seen[side]
        at = next((n + 1 for n, x in enumerate(lines) if seen and x.id == seen[-1]), 0)
        ordinal = _ORDINAL.match(one_line(text))
        if at >= len(lines) or ordinal is None:
            return None
        other = _ORDINAL.match(one_line(lines[at].label))
        return lines[at] if other and label_key(other[0]) == label_key(ordinal[0]) else None

    # --- amounts ---

    def _side(
        self,
        line: Line,
        columns: Mapping[str, int],
        anchor: _Anchor,
        stop: int,
        number: str,
        taken: set[int],
    ) -> None:
        spot, side, fixed, label = anchor
        self.seen[side].append(fixed.id)
        draft = RowDraft(fixed.id, {side: label}, number, line.where)
        self.read.drafts.append(draft)
        if not set(label_keys(label)) & (self.exact[fixed.id] | self.loose[fixed.id]):
            draft.note("label-differs", side, f"“{label}”按序号认作“{fixed.label}”")
        shift = spot.col - columns[side] if side in columns else 0
        if shift:
            draft.note("cell-shifted", side)
        for column in self.table.money_of(side):
            place = columns.get(column.id, -1)
            value = line.at(place + shift) if place >= 0 else None
            if value is not None and value.own and spot.col < value.col < stop:
                taken.add(value.col)
                draft.cells[column.id] = amount_text(value.own, draft, column.id)


_Anchor = tuple[Spot, str, FixedLine, str]


@lru_cache(maxsize=4096)
def label_keys(text: str) -> tuple[str, str]:
    """The folded label, and the same without its numbering."""
    plain = _OF_WHICH.sub("", _ORDINAL.sub("", one_line(text)))
    return label_key(text), label_key(plain)


def _names(line: FixedLine) -> set[str]:
    return {label_keys(t)[0] for t in (line.label, *line.aliases)}


def _loose_names(line: FixedLine) -> set[str]:
    return {label_keys(t)[1] for t in (line.label, *line.aliases)}
