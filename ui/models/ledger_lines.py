"""The lines and columns of a ledger's entry sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from perfdesk.budget.facts import Facts, Node
from perfdesk.budget.tables import TOTAL
from perfdesk.model.ledger import Ledger, code_levels
from ui.messages import ledger as say

NEW = "+"
"""The key of the line for new codes."""
LineKind = Literal["leaf", "parent", "total", "new", "uncounted"]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """``id``: the row's id where the line is a row of the filing, else ``=`` and the code. ``row``: the row that names the code, if there
    is one. ``uncounted``: a row with amounts at a code that has others below it."""

    id: str
    code: str
    row: str | None
    level: int
    kind: LineKind


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """``fact``: what is typed in it; empty for code, name and sum."""

    id: str
    heads: tuple[str, ...]
    fact: str = ""


def lines_of(facts: Facts) -> list[LedgerLine]:
    found: list[LedgerLine] = []
    for code in facts.codes:
        node = facts.nodes[code]
        level = len(code_levels(facts.ledger.codes, code)) if code.isdecimal() else 1
        if node.below:
            found.append(LedgerLine(f"={code}", code, node.rows[0] if node.rows else None, level, "parent"))
            found += [LedgerLine(r, code, r, level, "uncounted") for r in node.rows if facts.parsed[r][1]]
        else:
            found += [LedgerLine(r, code, r, level, "leaf") for r in node.rows]
    total = [LedgerLine(TOTAL, "", None, 0, "total")] if found else []
    return [*total, *found, LedgerLine(NEW, "", None, 0, "new")]


def columns_of(ledger: Ledger, used: frozenset[str], used_only: bool) -> tuple[LedgerColumn, ...]:
    """Offered facts and used ones, by source of money and then by kind; only the used ones where wanted and there are some."""
    shown = set(used) if used_only and used else set(ledger.entry) | used
    facts = [
        LedgerColumn(fact, (funding.name, kind.name), fact)
        for funding in ledger.fundings
        for kind in ledger.kinds
        if (fact := f"{kind.id}.{funding.id}") in shown
    ]
    first = [
        LedgerColumn(c, (w, w)) for c, w in (("code", say.CODE), ("name", say.NAME), ("total", say.TOTAL))
    ]
    return (*first, *facts)


def changed_nodes(old: Facts, new: Facts) -> list[tuple[Node | None, Node | None]]:
    """Codes that are not the same in both: what each was and is."""
    if len(old.nodes) == len(new.nodes):
        pairs = [(a, b) for a, b in zip(old.nodes.values(), new.nodes.values(), strict=True) if a is not b]
        if all(a.code == b.code for a, b in pairs):
            return list(pairs)
    codes = {**old.nodes, **new.nodes}
    both = ((old.nodes.get(c), new.nodes.get(c)) for c in codes)
    return [(a, b) for a, b in both if a is not b]


def shape(facts: Facts, node: Node | None) -> object:
    """What of a node decides which lines it has."""
    if node is None:
        return None
    counted = tuple(bool(facts.parsed[r][1]) for r in node.rows) if node.below else ()
    return bool(node.below), node.rows, counted


def keys_for_pasting(lines: Sequence[LedgerLine]) -> tuple[str, ...]:
    """The lines by code (``total`` for the sum of all), without the line for new codes."""
    return tuple(TOTAL if x.kind == "total" else x.code for x in lines if x.kind != "new")
