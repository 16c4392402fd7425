"""What typing in a ledger or in a printed table means, as steps. Pure; None where there is nothing to do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.settle import take_computed
from perfdesk.budget.tables import TOTAL, View
from perfdesk.catalog import label_key
from perfdesk.model.change import Change, InsertRow, SetCell, Step
from perfdesk.model.filing import Filing, Row
from perfdesk.model.ledger import Ledger
from perfdesk.values import clean_text, one_line

NewId = Callable[[], str]
LAST = "\uffff"
"""Stands after every code."""


def read_code(text: str, names: Mapping[str, str]) -> tuple[str, str]:
    """What a person typed to name a code: (code, own name). ``21201 09``, ``2120109 name``, a name of the list; a name that the list
    does not have gives no code. The name is empty where it is the list's."""
    folded = one_line(text)
    match = re.fullmatch(r"(\d+)(.*)", folded)
    if match:
        return match[1], own_name(match[1], match[2], names)
    key = label_key(folded)
    codes = [code for code, name in names.items() if label_key(name) == key] if key else []
    return (min(codes, key=lambda c: (-len(c), c)), "") if codes else ("", clean_text(text))


def own_name(code: str, name: str, names: Mapping[str, str]) -> str:
    """The name as a row keeps it: empty where it is the standard one."""
    return "" if label_key(name) == label_key(names.get(code, "")) else clean_text(name)


# --- rows of a ledger -------------------------------------------------------------------------------------------------


def add_code(
    filing: Filing,
    ledger: Ledger,
    code: str,
    name: str,
    new_id: NewId,
    amounts: Mapping[str, str] | None = None,
) -> tuple[Step, str]:
    """A row for the code at its place among the others, and its id."""
    row = Row(new_id(), ledger.id, MappingProxyType(_cells(code, name, amounts or {})))
    return Step(
        f"增加 {_named(ledger, code, name)}", (InsertRow(row, row_before(filing, ledger, code)),)
    ), row.id


def row_before(filing: Filing, ledger: Ledger, code: str) -> str | None:
    """The row that a row of this code comes after; None: it is the first. A row without a code comes last."""
    return _before(_places(filing, ledger), code)


def _places(filing: Filing, ledger: Ledger) -> list[tuple[str, str]]:
    """(code, row id) sorted by code; rows without a code stand last."""
    rows = [(_folded(r.get("code")), r.id) for r in filing.section(ledger.id)]
    return sorted(rows, key=itemgetter(0))


def _folded(code: str) -> str:
    return (code if code.isascii() and code.isdecimal() else one_line(code)) or LAST


def _before(places: list[tuple[str, str]], code: str) -> str | None:
    at = bisect_right(places, code or LAST, key=lambda place: place[0])
    return places[at - 1][1] if at else None


def change_code(filing: Filing, ledger: Ledger, row_id: str, code: str) -> Step | None:
    """The row's amounts stand at another code. A name that was only the old code's standard name does not go along."""
    row = filing.row(row_id)
    if row is None or row.get("code") == code:
        return None
    changes: list[Change] = [SetCell(row_id, "code", code)]
    if row.get("name") and row.get("name") in (ledger.names.get(row.get("code")), ledger.names.get(code)):
        changes.append(SetCell(row_id, "name", ""))
    return Step(f"科目 {row.get('code') or row.get('name')} 改为 {_named(ledger, code, '')}", tuple(changes))


def rename(
    filing: Filing, ledger: Ledger, code: str, row_id: str | None, name: str, new_id: NewId
) -> Step | None:
    """The code's own name (the standard one: no own name). A code that has no row (a parent) is given one to hold the name."""
    own = own_name(code, name, ledger.names)
    row = filing.row(row_id) if row_id else None
    label = f"修改 {code} 的科目名称"
    if row is not None:
        return Step(label, (SetCell(row.id, "name", own),)) if row.get("name") != own else None
    if not own:
        return None
    return Step(label, add_code(filing, ledger, code, own, new_id)[0].changes)


def _cells(code: str, name: str, amounts: Mapping[str, str]) -> dict[str, str]:
    cells = {"code": code, "name": name} | dict(amounts)
    return {column: text for column, text in cells.items() if text or column == "code"}


def _named(ledger: Ledger, code: str, name: str) -> str:
    return f"{code} {name or ledger.names.get(code, '')}".strip()


# --- cells of a printed table -----------------------------------------------------------------------------------------


def set_amount(
    filing: Filing, budgeted: Budgeted, table: str, key: str, column: str, text: str, new_id: NewId
) -> Step | None:
    """The one fact of the cell becomes ``text``, and what an imported table printed there is settled. None where the cell is computed
    of several facts or shows this already."""
    view = budgeted.view(table)
    changes = cells_set(filing, budgeted, table, [(key, column, text)], new_id)
    found = view.table.column(column)
    row = view.row(key)
    what = " ".join(x for x in (row.code or row.name, found.label if found else "") if x)
    return Step(f"修改 {table} {what}", changes) if changes else None


def cells_set(
    filing: Filing, budgeted: Budgeted, table: str, texts: Sequence[tuple[str, str, str]], new_id: NewId
) -> tuple[Change, ...]:
    """``texts``: (row key, column, text). Cells that are computed of several facts are left."""
    view = budgeted.view(table)
    facts: list[tuple[str, str, str]] = []
    settled: list[tuple[str, str]] = []
    for key, column, text in texts:
        if (cell := view.cell(key, column)).fact:
            facts.append((*cell.fact, text))
            if cell.printed is not None:
                settled.append((key, column))
    drops = take_computed(filing, budgeted, table, tuple(settled)).changes if settled else ()
    return (*facts_set(filing, budgeted, view.facts.ledger, facts, new_id), *drops)


def facts_set(
    filing: Filing, budgeted: Budgeted, ledger: Ledger, texts: Sequence[tuple[str, str, str]], new_id: NewId
) -> tuple[Change, ...]:
    """``texts``: (code, fact, text). Codes that have no row get one."""
    nodes = budgeted.facts[ledger.id].nodes
    changes: list[Change] = []
    new: dict[str, dict[str, str]] = {}
    for code, fact, text in texts:
        clean = clean_text(text)
        rows = nodes[code].rows if code in nodes else ()
        row = filing.row(rows[0]) if rows else None
        if row is None:
            new.setdefault(code, {})[fact] = clean
        elif row.get(fact) != clean:
            changes.append(SetCell(row.id, fact, clean))
    filled = {code: amounts for code, amounts in new.items() if any(amounts.values())}
    return (*changes, *codes_added(filing, ledger, filled, new_id))


def codes_added(
    filing: Filing, ledger: Ledger, new: Mapping[str, Mapping[str, str]], new_id: NewId
) -> Iterator[Change]:
    """Rows for these codes (code → its other cells), each at its place."""
    last: dict[str | None, str] = {}
    places = _places(filing, ledger) if new else []
    for code, cells in sorted(new.items()):
        row = Row(new_id(), ledger.id, MappingProxyType(_cells(code, "", cells)))
        # Several that come after the same row stand each after the one before it.
        before = _before(places, code)
        yield InsertRow(row, last.get(before, before))
        last[before] = row.id


def typed_fact(view: View, key: str, column: str) -> tuple[str, str] | None:
    """(code, fact) that typing at a code means which the table does not have yet; None at the total and in a sum of columns."""
    found = view.table.column(column)
    facts = view.facts_of.get(column, ())
    if key == TOTAL or found is None or found.sum or not facts:
        return None
    return key, facts[0]
