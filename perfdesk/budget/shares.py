"""Which facts the cells of printed tables can come from: every cell is a sum, and its amount is shared out among what it adds up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfdesk.budget.facts import exact_sum
from perfdesk.budget.printed import Printed, PrintedRow
from perfdesk.budget.tables import TOTAL
from perfdesk.model.ledger import CODE_LENGTHS, BudgetTable, Ledger, Line, code_levels
from perfdesk.values import parse_amount

Slot = tuple[str, str]
"""A leaf code and a fact: one amount to be found."""


@dataclass(slots=True)
class Part:
    """What one printed cell says of the leaves it adds up; of its ``amount`` the ``rest`` is not shared out yet.

    ``rank`` 0: a table of one source of money, which has the last word; 1: a line of single codes; 2: a table of all sources. These
    share out; the others are heeded as long as that is possible: 3: a row that a table of all sources does not have; 4: any other line.
    """

    rank: int
    leaves: tuple[str, ...]
    facts: frozenset[str]
    amount: Decimal
    where: str
    rest: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        self.rest = self.amount

    @property
    def open(self) -> bool:
        """Something is to be shared out. What other tables give beyond the amount is no money of the other sign."""
        return bool(self.rest) and (self.rest > 0) == (self.amount > 0)


@dataclass(slots=True)
class Shares:
    """``amounts``: the facts found, by leaf. ``proposed``: the cells that could have been shared out otherwise, too."""

    amounts: dict[Slot, Decimal] = field(default_factory=dict[Slot, Decimal])
    proposed: list[str] = field(default_factory=list[str])


def shared(ledger: Ledger, tables: Sequence[BudgetTable], printed: Printed, unit: str) -> Shares:
    """The facts that make the tables of the ledger print what they print, as far as they agree.

    The tables of one source give their facts directly; what a table of all sources prints more belongs to the other sources. Where that
    leaves a choice, the facts are taken in the ledger's order and the cell is named in ``proposed``.
    """
    own = [t for t in tables if t.ledger == ledger.id and t.id in printed]
    leaves = _leaves(ledger, own, printed)
    parts = list(_parts(ledger, own, printed, leaves, unit))
    outside = _outside(ledger, own, parts)
    at: dict[str, list[Part]] = {}
    for part in parts:
        for leaf in part.leaves:
            at.setdefault(leaf, []).append(part)
    shares = Shares()
    for group in _groups(parts):
        while group:
            rooms = {id(p): _rooms(p, _slots(ledger, p, outside), at, 4) for p in group}
            part = next((p for p in group if _is_forced(p, rooms[id(p)].values())), group[0])
            group.remove(part)
            slots = _slots(ledger, part, outside)
            for rank in (4, 3, 2):
                _share(part, slots, at, shares, rank)
            if part.open and part.rank == 0 and slots:
                _give(part, slots[0], part.rest, at, shares)
    return shares


def _groups(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """The parts with something to share out, in the order of sharing: those that only the order between them can decide together."""
    groups: dict[tuple[int, tuple[str, ...]], list[Part]] = {}
    for part in sorted(parts, key=lambda p: (p.rank, len(p.leaves), len(p.facts))):
        if part.rest and part.rank < 3:
            groups.setdefault((part.rank, part.leaves), []).append(part)
    yield from groups.values()


def _slots(ledger: Ledger, part: Part, outside: Collection[str]) -> list[Slot]:
    facts = [f for f in ledger.facts if f in part.facts and f not in outside]
    return [(leaf, fact) for leaf in part.leaves for fact in facts]


Rooms = dict[Slot, Decimal | None]


def _rooms(part: Part, slots: Iterable[Slot], at: Mapping[str, list[Part]], rank: int) -> Rooms:
    """The slots that are open to the part, with what is left there."""
    return {slot: room for slot in slots if (room := _room(part, slot, at, rank)) is None or room}


def _is_forced(part: Part, rooms: Collection[Decimal | None]) -> bool:
    """There is only one way to share the part out."""
    bounded = [r for r in rooms if r is not None]
    return len(rooms) == 1 or (len(bounded) == len(rooms) and exact_sum(bounded) == part.rest)


def _share(
    part: Part, slots: Sequence[Slot], at: Mapping[str, list[Part]], shares: Shares, rank: int
) -> None:
    """The part's rest goes to its slots, to each at most what the other tables up to ``rank`` leave for it; first to those of which most
    of them still have something (a summary names the source), else in the ledger's order."""
    if not part.open:
        return
    rooms = _rooms(part, slots, at, rank)
    if rooms and part.rank and not _is_forced(part, rooms.values()):
        shares.proposed.append(part.where)
    for slot in sorted(rooms, key=lambda s: -len(_others(part, s, at, rank))):
        _give(part, slot, _within(part.rest, _room(part, slot, at, rank)), at, shares)


def _room(part: Part, slot: Slot, at: Mapping[str, list[Part]], rank: int) -> Decimal | None:
    """What the other tables up to ``rank`` leave for the slot, in the direction of the part's rest; None where none of them says
    anything of it."""
    rests = _others(part, slot, at, rank)
    if not rests:
        return None
    return max(min(rests), Decimal(0)) if part.rest > 0 else min(max(rests), Decimal(0))


def _others(part: Part, slot: Slot, at: Mapping[str, list[Part]], rank: int) -> list[Decimal]:
    """The rests of the other tables' cells that have the slot in them."""
    leaf, fact = slot
    return [p.rest for p in at[leaf] if p.rank <= rank and fact in p.facts and p is not part]


