"""The printed tables as views of the facts: which rows they have, what each cell adds up, what an imported file says instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from perfdesk.budget.facts import ROOT, UNCODED, Facts, Node, exact_sum
from perfdesk.model.filing import Filing
from perfdesk.model.ledger import BudgetTable, Column, Ledger, Line, code_levels
from perfdesk.values import Amount, parse_amount, plain_number

TOTAL = "total"
"""The key of the row 合计 of a table of codes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A money cell. ``computed``: the sum of its facts, None where none was typed. ``printed``: the text of an imported table where it
    says something else. ``fact``: code and fact that typing here means; None where the cell adds up several."""

    computed: Decimal | None = None
    printed: str | None = None
    fact: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        """What stands in the cell, as plain text."""
        return (
            self.printed
            if self.printed is not None
            else ""
            if self.computed is None
            else plain_number(self.computed)
        )

    def amount(self, unit: str) -> Amount:
        """What stands in the cell, as an amount in ``unit``."""
        return Amount(self.computed) if self.printed is None else parse_amount(self.printed, unit)


@dataclass(frozen=True, slots=True)
class TableRow:
    """``key``: the code, ``total``, or the line's id. ``level``: 0 for the total and lines, else 1 for 类 …; ``below``: keys just under
    it. ``cells`` by money column; ``written``: other columns that an imported table prints otherwise."""

    key: str
    code: str
    name: str
    level: int
    below: tuple[str, ...]
    cells: Mapping[str, Shown]
    written: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(slots=True)
class View:
    """One computed table of a filing. Rows are made when asked for and kept.

    ``deviations``: row key → (row id in the filing, its cells). ``facts_of``: column → the facts it adds up.
    """

    table: BudgetTable
    facts: Facts
    filing: Filing
    deviations: Mapping[str, tuple[str, Mapping[str, str]]]
    facts_of: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    _keys: tuple[str, ...] | None = None
    _wanted: frozenset[str] = frozenset()
    _rows: dict[str, TableRow] = field(default_factory=dict[str, TableRow])
    _own: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = field(
        default_factory=dict[tuple[tuple[str, ...], str], tuple[str, ...]]
    )

    def __post_init__(self) -> None:
        ledger = self.facts.ledger
        self.facts_of = {c.id: _facts_of(ledger, self.table, c) for c in self.table.money}
        self._wanted = frozenset(f for facts in self.facts_of.values() for f in facts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows in printed order."""
        if self._keys is None:
            self._keys = (
                tuple(x.id for x in self.table.lines) if self.table.kind == "lines" else self._codes()
            )
        return self._keys

    def has(self, key: str) -> bool:
        """Whether the table has a row of this key."""
        if self.table.kind == "lines":
            return self.table.line(key) is not None
        if key in self.deviations:
            return True
        if key == TOTAL:
            return bool(self.table.total) and (self._filled(self.facts.root) or bool(self.deviations))
        return key != ROOT and key in self.facts.nodes and self._filled(self.facts.nodes[key])

    def _filled(self, node: Node) -> bool:
        return not self._wanted.isdisjoint(node.facts)

    def _codes(self) -> tuple[str, ...]:
        """Codes with facts in one of the columns, or printed in the imported table; before them the total."""
        codes = [c for c, node in self.facts.nodes.items() if c and self._filled(node)]
        codes += [k for k in self.deviations if k != TOTAL and k not in set(codes)]
        codes.sort(key=lambda c: (c[0] == UNCODED, c))
        return (TOTAL, *codes) if self.has(TOTAL) else tuple(codes)

    def row(self, key: str) -> TableRow:
        """KeyError where the table has no such row."""
        if key not in self._rows:
            self._rows[key] = self._line(key) if self.table.kind == "lines" else self._code(key)
        return self._rows[key]

    def rows(self) -> tuple[TableRow, ...]:
        return tuple(self.row(k) for k in self.keys)

    def cell(self, key: str, column: str) -> Shown:
        """KeyError where there is no such cell."""
        return self.row(key).cells[column]

    # --- tables of codes ---

    def _code(self, key: str) -> TableRow:
        code = ROOT if key == TOTAL else key
        node = self.facts.nodes.get(code, Node(code))
        printed = self.deviations.get(key, ("", {}))[1]
        cells = {
            c.id: self._shown(self._codes_cell(node, c), printed.get(c.id) or None) for c in self.table.money
        }
        return TableRow(
            key,
            "" if key == TOTAL or code.startswith(UNCODED) else code,
            printed.get("name") or (self.table.total if key == TOTAL else self._name(node)),
            0 if key == TOTAL else _level(self.facts.ledger, code),
            tuple(c for c in node.below if self.has(c)),
            cells,
            {c: t for c, t in printed.items() if c in ("code", "name", "number")},
        )

    def _name(self, node: Node) -> str:
        """What the filing's rows say, else the standard list."""
        rows = (self.filing.row(r) for r in node.rows)
        return next(
            (name for r in rows if r and (name := r.get("name").strip())),
            self.facts.ledger.names.get(node.code, ""),
        )

    def _codes_cell(self, node: Node, column: Column) -> tuple[Decimal | None, tuple[str, str] | None]:
        if column.sum:
            return node.amount(self.facts_of[column.id]), None
        facts = self.facts_of[column.id]
        return node.amount(facts), self._typed(node, facts) if node.code != ROOT and not node.below else None

    def _typed(self, node: Node, facts: tuple[str, ...]) -> tuple[str, str] | None:
        """What typing means in a cell of a leaf: its only fact, or the first that may be typed where it is empty."""
        given = [f for f in facts if f in node.facts] or list(facts[:1])
        return (node.code, given[0]) if len(given) == 1 and len(node.rows) < 2 else None

    def _shown(self, what: tuple[Decimal | None, tuple[str, str] | None], printed: str | None) -> Shown:
        return Shown(what[0], printed, what[1])

    # --- tables of lines ---

    def _line(self, key: str) -> TableRow:
        line = self.table.line(key)
        if line is None:
            raise KeyError(key)
        printed = self.deviations.get(key, ("", {}))[1]
        columns = self.table.money_of(line.column)
        parts = [
            (node, leaf.facts)
            for leaf in _leaves(self.table, line)
            for code in leaf.codes or (ROOT,)
            if (node := self.facts.nodes.get(code))
        ]
        cells = {
            c.id: self._shown(self._line_cell(line, c, parts), printed.get(c.id) or None) for c in columns
        }
        written = {c: t for c, t in printed.items() if c not in cells and c != "row"}
        return TableRow(key, "", printed.get(line.column) or line.label, 0, line.sum, cells, written)

    def _line_cell(
        self, line: Line, column: Column, parts: Sequence[tuple[Node, tuple[str, ...]]]
    ) -> tuple[Decimal | None, tuple[str, str] | None]:
        """``parts``: the nodes that the line adds up, each with the patterns of its facts."""
        amounts = (node.amount(self._facts_in(patterns, column)) for node, patterns in parts)
        given = [a for a in amounts if a is not None]
        computed = exact_sum(given) if given else None
        if column.sum or line.sum or len(line.codes) != 1 or len(parts) > 1:
            return computed, None
        node = parts[0][0] if parts else Node(line.codes[0])
        return computed, None if node.below else self._typed(node, self._facts_in(line.facts, column))

    def _facts_in(self, patterns: tuple[str, ...], column: Column) -> tuple[str, ...]:
        """The facts that a line takes from its codes and the column adds up."""
        key = patterns, column.id
        if key not in self._own:
            wanted = frozenset(self.facts_of[column.id])
            self._own[key] = tuple(f for f in self.facts.ledger.matching(patterns) if f in wanted)
        return self._own[key]


