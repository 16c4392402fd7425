"""What the bureau says to units about what they handed in. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import Note
from perfdesk.model.submission import Answered
from perfdesk.store.codec import time_of
from perfdesk.store.handings import number_of
from perfdesk.store.scribe import Stamp
from perfdesk.store.tables import note as table
from perfdesk.values import clean_text

Of = tuple[int, str]
"""Year and unit."""


def listed(conn: Connection, year: int, unit: str) -> tuple[Note, ...]:
    """Of all handings of the unit's year, in the order they were written."""
    query = select(table).where(table.c.year == year, table.c.unit == unit).order_by(table.c.number)
    return tuple(
        Note(
            n.number,
            n.handing,
            n.paper,
            n.place,
            n.text,
            time_of(n.at),
            n.who,
            n.sent,
            bool(n.done),
            n.answer,
        )
        for n in conn.execute(query)
    )


def put(conn: Connection, of: Of, what: tuple[int, str, str], stamp: Stamp) -> int:
    """``what``: paper, place, text."""
    paper, place, text = what
    if not (plain := clean_text(text)):
        raise ChangeRefused("no-text", "请写下要告诉单位的话。")
    year, unit = of
    handing = number_of(conn, year, unit)
    mine = (table.c.year == year) & (table.c.unit == unit)
    number = (conn.execute(select(func.max(table.c.number)).where(mine)).scalar_one() or 0) + 1
    values = {"year": year, "unit": unit, "number": number, "handing": handing, "paper": paper}
    values |= {
        "place": place,
        "text": plain,
        "at": stamp.at,
        "who": stamp.who,
        "sent": "",
        "done": 0,
        "answer": "",
    }
    conn.execute(insert(table).values(values))
    return number


def drop(conn: Connection, year: int, unit: str, number: int) -> None:
    one = (table.c.year == year) & (table.c.unit == unit) & (table.c.number == number)
    if conn.execute(select(table.c.sent).where(one)).scalar_one_or_none():
        raise ChangeRefused("note-sent", "这条意见已经随退回包发出，不能删除。")
    conn.execute(delete(table).where(one))


def sent(conn: Connection, of: Of, numbers: Sequence[int], day: str) -> None:
    mine = (table.c.year == of[0]) & (table.c.unit == of[1]) & table.c.number.in_(numbers)
    conn.execute(update(table).where(mine).values(sent=day))


def answered(conn: Connection, of: Of, answers: Sequence[Answered]) -> None:
    """What the unit says about notes that went out, known by their places and texts; it may answer findings, too, which are no notes."""
    mine = (table.c.year == of[0]) & (table.c.unit == of[1]) & (table.c.sent != "")
    for one in answers:
        same = (table.c.place == one.place) & (table.c.text == one.text)
        conn.execute(update(table).where(mine, same).values(done=int(one.done), answer=one.answer))
