"""A place as findings write it (``indicators/12/target``, ``tables/支出总表/212/total``) → the row and column that it means."""

from __future__ import annotations

from perfdesk.errors import ChangeRefused
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.model.form import LEVELS, Form
from perfdesk.step_lines import row_named

TABLES = "tables/"


def place_at(form: Form, filing: Filing, where: str) -> Place:
    """Row None where the place names none (a whole section, a row that is gone)."""
    section_id, _, rest = where.removeprefix(TABLES).partition("/")
    if where.startswith(TABLES) and form.budget:
        return _in_table(form, section_id, rest)
    if not form.has(section_id):
        return Place(None)
    section = form.section(section_id)
    if section.kind == "fields":
        return Place(section_id, rest if section.field(rest) else None)
    row, _, column = rest.rpartition("/")
    if section.field(column) is None:
        row, column = rest, ""
    try:
        named = row_named(filing, f"{section_id}/{row}") if row else None
    except ChangeRefused:
        return Place(None)
    return Place(_above(filing, named, column), column or None) if named else Place(None)


def _above(filing: Filing, row_id: str, column: str) -> str:
    """A heading of a tree is named by the indicator that it stands beside: the row above that has this level."""
    row = filing.row(row_id)
    while row is not None and column in LEVELS and column not in row.cells and row.parent:
        row = filing.row(row.parent)
    return row.id if row is not None else row_id


def _in_table(form: Form, table_id: str, rest: str) -> Place:
    """A cell of a computed table is named ``<table>!<row key>``; a fixed line stands there by its label."""
    key, _, column = rest.partition("/")
    table = next((t for t in form.budget.tables if t.id == table_id), None) if form.budget else None
    if table is None or not key:
        return Place(None)
    line = next((x.id for x in table.lines if x.label == key), key)
    return Place(f"{table_id}!{line}", column or None)
