"""The tables that a store of a version has: one that is gone, or whose name is no longer what it was, is damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from perfdesk.store.database import Database
from perfdesk.store.migrations import MIGRATIONS, Migration, newest
from perfdesk.store.tables import metadata

Columns = frozenset[tuple[str, str]]
_COLUMNS = """SELECT found.name, one.name FROM sqlite_master AS found, pragma_table_info(found.name) AS one
    WHERE found.type = 'table'"""


def missing(conn: sqlite3.Connection, version: int, migrations: Sequence[Migration]) -> list[str]:
    """Tables and columns that a store of this version should have and this one has not; empty: none."""
    found = _columns(conn)
    return [
        f"no column {column} in table {table}"
        for table, column in sorted(_expected(version, migrations) - found)
    ]


def _columns(conn: sqlite3.Connection) -> Columns:
    return frozenset(conn.execute(_COLUMNS).fetchall())


def _expected(version: int, migrations: Sequence[Migration]) -> Columns:
    """Known by heart for the newest; what an older one had is what its migrations make."""
    if version == newest(MIGRATIONS):
        return frozenset(
            (table.name, column.name) for table in metadata.tables.values() for column in table.columns
        )
    database = Database(None)
    try:
        with database.write() as made:
            for migration in migrations[:version]:
                migration.run(made)
        with database.raw() as conn:
            return _columns(conn)
    finally:
        database.close()
