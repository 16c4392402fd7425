"""Totals as Excel's formulas – only where Excel comes to the number that the program computed.

A total whose printed number is not the sum of its printed parts (尾差, a published mistake, a part that is a word) stays a plain number:
else Excel would show another number than paper as soon as it calculates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.document.grid import Cell, Term
from perfdesk.formats.xlsx_sheet import address
from perfdesk.formats.xlsx_write_looks import exact

MOST_ARGUMENTS = 200
"""Of one SUM; Excel takes 255."""
LONGEST = 8000
"""Excel takes formulas of 8192 characters; a total of more scattered parts stays a plain number."""
FEW = 3
"""So many single cells are added with +; more of them, or ranges, with SUM."""

Place = tuple[str, int, int]
"""Sheet, row and column from 0."""


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """Where the first row of a table lies, and its cells by their place in it."""

    sheet: str
    row: int
    cells: Mapping[tuple[int, int], Cell]


@dataclass(frozen=True, slots=True)
class _Range:
    """Rows or columns of one sheet in a row, added (1) or taken off (-1)."""

    sign: int
    sheet: str
    first: tuple[int, int]
    last: tuple[int, int]


def formulas(tables: Sequence[tuple[str, PlacedTable]]) -> dict[Place, str]:
    """For every total that comes out right its formula; ``tables`` with their names, of which two may be the same (then neither is
    found by it). Totals that go round in a circle have none."""
    names = [name for name, _ in tables]
    named = {name: table for name, table in tables if names.count(name) == 1}
    parts: dict[Place, list[Place]] = {}
    written: dict[Place, str] = {}
    for _, table in tables:
        for cell in table.cells.values():
            terms = _placed(cell, table, named) if cell.total_of else None
            formula = _formula(terms, table.sheet) if terms else None
            if terms and formula:
                place = (table.sheet, table.row + cell.row, cell.col)
                parts[place], written[place] = [place for _, place in terms], formula
    return {place: written[place] for place in _without_circles(parts)}


def _placed(cell: Cell, own: PlacedTable, named: Mapping[str, PlacedTable]) -> list[tuple[int, Place]] | None:
    """What the cell adds up, with signs; None where it is not its value."""
    if not isinstance(cell.value, Decimal) or not exact(cell.value):
        return None
    total, places = Decimal(0), list[tuple[int, Place]]()
    for term in cell.total_of:
        table = named.get(term.table) if term.table else own
        value = None if table is None else _value(table, term)
        if table is None or value is None:
            return None
        total += term.sign * value
        places.append((term.sign, (table.sheet, table.row + term.row, term.col)))
    return places if total == cell.value else None


def _value(table: PlacedTable, term: Term) -> Decimal | None:
    """What Excel takes the cell for; None where it is none that can be added safely."""
    cell = table.cells.get((term.row, term.col))
    if cell is None or cell.value == "":
        return None if cell is None else Decimal(0)
    return cell.value if isinstance(cell.value, Decimal) and exact(cell.value) else None


def _without_circles(parts: Mapping[Place, Sequence[Place]]) -> list[Place]:
    """The totals that rest on plain cells in the end."""
    waiting = {place: {p for p in of if p in parts} for place, of in parts.items()}
    above: dict[Place, list[Place]] = {}
    for place, below in waiting.items():
        for part in below:
            above.setdefault(part, []).append(place)
    sound = [place for place, below in waiting.items() if not below]
    for place in sound:  # grows while it is read
        for total in above.get(place, ()):
            waiting[total].discard(place)
            if not waiting[total]:
                sound.append(total)
    return sound


# --- writing ---------------------------------------------------------------------------------------------------------


def _formula(terms: Iterable[tuple[int, Place]], home: str) -> str | None:
    """None where it would be too long, or where XlsxWriter would take a sheet's name for a function."""
    ranges = _ranges(terms)
    if any(r.sheet != home and re.search(r"[A-Za-z0-9]\(", r.sheet) for r in ranges):
        return None
    plus, minus = ([_reference(r, home) for r in ranges if r.sign == sign] for sign in (1, -1))
    formula = "=" + "+".join(_sums(plus)) + "".join(f"-{part}" for part in _sums(minus))
    return formula if len(formula) <= LONGEST else None


def _sums(references: list[str]) -> list[str]:
    if len(references) <= FEW and not any(":" in r for r in references):
        return references
    groups = range(0, len(references), MOST_ARGUMENTS)
    return [f"SUM({','.join(references[at : at + MOST_ARGUMENTS])})" for at in groups]


def _ranges(terms: Iterable[tuple[int, Place]]) -> list[_Range]:
    """The terms with neighbours below each other, then beside each other, as one."""
    down: list[_Range] = []
    for sign, (sheet, row, col) in sorted(terms, key=lambda t: (-t[0], t[1][0], t[1][2], t[1][1])):
        last = down[-1] if down else None
        if last and (last.sign, last.sheet, last.last) == (sign, sheet, (row - 1, col)):
            down[-1] = _Range(sign, sheet, last.first, (row, col))
        else:
            down.append(_Range(sign, sheet, (row, col), (row, col)))
    across: list[_Range] = []
    for one in sorted(down, key=lambda r: (-r.sign, r.sheet, r.first, r.last)):
        last = across[-1] if across else None
        beside = last and (last.sign, last.sheet, last.last) == (
            one.sign,
            one.sheet,
            (one.last[0], one.first[1] - 1),
        )
        if last and beside and last.first[0] == one.first[0]:
            across[-1] = _Range(one.sign, one.sheet, last.first, one.last)
        else:
            across.append(one)
    return across


def _reference(found: _Range, home: str) -> str:
    cells = address(*found.first)
    if found.last != found.first:
        cells += f":{address(*found.last)}"
    quoted = found.sheet.replace("'", "''")
    return cells if found.sheet == home else f"'{quoted}'!{cells}"
