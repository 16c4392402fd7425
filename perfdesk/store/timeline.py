"""One order over two journals: the steps of the filing in sight and the deeds on units and whole filings.

Undo takes what was done last, whichever it is; redo what was taken back last. A deed that was taken back is offered again
only until something new is done in the filing in sight. All of it is read from the store, so it outlives a restart.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, func, select

from perfdesk.errors import StoreRefused
from perfdesk.store import rights, shelf, tables
from perfdesk.store.seam import Data

Kind = Literal["step", "deed"]
Way = Literal["undo", "redo"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes next: a step of ``filing``, or a deed (``filing`` None). ``at``: when it was done or taken back, as text."""

    kind: Kind
    label: str
    at: str
    filing: int | None = None


class Timeline:
    """``store.timeline``."""

    def __init__(self, database: Data, guard: AbstractContextManager[object]) -> None:
        self._database = database
        self._guard = guard

    def newest(self) -> str:
        """The last time that is written down, as text; empty where nothing is."""
        with self._guard, self._database.read() as conn:
            return max(time or "" for time in conn.execute(_NEWEST).one())

    def next(self, way: Way, filing: int | None) -> Turn | None:
        """None where there is nothing. ``filing``: the one in sight; the steps of an archived one are not touched."""
        with self._guard, self._database.read() as conn:
            open_filing = _touched(conn, filing)
            last = _last_step(conn, open_filing)
            return _undo(conn, last) if way == "undo" else _redo(conn, open_filing, last)

    def both(self, filing: int | None) -> tuple[Turn | None, Turn | None]:
        """What undo and what redo would take next, in one look."""
        with self._guard, self._database.read() as conn:
            open_filing = _touched(conn, filing)
            last = _last_step(conn, open_filing)
            return _undo(conn, last), _redo(conn, open_filing, last)


# Written once: making a query takes longer than asking it.
_DEED, _STEP, _HEAD = tables.deed.c, tables.step.c, tables.filing.c
_OF_FILING = _STEP.filing == bindparam("filing")
_LAST_DEED = (
    select(_DEED.label, _DEED.at, _DEED.who)
    .where(_DEED.state == "done")
    .order_by(_DEED.number.desc())
    .limit(1)
)
_LAST_STEP = (
    select(_STEP.label, _STEP.at)
    .where(_OF_FILING, _STEP.state == "done")
    .order_by(_STEP.number.desc())
    .limit(1)
)
_UNDONE_DEED = (
    select(_DEED.label, _DEED.at, _DEED.undone_at, _DEED.who)
    .where(_DEED.state == "undone")
    .order_by(_DEED.number)
    .limit(1)
)
_UNDONE_STEP = (
    select(_STEP.label, _STEP.at, _STEP.undone_at)
    .where(_OF_FILING, _STEP.state == "undone")
    .order_by(_STEP.number)
    .limit(1)
)
_NEWEST = select(  # every step and its undoing is the change of a filing
    select(func.max(_HEAD.changed_at)).scalar_subquery(),
    select(func.max(_DEED.at)).scalar_subquery(),
    select(func.max(_DEED.undone_at)).scalar_subquery(),
)
_WITHDRAWN = (
    select(_STEP.filing, _STEP.label, _STEP.who, _STEP.undone_at.label("at"))
    .join(tables.filing, _HEAD.id == _STEP.filing)
    .where(_HEAD.withdrawn == 1, _HEAD.deleted == "", _STEP.number == 1, _STEP.state == "undone")
    .order_by(_STEP.undone_at.desc(), _STEP.filing.desc())
    .limit(1)
)


def _touched(conn: Connection, filing: int | None) -> int | None:
    """None also for a filing that is closed, and for one that is not here any more: what is in sight may be of the data before."""
    try:
        return None if filing is None or shelf.closed(conn, filing) else filing
    except StoreRefused as error:
        if error.code != "unknown-filing":
            raise
        return None


def _undo(conn: Connection, last: list[Turn]) -> Turn | None:
    found = conn.execute(_LAST_DEED).one_or_none()
    deeds = [Turn("deed", found.label, found.at)] if found and rights.is_mine(conn, found.who) else []
    return max([*last, *deeds], key=lambda turn: turn.at, default=None)


def _last_step(conn: Connection, filing: int | None) -> list[Turn]:
    found = conn.execute(_LAST_STEP, {"filing": filing}).one_or_none()
    return [Turn("step", found.label, found.at, filing)] if found else []


def _redo(conn: Connection, filing: int | None, last: list[Turn]) -> Turn | None:
    here = conn.execute(_UNDONE_STEP, {"filing": filing}).one_or_none()
    turns = [Turn("step", here.label, here.undone_at or here.at, filing)] if here else []
    later = [turn.at for turn in last]
    back = conn.execute(_UNDONE_DEED).one_or_none()
    others: list[Turn] = []
    if back and rights.is_mine(conn, back.who):
        others.append(Turn("deed", back.label, back.undone_at or back.at))
    others += _withdrawn(conn)
    turns += [turn for turn in others if all(turn.at >= at for at in later)]
    return max(turns, key=lambda turn: turn.at, default=None)


def _withdrawn(conn: Connection) -> list[Turn]:
    """The filing whose coming was taken back last."""
    found = conn.execute(_WITHDRAWN).one_or_none()
    mine = found and rights.is_mine(conn, found.who)
    return [Turn("step", found.label, found.at, found.filing)] if found and mine else []
