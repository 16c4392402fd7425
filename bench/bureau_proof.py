"""Whether what a bureau has is what the made units handed in: every sum, every planted mistake, every share of a sum, every difference."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from bench.thousand import Size, department, unit
from bench.thousand.budgets import LEDGERS
from bench.thousand.made import BUDGET, EVALUATION, OVERALL, PROJECTS, YEAR, Planted
from bench.thousand.oracle import TABLES, Cell, beyond, of_unit, typed
from bench.thousand.packages import Written
from bench.thousand.rows import form_of
from bench.thousand.tree import UNITS, department_node, departments, unit_node
from perfdesk.bureau.differences import differences as apart
from perfdesk.model.bureau import Scope, Sum
from perfdesk.store import Store

FORMS = (OVERALL, BUDGET, EVALUATION, *PROJECTS)
COUNTED = {"budget", "money", "spending", "economic", *TABLES}
"""Sections and tables of which the oracle knows every amount."""
TRACED = 24
"""So many sums are followed to every unit that has a part in them."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How many of what there is came out right. ``handed``: units and departments that are there; ``sums``: cells, to the last 10⁻⁴ 元;
    ``shown``: those that the command ``consolidate`` lists; ``planted``: mistakes that were found where they are; ``shares``: parts of
    the traced sums; ``apart``: cells in which a department differs from its units, and no others."""

    handed: tuple[int, int]
    sums: tuple[int, int]
    shown: tuple[int, int]
    planted: tuple[int, int]
    shares: tuple[int, int]
    apart: tuple[int, int]

    @property
    def right(self) -> bool:
        both = (self.handed, self.sums, self.shown, self.planted, self.shares, self.apart)
        return all(found == wanted > 0 for found, wanted in both)


def proved(data: Path, size: Size, written: Written) -> tuple[Proof, float]:
    """With the seconds that adding everything up took."""
    with Store.open(data) as store:
        everyone = Scope(units=tuple(unit_node(n).code for n in range(size.units)))
        start = perf_counter()
        sums = {form: store.bureau.sums(YEAR, (form,), everyone) for form in FORMS}
        seconds = perf_counter() - start
        wanted = {cell: value for cell, value in written.sums.items() if typed(cell) and value}
        made = {unit_node(n).code: of_unit(unit(n, size)) for n in range(size.units)}
        proof = Proof(
            (len(store.bureau.handings(YEAR)), size.units + departments(size.units)),
            _equal(_flat(sums), wanted),
            _equal(_shown(data), {c: v for c, v in wanted.items() if c[1] not in LEDGERS}),
            _found(store, written.planted),
            _traced(store, made, Random(size.seed), wanted, everyone),
            _apart(store, size, made),
        )
    return proof, seconds


def _flat(sums: Mapping[str, Iterable[Sum]]) -> dict[Cell, int]:
    """By form; what is nothing is left out, for a table shows 0 where its oracle has no amount."""
    return {
        (form, one.section, one.line, one.field): one.value
        for form, some in sums.items()
        for one in some
        if one.value and one.section in COUNTED
    }


def _shown(data: Path) -> dict[Cell, int]:
    """As ``consolidate --json`` says it of all units, in each form's unit of amounts."""
    command = [
        sys.executable,
        "-m",
        "perfdesk",
        "--data",
        str(data),
        "consolidate",
        "--json",
        "--year",
        str(YEAR),
    ]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    found: dict[Cell, int] = {}
    for form in told["forms"]:
        digits = 8 if form["amount_unit"] == "万元" else 4
        for table in (t for t in form["tables"] if t["id"] in COUNTED):
            for row in table["rows"]:
                for column, cell in row["cells"].items():
                    whole = _whole(cell["value"], digits)
                    of_field = (row["key"],) if column == "amount" else (column,)
                    line = "" if column == "amount" else row["key"]
                    if whole:
                        found[form["form"], table["id"], line, *of_field] = whole
    return found


def _whole(text: str, digits: int) -> int:
    """``-1.50`` with 4 digits → -15000: digit by digit, for this is what the program is compared with."""
    whole, _, rest = text.lstrip("-").partition(".")
    value = int(f"{whole or 0}{rest.ljust(digits, '0')}")
    return -value if text.startswith("-") else value


def _equal(found: Mapping[Cell, int], wanted: Mapping[Cell, int]) -> tuple[int, int]:
    """Cells that only one of the two has count as wrong; tables that have no row of a sum of all do not show it."""
    cells = found.keys() | {c for c in wanted if c in found or c[2] != "total"}
    return sum(found.get(cell) == wanted.get(cell) for cell in cells), len(cells)


def _found(store: Store, planted: Iterable[Planted]) -> tuple[int, int]:
    """Of those that a check of one unit finds; what a department forgot is among the differences."""
    told = {
        (unit, paper, one.code, one.place)
        for (unit, paper), some in store.bureau.findings(YEAR).items()
        for one in some
    }
    known = [p for p in planted if p.code != "department-differs"]
    return sum((p.unit, p.filing + 1, p.code, p.where) in told for p in known), len(known)


Made = Mapping[str, Mapping[Cell, int]]
"""By unit what it says."""


def _traced(
    store: Store, made: Made, dice: Random, wanted: Mapping[Cell, int], everyone: Scope
) -> tuple[int, int]:
    """Every part of some sums, unit by unit, against the units made again."""
    cells = sorted(wanted)
    some = dice.sample(cells, min(TRACED, len(cells)))
    right = total = 0
    for cell in some:
        form, section, line, field = cell
        parts: Counter[str] = Counter()
        for share in store.bureau.shares(YEAR, (form,), (section, line, field), everyone):
            parts[share.unit] += share.value or 0
        expected = {code: own[cell] for code, own in made.items() if own.get(cell)}
        both = {code for code in parts if parts[code]} | expected.keys()
        right += sum(parts[code] == expected.get(code) for code in both)
        total += len(both)
    return right, total


def _apart(store: Store, size: Size, made: Made) -> tuple[int, int]:
    right = total = 0
    for number in range(departments(size.units)):
        codes = [unit_node(n).code for n in range(number * UNITS, min((number + 1) * UNITS, size.units))]
        expected = beyond(of_unit(department(number, size)), (made[code] for code in codes))
        own = Scope(units=(department_node(number).code,))
        below = Scope(units=tuple(codes))
        for form in (OVERALL, BUDGET):
            mine, theirs = (store.bureau.sums(YEAR, (form,), scope) for scope in (own, below))
            told = apart(form_of(form), mine, theirs).cells
            found = {
                (form, *one.at): (one.own.value or 0) - (one.below.value or 0)
                for one in told
                if one.at[0] in COUNTED and ((one.own.value or 0) != (one.below.value or 0))
            }
            wanted = {cell: value for cell, value in expected.items() if cell[0] == form}
            shown = {
                c for c in wanted if c[1] not in ("spending", "economic") and (c in found or c[2] != "total")
            }
            both = found.keys() | shown
            right += sum(found.get(cell) == wanted.get(cell) for cell in both)
            total += len(both)
    return right, total
