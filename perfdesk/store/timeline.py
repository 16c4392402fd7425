"""One order over two journals: the steps of the filing in sight and the deeds on units and whole filings.

Undo takes what was done last, whichever it is; redo what was taken back last. A deed that was taken back is offered again
only until something new is done in the filing in sight. All of it is read from the store, so it outlives a restart.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from perfdesk.store import shelf, tables
from perfdesk.store.database import Database

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

    def __init__(self, database: Database, guard: AbstractContextManager[object]) -> None:
        self._database = database
        self._guard = guard

    def next(self, way: Way, filing: int | None) -> Turn | None:
        """None where there is nothing. ``filing``: the one in sight; the steps of an archived one are not touched."""
        with self._guard, self._database.read() as conn:
            open_filing = None if filing is None or shelf.closed(conn, filing) else filing
            return _undo(conn, open_filing) if way == "undo" else _redo(conn, open_filing)


def _undo(conn: Connection, filing: int | None) -> Turn | None:
    deed = tables.deed
    last = select(deed.c.label, deed.c.at).where(deed.c.state == "done")
    found = conn.execute(last.order_by(deed.c.number.desc()).limit(1)).one_or_none()
    deeds = [Turn("deed", found.label, found.at)] if found else []
    return max([*_last_step(conn, filing), *deeds], key=lambda turn: turn.at, default=None)


def _last_step(conn: Connection, filing: int | None) -> list[Turn]:
    step = tables.step
    last = select(step.c.label, step.c.at).where(step.c.filing == filing, step.c.state == "done")
    found = conn.execute(last.order_by(step.c.number.desc()).limit(1)).one_or_none()
    return [Turn("step", found.label, found.at, filing)] if found else []


def _redo(conn: Connection, filing: int | None) -> Turn | None:
    step, deed = tables.step, tables.deed
    first = select(step.c.label, step.c.at, step.c.undone_at)
    first = first.where(step.c.filing == filing, step.c.state == "undone")
    here = conn.execute(first.order_by(step.c.number).limit(1)).one_or_none()
    turns = [Turn("step", here.label, here.undone_at or here.at, filing)] if here else []
    later = [turn.at for turn in _last_step(conn, filing)]
    back = conn.execute(
        select(deed.c.label, deed.c.at, deed.c.undone_at)
        .where(deed.c.state == "undone")
        .order_by(deed.c.number)
        .limit(1)
    ).one_or_none()
    others = [Turn("deed", back.label, back.undone_at or back.at)] if back else []
    others += _withdrawn(conn)
    turns += [turn for turn in others if all(turn.at >= at for at in later)]
    return max(turns, key=lambda turn: turn.at, default=None)


def _withdrawn(conn: Connection) -> list[Turn]:
    """The filing whose coming was taken back last."""
    head, step = tables.filing.c, tables.step.c
    gone = select(step.filing, step.label, func.max(step.undone_at).label("at")).join(
        tables.filing, head.id == step.filing
    )
    found = conn.execute(
        gone.where(head.withdrawn == 1, head.deleted == "", step.number == 1, step.state == "undone")
    ).one_or_none()
    return [Turn("step", found.label, found.at, found.filing)] if found and found.filing is not None else []
