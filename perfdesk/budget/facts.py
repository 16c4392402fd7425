"""A ledger's facts added up by code: every code with its ancestors, exact to the last digit, kept up to date edit by edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row
from perfdesk.model.ledger import Ledger, code_levels
from perfdesk.values import Amount, one_line, parse_amount

EXACT_DIGITS = 400
"""Amounts are summed exactly, however many digits somebody typed."""

ROOT = ""
"""The code of the sum of all codes."""

UNCODED = "#"
"""Begins the code of a row that has none: it counts, so that nothing is lost, and is told."""

Amounts = Mapping[str, Amount]
Sums = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Node:
    """A code. ``below``: the codes just under it, sorted; ``rows``: ids of the ledger's rows that carry this very code.

    ``facts``: fact → sum of everything below, or, of a leaf, of its own rows; a fact that nobody typed is not in it. Amounts in a row
    whose code has others below it are not counted (``overfull`` of ``Facts``).
    """

    code: str
    below: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    facts: Sums = field(default_factory=dict[str, Decimal])

    def amount(self, facts: Iterable[str]) -> Decimal | None:
        """The sum of these facts; None where none of them was typed."""
        given = [self.facts[f] for f in facts if f in self.facts]
        if len(given) < 2:
            return given[0] if given else None
        return exact_sum(given)


@dataclass(frozen=True, slots=True)
class Facts:
    """``nodes``: code → node, every ancestor included, the sum of all under ``ROOT``. ``parsed``: row id → its code and the amounts
    of its cells as read (also those that cannot be read).

    ``odd_rows``: rows with an amount that is not a plain positive number, or without a code; ``odd_codes``: codes with rows that stand
    twice, that have others below them, or that the standard list lacks. What is to be told is among these.
    """

    ledger: Ledger
    unit: str
    nodes: Mapping[str, Node]
    parsed: Mapping[str, tuple[str, Amounts]]
    odd_rows: frozenset[str] = frozenset()
    odd_codes: frozenset[str] = frozenset()

    @staticmethod
    def of(ledger: Ledger, filing: Filing, unit: str) -> Facts:
        """From scratch. ``unit``: the unit of amounts that a number without one is in."""
        empty = Facts(ledger, unit, MappingProxyType({ROOT: Node(ROOT)}), MappingProxyType({}))
        return empty._with({row.id: row for row in filing.section(ledger.id)}, filing)

    def after(self, filing: Filing, touched: Iterable[str]) -> Facts:
        """The facts of ``filing``, which differs in the rows ``touched`` (removed ones included) from the filing of these."""
        rows = ((row_id, filing.row(row_id)) for row_id in touched)
        changed = {row_id: row if row and row.section == self.ledger.id else None for row_id, row in rows}
        known = {i: row for i, row in changed.items() if row is not None or i in self.parsed}
        return self._with(known, filing) if known else self

    def _with(self, changed: Mapping[str, Row | None], filing: Filing) -> Facts:
        parsed = dict(self.parsed)
        codes: dict[str, None] = {}
        for row_id, row in changed.items():
            if old := parsed.pop(row_id, None):
                codes[old[0]] = None
            if row is not None:
                parsed[row_id] = (_code(row), self._amounts(row))
                codes[parsed[row_id][0]] = None
        nodes = dict(self.nodes)
        _regroup(nodes, self.ledger, codes, self.parsed, parsed, changed)
        _resum(nodes, self.ledger, codes, parsed)
        odd_rows = {r for r in changed if r in parsed and _is_odd_row(*parsed[r])}
        near = {level for code in codes for level in _levels(self.ledger, code)}
        odd_codes = {c for c in near if c in nodes and _is_odd_code(self.ledger, nodes[c])}
        return Facts(
            self.ledger,
            self.unit,
            MappingProxyType(nodes),
            MappingProxyType(parsed),
            (self.odd_rows - changed.keys()) | odd_rows,
            (self.odd_codes - near) | odd_codes,
        )

    def _amounts(self, row: Row) -> Amounts:
        found = (
            (c, parse_amount(text, self.unit)) for c, text in row.cells.items() if "." in c and text.strip()
        )
        return MappingProxyType(dict(found))

    @property
    def root(self) -> Node:
        return self.nodes[ROOT]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code in printed order: a parent before its children; rows without a code last."""
        return tuple(sorted((c for c in self.nodes if c), key=lambda c: (c[0] == UNCODED, c)))

    def amount(self, code: str, facts: Iterable[str]) -> Decimal | None:
        """The sum of these facts of a code and everything below it; None where none was typed."""
        node = self.nodes.get(code)
        return node.amount(facts) if node else None

    @property
    def overfull(self) -> tuple[str, ...]:
        """Rows with amounts whose code has others below it, so that they are not counted."""
        nodes = (self.nodes[c] for c in sorted(self.odd_codes))
        return tuple(r for n in nodes if n.below for r in n.rows if self.parsed[r][1])


