"""Many new rows of a table at once. Inside the caller's transaction.

A server is handed them as one stream: statement by statement each row would wait for an answer.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert

from perfdesk.store import ddl

FEW = 3
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def add(conn: Connection, table: Table, records: Sequence[Mapping[str, Any]]) -> None:
    """``records`` all have the same columns in the same order."""
    if not records:
        return
    columns = tuple(records[0])
    if conn.dialect.name == ddl.FILE:
        conn.exec_driver_sql(_line(table, columns), [tuple(record.values()) for record in records])
        return
    if len(records) <= FEW:
        conn.execute(_statement(table), records)
        return
    lines = ("\t".join(_field(record[name]) for name in columns) for record in records)
    stream = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    quoted = ", ".join(f'"{name}"' for name in columns)
    cursor: Any = conn.connection.cursor()
    try:
        cursor.execute(f'COPY "{table.name}" ({quoted}) FROM STDIN', stream=stream)
    finally:
        cursor.close()


@cache
def _line(table: Table, columns: tuple[str, ...]) -> str:
    """As the file's driver takes it: to bind the columns of every row by their names takes as long as to write it."""
    quoted = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table.name}" ({quoted}) VALUES ({", ".join("?" * len(columns))})'


@cache
def _statement(table: Table) -> Insert:
    return insert(table)


def _field(value: str | int | None) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPED)