def _within(rest: Decimal, room: Decimal | None) -> Decimal:
    return rest if room is None else min(rest, room) if rest > 0 else max(rest, room)


def _give(part: Part, slot: Slot, amount: Decimal, at: Mapping[str, list[Part]], shares: Shares) -> None:
    if not amount:
        return
    leaf, fact = slot
    shares.amounts[slot] = exact_sum((shares.amounts.get(slot, Decimal(0)), amount))
    for other in at[leaf]:
        if fact in other.facts:
            other.rest = exact_sum((other.rest, amount.copy_negate()))


# --- what the tables say ----------------------------------------------------------------------------------------------


def _leaves(ledger: Ledger, tables: Iterable[BudgetTable], printed: Printed) -> tuple[str, ...]:
    """Codes with no longer code below them in any table; codes that only a line names, where it prints an amount for them."""
    codes: set[str] = set()
    for table in tables:
        if table.kind == "codes":
            codes.update(r.key for r in printed[table.id] if r.key != TOTAL)
    for table in tables:
        for line, row in _lines(table, printed):
            if not _is_leaf(ledger, line):
                continue
            if any(c.id in row.cells for c in table.money_of(line.column)) and not codes.intersection(
                line.codes
            ):
                codes.add(line.codes[0])
    above = {level for c in codes for level in code_levels(ledger.codes, c)[:-1]}
    return tuple(sorted(codes - above))


def _lines(table: BudgetTable, printed: Printed) -> Iterator[tuple[Line, PrintedRow]]:
    """The printed lines that add up facts, not other lines."""
    for row in printed[table.id] if table.kind == "lines" else ():
        line = table.line(row.key)
        if line and not line.sum:
            yield line, row


def _is_leaf(ledger: Ledger, line: Line) -> bool:
    """The line's codes have no codes below them."""
    return bool(line.codes) and all(len(c) >= CODE_LENGTHS[ledger.codes][-1] for c in line.codes)


def _parts(
    ledger: Ledger, tables: Iterable[BudgetTable], printed: Printed, leaves: Sequence[str], unit: str
) -> Iterator[Part]:
    for table in tables:
        if table.kind == "codes":
            yield from _code_parts(ledger, table, printed[table.id], leaves, unit)
        for line, row in _lines(table, printed):
            below = tuple(x for x in leaves if not line.codes or x.startswith(line.codes))
            own = frozenset(ledger.matching(line.facts))
            for column in table.money_of(line.column):
                facts = (
                    own.intersection(ledger.matching(column.facts)) if not column.sum else frozenset[str]()
                )
                amount = _amount(row, column.id, unit)
                if facts and below and amount is not None:
                    rank = 1 if _is_leaf(ledger, line) else 4
                    yield Part(rank, below, facts, amount, f"tables/{table.id}/{line.label}/{column.id}")


def _code_parts(
    ledger: Ledger, table: BudgetTable, rows: Sequence[PrintedRow], leaves: Sequence[str], unit: str
) -> Iterator[Part]:
    """The cells of the rows that have no other row of the table below them. A code that a table does not print has nothing in it."""
    rank = 2 if _whole(ledger, table) else 0
    above = {level for r in rows for level in code_levels(ledger.codes, r.key)[:-1]}
    columns = [(c.id, frozenset(ledger.matching(c.facts))) for c in table.money if not c.sum]
    lowest = {r.key: r for r in rows if r.key != TOTAL and r.key not in above}
    below: dict[str, list[str]] = {}
    absent: list[str] = []
    for leaf in leaves:
        key = next((k for k in reversed(code_levels(ledger.codes, leaf)) if k in lowest), None)
        if key is not None:
            below.setdefault(key, []).append(leaf)
        else:
            absent.append(leaf)
    for key, own in below.items():
        for name, facts in columns:
            amount = _amount(lowest[key], name, unit)
            if amount is not None:
                yield Part(rank, tuple(own), facts, amount, f"tables/{table.id}/{key}/{name}")
    for leaf in absent:
        for name, facts in columns:
            # Of a table of all sources the row may only be lost.
            yield Part(rank and 3, (leaf,), facts, Decimal(0), f"tables/{table.id}/{leaf}/{name}")


def _amount(row: PrintedRow, column: str, unit: str) -> Decimal | None:
    """The printed amount, 0 of an empty cell; None where it cannot be read."""
    amount = parse_amount(row.cells.get(column, ""), unit)
    return Decimal(0) if amount.problem is None and amount.value is None else amount.value


def _covers(ledger: Ledger, table: BudgetTable) -> set[str]:
    return {f for c in table.money for f in ledger.matching(c.facts)}


def _whole(ledger: Ledger, table: BudgetTable) -> bool:
    """The table has every source of money."""
    return {f.id for f in ledger.fundings} <= {f.partition(".")[2] for f in _covers(ledger, table)}


def _outside(ledger: Ledger, tables: Iterable[BudgetTable], parts: Iterable[Part]) -> set[str]:
    """Facts that a table of all sources does not print (money that is not spent), unless a line for them alone has an amount."""
    whole = [_covers(ledger, t) for t in tables if t.kind == "codes" and _whole(ledger, t)]
    hidden = {f for f in ledger.facts if any(f not in c for c in whole)}
    said = [p.facts for p in parts if p.rank == 4 and p.rest and p.facts <= hidden]
    return hidden.difference(*said)
