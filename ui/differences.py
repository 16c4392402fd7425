"""Two states of one filing compared: what to redraw and where to look."""

from __future__ import annotations

from perfdesk.model.filing import Filing, Row
from perfdesk.model.finding import Place


def changed_place(before: Filing, after: Filing) -> Place | None:
    """The first cell that differs; a row that came or moved; where a row went, the row that stood before it."""
    changed = after.differing(before)
    if changed is not None:
        pairs = ((before.rows[n], after.rows[n]) for n in changed)
        places = (Place(b.id, column) for a, b in pairs if (column := changed_column(a, b)))
        return next(places, None)
    old = {r.id: r for r in before.rows}
    for row in after.rows:
        was = old.get(row.id)
        if was is None:
            return Place(row.id)
        if was is not row and (column := changed_column(was, row)):
            return Place(row.id, column)
    return _moved(before, after) or _gone(before, after)


def changed_column(before: Row, after: Row) -> str | None:
    """The first column whose text differs, in the order of the cells."""
    columns = {**before.cells, **after.cells}
    return next((c for c in columns if before.get(c) != after.get(c)), None)


def _moved(before: Filing, after: Filing) -> Place | None:
    parents = {r.id: r.parent for r in before.rows}
    for row in after.rows:
        if parents[row.id] != row.parent:
            return Place(row.id)
    old = [r.id for r in before.rows if after.row(r.id)]
    for was, row in zip(old, after.rows, strict=False):
        if was != row.id:
            return Place(row.id)
    return None


def _gone(before: Filing, after: Filing) -> Place | None:
    have = {r.id for r in after.rows}
    last: str | None = None
    for row in before.rows:
        if row.id not in have:
            return Place(last) if last else None
        last = row.id
    return None
