"""A block from Excel becomes one step on a ledger or a printed table; numbers that stand in computed cells are compared, not lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.edits import NewId, cells_set, codes_added, facts_set, own_name, typed_fact
from perfdesk.budget.facts import ROOT
from perfdesk.budget.paste_layout import Block, Coded, Target, coded
from perfdesk.budget.tables import TOTAL
from perfdesk.budget.view_unit import in_unit, kept_text
from perfdesk.catalog import label_key
from perfdesk.model.change import Change, InsertRow, SetCell, Step, apply
from perfdesk.model.filing import Filing
from perfdesk.model.ledger import Ledger, code_levels
from perfdesk.values import one_line, parse_amount

TOTAL_KEYS = ("合计", "总计")
Texts = Sequence[tuple[str, str, str]]
"""(key of the row, column, text)."""


@dataclass(frozen=True, slots=True)
class Unlike:
    """A computed cell that was pasted over with another amount; amounts in the filing's unit. ``computed``: None where it is empty."""

    key: str
    column: str
    pasted: Decimal
    computed: Decimal | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """``step``: None where nothing changed. ``homeless``: rows without a place, ``cut``: columns without one, ``words``: texts that
    stood in computed cells, ``doubled``: codes that came twice (the first counts)."""

    step: Step | None
    added: int = 0
    homeless: int = 0
    cut: int = 0
    words: int = 0
    doubled: tuple[str, ...] = ()
    unlike: tuple[Unlike, ...] = ()


class Sheet(Protocol):
    """What is pasted into: rows by key, columns by id, and which cells can be typed in."""

    @property
    def targets(self) -> tuple[Target, ...]: ...

    @property
    def keys(self) -> tuple[str, ...]:
        """The rows in the order shown."""
        ...

    def is_typed(self, budgeted: Budgeted, key: str, column: str) -> bool: ...

    def says(self, budgeted: Budgeted, key: str, column: str, text: str) -> bool:
        """Of a cell that holds no amount: it shows this already, or there is nothing to show."""
        ...

    def computed(self, budgeted: Budgeted, key: str, column: str) -> Decimal | None: ...

    def write(
        self, filing: Filing, budgeted: Budgeted, texts: Texts, new_id: NewId
    ) -> tuple[Change, ...]: ...


def paste_block(
    filing: Filing,
    budgeted: Budgeted,
    sheet: Sheet,
    block: Block,
    at: tuple[int, int],
    view: str,
    new_id: NewId,
    label: str,
) -> Pasted:
    """``at``: row and column of ``sheet`` where the cursor stands; ``view``: the unit that the amounts are meant in."""
    role = sheet.targets[at[1]].role if at[1] < len(sheet.targets) else "other"
    found = coded(block, sheet.targets, budgeted_codes(budgeted, sheet), role == "code")
    laid = _by_code(found) if found else _by_place(block, sheet, at)
    return _done(filing, budgeted, sheet, laid, view, new_id, label)


def budgeted_codes(budgeted: Budgeted, sheet: Sheet) -> Mapping[str, str]:
    """The codes that stand in the sheet or in a standard list."""
    names: dict[str, str] = dict.fromkeys(sheet.keys, "")
    for facts in budgeted.facts.values():
        names |= facts.ledger.names
    return names


@dataclass(frozen=True, slots=True)
class _Laid:
    texts: Texts
    homeless: int
    cut: int
    doubled: tuple[str, ...] = ()


def _by_code(found: Coded) -> _Laid:
    """A code that comes twice: the first counts, the other is told."""
    texts: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    doubled: list[str] = []
    for line in found.lines:
        key = TOTAL if line.total else line.code
        if key in seen:
            doubled.append(key)
            continue
        seen.add(key)
        texts.append((key, "", ""))
        texts += [(key, column, text) for column, text in line.texts.items()]
    return _Laid(texts, found.nameless, found.cut, tuple(doubled))


