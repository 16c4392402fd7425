"""A cell of a filing as findings and notes write it down (``indicators/12/target``): the other way round from ``places``."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.bureau.places import TABLES, place_at
from perfdesk.model.filing import Filing, Row, leaves, numbered_rows
from perfdesk.model.finding import Place
from perfdesk.model.form import Form


def where_of(form: Form, filing: Filing, place: Place) -> str:
    """What ``place_at`` reads as this place; empty where there is nothing like that (no row, one that is gone)."""
    if place.row is None:
        return ""
    for written in _ways(form, filing, place.row):
        where = f"{written}/{place.column}" if place.column else written
        if place_at(form, filing, where) == place:
            return where
    return ""


def _ways(form: Form, filing: Filing, row_id: str) -> Iterator[str]:
    """The likeliest first: as people count, then by what the row is called in the file."""
    table, mark, line = row_id.partition("!")
    if mark:
        yield from (f"{TABLES}{table}/{label}" for label in (_label(form, table, line), line))
    elif row := filing.row(row_id):
        yield from _numbered(form, filing, row)
        yield f"{row.section}/{row.id}"
    elif form.has(row_id):
        yield row_id


def _numbered(form: Form, filing: Filing, row: Row) -> Iterator[str]:
    kind = form.section(row.section).kind
    if kind == "fields":
        yield row.section
    elif kind == "tree":
        yield from (f"{row.section}/{x.number}" for x in leaves(filing, row.section) if x.row.id == row.id)
    elif kind == "ledger":
        yield f"{row.section}/{row.get('code')}"
    else:
        yield from (path for path, one in numbered_rows(filing, row.section) if one.id == row.id)


def _label(form: Form, table_id: str, line: str) -> str:
    """A fixed line of a computed table is written by its label."""
    table = next((t for t in form.budget.tables if t.id == table_id), None) if form.budget else None
    return next((x.label for x in table.lines if x.id == line), line) if table else line
