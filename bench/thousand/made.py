"""What is made: filings with their amounts in whole numbers, the mistakes planted in them, and how big a thousand is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row

YEAR = 2023
OVERALL = "zhengzhou-2023/overall-target"
BUDGET = "handan-2022/department-budget"
PROJECTS = ("hebei-2022/project-target", "national-2021/project-target")
EVALUATION = "national-2020/self-evaluation"

Key = tuple[str, str, str]
"""Table, code, column: of a fields section its name, no code and the field; of a ledger the code as typed and the fact; of a table of a
budget what it prints otherwise."""


@dataclass(frozen=True, slots=True)
class Size:
    """``forms``: how many filings a unit hands in, at least 4."""

    units: int = 1000
    forms: int = 60
    seed: int = 7


@dataclass(frozen=True, slots=True)
class MadeFiling:
    """``amounts``: what its cells say in 分, whatever unit they are written in."""

    filing: Filing
    amounts: Mapping[Key, int]

    def with_cell(self, row: str, column: str, text: str) -> MadeFiling:
        rows = tuple(r.with_cell(column, text) if r.id == row else r for r in self.filing.rows)
        return replace(self, filing=replace(self.filing, rows=rows))

    def with_amount(self, table: str, column: str, fen: int) -> MadeFiling:
        """Of a fields section: the cell written anew, and counted so."""
        text = written(fen, self.filing.form == OVERALL)
        changed = self.with_cell(table, column, text)
        return replace(changed, amounts=MappingProxyType({**self.amounts, (table, "", column): fen}))

    def with_rows(self, *new: Row) -> MadeFiling:
        """Behind all others of their section, or where the form has its sections."""
        order = {name: n for n, name in enumerate(self.filing.sections)}
        rows = sorted((*self.filing.rows, *new), key=lambda r: order[r.section])
        return replace(self, filing=replace(self.filing, rows=tuple(rows)))

    def without(self, row: str) -> MadeFiling:
        rows = tuple(r for r in self.filing.rows if r.id != row)
        return replace(self, filing=replace(self.filing, rows=rows))


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake that a reviewer must find. ``unit``: its code; ``filing``: which of its filings, from 0; ``code``: of the rule that
    finds it; ``where``: the place as the finding names it."""

    unit: str
    filing: int
    code: str
    where: str


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """A unit or (six digits) a department; ``filings``: overall target, budget, self-evaluations, projects."""

    code: str
    name: str
    filings: tuple[MadeFiling, ...]
    planted: tuple[Planted, ...] = ()


def written(fen: int, yuan: bool) -> str:
    """Whole 分 as 元 with two digits, or as 万元 with two and as many more as it needs."""
    if yuan:
        return f"{fen // 100}.{fen % 100:02}"
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}.{f'{rest:06}'.rstrip('0').ljust(2, '0')}"
