"""The journal of steps: undo and redo are read from here, so they survive a restart. Works inside the caller's transaction.

A filing's steps are a row of ``done`` followed by a row of ``undone``; a new step turns the undone ones into ``replaced``,
which stay readable in the history and are never done again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from perfdesk.model.change import Change, InsertRow, SetCell
from perfdesk.model.filing import Filing
from perfdesk.store.codec import changes_of, changes_text, time_of
from perfdesk.store.infos import HistoryEntry
from perfdesk.store.scribe import Stamp
from perfdesk.store.tables import step as table

State = Literal["done", "undone", "replaced"]
FIRST = 1  # number of the step that brought the filing into the store; undoing it withdraws the filing

# Made once: building a statement costs more than SQLite needs to run it.
_NEWEST = (
    select(table.c.number, table.c.state, table.c.visit)
    .where(table.c.filing == bindparam("of"))
    .order_by(table.c.number.desc())
    .limit(1)
)
_CHANGES = select(table.c.changes).where(table.c.filing == bindparam("of"), table.c.number == bindparam("at"))
_NEW = insert(table)
Both = tuple[Sequence[Change], Sequence[Change]]
"""The changes of a step and those that take it back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step with both directions, as the journal keeps it."""

    number: int
    label: str
    state: State
    changes: tuple[Change, ...]
    inverse: tuple[Change, ...]


def creation(filing: Filing) -> tuple[Change, ...]:
    """The first step of a filing: its rows, each after its elder sibling, in the order they stand."""
    last: dict[tuple[str, str | None], str] = {}
    found: list[Change] = []
    for row in filing.rows:
        found.append(InsertRow(row, last.get((row.section, row.parent))))
        last[row.section, row.parent] = row.id
    return tuple(found)


def record(conn: Connection, filing_id: int, label: str, stamp: Stamp, both: Both) -> None:
    """Adds a done step behind all others. What is saved while one stays in a cell becomes one step with the save before."""
    newest = conn.execute(_NEWEST, {"of": filing_id}).one_or_none()
    # Undone steps come after all that are done: where the newest is not undone, none is.
    stays = newest is not None and newest.state == "done" and stamp.visit and newest.visit == stamp.visit
    if newest and stays and _grow(conn, filing_id, newest.number, stamp, both):
        return
    if newest and newest.state == "undone":
        tail = update(table).where(table.c.filing == filing_id, table.c.state == "undone")
        conn.execute(tail.values(state="replaced"))
    _add(conn, filing_id, newest.number + 1 if newest else FIRST, label, stamp, both)


def begin(conn: Connection, filing: Filing, label: str, stamp: Stamp) -> None:
    """The first step of a filing that has just got its number."""
    assert filing.id is not None
    _add(conn, filing.id, FIRST, label, stamp, (creation(filing), ()))


def _add(conn: Connection, filing_id: int, number: int, label: str, stamp: Stamp, both: Both) -> None:
    values = {"filing": filing_id, "number": number, "label": label, "at": stamp.at, "state": "done"}
    values |= {"who": stamp.who, "visit": stamp.visit, "undone_at": ""}
    conn.execute(_NEW, values | {"changes": changes_text(both[0]), "inverse": changes_text(both[1])})


def _grow(conn: Connection, filing_id: int, number: int, stamp: Stamp, both: Both) -> bool:
    """The newest step takes the new text; what takes it back stays. False where it is of another cell."""
    cell = _cell(both[0])
    if cell is None:
        return False
    known = conn.execute(_CHANGES, {"of": filing_id, "at": number}).scalar_one()
    if _cell(changes_of(known)) != cell:
        return False
    grown = {"changes": changes_text(both[0]), "at": stamp.at}
    conn.execute(update(table).where(table.c.filing == filing_id, table.c.number == number).values(grown))
    return True


def _cell(changes: Sequence[Change]) -> tuple[str, str] | None:
    """The one cell that is set; None where the step does anything else."""
    match list(changes):
        case [SetCell(row, column, _)]:
            return row, column
        case _:
            return None


def last_done(conn: Connection, filing_id: int) -> Entry | None:
    """What undo takes back; None where everything is undone."""
    query = select(table).where(table.c.filing == filing_id, table.c.state == "done")
    return _entry(conn, query.order_by(table.c.number.desc()).limit(1))


def first_undone(conn: Connection, filing_id: int) -> Entry | None:
    """What redo does again; None where nothing is undone."""
    query = select(table).where(table.c.filing == filing_id, table.c.state == "undone")
    return _entry(conn, query.order_by(table.c.number).limit(1))


def label_of(conn: Connection, filing_id: int, state: Literal["done", "undone"]) -> str | None:
    """The label of what undo (``done``) or redo (``undone``) would take next."""
    number = table.c.number.desc() if state == "done" else table.c.number
    query = select(table.c.label).where(table.c.filing == filing_id, table.c.state == state)
    return conn.execute(query.order_by(number).limit(1)).scalar_one_or_none()


def mark(conn: Connection, filing_id: int, number: int, state: State, now: str) -> None:
    one = update(table).where(table.c.filing == filing_id, table.c.number == number)
    conn.execute(one.values(state=state, undone_at=now if state == "undone" else ""))


def entries(conn: Connection, filing_id: int) -> tuple[Entry, ...]:
    """All steps in the order they were made."""
    query = select(table).where(table.c.filing == filing_id).order_by(table.c.number)
    return tuple(_made(record) for record in conn.execute(query))


def history(conn: Connection, filing_id: int) -> tuple[HistoryEntry, ...]:
    query = select(table).where(table.c.filing == filing_id).order_by(table.c.number)
    return tuple(
        HistoryEntry(
            s.number,
            s.label,
            time_of(s.at),
            s.state != "done",
            changes_of(s.changes),
            s.state == "replaced",
            s.who,
        )
        for s in conn.execute(query)
    )


def _entry(conn: Connection, query: Select[Any]) -> Entry | None:
    found = conn.execute(query).one_or_none()
    return None if found is None else _made(found)


def _made(found: Row[Any]) -> Entry:
    return Entry(found.number, found.label, found.state, changes_of(found.changes), changes_of(found.inverse))
