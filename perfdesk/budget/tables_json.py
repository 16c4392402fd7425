"""Budget tables in the shape of ``read --json``: what each row and column shows, and back to printed tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from perfdesk.budget.intake import row_path
from perfdesk.budget.printed import Printed, PrintedRow
from perfdesk.budget.tables import TOTAL, Shown, TableRow, View
from perfdesk.model.form import Form
from perfdesk.model.ledger import Budget, BudgetTable
from perfdesk.values import amount_json, clean_text, one_line


def table_rows(view: View, unit: str) -> list[dict[str, str]]:
    """One object a printed row, both sides of a summary in one: ``number``, ``code``, ``name``, labels and amounts as decimal strings.
    The row 合计 has no code."""
    if view.table.kind == "lines":
        return list(_line_rows(view, unit))
    rows: list[dict[str, str]] = []
    for number, row in enumerate(view.rows(), 1):
        texts = {"number": str(number), "code": row.code, "name": row.name}
        rows.append(
            {c.id: texts[c.kind] if c.kind in texts else _amount(row, c.id, unit) for c in view.table.columns}
        )
    return rows


def _line_rows(view: View, unit: str) -> Iterator[dict[str, str]]:
    table = view.table
    for number in range(1, max((x.row for x in table.lines), default=0) + 1):
        found = {c.id: str(number) if c.kind == "number" else "" for c in table.columns}
        for line in (x for x in table.lines if x.row == number):
            row = view.row(line.id)
            found[line.column] = row.name
            found |= {c.id: _amount(row, c.id, unit) for c in table.money_of(line.column)}
        yield found


def _amount(row: TableRow, column: str, unit: str) -> str:
    return amount_json(row.cells.get(column, Shown()).text, unit)


def written_cells(view: View, unit: str) -> Iterator[tuple[str, str]]:
    """Path and text of the printed cells that are written otherwise than JSON writes amounts."""
    for key in view.keys if view.deviations else ():
        for column, cell in view.row(key).cells.items():
            if cell.printed is not None and cell.printed != amount_json(cell.printed, unit):
                yield _path(view.table, key, column), cell.printed


def _path(table: BudgetTable, key: str, column: str) -> str:
    return f"tables/{table.id}/{row_path(table, key)}/{column}"


def printed_from_json(form: Form, sections: Mapping[str, Any], written: Mapping[str, str]) -> Printed:
    """The computed tables among the sections. KeyError, TypeError, ValueError or AttributeError where they are something else."""
    budget = form.budget or Budget((), ())
    return {
        table.id: tuple(_printed_rows(table, sections[table.id]["rows"], written))
        for table in budget.tables
        if table.part is None and "rows" in (sections.get(table.id) or {})
    }


def _printed_rows(
    table: BudgetTable, rows: list[dict[str, Any]], written: Mapping[str, str]
) -> Iterator[PrintedRow]:
    for row in rows:
        texts = {c.id: clean_text(str(row.get(c.id) or "")) for c in table.columns}
        if table.kind == "lines":
            yield from _printed_lines(table, texts, written)
            continue
        code = one_line(texts.pop("code", ""))
        texts.pop("number", None)
        key = code or TOTAL
        if any(texts.values()):
            yield _row(table, key, texts, written)


def _printed_lines(
    table: BudgetTable, texts: dict[str, str], written: Mapping[str, str]
) -> Iterator[PrintedRow]:
    """The lines of one printed row, told by its number, else by their labels."""
    number = texts.get("number", "")
    for side in (c.id for c in table.columns if c.kind == "line"):
        lines = [x for x in table.lines if x.column == side]
        label = one_line(texts[side])
        here = [x for x in lines if str(x.row) == number] if number else []
        named = [x for x in lines if label and label in [one_line(t) for t in (x.label, *x.aliases)]]
        line = next(iter([*(x for x in here if x in named), *named, *here]), None)
        if line is not None:
            cells = {side: texts[side], **{c.id: texts[c.id] for c in table.money_of(side)}}
            if any(cells.values()):
                yield _row(table, line.id, cells, written)


def _row(table: BudgetTable, key: str, cells: dict[str, str], written: Mapping[str, str]) -> PrintedRow:
    full = {c: written.get(_path(table, key, c), text) for c, text in cells.items()}
    return PrintedRow(key, {c: t for c, t in full.items() if t})
