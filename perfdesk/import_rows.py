"""Rows that only the year's own filing has, when a file of the same form is taken in: which they are, and the file's filing with some of
them kept where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from perfdesk.compare.filings import Side, compare
from perfdesk.model.change import InsertRow, apply
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS, Form
from perfdesk.naming import label_key

KINDS = ("list", "tree", "goals")


@dataclass(frozen=True, slots=True)
class Apart:
    """``rows``: those that only ``there`` has, in its order, with amounts in the unit of the coming filing; of a tree its indicators.
    ``match``: row of ``there`` → the same row of the coming filing."""

    there: Filing | None = None
    rows: tuple[Row, ...] = ()
    match: Mapping[str, str] = field(default_factory=dict[str, str])


NOTHING = Apart()


def apart(form: Form, there: Filing, coming: Filing, new_id: Callable[[], str]) -> Apart:
    """Nothing where they are of different editions: neither has a place for the other's rows."""
    if there.form != coming.form:
        return NOTHING
    match: dict[str, str] = {}
    only: dict[str, Row] = {}
    kinds = {s.id: s.kind for s in form.sections}
    for line in compare(Side(form, there, ""), Side(form, coming, ""), {}, new_id).lines:
        left, right = line.left_place, line.right_place
        row = there.row(left.row) if left and left.row else None
        if left is None or row is None or left.column is None or kinds.get(row.section) not in KINDS:
            continue
        if right is not None and right.row is not None:
            match[row.id] = right.row
        else:
            only[row.id] = only.get(row.id, row).with_cell(left.column, line.left)
    for section in (s.id for s in form.sections if s.kind == "tree"):
        match |= _headings(there.section(section), coming.section(section))
    return Apart(there, tuple(only[r.id] for r in there.rows if r.id in only), match)


def _headings(there: Sequence[Row], coming: Sequence[Row]) -> Mapping[str, str]:
    """Headings of the same name below the same heading."""
    known = {(row.parent, depth(row), _name(row)): row.id for row in reversed(coming)}
    match: dict[str, str] = {}
    for row in there:
        above = match.get(row.parent or "")
        if depth(row) < len(LEVELS) and (above is not None or row.parent is None):
            found = known.get((above, depth(row), _name(row)))
            if found is not None:
                match[row.id] = found
    return match


def _name(row: Row) -> str:
    return label_key(row.get(LEVELS[depth(row) - 1]))


def with_kept(coming: Filing, found: Apart, ids: AbstractSet[str]) -> Filing:
    """``coming`` with these rows of the other: each behind the one it stood behind, below its own heading, which comes with it where
    ``coming`` has none of that name."""
    if found.there is None or not ids:
        return coming
    there, match = found.there, dict(found.match)
    own = {row.id: row for row in found.rows}
    wanted = _with_headings(there, {i for i in ids if i in own}, match)
    changes: list[InsertRow] = []
    for row in there.rows:
        if row.id in wanted:
            parent = None if row.parent is None else match[row.parent]
            kept = own.get(row.id, row)
            made = Row(row.id, row.section, kept.cells, parent)
            changes.append(InsertRow(made, _before(there, coming, row, parent, match)))
            match[row.id] = row.id
    return apply(coming, changes)[0]


def _with_headings(there: Filing, ids: AbstractSet[str], match: Mapping[str, str]) -> set[str]:
    wanted: set[str] = set()
    for row in (there.row(i) for i in ids):
        while row is not None and row.id not in match and row.id not in wanted:
            wanted.add(row.id)
            row = there.row(row.parent) if row.parent else None
    return wanted


def _before(
    there: Filing, coming: Filing, row: Row, parent: str | None, match: Mapping[str, str]
) -> str | None:
    """The nearest sibling before it that stands below the same heading in the coming filing, too."""
    for sibling in reversed(there.children(row.section, row.parent)[: _place(there, row)]):
        here = match.get(sibling.id)
        other = coming.row(here) if here is not None else None
        if here is not None and (other is None or other.parent == parent):
            return here
    return None


def _place(there: Filing, row: Row) -> int:
    return [r.id for r in there.children(row.section, row.parent)].index(row.id)
