"""Rows of a filing as the table holds them: which rows an edit touches, and the order keys that keep them in their place.

A key is an integer; keys leave gaps, so that an insertion or a move gives keys to the rows it brings and leaves the others alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from perfdesk.model.change import Change, apply
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import LEVELS

GAP = 1 << 20


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be written: rows that are new, changed or have another key, and ids of rows that are gone. ``added``: ids of those
    that are new."""

    written: tuple[Row, ...]
    removed: tuple[str, ...]
    places: Mapping[str, int]
    added: frozenset[str] = frozenset()


def applied(filing: Filing, changes: Sequence[Change]) -> tuple[Filing, tuple[Change, ...]]:
    """``model.change.apply`` on rows in their plain form, so that a step and its inverse give back exactly the same rows."""
    after, inverse = apply(filing, changes)
    places = after.differing(filing)
    if places is not None:
        return filing.with_rows({n: plain(after.rows[n]) for n in places}), inverse
    # A change makes new rows and leaves the others the objects they are.
    untouched = set(map(id, filing.rows))
    new = {n: plain(r) for n, r in enumerate(after.rows) if id(r) not in untouched}
    return after.with_rows(new), inverse


def plain(row: Row) -> Row:
    """The row without its empty cells; a level column stays, for it tells the depth. Taking back the first text of a cell
    leaves ``""`` where no cell was: both mean the same and are kept as one."""
    if all(text or column in LEVELS for column, text in row.cells.items()):
        return row
    cells = {column: text for column, text in row.cells.items() if text or column in LEVELS}
    return replace(row, cells=MappingProxyType(cells))


def difference(old: Filing, new: Filing, places: Mapping[str, int]) -> Difference:
    """What brings the table from ``old`` (whose keys are ``places``) to ``new``."""
    changed = new.differing(old)
    if changed is not None:
        return Difference(tuple(new.rows[n] for n in changed), (), places)
    before = {r.id: r for r in old.rows}
    keys = placed([r.id for r in new.rows], places)
    written = tuple(r for r in new.rows if before.get(r.id) is not r or keys[r.id] != places.get(r.id))
    added = frozenset(r.id for r in written if r.id not in before)
    return Difference(written, tuple(r for r in before if r not in keys), keys, added)


def placed(order: Sequence[str], places: Mapping[str, int]) -> dict[str, int]:
    """Rising keys for ``order``. As many rows as possible keep the key they have in ``places``; without room all get new ones."""
    fixed = _rising([(at, places[row]) for at, row in enumerate(order) if row in places])
    keys: list[int] = []
    bounds = [*fixed, None]
    for bound in bounds:
        end = len(order) if bound is None else bound[0]
        fresh = _between(keys[-1] if keys else None, None if bound is None else bound[1], end - len(keys))
        if fresh is None:
            return {row: at * GAP for at, row in enumerate(order, 1)}
        keys += fresh if bound is None else [*fresh, bound[1]]
    return dict(zip(order, keys, strict=True))


def _between(low: int | None, high: int | None, count: int) -> list[int] | None:
    """``count`` rising keys strictly between the two (None: open end); None where there is no room."""
    if low is None:
        low = 0 if high is None else high - GAP * (count + 1)
    gap = GAP if high is None else (high - low) // (count + 1)
    return None if count and gap < 1 else [low + gap * n for n in range(1, count + 1)]


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs (position, key), in order, whose keys rise (patience sorting)."""
    ends: list[int] = []
    at_end: list[int] = []
    before: list[int] = []
    for n, (_, key) in enumerate(pairs):
        pile = bisect_left(ends, key)
        before.append(at_end[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [key]
        at_end[pile : pile + 1] = [n]
    found: list[tuple[int, int]] = []
    n = at_end[-1] if at_end else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
