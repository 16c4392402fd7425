"""What must come out when units are added up: whole numbers of 10⁻⁴ 元, added here without parsing a cell or asking the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bench.thousand.budgets import LEDGERS
from bench.thousand.made import BUDGET, OVERALL, MadeFiling, MadeUnit
from bench.thousand.money import Project

Cell = tuple[str, str, str, str]
"""Form, table, code, column. Code: of a fields section none; of a ledger every level (``213``, ``21301``, ``2130122``) and none for the
sum of all; of a table of a budget the same with ``total`` for the sum of all."""

FEN = 100
"""In 10⁻⁴ 元."""

TABLES: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "支出总表": ("spending", {"total": ("",), "basic": ("basic.",), "project": ("project.",)}),
        "收入总表": (
            "spending",
            {
                "total": ("",),
                "subtotal": ("",),
                "fiscal": (".general", ".fund"),
                "special": (".special",),
                "other": (".other",),
            },
        ),
        "一般公共预算财政拨款支出表": (
            "spending",
            {"total": (".general",), "basic": ("basic.general",), "project": ("project.general",)},
        ),
        "一般公共预算财政拨款基本支出表": (
            "economic",
            {"total": ("",), "personnel": ("personnel.",), "public": ("public.",)},
        ),
        "政府基金预算财政拨款支出表": ("spending", {"total": (".fund",), "project": ("project.fund",)}),
    }
)
"""Of the tables that are made of a ledger: column → parts of the names of the facts that it adds up."""


def sums(units: Iterable[MadeUnit]) -> dict[Cell, int]:
    """Of all that the units say; a cell that nobody fills is not there."""
    found: Counter[Cell] = Counter()
    for unit in units:
        found.update(of_unit(unit))
    return dict(found)


def of_unit(unit: MadeUnit) -> dict[Cell, int]:
    found: Counter[Cell] = Counter()
    for made in unit.filings:
        found.update(_of_filing(made))
    return dict(found)


def _of_filing(made: MadeFiling) -> dict[Cell, int]:
    form = made.filing.form
    found: Counter[Cell] = Counter()
    for (table, code, column), fen in made.amounts.items():
        for level in _levels(table, code) if table not in TABLES else ():
            found[form, table, level, column] += fen * FEN
            for cell in _of_tables(table, level, column) if form == BUDGET else ():
                found[cell] += fen * FEN
    # What a table prints otherwise is what it says.
    printed = {key: fen for key, fen in made.amounts.items() if key[0] in TABLES}
    return found | {(form, *key): fen * FEN for key, fen in printed.items()}


def typed(cell: Cell) -> bool:
    """Not a sum of codes of a ledger: that is in its tables."""
    return cell[1] not in LEDGERS or len(cell[2]) == (7 if cell[1] == "spending" else 5)


def differences(department: MadeUnit, units: Iterable[MadeUnit]) -> dict[Cell, int]:
    """What the department says beyond the sum of its units, in 10⁻⁴ 元, where that is not nothing: the overall target and the budget."""
    return beyond(of_unit(department), map(of_unit, units))


def beyond(own: Mapping[Cell, int], below: Iterable[Mapping[Cell, int]]) -> dict[Cell, int]:
    """The same, of what is counted already."""
    found: Counter[Cell] = Counter()
    for one in below:
        found.update(one)
    both = sorted(cell for cell in own.keys() | found.keys() if cell[0] in (OVERALL, BUDGET))
    return {cell: value for cell in both if (value := own.get(cell, 0) - found[cell])}


def quantities(projects: Iterable[Project]) -> dict[str, int]:
    """Counted indicators added up by name: what the overall targets promise together."""
    found: Counter[str] = Counter()
    for one in projects:
        found[one.subject.counted] += one.count
    return dict(found)


def _levels(table: str, code: str) -> tuple[str, ...]:
    if table not in LEDGERS:
        return (code,)
    return ("", *(code[:n] for n in (3, 5, 7) if n <= len(code)))


def _of_tables(ledger: str, code: str, fact: str) -> Iterator[Cell]:
    for table, (source, columns) in TABLES.items():
        for column, wanted in columns.items():
            if source == ledger and any(part in fact for part in wanted):
                yield BUDGET, table, code or "total", column
