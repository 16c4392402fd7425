"""Everything from a server into a file, or from a file to a server: the same tables, row by row. Inside the callers' transactions.

Who may do what, and which program has the server open, is the server's own and stays there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from perfdesk.store import bulk, rights, tables, years

AT_ONCE = 2000
"""Rows that are held in memory."""
_COUNTER = text("SELECT pg_get_serial_sequence(:of, :column)")
_GO_ON = text("SELECT setval(:counter, :last)")
_STAYS = ("meta", "person", "writer")


def bring(source: Connection, target: Connection) -> None:
    """``target`` has the tables, and nothing in them."""
    for year in source.execute(select(tables.handing.c.year).distinct()).scalars().all():
        years.keep_apart(target, year)
    for table in tables.metadata.tables.values():
        if table.name not in _STAYS:
            for some in _records(source, target, table):
                bulk.add(target, table, some)


def go_on_counting(target: Connection) -> None:
    """A server gives new rows the numbers behind those that came."""
    for table in tables.metadata.tables.values():
        (column, *others) = table.primary_key
        if others or column.type is not tables.WHOLE:
            continue
        counter = target.execute(_COUNTER, {"of": table.name, "column": column.name}).scalar()
        last = target.execute(select(func.max(column))).scalar()
        if counter and last:
            target.execute(_GO_ON, {"counter": counter, "last": last})


def is_empty(conn: Connection) -> bool:
    """Nobody has worked in it yet."""
    return not any(
        conn.execute(select(table).limit(1)).first() for table in (tables.unit, tables.filing, *tables.BUREAU)
    )


def _records(source: Connection, target: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    # Parents come before what refers to them: the tree by its order, everything else by its key.
    order = (table.c.place,) if table is tables.node else tuple(table.primary_key)
    found = source.execute(select(table).order_by(*order).execution_options(yield_per=AT_ONCE))
    for part in found.mappings().partitions():
        some: list[dict[str, Any]] = [dict(record) for record in part]
        yield [_own(source, target, record) for record in some] if table is tables.setting else some


def _own(source: Connection, target: Connection, record: Mapping[str, Any]) -> dict[str, Any]:
    """A setting of a file becomes that of the person who brings it, and back; those of others keep their names before them."""
    mine = rights.own_key(source, "")
    return {**record, "key": rights.own_key(target, record["key"].removeprefix(mine))}
