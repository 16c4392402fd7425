"""The journal of what is done to units and whole filings: every deed sets columns, and its inverse sets them back.

Nothing is erased: what was deleted is marked. Works inside the caller's transaction; states are those of ``journal``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Connection, Table, func, insert, select, update

from perfdesk.errors import ChangeRefused
from perfdesk.store import audit, rights, seals, shelf, tables
from perfdesk.store.codec import json_text, unreadable_is_damaged
from perfdesk.store.scribe import Stamp

Kind = Literal["unit", "filing"]
Way = Literal["undo", "redo"]
MOST = 500
"""Numbers in one statement."""
_TABLES: Mapping[Kind, Table] = {"unit": tables.unit, "filing": tables.filing}


@dataclass(frozen=True, slots=True)
class Put:
    """The columns ``values`` of one unit or filing."""

    kind: Kind
    id: int
    values: Mapping[str, Any]


def do(conn: Connection, label: str, stamp: Stamp, puts: Sequence[Put]) -> None:
    """Sets the columns and writes the deed down; what was undone before cannot be redone any more."""
    back = _now(conn, puts)
    _set(conn, puts)
    deed = tables.deed
    conn.execute(update(deed).where(deed.c.state == "undone").values(state="replaced"))
    number = (conn.execute(select(func.max(deed.c.number))).scalar_one() or 0) + 1
    both = {"changes": _text(puts), "inverse": _text(back)}
    both |= {"at": stamp.at, "who": stamp.who, "undone_at": ""}
    conn.execute(insert(deed).values(number=number, label=label, state="done", **both))


def came_together(
    conn: Connection, label: str, came: Sequence[int], instead: Sequence[int | None], stamp: Stamp
) -> None:
    """Several filings that have just been written are one deed: taking it back deletes all of them. One alone has its own first step.

    ``instead``, empty or as long as ``came``: which filing each takes the place of; that one is deleted by the same deed.
    """
    left = {new: old for new, old in zip(came, instead, strict=False) if old is not None}
    if len(came) < 2 and not left:
        return
    for old in left.values():
        shelf.refuse_closed(shelf.closed(conn, old))
    # Deleted first, so that this is what the deed's inverse finds.
    new = tables.filing.c.id.in_(came)
    conn.execute(update(tables.filing).where(new).values(deleted=stamp.at))
    puts = [Put("filing", number, {"deleted": ""}) for number in came]
    puts += [Put("filing", number, {"place": shelf.place(conn, old)}) for number, old in left.items()]
    do(conn, label, stamp, [*puts, *(Put("filing", old, {"deleted": stamp.at}) for old in left.values())])


def turn(conn: Connection, way: Way, stamp: Stamp) -> str | None:
    """Takes the last deed back, or does the first undone one again; its label, None where there is none."""
    deed = tables.deed
    found = _offered(conn, way)
    if found is None:
        return None
    _set(conn, _puts(found.inverse if way == "undo" else found.changes))
    values = (
        {"state": "undone", "undone_at": stamp.at} if way == "undo" else {"state": "done", "undone_at": ""}
    )
    conn.execute(update(deed).where(deed.c.number == found.number).values(values))
    audit.note(conn, stamp, "deed-undone" if way == "undo" else "deed-redone", str(found.number), found.label)
    return found.label


def label_of(conn: Connection, way: Way) -> str | None:
    """What ``turn`` would take back or do again."""
    found = _offered(conn, way)
    return found.label if found else None


def _offered(conn: Connection, way: Way) -> Any:
    """None where there is none, or it is somebody else's: what others did is not taken back by who did not see it."""
    found = conn.execute(_next(way)).one_or_none()
    return found if found and rights.is_mine(conn, found.who) else None


def _next(way: Way) -> Any:
    deed = tables.deed
    state, order = ("done", deed.c.number.desc()) if way == "undo" else ("undone", deed.c.number)
    return select(deed).where(deed.c.state == state).order_by(order).limit(1)


def _now(conn: Connection, puts: Sequence[Put]) -> tuple[Put, ...]:
    """What stands where these would be put."""
    found: dict[tuple[Kind, int], Mapping[str, Any]] = {}
    for kind, table in _TABLES.items():
        for some in _batches([put.id for put in puts if put.kind == kind]):
            records = conn.execute(select(table).where(table.c.id.in_(some))).mappings()
            found |= {(kind, record["id"]): dict(record) for record in records}
    for put in puts:
        if (put.kind, put.id) not in found:
            code = "unknown-unit" if put.kind == "unit" else "unknown-filing"
            raise ChangeRefused(code, f"没有编号为 {put.id} 的记录。")
    return tuple(Put(p.kind, p.id, {name: found[p.kind, p.id][name] for name in p.values}) for p in puts)


def _set(conn: Connection, puts: Sequence[Put]) -> None:
    """Those that follow each other and get the same are set at once."""
    for _, same in groupby(puts, key=lambda put: (put.kind, dict(put.values))):
        some = list(same)
        for put in some:
            _refuse(conn, put)
        table, values = _TABLES[some[0].kind], dict(some[0].values)
        if some[0].kind == "filing" and (values.get("deleted") or values.get("archived")):
            # Who has read it before may not change it any more: his revision is of the past.
            values["revision"] = table.c.revision + 1
        for ids in _batches([put.id for put in some]):
            conn.execute(update(table).where(table.c.id.in_(ids)).values(**values))


def _refuse(conn: Connection, put: Put) -> None:
    """ChangeRefused where it may not be."""
    if "name" in put.values:
        free(conn, put.id, put.values["name"])
    if put.kind == "unit":
        rights.need_administrator(conn)
    else:
        rights.refuse_filing(conn, put.id)
    if put.kind == "filing" and put.values.get("deleted"):
        seals.refuse_sealed(conn, put.id)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many as a statement takes."""
    for start in range(0, len(ids), MOST):
        yield ids[start : start + MOST]


def free(conn: Connection, unit: int | None, name: str) -> None:
    """ChangeRefused where another unit than ``unit`` has the name."""
    taken = select(tables.unit.c.id).where(
        tables.unit.c.name == name, tables.unit.c.id.is_distinct_from(unit)
    )
    if conn.execute(taken).first() is not None:
        raise ChangeRefused(
            "unit-exists", f"已经有名为“{name}”的单位（也可能在“最近删除”里），请换一个名称。"
        )


def _text(puts: Sequence[Put]) -> str:
    return json_text([[p.kind, p.id, dict(p.values)] for p in puts])


def _puts(text: str) -> tuple[Put, ...]:
    with unreadable_is_damaged():
        return tuple(Put(*one) for one in json.loads(text))
