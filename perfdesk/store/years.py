"""Years kept apart on a server: the big tables of the bureau have a part for each year, so that a sum over one year reads that year alone,
and an old year can be put away as a whole. Inside the caller's transaction."""

from __future__ import annotations

from sqlalchemy import Connection, text

from perfdesk.store import ddl, tables

PARTED = tuple(table.name for table in tables.BUREAU if next(iter(table.primary_key)).name == "year")
_THERE = text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = :name")
_MAY = text("SELECT pg_has_role(tableowner, 'MEMBER') FROM pg_tables WHERE tablename = :name")


def keep_apart(conn: Connection, year: int) -> None:
    """From now on. A year that nobody made a part for while its rows came in, or whose part this person may not make, stays with the
    others: it is added up just as well, only slower. A file has no parts."""
    if conn.dialect.name == ddl.FILE or conn.execute(_THERE, {"name": _part(PARTED[0], year)}).scalar():
        return
    if not conn.execute(_MAY, {"name": PARTED[0]}).scalar() or _is_there(conn, year):
        return
    for table in PARTED:
        conn.exec_driver_sql(
            f"CREATE TABLE {_part(table, year)} PARTITION OF {table} FOR VALUES IN ({int(year)})"
        )


def _is_there(conn: Connection, year: int) -> bool:
    """Rows of the year are among the others already: every table's rows belong to a handing."""
    handing = tables.handing
    return conn.execute(handing.select().where(handing.c.year == year).limit(1)).first() is not None


def _part(table: str, year: int) -> str:
    return f"{table}_{int(year)}".replace("-", "_")