def _leaves(table: BudgetTable, line: Line) -> Iterable[Line]:
    """The lines that a line adds up, itself where it adds up none."""
    if not line.sum:
        yield line
    for part in line.sum:
        if below := table.line(part):
            yield from _leaves(table, below)


@lru_cache(maxsize=512)
def _columns(patterns: tuple[str, ...], every: tuple[str, ...]) -> tuple[str, ...]:
    from fnmatch import fnmatchcase

    return tuple(f for f in every if any(fnmatchcase(f, p) for p in patterns))


def _facts_of(ledger: Ledger, table: BudgetTable, column: Column) -> tuple[str, ...]:
    """The facts that a column adds up, those of the columns it sums included."""
    patterns: list[str] = list(column.facts)
    for part in column.sum:
        if found := table.column(part):
            patterns += _patterns(table, found)
    return _columns(tuple(patterns), ledger.facts)


def _patterns(table: BudgetTable, column: Column) -> list[str]:
    below = (table.column(c) for c in column.sum)
    return [*column.facts, *(p for c in below if c for p in _patterns(table, c))]


def _level(ledger: Ledger, code: str) -> int:
    return len(code_levels(ledger.codes, code)) if code.isdecimal() else 1


def deviations(filing: Filing, table: BudgetTable) -> dict[str, tuple[str, Mapping[str, str]]]:
    """What the imported table prints otherwise: row key → (row id in the filing, column → text). An empty cell says nothing."""
    found: dict[str, tuple[str, Mapping[str, str]]] = {}
    for row in filing.section(table.id):
        cells = {c: t for c, t in row.cells.items() if c != "row" and t}
        if cells:
            found[row.get("row")] = (row.id, cells)
    return found
