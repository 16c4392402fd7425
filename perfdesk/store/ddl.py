"""Migrations are written in SQLite's DDL. Here it is told in the words of the database that runs it, so that both get the same tables.

On a server a table whose key begins with the year is kept apart by years: a part for each year that somebody made one for
(``years.keep_apart``), and one for all others, so that no year is ever refused.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

FILE = "sqlite"
"""The dialect of a store that is a file."""
OTHERS = "others"
_TABLE = re.compile(r"CREATE TABLE (\w+) ")
_BY_YEAR = re.compile(r"PRIMARY KEY \(year,")


def run(conn: Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        for one in _for_file(statement) if conn.dialect.name == FILE else _for_server(statement):
            conn.exec_driver_sql(one)


def _for_file(statement: str) -> Iterator[str]:
    # STRICT refuses a value of the wrong type at the door, as a server does; SQLite knows it from 3.37 on.
    strict = sqlite3.sqlite_version_info >= (3, 37) and statement.startswith("CREATE TABLE")
    yield statement + (" STRICT" if strict else "")


def _for_server(statement: str) -> Iterator[str]:
    """Whole numbers of 8 bytes and texts in the order of their code points, as SQLite has them; keys that count by themselves."""
    told = re.sub(r"\bINTEGER PRIMARY KEY\b", "BIGSERIAL PRIMARY KEY", statement)
    told = re.sub(r"\bINTEGER\b", "BIGINT", told)
    told = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', told)
    name = _TABLE.match(statement)
    if name is None or not _BY_YEAR.search(statement):
        yield told
        return
    yield told + " PARTITION BY LIST (year)"
    yield f"CREATE TABLE {name[1]}_{OTHERS} PARTITION OF {name[1]} DEFAULT"