def _by_place(block: Block, sheet: Sheet, at: tuple[int, int]) -> _Laid:
    """Cell by cell from the cursor, as in any spreadsheet."""
    texts: list[tuple[str, str, str]] = []
    over: set[int] = set()
    homeless = 0
    for n, row in enumerate(block):
        if at[0] + n >= len(sheet.keys):
            homeless += any(text.strip() for text in row)
            continue
        for m, text in enumerate(row):
            if at[1] + m < len(sheet.targets):
                texts.append((sheet.keys[at[0] + n], sheet.targets[at[1] + m].id, text))
            elif text.strip():
                over.add(m)
    return _Laid(texts, homeless, len(over))


def _done(
    filing: Filing, budgeted: Budgeted, sheet: Sheet, laid: _Laid, view: str, new_id: NewId, label: str
) -> Pasted:
    roles = {t.id: t.role for t in sheet.targets}
    keys = {key for key, _, _ in laid.texts}
    parents = _parents(budgeted, sheet, keys)
    typed: list[tuple[str, str, str]] = []
    compared: list[tuple[str, str, str]] = []
    words = 0
    for key, column, text in laid.texts:
        role = roles.get(column, "other")
        if role == "money" and (key in parents or not sheet.is_typed(budgeted, key, column)):
            compared.append((key, column, text))
        elif role == "money":
            typed.append((key, column, kept_text(text, budgeted.unit, view)))
        elif sheet.says(budgeted, key, column, text):
            continue
        elif key == TOTAL or key in parents or (column and role != "name"):
            words += bool(column)
        else:
            typed.append((key, column, text))
    changes = sheet.write(filing, budgeted, typed, new_id)
    after, _ = apply(filing, changes)
    touched = {c.row.id if isinstance(c, InsertRow) else c.row for c in changes}
    unlike, more = _compare(budgeted.after(after, touched) if changes else budgeted, sheet, compared, view)
    return Pasted(
        Step(label, changes) if changes else None,
        sum(1 for c in changes if isinstance(c, InsertRow)),
        laid.homeless,
        laid.cut,
        words + more,
        laid.doubled,
        unlike,
    )


def _parents(budgeted: Budgeted, sheet: Sheet, keys: set[str]) -> set[str]:
    """Keys that are codes above another code of the block or of the sheet."""
    found: set[str] = set()
    for facts in budgeted.facts.values():
        found |= {k for k in keys if k in facts.nodes and facts.nodes[k].below}
        codes = (k for k in keys if k.isdecimal())
        found |= {above for c in codes for above in code_levels(facts.ledger.codes, c)[:-1] if above in keys}
    return found


def _compare(budgeted: Budgeted, sheet: Sheet, texts: Texts, view: str) -> tuple[tuple[Unlike, ...], int]:
    """Empty cells and zeros say nothing; words cannot be compared and are counted."""
    unlike: list[Unlike] = []
    words = 0
    for key, column, text in texts:
        amount = parse_amount(text, view)
        if amount.value is None:
            words += bool(text.strip()) and amount.problem != "dash-in-amount"
            continue
        pasted = in_unit(amount.value, view, budgeted.unit)
        computed = sheet.computed(budgeted, key, column)
        if pasted != (computed or Decimal(0)):
            unlike.append(Unlike(key, column, pasted, computed))
    return tuple(unlike), words


