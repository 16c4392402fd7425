"""A sum explained: which cell it is, what it adds up, what of it could not be added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from perfdesk.bureau.consolidated import AMOUNT, At, Consolidated, SumCell, called
from perfdesk.bureau.whole import shown
from perfdesk.errors import UserError
from perfdesk.model.bureau import Share

NAMED = 3
"""So many of the largest are named in the sentence; all of them are in ``shares``."""


def share_names(shares: Sequence[Share]) -> list[str]:
    """Whose each is; where a unit has several, with what it is about."""
    papers = Counter(share.unit for share in shares)
    return [f"{s.unit_name}“{s.title}”" if papers[s.unit] > 1 else s.unit_name for s in shares]


@dataclass(frozen=True, slots=True)
class Traced:
    """``table``, ``row``, ``column``: what people call the cell (``column`` empty where the row has one amount alone). ``shares``: every
    paper in it, the largest first, then those that have no number there. Their numbers add up to the cell's."""

    cell: SumCell
    table: str
    row: str
    column: str
    shares: tuple[Share, ...]

    @property
    def where(self) -> str:
        return " · ".join(t for t in (self.table, self.row, self.column) if t)

    @property
    def words(self) -> str:
        """``支出总表 · 212 城乡社区支出 · 合计 30.00 万元，由 2 份表相加：乙局 20.00、甲局 10.00；1 份有不是数的内容……：丙局“约12”``"""
        unit = f" {self.cell.unit}" if self.cell.unit else ""
        named = list(zip(share_names(self.shares), self.shares, strict=True))
        added = [f"{n} {shown(s.value, self.cell.unit)}" for n, s in named if s.value is not None]
        odd = [f"{name}“{s.text}”" for name, s in named if s.text]
        if not added:
            said = f"{self.where} 没有可以相加的数"
        else:
            said = f"{self.where} {self.cell.text}{unit}，由 {len(added)} 份表相加：{_first(added)}"
        return f"{said}；{len(odd)} 份有不是数的内容，没有计入：{_first(odd)}" if odd else said


def _first(texts: Sequence[str]) -> str:
    return f"{'、'.join(texts[:NAMED])}{' 等' if len(texts) > NAMED else ''}"


def traced(found: Consolidated, at: At, shares: Sequence[Share]) -> Traced:
    """``shares``: of that cell. UserError ``no-cell`` where there is no such cell."""
    for table in found.tables:
        for row in table.rows:
            for column, label in table.columns:
                cell = row.cells.get(column)
                if cell is not None and cell.at == at:
                    shown_label = "" if column == AMOUNT else label
                    return Traced(cell, table.title, called(row), shown_label, tuple(shares))
    message = f"汇总里没有“{'/'.join(at)}”这一格。用 consolidate --form --json 可以看到每一格的位置。"
    raise UserError("no-cell", message)
