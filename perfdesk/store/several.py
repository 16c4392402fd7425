"""Where several people write at once: who may go on, and who waits. Inside the caller's transaction.

A file has one writer, who holds all of it; there nothing is asked. A server lets changes of different filings go side by side: a
filing is held by its row, and what more than one filing depends on (units, deeds, the bureau's books) by a turn that one has at a time.
Whoever needs both takes the turn first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, insert, select, update

from perfdesk.errors import StoreRefused
from perfdesk.store import ddl, tables

_TURN = select(tables.meta.c.value).where(tables.meta.c.key == "version").with_for_update()
_FILING = select(tables.filing.c.revision).where(tables.filing.c.id == bindparam("filing")).with_for_update()


def take_turn(conn: Connection) -> None:
    """Until the change is over nobody else has the turn."""
    if conn.dialect.name != ddl.FILE:
        conn.execute(_TURN)


def hold(conn: Connection, filing: int, revision: int) -> None:
    """Until the change is over nobody else changes the filing. StoreRefused ``overtaken`` where somebody has since this revision."""
    if conn.dialect.name != ddl.FILE and conn.execute(_FILING, {"filing": filing}).scalar() != revision:
        raise overtaken()


def overtaken() -> StoreRefused:
    return StoreRefused("overtaken", "这份填报刚被另一个程序改动，这一步没有保存；请看过新的内容后再试。")


def put(conn: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """The row of that key gets these values, whether it is there or not. Whoever calls it has the turn."""
    mine = and_(*(table.c[name] == value for name, value in key.items()))
    if conn.execute(update(table).where(mine).values(**values)).rowcount == 0:
        conn.execute(insert(table).values(**key, **values))
