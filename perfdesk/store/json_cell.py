"""One text of a record that is kept as JSON, asked for within a query: the one thing that each database has its own words for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class text_of(GenericFunction[str]):
    """``text_of(record, name)``: NULL where the record has no such text."""

    type = Text()
    inherit_cache = True

    def __init__(self, record: ColumnElement[str], name: str) -> None:
        super().__init__(record, name)


@compiles(text_of, "sqlite")
def _in_file(element: text_of, compiler: Any, **kw: Any) -> str:
    record, name = element.clauses
    return f"json_extract({compiler.process(record, **kw)}, '$.' || {compiler.process(name, **kw)})"


@compiles(text_of, "postgresql")
def _on_server(element: text_of, compiler: Any, **kw: Any) -> str:
    """A text with a character that PostgreSQL has none for would end the query: such a record has no name in a list."""
    record, name = element.clauses
    told = compiler.process(record, **kw)
    return f"CASE WHEN position('\\u0000' in {told}) = 0 THEN ({told})::json ->> {compiler.process(name, **kw)} END"
