"""Sums over units as the form's own tables: which rows there are, what they are called, what every cell adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from perfdesk.budget.facts import UNCODED
from perfdesk.budget.tables import TOTAL
from perfdesk.bureau.facts import added_up
from perfdesk.bureau.whole import plain, shown
from perfdesk.model.bureau import Sum
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form, Section
from perfdesk.model.ledger import BudgetTable, Ledger, code_levels

At = tuple[str, str, str]
"""A cell: section or table, line, field (as ``model.bureau.Amount`` and ``store.bureau.shares`` have it)."""

AMOUNT = "amount"
"""The only column of fields and of the sums of lists."""

NO_NAMES: Mapping[tuple[str, str], str] = {}


@dataclass(frozen=True, slots=True)
class SumCell:
    """``value`` in 10⁻⁴ (of 元; ``unit`` empty: of what is counted), None where no paper has a number there. ``unread``: how many papers
    have something there that is no number."""

    at: At
    value: int | None
    papers: int
    unread: int
    unit: str

    @property
    def text(self) -> str:
        """For people, in the form's unit; empty where there is nothing."""
        return "" if self.value is None else shown(self.value, self.unit)

    @property
    def plain(self) -> str:
        """Exact digits in the form's unit; empty where there is nothing."""
        return "" if self.value is None else plain(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class SumRow:
    """``key``: the line (a field's id for fields and lists); ``level``: 0 for totals, lines and fields, else 1 for 类 …; ``cells`` by
    column."""

    key: str
    code: str
    name: str
    level: int
    cells: Mapping[str, SumCell]


@dataclass(frozen=True, slots=True)
class SumTable:
    """One table of the form, or the amounts of one of its sections. ``columns``: id and label of the columns of amounts. ``coded``: its
    rows have codes."""

    id: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[SumRow, ...]
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Consolidated:
    """``tables``: those with an amount in them, in the form's order. ``unit``: that of the form's amounts. ``names``: (table or ledger,
    code) → the units' own name of a code that the standard list lacks."""

    form: Form
    unit: str
    tables: tuple[SumTable, ...]
    sums: Mapping[At, Sum] = field(repr=False)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def cell(self, at: At) -> SumCell:
        """An empty one where nobody has anything there."""
        return _cell(self.sums, at, _unit_of(self.form, at))

    @property
    def unread(self) -> tuple[SumCell, ...]:
        """The cells in which somebody has something that is no number."""
        cells = (c for t in self.tables for r in t.rows for c in r.cells.values())
        return tuple(c for c in cells if c.unread)


def consolidated(
    form: Form, sums: Iterable[Sum], names: Mapping[tuple[str, str], str] = NO_NAMES
) -> Consolidated:
    """``sums``: of papers of this form alone. ``names``: (table or ledger, code) → what to call a code that the standard list lacks; see
    ``unnamed``."""
    by_cell = {(s.section, s.line, s.field): s for s in sums}
    lines: dict[str, dict[str, None]] = {}
    for section, line, _ in by_cell:
        lines.setdefault(section, {})[line] = None
    tables = [_of_section(form, s, by_cell) for s in form.sections if s.id in lines]
    if form.budget:
        for table in form.budget.tables:
            if table.part is None and table.id in lines:
                ledger = form.budget.ledger(table.ledger)
                tables.append(_of_table(form, table, ledger, lines[table.id], by_cell, names))
    return Consolidated(form, form.amount_unit, tuple(t for t in tables if t.rows), by_cell, names)


def unnamed(form: Form, sums: Iterable[Sum]) -> tuple[tuple[str, str], ...]:
    """(table or ledger, code) for which the standard list has no name, so that only the units' own forms have one."""
    if form.budget is None:
        return ()
    known = {t.id: form.budget.ledger(t.ledger).names for t in form.budget.tables if t.kind == "codes"}
    known |= {ledger.id: ledger.names for ledger in form.budget.ledgers}
    found = ((s.section, s.line) for s in sums if s.section in known)
    unknown = ((t, x) for t, x in found if x != TOTAL and x[0:1] != UNCODED and x not in known[t])
    return tuple(dict.fromkeys(unknown))


def name_in(form: Form, filing: Filing, section: str, code: str) -> str:
    """What a unit's own filing calls a code in a table or ledger."""
    rows = (r for r in filing.section(section) if code in (r.get("code"), r.get("row")))
    own = next((n for r in rows if (n := r.get("name").strip())), "")
    table = next((t for t in form.budget.tables if t.id == section), None) if form.budget else None
    return own if own or table is None else name_in(form, filing, table.ledger, code)


def called(row: SumRow) -> str:
    """``212 城乡社区支出``, ``合计``, ``基本支出``"""
    return f"{row.code} {row.name}".strip()


def _cell(sums: Mapping[At, Sum], at: At, unit: str) -> SumCell:
    one = sums.get(at)
    if one is None:
        return SumCell(at, None, 0, 0, unit)
    return SumCell(at, one.value if one.papers else None, one.papers, one.unread, unit)


def _unit_of(form: Form, at: At) -> str:
    known = form.section(at[0]).field(at[2]) if form.has(at[0]) else None
    return "" if known is not None and known.kind == "number" else form.amount_unit


# --- fields and lists -------------------------------------------------------------------------------------------------


def _of_section(form: Form, section: Section, sums: Mapping[At, Sum]) -> SumTable:
    rows = tuple(
        SumRow(f.id, "", f.name, 0, {AMOUNT: _cell(sums, at, _unit_of(form, at))})
        for f in added_up(form, section)
        for at in ((section.id, "", f.id),)
    )
    return SumTable(section.id, section.label, ((AMOUNT, "合计"),), rows)


# --- computed tables --------------------------------------------------------------------------------------------------


def _of_table(
    form: Form,
    table: BudgetTable,
    ledger: Ledger,
    lines: Iterable[str],
    sums: Mapping[At, Sum],
    names: Mapping[tuple[str, str], str],
) -> SumTable:
    made = _lines(table, set(lines)) if table.kind == "lines" else _codes(table, ledger, lines, names)
    rows = tuple(
        SumRow(
            key, code, name, level, {c: _cell(sums, (table.id, key, c), form.amount_unit) for c in columns}
        )
        for key, code, name, level, columns in made
    )
    columns = tuple((c.id, c.label) for c in table.money)
    return SumTable(table.id, table.title, columns, rows, table.kind == "codes")


Made = tuple[str, str, str, int, Sequence[str]]
"""Key, code, name, level, columns of a row."""


def _lines(table: BudgetTable, have: set[str]) -> Iterator[Made]:
    for line in table.lines:
        if line.id in have:
            yield line.id, "", line.label, 0, [c.id for c in table.money_of(line.column)]


def _codes(
    table: BudgetTable, ledger: Ledger, lines: Iterable[str], names: Mapping[tuple[str, str], str]
) -> Iterator[Made]:
    """Every code that some unit has, with those above it, the total before them."""
    columns = [c.id for c in table.money]
    have = set(lines)
    codes = {level for line in have - {TOTAL} for level in _levels(ledger, line)}
    if TOTAL in have:
        yield TOTAL, "", table.total, 0, columns
    for code in sorted(codes, key=lambda c: (c[0:1] == UNCODED, c)):
        if code.startswith(UNCODED):
            yield code, "", code.removeprefix(UNCODED), 1, columns
        else:
            name = names.get((table.id, code), "") or ledger.names.get(code, "")
            yield code, code, name, len(_levels(ledger, code)), columns


def _levels(ledger: Ledger, code: str) -> tuple[str, ...]:
    return code_levels(ledger.codes, code) if code.isdecimal() else (code,)
