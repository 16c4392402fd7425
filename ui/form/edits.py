"""Steps on rows: what a key, a button or a drop means as changes. Pure; None where there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow, SetCell, Step, apply, subtree
from perfdesk.model.filing import Filing, Row, blank_row, depth
from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.values import clean_text
from ui import messages as say

LEVELLED = ("tree", "goals")
"""Kinds of sections whose rows carry their level."""

NewId = Callable[[], str]


def name_of(form: Form, row: Row) -> str:
    """What a person calls the row: the text of its first column, or the name of its section."""
    section = form.section(row.section)
    if section.kind == "fields":
        return section.label
    column = LEVELS[depth(row) - 1] if section.kind in LEVELLED else section.fields[0].id
    return row.get(column) or say.UNNAMED


def set_cells(
    form: Form, filing: Filing, texts: Sequence[tuple[str, str, str]], label: str = ""
) -> Step | None:
    """``texts``: (row id, column, text). Cells that hold the text already are left out."""
    changes = tuple(
        SetCell(row_id, column, clean)
        for row_id, column, text in texts
        if (row := filing.row(row_id)) and (clean := clean_text(text)) != row.get(column)
    )
    if not changes:
        return None
    first = filing.row(changes[0].row)
    return Step(label or (_set_label(form, first, changes[0].column) if first else ""), changes)


def _set_label(form: Form, row: Row, column: str) -> str:
    section = form.section(row.section)
    field = section.field(column)
    what = field.name if field else column
    return say.step_set(what) if section.kind == "fields" else say.step_set_in(name_of(form, row), what)


def add_sibling(form: Form, filing: Filing, at: str, new_id: NewId) -> tuple[Step, str] | None:
    """A new row of the same level just below."""
    here = filing.row(at)
    if here is None:
        return None
    row = blank_row(form.section(here.section), new_id(), here.parent, depth(here))
    return Step(say.STEP_ADD, (InsertRow(row, here.id),)), row.id


def add_last(form: Form, filing: Filing, section: str, parent: str | None, new_id: NewId) -> tuple[Step, str]:
    """A new row at the end of those below ``parent``."""
    above = filing.row(parent) if parent else None
    level = depth(above) + 1 if above else 1
    row = blank_row(form.section(section), new_id(), parent, level)
    siblings = filing.children(section, parent)
    return Step(say.STEP_ADD, (InsertRow(row, siblings[-1].id if siblings else None),)), row.id


def ancestor(filing: Filing, row: Row, level: int) -> Row | None:
    """The row itself or the one above it that stands at ``level``."""
    at: Row | None = row
    while at is not None and depth(at) > level:
        at = filing.row(at.parent) if at.parent else None
    return at if at is not None and depth(at) == level else None


def group_of(row: Row) -> str | None:
    """The id of the level-2 row that a leaf stands below or that the row is; None above that."""
    return row.parent if depth(row) == 3 else row.id if depth(row) == 2 else None


def outermost(filing: Filing, ids: Sequence[str]) -> list[Row]:
    """The rows without those that lie below another of them."""
    inside = {below.id for i in ids for below in subtree(filing, i)[1:]}
    return [row for i in ids if i not in inside and (row := filing.row(i))]


def remove(form: Form, filing: Filing, ids: Sequence[str]) -> Step | None:
    rows = outermost(filing, ids)
    if not rows:
        return None
    label = say.step_remove(name_of(form, rows[0])) if len(rows) == 1 else say.step_remove_rows(len(rows))
    return Step(label, tuple(RemoveRow(r.id) for r in rows))


def move_by(form: Form, filing: Filing, row_id: str, by: int) -> Step | None:
    """One place up (-1) or down (+1); over the edge of a group into the neighbouring group of the same kind."""
    row = filing.row(row_id)
    if row is None:
        return None
    siblings = [r.id for r in filing.children(row.section, row.parent)]
    to = siblings.index(row_id) + by
    if 0 <= to < len(siblings):
        after = siblings[to] if by > 0 else (siblings[to - 1] if to else None)
        return Step(say.step_move(name_of(form, row)), (MoveRow(row_id, row.parent, after),))
    return _move_over(form, filing, row, by)


def move_all_by(form: Form, filing: Filing, ids: Sequence[str], by: int) -> Step | None:
    """Several rows one place up or down in one step, each as ``move_by``; None where the first of them is at the edge."""
    rows, now = outermost(filing, ids), filing
    changes: list[Change] = []
    for row in rows if by < 0 else reversed(rows):
        step = move_by(form, now, row.id, by)
        if step is None:
            return None
        now, _ = apply(now, step.changes)
        changes += step.changes
    if len(rows) == 1:
        return Step(say.step_move(name_of(form, rows[0])), tuple(changes))
    return Step(say.step_move_rows(len(rows)), tuple(changes)) if changes else None


def _move_over(form: Form, filing: Filing, row: Row, by: int) -> Step | None:
    above = filing.row(row.parent) if row.parent else None
    if above is None:
        return None
    groups = [r for r in filing.section(row.section) if depth(r) == depth(above)]
    to = groups.index(above) + by
    if not 0 <= to < len(groups):
        return None
    there = filing.children(row.section, groups[to].id)
    after = there[-1].id if by < 0 and there else None
    return Step(say.step_move(name_of(form, row)), (MoveRow(row.id, groups[to].id, after),))


def move_to(form: Form, filing: Filing, ids: Sequence[str], target: str, where: str) -> Step | None:
    """Rows dropped ``above``, ``below`` or ``on`` a row. ChangeRefused where they cannot stand there."""
    rows, there = outermost(filing, ids), filing.row(target)
    if not rows or there is None or target in ids:
        return None
    place = _place(form, filing, rows[0], there, where)
    if place is None:
        raise ChangeRefused("wrong-level", say.WRONG_LEVEL)
    parent, after = place
    changes: list[Change] = []
    for row in rows:
        if row.id != after:
            changes.append(MoveRow(row.id, parent, after))
        after = row.id
    moved, _ = apply(filing, changes)
    label = say.step_move(name_of(form, rows[0])) if len(rows) == 1 else say.step_move_rows(len(rows))
    return Step(label, tuple(changes)) if moved.rows != filing.rows else None


def _place(
    form: Form, filing: Filing, row: Row, there: Row, where: str
) -> tuple[str | None, str | None] | None:
    """(parent, sibling before) of the dropped row; None where its level does not fit."""
    level = depth(row) if form.section(row.section).kind in LEVELLED else 1
    at = depth(there) if form.section(there.section).kind in LEVELLED else 1
    if level == at:
        siblings = [r.id for r in filing.children(there.section, there.parent) if r.id != row.id]
        before = siblings.index(there.id) if there.id in siblings else 0
        return there.parent, there.id if where == "below" else (siblings[before - 1] if before else None)
    if level == at + 1:
        children = [r.id for r in filing.children(there.section, there.id) if r.id != row.id]
        return there.id, None if where == "below" else (children[-1] if children else None)
    return None


def change_level(form: Form, filing: Filing, row_id: str, by: int) -> Step | None:
    """A name without anything else one level up (-1) or down (+1), with the same id. ChangeRefused where it would lose something."""
    row = filing.row(row_id)
    if row is None or not 1 <= depth(row) + by <= 3:
        return None
    level = depth(row)
    rest = [c for c, text in row.cells.items() if c != LEVELS[level - 1] and text]
    if filing.children(row.section, row_id) or (level == 3 and rest):
        raise ChangeRefused("level", say.LEVEL_KEEPS)
    parent, after = _level_place(filing, row, by)
    if level + by > 1 and parent is None:
        raise ChangeRefused("level", say.LEVEL_NO_PARENT)
    cells = MappingProxyType({LEVELS[level + by - 1]: row.get(LEVELS[level - 1])})
    changed = replace(row, cells=cells, parent=parent)
    return Step(say.step_level(name_of(form, row)), (RemoveRow(row_id), InsertRow(changed, after)))


def _level_place(filing: Filing, row: Row, by: int) -> tuple[str | None, str | None]:
    if by < 0:
        above = filing.row(row.parent) if row.parent else None
        return (above.parent, above.id) if above else (None, None)
    siblings = [r for r in filing.children(row.section, row.parent) if depth(r) == depth(row)]
    at = siblings.index(row)
    if not at:
        return None, None
    children = filing.children(row.section, siblings[at - 1].id)
    return siblings[at - 1].id, children[-1].id if children else None


def add_first(section: Section, new_id: NewId) -> tuple[Step, str]:
    """The first row of an empty list."""
    row = blank_row(section, new_id())
    return Step(say.STEP_ADD, (InsertRow(row, None),)), row.id
