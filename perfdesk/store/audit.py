"""What was done by whom: the audit's own lines, and what steps, deeds and seals tell already, as one list. Inside the caller's transaction.

Nothing here changes a line or takes one away.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, Text, cast, insert, literal, select, union_all

from perfdesk.store import tables
from perfdesk.store.codec import time_of
from perfdesk.store.infos import Done
from perfdesk.store.journal import FIRST
from perfdesk.store.scribe import Stamp
from perfdesk.store.tables import audit as table

_NEW = insert(table)
Lines = Select[*tuple[Any, ...]]


def note(conn: Connection, stamp: Stamp, verb: str, what: str, detail: str) -> None:
    """``verb``: one of ``infos.DONE``."""
    conn.execute(_NEW, {"at": stamp.at, "who": stamp.who, "verb": verb, "what": what, "detail": detail})


def told(conn: Connection, since: str, most: int) -> tuple[Done, ...]:
    """The newest first; ``since``: no older ones."""
    parts = (_came(), _steps(), _deeds(), _sealed(), _unsealed(), _handed_in(), _own())
    all_of = union_all(*parts).subquery()
    query = select(all_of).where(all_of.c.at >= since)
    query = query.order_by(all_of.c.at.desc()).limit(most)
    return tuple(Done(time_of(d.at), d.who, d.verb, d.what, d.detail) for d in conn.execute(query))


def _line(at: Any, who: Any, verb: str, what: Any, detail: Any) -> Lines:
    words = {"verb": literal(verb, Text), "what": cast(what, Text), "detail": detail}
    return select(at.label("at"), who.label("who"), *(word.label(name) for name, word in words.items()))


def _came() -> Lines:
    step = tables.step.c
    return _line(step.at, step.who, "came", step.filing, step.label).where(step.number == FIRST)


def _steps() -> Lines:
    step = tables.step.c
    return _line(step.at, step.who, "step", step.filing, step.label).where(step.number != FIRST)


def _deeds() -> Lines:
    deed = tables.deed.c
    return _line(deed.at, deed.who, "deed", deed.number, deed.label)


def _sealed() -> Lines:
    seal = tables.seal.c
    return _line(seal.at, seal.who, "sealed", seal.filing, seal.package)


def _unsealed() -> Lines:
    seal = tables.seal.c
    return _line(seal.opened_at, seal.opened_by, "unsealed", seal.filing, seal.reason).where(
        seal.opened_at != ""
    )


def _handed_in() -> Lines:
    head = tables.handing.c
    return _line(head.at, head.who, "collected", cast(head.year, Text) + " " + head.unit, head.source)


def _own() -> Lines:
    own = table.c
    return select(own.at, own.who, own.verb, own.what, own.detail)