# --- the two kinds of sheet -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """The entry sheet of a ledger: every fact can be typed at a leaf. ``keys``: codes, ``total``, or ids of rows that have no code
    of their own line; ``rows``: key → row id where the line is one row."""

    ledger: Ledger
    targets: tuple[Target, ...]
    keys: tuple[str, ...]

    def is_typed(self, budgeted: Budgeted, key: str, column: str) -> bool:
        node = budgeted.facts[self.ledger.id].nodes.get(key)
        return "." in column and key != TOTAL and (node is None or (not node.below and len(node.rows) < 2))

    def says(self, budgeted: Budgeted, key: str, column: str, text: str) -> bool:
        if not text.strip():
            return bool(column) or key == TOTAL
        facts = budgeted.facts[self.ledger.id]
        if column == "code":
            return one_line(text) == key or label_key(text) in TOTAL_KEYS
        return column == "name" and label_key(text) in (
            *TOTAL_KEYS,
            label_key(facts.ledger.names.get(key, "")),
        )

    def computed(self, budgeted: Budgeted, key: str, column: str) -> Decimal | None:
        facts = (column,) if "." in column else self.ledger.facts
        return budgeted.facts[self.ledger.id].amount(ROOT if key == TOTAL else key, facts)

    def write(self, filing: Filing, budgeted: Budgeted, texts: Texts, new_id: NewId) -> tuple[Change, ...]:
        """A code that has neither amounts nor a name of its own gets its row all the same."""
        nodes = budgeted.facts[self.ledger.id].nodes
        there = {k for k, _, _ in texts if k in nodes and nodes[k].rows}
        names = {k: own_name(k, t, self.ledger.names) for k, c, t in texts if c == "name" and t.strip()}
        amounts = [(k, c, t) for k, c, t in texts if k in there and "." in c]
        changes = list(facts_set(filing, budgeted, self.ledger, amounts, new_id))
        for key in sorted(there & names.keys()):
            row = filing.row(nodes[key].rows[0])
            if row and names[key] and row.get("name") != names[key]:
                changes.append(SetCell(row.id, "name", names[key]))
        new: dict[str, dict[str, str]] = {
            k: {"name": names.get(k, "")} for k, _, _ in texts if k not in there and k.isdecimal()
        }
        for key, column, text in texts:
            if key in new and "." in column:
                new[key][column] = text
        return (*changes, *codes_added(filing, self.ledger, new, new_id))


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A printed table: cells that show one fact can be typed in; codes that it does not have yet come into its ledger."""

    table: str
    targets: tuple[Target, ...]
    keys: tuple[str, ...]

    def is_typed(self, budgeted: Budgeted, key: str, column: str) -> bool:
        view = budgeted.view(self.table)
        if view.has(key):
            cell = view.row(key).cells.get(column)
            return cell is not None and cell.fact is not None
        return self._new(budgeted, key, column) is not None

    def says(self, budgeted: Budgeted, key: str, column: str, text: str) -> bool:
        """A code that is new comes with its amounts; names and numbers of rows are as the table has them."""
        view = budgeted.view(self.table)
        if not text.strip() or not view.has(key):
            return True
        row = view.row(key)
        return label_key(text) in (label_key(row.code), label_key(row.name)) or text.strip().isdecimal()

    def _new(self, budgeted: Budgeted, key: str, column: str) -> tuple[str, str] | None:
        view = budgeted.view(self.table)
        node = view.facts.nodes.get(key)
        fresh = view.table.kind == "codes" and (node is None or (not node.below and len(node.rows) < 2))
        return typed_fact(view, key, column) if fresh and key.isdecimal() else None

    def computed(self, budgeted: Budgeted, key: str, column: str) -> Decimal | None:
        view = budgeted.view(self.table)
        cell = view.row(key).cells.get(column) if view.has(key) else None
        return cell.computed if cell else None

    def write(self, filing: Filing, budgeted: Budgeted, texts: Texts, new_id: NewId) -> tuple[Change, ...]:
        view = budgeted.view(self.table)
        here = [(k, c, t) for k, c, t in texts if view.has(k) and c in view.facts_of and t.strip()]
        new = [(*fact, t) for k, c, t in texts if not view.has(k) and (fact := self._new(budgeted, k, c))]
        ledger = view.facts.ledger
        return (
            *cells_set(filing, budgeted, self.table, here, new_id),
            *facts_set(filing, budgeted, ledger, new, new_id),
        )