def _is_odd_row(code: str, amounts: Amounts) -> bool:
    return code.startswith(UNCODED) or any(
        a.problem is not None or (a.value is not None and a.value < 0) for a in amounts.values()
    )


def _is_odd_code(ledger: Ledger, node: Node) -> bool:
    """Only codes with rows of their own: an ancestor that nobody typed is nobody's mistake."""
    unknown = bool(ledger.names) and node.code not in ledger.names
    return bool(node.rows) and (len(node.rows) > 1 or bool(node.below) or unknown)


def _code(row: Row) -> str:
    return one_line(row.get("code")) or UNCODED + row.id


def _levels(ledger: Ledger, code: str) -> tuple[str, ...]:
    return code_levels(ledger.codes, code) if code.isdecimal() else (code,)


def _regroup(
    nodes: dict[str, Node],
    ledger: Ledger,
    codes: Iterable[str],
    before: Mapping[str, tuple[str, Amounts]],
    after: Mapping[str, tuple[str, Amounts]],
    changed: Iterable[str],
) -> None:
    """Rows come to and leave their codes; codes appear with their ancestors, and vanish when nothing is left of them."""
    moved = [r for r in changed if before.get(r, ("",))[0] != after.get(r, ("",))[0]]
    leave: dict[str, set[str]] = {}
    come: dict[str, list[str]] = {}
    for row_id in moved:
        if row_id in before:
            leave.setdefault(before[row_id][0], set()).add(row_id)
        if row_id in after:
            come.setdefault(after[row_id][0], []).append(row_id)
    for code in codes:
        if code in leave or code in come:
            node = nodes.get(code, Node(code))
            kept = tuple(r for r in node.rows if r not in leave.get(code, ()))
            nodes[code] = Node(code, node.below, tuple(sorted((*kept, *come.get(code, ())))), node.facts)
    gained: dict[str, set[str]] = {}
    for code in come:
        above = ROOT
        for level in _levels(ledger, code):
            gained.setdefault(above, set()).add(level)
            above = level
    for code, new in gained.items():
        node = nodes.get(code, Node(code))
        if not new <= set(node.below):
            nodes[code] = Node(code, tuple(sorted({*node.below, *new})), node.rows, node.facts)
    for code in leave:
        _wither(nodes, ledger, code)


def _wither(nodes: dict[str, Node], ledger: Ledger, code: str) -> None:
    """The code goes where neither a row nor a code below is left, and so do ancestors that stood there for it alone."""
    chain = (ROOT, *_levels(ledger, code))
    for above, level in zip(reversed(chain[:-1]), reversed(chain[1:]), strict=True):
        if level not in nodes or nodes[level].rows or nodes[level].below:
            return
        del nodes[level]
        parent = nodes[above]
        nodes[above] = Node(above, tuple(c for c in parent.below if c != level), parent.rows, parent.facts)


def _resum(
    nodes: dict[str, Node], ledger: Ledger, codes: Iterable[str], parsed: Mapping[str, tuple[str, Amounts]]
) -> None:
    """New sums for the codes and everything above them, the lowest first."""
    stale = {level for code in codes for level in (ROOT, *_levels(ledger, code)) if level in nodes}
    for code in sorted(stale, key=lambda c: (-len(c), c) if c else (1, c)):
        node = nodes[code]
        if node.below:
            parts = [nodes[c].facts.items() for c in node.below]
        else:
            parts = [
                [(f, a.value) for f, a in parsed[r][1].items() if a.value is not None] for r in node.rows
            ]
        nodes[code] = Node(code, node.below, node.rows, _added(parts))


def _added(parts: Iterable[Iterable[tuple[str, Decimal]]]) -> Sums:
    total: dict[str, Decimal] = {}
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        for facts in parts:
            for fact, amount in facts:
                total[fact] = total[fact] + amount if fact in total else amount
    return MappingProxyType(total)


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum to the last digit; 0 of nothing."""
    with localcontext() as context:
        context.prec = EXACT_DIGITS
        return sum(amounts, Decimal(0))
