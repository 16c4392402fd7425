"""The one small set of changes: set, insert, remove, move. Applying one gives the new filing and the changes that take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, assert_never

from perfdesk.errors import ChangeRefused
from perfdesk.model.filing import Filing, Row, depth


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
    back: list[Change] = []
    changes = tuple(changes)
    # Cells alone: all of them at once, by the index. Where rows come and go between them, each is looked for.
    cells = [c for c in changes if isinstance(c, SetCell)]
    if len(cells) == len(changes):
        return _set_cells(filing, cells)
    for change in changes:
        filing, inverse = _apply_one(filing, change)
        back[:0] = inverse
    return filing, tuple(back)


def _set_cells(filing: Filing, cells: Sequence[SetCell]) -> tuple[Filing, tuple[Change, ...]]:
    back: list[Change] = []
    rows: dict[int, Row] = {}
    for cell in cells:
        place = filing.index.places.get(cell.row)
        if place is None:
            raise _unknown(cell.row)
        row = rows.get(place, filing.rows[place])
        back.append(SetCell(cell.row, cell.column, row.get(cell.column)))
        rows[place] = row.with_cell(cell.column, cell.text)
    return filing.with_rows(rows), tuple(reversed(back))


def _apply_one(filing: Filing, change: Change) -> tuple[Filing, list[Change]]:
    match change:
        case SetCell(row_id, column, text):
            row = _known(filing, row_id)
            after = filing.with_rows({filing.rows.index(row): row.with_cell(column, text)})
            return after, [SetCell(row_id, column, row.get(column))]
        case InsertRow(row, after):
            return _insert(filing, row, after), [RemoveRow(row.id)]
        case RemoveRow(row_id):
            return _remove(filing, row_id)
        case MoveRow(row_id, parent, after):
            return _move(filing, row_id, parent, after)
        case _:
            assert_never(change)


def _known(filing: Filing, row_id: str) -> Row:
    row = _found(filing, row_id)
    if row is None:
        raise _unknown(row_id)
    return row


def _unknown(row_id: str) -> ChangeRefused:
    return ChangeRefused("unknown-row", f"没有编号为“{row_id}”的行。")


def _found(filing: Filing, row_id: str) -> Row | None:
    """Without making an index: a filing between two changes lives too short for one."""
    return next((r for r in filing.rows if r.id == row_id), None)


def _insert(filing: Filing, row: Row, after: str | None) -> Filing:
    if _found(filing, row.id) is not None:
        raise ChangeRefused("row-exists", f"已经有编号为“{row.id}”的行。")
    _fits(filing, row, row.parent)
    at = _position(filing, row, row.parent, after)
    return replace(filing, rows=filing.rows[:at] + (row,) + filing.rows[at:])


def _fits(filing: Filing, row: Row, parent: str | None) -> None:
    above = _known(filing, parent) if parent is not None else None
    if above is not None and above.section != row.section:
        raise ChangeRefused("other-section", "上级行不在同一部分。")
    level = {"level1": 1, "level2": 2, "level3": 3}
    if any(key in row.cells for key in level) and depth(row) != (depth(above) + 1 if above else 1):
        raise ChangeRefused("wrong-level", "这一级指标不能放在这里。")


def _position(filing: Filing, row: Row, parent: str | None, after: str | None) -> int:
    """Index in ``filing.rows`` where a child of ``parent`` that follows ``after`` has to stand."""
    if after is not None:
        sibling = _known(filing, after)
        if sibling.section != row.section or sibling.parent != parent:
            raise ChangeRefused("not-a-sibling", f"“{after}”不是同级的行。")
        return _end_of(filing, after)
    if parent is not None:
        return filing.rows.index(_known(filing, parent)) + 1
    rank = {section: n for n, section in enumerate(filing.sections)}
    own = rank.get(row.section, len(rank))
    return next(
        (n for n, r in enumerate(filing.rows) if rank.get(r.section, len(rank)) >= own), len(filing.rows)
    )


def subtree(filing: Filing, row_id: str) -> tuple[Row, ...]:
    """The row and everything below it, in order."""
    inside = {row_id}
    found: list[Row] = []
    for row in filing.rows:
        if row.id == row_id or row.parent in inside:
            inside.add(row.id)
            found.append(row)
    return tuple(found)


def _end_of(filing: Filing, row_id: str) -> int:
    last = subtree(filing, row_id)[-1]
    return filing.rows.index(last) + 1


def _before(filing: Filing, row: Row) -> str | None:
    """The id of the sibling just before ``row``, None where it is the first."""
    siblings = [r.id for r in filing.rows if r.section == row.section and r.parent == row.parent]
    at = siblings.index(row.id)
    return siblings[at - 1] if at else None


def _remove(filing: Filing, row_id: str) -> tuple[Filing, list[Change]]:
    row = _known(filing, row_id)
    if row.id == row.section:
        raise ChangeRefused("not-removable", "这一行属于表样，不能删除。")
    gone = subtree(filing, row_id)
    ids = {r.id for r in gone}
    back: list[Change] = [InsertRow(row, _before(filing, row))]
    last: dict[str | None, str] = {}
    for child in gone[1:]:
        back.append(InsertRow(child, last.get(child.parent)))
        last[child.parent] = child.id
    return replace(filing, rows=tuple(r for r in filing.rows if r.id not in ids)), back


def _move(filing: Filing, row_id: str, parent: str | None, after: str | None) -> tuple[Filing, list[Change]]:
    row = _known(filing, row_id)
    block = subtree(filing, row_id)
    ids = {r.id for r in block}
    if parent in ids or after in ids:
        raise ChangeRefused("under-itself", "不能移到自己下面。")
    _fits(filing, row, parent)
    back: list[Change] = [MoveRow(row_id, row.parent, _before(filing, row))]
    rest = replace(filing, rows=tuple(r for r in filing.rows if r.id not in ids))
    at = _position(rest, row, parent, after)
    moved = (replace(row, parent=parent), *block[1:])
    return replace(rest, rows=rest.rows[:at] + moved + rest.rows[at:]), back


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
