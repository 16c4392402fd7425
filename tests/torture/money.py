"""Random tables of money against whole numbers: read, added up, shown, rounded and read again, to the last fen."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

from perfdesk.budget.facts import Facts
from perfdesk.budget.tables import View
from perfdesk.budget.view_unit import in_unit, is_only_rounding, show_in
from perfdesk.model.filing import Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.model.ledger import BudgetTable, Column, Ledger, Line
from perfdesk.values import parse_amount, show_amount
from tests.making import catalog
from tests.torture.experiment import Experiment, Outcome

ATOMS = 10**18
"""Of one 元: the oracle counts in whole ones, far below what anybody types."""
FEN = ATOMS // 100
UNITS = {"元": ATOMS, "百元": 100 * ATOMS, "千元": 1000 * ATOMS, "万元": 10**4 * ATOMS, "亿元": 10**8 * ATOMS}
LENGTHS = {"function": (3, 5, 7), "economic": (3, 5)}
NO_NUMBERS = ("", "/", "—", "－", "约12", "10％", "待定", "1,23", "①", "1.2.3", "12元整")
PIECE = 2_000
LOOKED_AT = 2
"""Cells of a table that are shown and read again; the sums of all are compared."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one cell of a ledger, and what it means in atoms; None: no number."""

    text: str
    atoms: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows``: code and, by fact, what was typed. ``table``: which view of it is looked at."""

    unit: str
    rows: tuple[tuple[str, Mapping[str, Typed]], ...]
    table: BudgetTable


Cells = Mapping[tuple[str, str], Decimal | float | None]
Reckoner = Callable[[Form, Ledger, Sheet], Cells]
"""A table's sums by row and column."""


# --- what is typed ---------------------------------------------------------------------------------------------------------


def digits(atoms: int, unit: int) -> str:
    """An amount of at least 0 in a unit, exact, without separators."""
    whole, part = divmod(atoms, unit)
    behind = str(unit + part)[1:].rstrip("0") if part else ""
    return f"{whole}.{behind}" if behind else str(whole)


def spelling(chance: random.Random, atoms: int, unit: str) -> str:
    """One of the ways in which people write this amount in a column of that unit."""
    written = chance.choice(tuple(UNITS)) if chance.random() < 0.15 else ""
    text = digits(abs(atoms), UNITS[written or unit])
    whole, _, part = text.partition(".")
    if not part and chance.random() < 0.3:
        part = "0" * chance.randint(1, 2)
    if chance.random() < 0.4:
        whole = f"{int(whole):,}".replace(",", chance.choice((",", ",", "，")))
    elif whole == "0" and part and chance.random() < 0.3:
        whole = ""
    text = f"{whole}.{part}" if part else whole
    if atoms < 0:
        text = f"({text})" if chance.random() < 0.3 else chance.choice("-－−–") + text
    if (written or unit == "元") and chance.random() < 0.1:
        text = chance.choice("¥￥") + text if atoms >= 0 else text
    text += written if "(" not in text else ""
    if written and "(" in text:  # a unit stands inside the brackets
        text = f"({text[1:-1]}{written})"
    if chance.random() < 0.15:
        text = text.translate(_WIDE)
    return f" {text[0]}\u3000{text[1:]} " if chance.random() < 0.1 else text


_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.,()¥-" if c != "¥"}


