"""Which row of one filing is which of the other: by its id where both have it, else by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfdesk.model.filing import Row

Pair = tuple[Row | None, Row | None]
Key = Callable[[Row], object]


def paired(left: Sequence[Row], right: Sequence[Row], keys: Sequence[Key]) -> list[Pair]:
    """Every row once, in the order of the right filing; rows of the left alone stand behind the one they stood behind. ``keys``: what
    tells that two rows are one, the surest first; an empty key tells nothing."""
    match: dict[str, Row] = {}
    free = {row.id: row for row in left}
    for key in (_id, *keys):
        known: dict[object, Row] = {}
        for row in free.values():
            if said := key(row):
                known.setdefault(said, row)
        for row in right:
            if row.id not in match and (said := key(row)) and (found := known.pop(said, None)):
                match[row.id] = found
                del free[found.id]
    return _merged(left, right, match)


def _id(row: Row) -> object:
    return row.id


def _merged(left: Sequence[Row], right: Sequence[Row], match: dict[str, Row]) -> list[Pair]:
    behind: dict[str | None, list[Pair]] = {}
    matched = {row.id for row in match.values()}
    last: str | None = None
    for row in left:
        if row.id in matched:
            last = row.id
        else:
            behind.setdefault(last, []).append((row, None))
    found = list(behind.get(None, ()))
    for row in right:
        one = match.get(row.id)
        found.append((one, row))
        found += behind.get(one.id, ()) if one is not None else ()
    return found
