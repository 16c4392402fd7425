"""Budget tables (部门预算) as data: ledgers of facts by code, the tables that are views of them, the document they stand in.

A *fact* is one amount typed once: code × kind of expenditure × funding. Its id is ``<kind>.<funding>`` (``project.general``), the name of
its column in a ledger's rows. Everything printed is a sum of facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from perfdesk.model.chapter import Chapter
from perfdesk.model.form import Part

CodeKind = Literal["function", "economic"]
ColumnKind = Literal["number", "code", "name", "line", "money"]
TableKind = Literal["codes", "lines", "list", "part"]

CODE_LENGTHS: dict[CodeKind, tuple[int, ...]] = {"function": (3, 5, 7), "economic": (3, 5)}
"""Digits of 类, 款, 项; a longer code stands below the longest of these."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One kind of expenditure or one source of money; ``short`` heads a column where ``label`` is too long."""

    id: str
    label: str
    short: str = ""

    @property
    def name(self) -> str:
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Ledger:
    """The facts by code. Its rows are rows of the section ``id``: cells ``code``, ``name`` (empty: the standard name) and one cell a
    fact that was typed. ``entry``: the facts offered for typing, in order; the first that fits a table's cell is where typing there goes.

    ``code_list`` names the standard list (``templates/standards/codes/<code_list>.toml``), ``names`` is its code → name, ``usual`` what a
    code beginning so usually is: the id of a kind. ``sets``: named groups of patterns, ``@name`` in the file.
    """

    id: str
    label: str
    codes: CodeKind
    code_list: str
    kinds: tuple[Axis, ...]
    fundings: tuple[Axis, ...]
    entry: tuple[str, ...]
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    usual: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)
    _known: dict[tuple[str, ...], tuple[str, ...]] = field(
        init=False, default_factory=dict[tuple[str, ...], tuple[str, ...]], compare=False, repr=False
    )
    """Patterns → the facts they mean; ``()`` → all. Asked for by every cell of every table."""

    def usual_kind(self, code: str) -> str:
        """The kind that an amount at this code usually is, by its longest known beginning; empty where nothing is usual."""
        beginnings = (code[:n] for n in range(len(code), 0, -1))
        return next((self.usual[b] for b in beginnings if b in self.usual), "")

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact there can be, the offered ones first (what typing in a table's cell reaches is the first that fits)."""
        if () not in self._known:
            rest = (f"{k.id}.{f.id}" for k in self.kinds for f in self.fundings)
            self._known[()] = tuple(dict.fromkeys((*self.entry, *rest)))
        return self._known[()]

    def matching(self, patterns: tuple[str, ...]) -> tuple[str, ...]:
        """The facts that one of the patterns (``basic.*``, ``*.carried_*``) means, in the ledger's order."""
        if patterns and patterns not in self._known:
            self._known[patterns] = tuple(f for f in self.facts if any(fnmatchcase(f, p) for p in patterns))
        return self._known[patterns] if patterns else ()

    def label_of(self, fact: str) -> str:
        """``项目支出·一般公共预算``; the id itself where the ledger has no such fact."""
        kind, _, funding = fact.partition(".")
        names = [
            a.name
            for axis, wanted in ((self.kinds, kind), (self.fundings, funding))
            for a in axis
            if a.id == wanted
        ]
        return "·".join(names) if len(names) == 2 else fact


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column. Of a ``money`` column either ``facts`` (what it adds up within a row) or ``sum`` (columns of the same table).

    In a table of lines a money column belongs to the ``line`` column to its left.
    """

    id: str
    label: str
    kind: ColumnKind
    facts: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A fixed line of a summary: at printed row ``row`` (from 1) in the line column ``column``. Its amounts are the facts of the codes
    that begin with one of ``codes`` (none: all codes), cut down to ``facts``; or the sum of the lines ``sum``."""

    id: str
    column: str
    row: int
    label: str
    codes: tuple[str, ...] = ()
    facts: tuple[str, ...] = ("*.*",)
    sum: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """One printed table. ``codes``: a row for each code that has facts in it, first ``total`` (empty: no such row). ``lines``: fixed
    lines. ``list`` and ``part``: rows that are typed in the form's own section ``part.section``; a list may have a computed row
    ``total``.

    ``heads``: the drawn heading, one text a column (``{year}`` and ``{unit}`` of amounts are put in); equal neighbours become one
    cell. ``widths`` in mm. ``note`` is printed below a table without numbers. The deviations of an imported table are rows of the section
    ``id``: cells ``row`` (code, line id, ``total``) and, by column, the text as printed. ``date``: the cell with the day of which the
    table tells, which stands above it in the year's place (empty: the year).
    """

    id: str
    title: str
    kind: TableKind
    ledger: str
    columns: tuple[Column, ...]
    heads: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    lines: tuple[Line, ...] = ()
    total: str = ""
    titles: tuple[str, ...] = ()
    note: str = ""
    below: str = ""
    landscape: bool = False
    part: Part | None = None
    date: str = ""

    def column(self, column_id: str) -> Column | None:
        return next((c for c in self.columns if c.id == column_id), None)

    def line(self, line_id: str) -> Line | None:
        return next((x for x in self.lines if x.id == line_id), None)

    @property
    def money(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.kind == "money")

    def money_of(self, line_column: str) -> tuple[Column, ...]:
        """The money columns that belong to a line column."""
        found: list[Column] = []
        inside = False
        for column in self.columns:
            if column.kind == "line":
                inside = column.id == line_column
            elif inside and column.kind == "money":
                found.append(column)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two cells (``table/row/column``) that must be equal whatever is printed; ``why`` in words."""

    id: str
    one: str
    other: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a department budget is made of."""

    ledgers: tuple[Ledger, ...]
    tables: tuple[BudgetTable, ...]
    agreements: tuple[Agreement, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    def ledger(self, ledger_id: str) -> Ledger:
        """KeyError where there is none of that id."""
        for ledger in self.ledgers:
            if ledger.id == ledger_id:
                return ledger
        raise KeyError(ledger_id)

    def table(self, table_id: str) -> BudgetTable:
        """KeyError where there is none of that id."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


def code_levels(kind: CodeKind, code: str) -> tuple[str, ...]:
    """The code's ancestors, outermost first, itself last: ``2120109`` → ``212``, ``21201``, ``2120109``."""
    return (*(code[:n] for n in CODE_LENGTHS[kind] if n < len(code)), code)
