"""The one small set of changes: set, insert, remove, move. Applying one gives the new filing and the changes that take it back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from types import MappingProxyType
from typing import Any, assert_never

from perfdesk.errors import ChangeRefused
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS
from perfdesk.model.linked_rows import LinkedRows


@dataclass(frozen=True, slots=True)
class SetCell:
    """The raw text of one cell becomes ``text``."""

    row: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class InsertRow:
    """``row`` (with its id, section, parent and cells) comes after its sibling ``after``; None: first among its siblings."""

    row: Row
    after: str | None


@dataclass(frozen=True, slots=True)
class RemoveRow:
    """The row goes, with everything below it."""

    row: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """The row, with everything below it, comes under ``parent`` after its sibling ``after`` (None: first)."""

    row: str
    parent: str | None
    after: str | None


Change = SetCell | InsertRow | RemoveRow | MoveRow


@dataclass(frozen=True, slots=True)
class Step:
    """What the user did in one go: the unit of undo. ``label`` is what the history shows (``修改 年度履职目标``)."""

    label: str
    changes: tuple[Change, ...]


def apply(filing: Filing, changes: Iterable[Change]) -> tuple[Filing, tuple[Change, ...]]:
    """The filing after ``changes`` and the changes that undo them, in the order to apply them. ChangeRefused: nothing is changed."""
    changes = tuple(changes)
    # Cells alone: all of them at once, by the index. Where rows come and go between them, the rows are linked first.
    cells = [c for c in changes if isinstance(c, SetCell)]
    if len(cells) == len(changes):
        return _set_cells(filing, cells)
    try:
        rows = LinkedRows(filing.rows)
    except LookupError as error:
        raise ChangeRefused("broken-filing", "这份填报的行次有错，不能修改。", str(error)) from error
    back = [_carried_out(rows, filing.sections, change) for change in changes]
    return replace(filing, rows=rows.in_order()), tuple(c for inverse in reversed(back) for c in inverse)


def _set_cells(filing: Filing, cells: Sequence[SetCell]) -> tuple[Filing, tuple[Change, ...]]:
    back: list[Change] = []
    rows: dict[int, Row] = {}
    for cell in cells:
        place = filing.index.places.get(cell.row)
        if place is None:
            raise _unknown(cell.row)
        row = rows.get(place, filing.rows[place])
        rows[place] = _with_text(row, cell)
        back.append(SetCell(cell.row, cell.column, row.get(cell.column)))
    return filing.with_rows(rows), tuple(reversed(back))


def _with_text(row: Row, cell: SetCell) -> Row:
    """The level column that a row carries tells its depth; no cell may give it another."""
    if cell.column in LEVELS and cell.column != LEVELS[depth(row) - 1]:
        raise ChangeRefused("wrong-level", "这一行不是这一级指标，不能填写这一栏。")
    return row.with_cell(cell.column, cell.text)


def _carried_out(rows: LinkedRows, sections: tuple[str, ...], change: Change) -> list[Change]:
    """The change is made in ``rows``; what takes it back."""
    match change:
        case SetCell(row_id, column):
            row = _known(rows, row_id)
            rows.become(_with_text(row, change))
            return [SetCell(row_id, column, row.get(column))]
        case InsertRow(row, after):
            if row.id in rows.known:
                raise ChangeRefused("row-exists", f"已经有编号为“{row.id}”的行。")
            _fits(rows, row, row.parent)
            rows.put(row, _elder(rows, sections, row, after))
            return [RemoveRow(row.id)]
        case RemoveRow(row_id):
            return _remove(rows, _known(rows, row_id))
        case MoveRow(row_id, parent, after):
            return _move(rows, sections, replace(_known(rows, row_id), parent=parent), after)
        case _:
            assert_never(change)


def _known(rows: LinkedRows, row_id: str) -> Row:
    row = rows.known.get(row_id)
    if row is None:
        raise _unknown(row_id)
    return row


def _unknown(row_id: str) -> ChangeRefused:
    return ChangeRefused("unknown-row", f"没有编号为“{row_id}”的行。")


def _fits(rows: LinkedRows, row: Row, parent: str | None) -> None:
    above = _known(rows, parent) if parent is not None else None
    if above is not None and above.section != row.section:
        raise ChangeRefused("other-section", "上级行不在同一部分。")
    if any(key in row.cells for key in LEVELS) and depth(row) != (depth(above) + 1 if above else 1):
        raise ChangeRefused("wrong-level", "这一级指标不能放在这里。")


def _elder(rows: LinkedRows, sections: tuple[str, ...], row: Row, after: str | None) -> str | None:
    """What ``row`` comes after below its parent: ``after``; at the top of its section the rows of the sections before it."""
    if after is not None:
        sibling = _known(rows, after)
        if sibling.section != row.section or sibling.parent != row.parent:
            raise ChangeRefused("not-a-sibling", f"“{after}”不是同级的行。")
        return after
    if row.parent is not None:
        return None
    rank = {section: n for n, section in enumerate(sections)}
    own = rank.get(row.section, len(rank))
    earlier = takewhile(lambda r: rank.get(r.section, len(rank)) < own, rows.siblings(None))
    return next((r.id for r in deque(earlier, maxlen=1)), None)


def subtree(filing: Filing, row_id: str) -> tuple[Row, ...]:
    """The row and everything below it, in order."""
    inside = {row_id}
    found: list[Row] = []
    for row in filing.rows:
        if row.id == row_id or row.parent in inside:
            inside.add(row.id)
            found.append(row)
    return tuple(found)


def _remove(rows: LinkedRows, row: Row) -> list[Change]:
    if row.id == row.section:
        raise ChangeRefused("not-removable", "这一行属于表样，不能删除。")
    gone = rows.subtree(row.id)
    back: list[Change] = [InsertRow(row, rows.before(row))]
    last: dict[str | None, str] = {}
    for child in gone[1:]:
        back.append(InsertRow(child, last.get(child.parent)))
        last[child.parent] = child.id
    rows.drop(gone)
    return back


def _move(rows: LinkedRows, sections: tuple[str, ...], row: Row, after: str | None) -> list[Change]:
    """``row`` has its new parent already."""
    old = rows.known[row.id]
    if rows.is_within(row.parent, row.id) or rows.is_within(after, row.id):
        raise ChangeRefused("under-itself", "不能移到自己下面。")
    _fits(rows, row, row.parent)
    back = MoveRow(row.id, old.parent, rows.before(old))
    elder = _elder(rows, sections, row, after)
    rows.take(old)
    rows.put(row, elder)
    return [back]


# --- as JSON (journal, files) -----------------------------------------------------------------------------------------


def change_json(change: Change) -> dict[str, Any]:
    """The change as plain data for the journal; ``change_from_json`` gives the same change again."""
    match change:
        case SetCell(row_id, column, text):
            return {"set": row_id, "column": column, "to": text}
        case InsertRow(row, after):
            return {"insert": row_json(row), "after": after}
        case RemoveRow(row_id):
            return {"remove": row_id}
        case MoveRow(row_id, parent, after):
            return {"move": row_id, "under": parent, "after": after}
        case _:
            assert_never(change)


def change_from_json(data: dict[str, Any]) -> Change:
    """KeyError or ValueError where the data is not a change."""
    if "set" in data:
        return SetCell(data["set"], data["column"], data["to"])
    if "insert" in data:
        return InsertRow(row_from_json(data["insert"]), data["after"])
    if "remove" in data:
        return RemoveRow(data["remove"])
    if "move" in data:
        return MoveRow(data["move"], data["under"], data["after"])
    raise ValueError("not a change")


def row_json(row: Row) -> dict[str, Any]:
    return {"id": row.id, "section": row.section, "parent": row.parent, "cells": dict(row.cells)}


def row_from_json(data: dict[str, Any]) -> Row:
    return Row(data["id"], data["section"], MappingProxyType(dict(data["cells"])), data["parent"])
