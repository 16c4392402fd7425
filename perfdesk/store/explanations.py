"""What the user says about a warning, kept beside the filing. Works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, delete, select

from perfdesk.store import rights, several, tables
from perfdesk.store.codec import time_of
from perfdesk.store.infos import Explanation
from perfdesk.store.tables import explanation as table

# Made once: building a statement costs more than SQLite needs to run it, and this one is asked after every check.
_OF_FILING = select(table).where(table.c.filing == bindparam("filing")).order_by(table.c.at, table.c.finding)


def listed(conn: Connection, filing_id: int) -> tuple[Explanation, ...]:
    rights.refuse_unseen(conn, filing_id)
    found = conn.execute(_OF_FILING, {"filing": filing_id})
    return tuple(Explanation(e.finding, e.text, time_of(e.at)) for e in found)


def of_all(conn: Connection) -> tuple[tuple[int, Explanation], ...]:
    """With the id of the filing."""
    of = tables.filing.c
    mine = select(of.id).join(tables.unit, tables.unit.c.id == of.unit).where(rights.seen(conn))
    query = select(table) if rights.person(conn).free else select(table).where(table.c.filing.in_(mine))
    rows = conn.execute(query.order_by(table.c.filing, table.c.at, table.c.finding))
    return tuple((e.filing, Explanation(e.finding, e.text, time_of(e.at))) for e in rows)


def put(conn: Connection, filing_id: int, finding: str, text: str, now: str) -> None:
    """An empty text takes the explanation away."""
    rights.refuse_filing(conn, filing_id)
    if not text.strip():
        conn.execute(delete(table).where(table.c.filing == filing_id, table.c.finding == finding))
        return
    several.put(conn, table, {"filing": filing_id, "finding": finding}, {"text": text.strip(), "at": now})


def put_all(conn: Connection, filing_id: int, said: Mapping[str, str], now: str) -> None:
    """``said``: finding's key → text."""
    for finding, text in said.items():
        put(conn, filing_id, finding, text, now)