def typed(chance: random.Random, unit: str) -> Typed:
    if chance.random() < 0.06:
        return Typed(chance.choice(NO_NUMBERS), None)
    size = chance.choice((10**3, 10**6, 10**9, 10**12, 10**15))
    atoms = chance.randint(-size // 8, size) * FEN
    if chance.random() < 0.02:
        atoms += chance.randint(1, FEN - 1)  # finer than can be paid: told, and counted all the same
    return Typed(spelling(chance, atoms, unit), atoms)


def sheet(chance: random.Random, form: Form, ledger: Ledger, codes: tuple[str, ...]) -> Sheet:
    unit = chance.choice(("元", "万元"))
    near = chance.choices(codes, k=2) + [chance.choice(codes)]
    rows = tuple(
        (
            chance.choice(near),
            {f: typed(chance, unit) for f in chance.sample(ledger.facts, chance.randint(1, 2))},
        )
        for _ in range(chance.randint(1, 5))
    )
    assert form.budget is not None
    kind = "lines" if chance.random() < 0.01 else "codes"  # many lines of many cells
    tables = [t for t in form.budget.tables if t.ledger == ledger.id and t.kind == kind]
    return Sheet(unit, rows, chance.choice(tables or form.budget.tables[:1]))


# --- the oracle ------------------------------------------------------------------------------------------------------------


def oracle(form: Form, ledger: Ledger, one: Sheet) -> dict[tuple[str, str], int | None]:
    """Every cell of the table in atoms, by adding up what was typed; None where nothing was."""
    columns = {c.id: _patterns(one.table, c) for c in one.table.money}
    if one.table.kind == "lines":
        asked = [(line, c.id) for line in one.table.lines for c in one.table.money_of(line.column)]
        return {(line.id, c): _line(one, line, columns[c]) for line, c in asked}
    codes = {code[:n] for code, _ in one.rows for n in LENGTHS[ledger.codes]}
    rows = [(code, code) for code in codes] + ([("total", "")] if one.table.total else [])
    return {(key, c): _sum(one, code, patterns) for key, code in rows for c, patterns in columns.items()}


def _line(one: Sheet, line: Line, patterns: tuple[str, ...]) -> int | None:
    if line.sum:
        parts = [_line(one, below, patterns) for below in one.table.lines if below.id in line.sum]
    else:
        parts = [_sum(one, code, patterns, line.facts) for code in line.codes or ("",)]
    given = [p for p in parts if p is not None]
    return sum(given) if given else None


def _sum(one: Sheet, code: str, patterns: tuple[str, ...], also: tuple[str, ...] = ("*",)) -> int | None:
    given = [
        cell.atoms
        for own, cells in one.rows
        if own.startswith(code)
        for fact, cell in cells.items()
        if cell.atoms is not None and _fits(fact, patterns) and _fits(fact, also)
    ]
    return sum(given) if given else None


@cache
def _fits(fact: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(fact, p) for p in patterns)


def _patterns(table: BudgetTable, column: Column) -> tuple[str, ...]:
    below = [p for c in table.columns if c.id in column.sum for p in _patterns(table, c)]
    return (*column.facts, *below)


def rounded(atoms: int, unit: int) -> str:
    """四舍五入 to two decimals of the unit, with separators."""
    step = unit // 100
    count = (2 * abs(atoms) + step) // (2 * step)
    return f"{'-' if atoms < 0 and count else ''}{count // 100:,}.{count % 100:02d}"


# --- the program, and a stand-in that counts with floats ----------------------------------------------------------------------


def by_program(form: Form, ledger: Ledger, one: Sheet) -> Cells:
    rows = tuple(
        Row(f"r{n}", ledger.id, MappingProxyType({"code": code, **{f: t.text for f, t in cells.items()}}))
        for n, (code, cells) in enumerate(one.rows)
    )
    filing = empty_filing(form, 2023, rows)
    view = View(one.table, Facts.of(ledger, filing, one.unit), filing, {})
    return {(row.key, c): shown.computed for row in view.rows() for c, shown in row.cells.items()}


def by_floats(form: Form, ledger: Ledger, one: Sheet) -> Cells:
    """The same sums of the same cells, in binary fractions."""
    unit = UNITS[one.unit]

    def as_float(t: Typed) -> Typed:
        return t if t.atoms is None else Typed(t.text, int(t.atoms / unit * 2**80))

    rows = tuple((code, {f: as_float(t) for f, t in cells.items()}) for code, cells in one.rows)
    sums = oracle(form, ledger, Sheet(one.unit, rows, one.table))
    return {at: None if n is None else n / 2**80 for at, n in sums.items()}


def differences(form: Form, ledger: Ledger, one: Sheet, reckon: Reckoner) -> Iterator[str]:
    unit = UNITS[one.unit]
    found = {at: value for at, value in reckon(form, ledger, one).items() if value is not None}
    right = {at: atoms for at, atoms in oracle(form, ledger, one).items() if atoms is not None}
    if found.keys() != right.keys():
        yield f"cells {sorted(found.keys() ^ right.keys())[:3]}"
        return
    for at, atoms in right.items():
        if _exact(Decimal(found[at]), unit) != atoms:
            yield f"{at}: {found[at]} is not {digits(abs(atoms), unit)}"
    for at in sorted(right)[-LOOKED_AT:]:
        yield from (f"{at}: {wrong}" for wrong in _shown(Decimal(found[at]), right[at], one.unit))


def _exact(value: Decimal, unit: int) -> int | None:
    """Atoms of a number of units; None where it is no whole number of them."""
    sign, figures, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    number = int("".join(map(str, figures))) * unit
    count, rest = divmod(number * 10 ** max(0, exponent), 10 ** max(0, -exponent))
    return None if rest else -count if sign else count


def _shown(value: Decimal, atoms: int, unit: str) -> Iterator[str]:
    """As the window shows it in either unit, and read again from what is shown."""
    if _exact(parse_amount(show_amount(value), unit).value or Decimal(0), UNITS[unit]) != atoms:
        yield f"{show_amount(value)} is not read as what it shows"
    for view in ("元", "万元"):
        there = in_unit(value, unit, view)
        if _exact(there, UNITS[view]) != atoms:
            yield f"{there} {view} is not {value} {unit}"
        text = show_in(value, unit, view)
        if (unit, view) == ("元", "万元"):
            if text != rounded(atoms, UNITS[view]):
                yield f"{value} 元 is shown as {text} 万元"
            if is_only_rounding(value, text, unit, view) is (atoms % (UNITS[view] // 100) == 0):
                yield f"{text} 万元 over {value} 元 is wrongly taken for a rounding"
        elif _exact(parse_amount(text, view).value or Decimal(0), UNITS[view]) != atoms:
            yield f"{value} {unit} is shown as {text} {view}"


# --- the experiment --------------------------------------------------------------------------------------------------------


def _piece(numbers: range, seed: int, reckon: Reckoner) -> list[str]:
    form = next(f for f in catalog().forms.values() if f.budget is not None)
    assert form.budget is not None
    ledgers = [(x, tuple(c for c in x.names if len(c) == LENGTHS[x.codes][-1])) for x in form.budget.ledgers]
    told: list[str] = []
    for number in numbers:
        chance = random.Random(seed << 32 | number)
        ledger, codes = chance.choice(ledgers)
        one = sheet(chance, form, ledger, codes)
        if wrong := next(differences(form, ledger, one, reckon), None):
            texts = [t.text for _, cells in one.rows for t in cells.values()]
            told.append(f"table {number} ({one.table.id}, {one.unit}, {texts}): {wrong}")
    return told


def run(tries: int, seed: int, folder: Path) -> Outcome:
    pieces = [range(start, min(start + PIECE, tries)) for start in range(0, tries, PIECE)]
    work = partial(_piece, seed=seed, reckon=by_program)
    if len(pieces) < 4:
        return Outcome(tries, tuple(line for piece in pieces for line in work(piece)))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        return Outcome(tries, tuple(line for lines in pool.map(work, pieces) for line in lines))


def control(seed: int, folder: Path) -> Outcome:
    return Outcome(200, tuple(_piece(range(200), seed, by_floats)))


EXPERIMENTS = (
    Experiment(
        name="money",
        promise="every cell is the exact sum of what was typed, is rounded by the rule where it is shown, and is read again as itself",
        run=run,
        control=control,
        short=2_000,
        full=1_000_000,
    ),
)
