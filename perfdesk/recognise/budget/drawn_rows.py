"""Rows of the tables that are typed in as they are printed: the list of purchases, the fields of the assets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from perfdesk.budget.facts import exact_sum
from perfdesk.catalog import label_key
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form, Section
from perfdesk.model.ledger import BudgetTable
from perfdesk.recognise.budget.line_rows import label_keys
from perfdesk.recognise.budget.sheets import Sheet
from perfdesk.recognise.lines import Line
from perfdesk.values import parse_amount


@dataclass(slots=True)
class DrawnRead:
    """``rows`` of a list, ``cells`` of a fields section, by field."""

    section: Section
    table: BudgetTable
    columns: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    cells: dict[str, str] = field(default_factory=dict[str, str])
    repairs: list[Repair] = field(default_factory=list[Repair])
    leftovers: list[str] = field(default_factory=list[str])


def read_drawn_rows(form: Form, sheets: Iterable[Sheet], unit: str) -> DrawnRead:
    """All rows of all pages of one table; amounts without a unit of their own count in ``unit``."""
    pages = list(sheets)
    table = pages[0].heads.table
    section = form.section(table.part.section if table.part else "")
    read = DrawnRead(section, table, pages[0].heads.columns)
    total: dict[str, str] = {}
    for sheet in pages:
        for stretch in sheet.stretches:
            for line in stretch.rows:
                cells = {f: s.own for f, c in stretch.columns.items() if (s := line.at(c)) and s.col == c}
                cells = {f: text for f, text in cells.items() if text}
                taken = {*cells.values(), line.filled[0].own}
                read.leftovers += [s.own for s in line.filled if s.own not in taken]
                if table.kind == "part":
                    _fields(read, line, cells)
                elif table.total and label_key(next(iter(cells.values()), "")) == label_key(table.total):
                    total = cells
                else:
                    _list_row(read, cells)
    _check_total(read, _mend_shifted(read, total, unit), unit)
    return read


def _list_row(read: DrawnRead, cells: Mapping[str, str]) -> None:
    """A row, or the rest of the row above: texts without a name and without any number."""
    first = read.section.fields[0].id
    words = {f.id for f in read.section.fields if f.kind not in ("money", "number")}
    if read.rows and not cells.get(first) and cells.keys() <= words:
        last = read.rows[-1]
        for name, text in cells.items():
            last[name] = last.get(name, "") + text
            where = f"{read.section.id}/{len(read.rows)}/{name}"
            read.repairs.append(Repair("cell-joined", where, "换行断开的文字已接上"))
    elif cells:
        read.rows.append(dict(cells))


def _mend_shifted(read: DrawnRead, total: Mapping[str, str], unit: str) -> Mapping[str, str]:
    """A column that is never totalled (a unit price) has the total of the column to its right, which is empty, in the printed row of
    totals: a cell was lost to the left of it, and the amounts belong one column to the right."""
    for name, after in pairwise(read.columns):
        known, wanted = read.section.field(name), read.section.field(after)
        if not known or not wanted or known.kind == "money" or wanted.kind != "money":
            continue
        printed = parse_amount(total.get(name, ""), unit).value
        if printed is None or after in total or any(after in r for r in read.rows):
            continue
        amounts = [parse_amount(r.get(name, ""), unit).value or Decimal(0) for r in read.rows]
        if exact_sum(amounts) == printed:
            for number, row in enumerate(read.rows, 1):
                if name in row:
                    row[after] = row.pop(name)
                    where = f"{read.section.id}/{number}/{after}"
                    message = f"本行的“{known.name}”是“{wanted.name}”的数，已右移一列"
                    read.repairs.append(Repair("cell-shifted", where, message))
            total = {after if n == name else n: text for n, text in total.items()}
    return total


def _check_total(read: DrawnRead, total: Mapping[str, str], unit: str) -> None:
    """The total is computed; a printed one that is another is left over, in words."""
    for name, text in total.items():
        known = read.section.field(name)
        if known is None or label_key(text) == label_key(read.table.total):
            continue
        amounts = [parse_amount(r.get(name, ""), unit).value or Decimal(0) for r in read.rows]
        if known.kind != "money" or parse_amount(text, unit).value != exact_sum(amounts):
            read.leftovers.append(f"{read.table.title}{read.table.total} {known.name}：{text}")


def _fields(read: DrawnRead, line: Line, cells: Mapping[str, str]) -> None:
    """A row of a drawn part: its label tells which fields stand beside it."""
    part = read.table.part
    label = line.filled[0].own
    exact, loose = label_keys(label)
    for row in part.rows if part else ():
        named = read.section.field(row[0].lstrip("@"))
        if named is None:
            continue
        names = [label_keys(t) for t in (named.label, *named.aliases)]
        if any(exact == e or loose == n for e, n in names):
            for area, column in zip(row[1:], read.columns[1:], strict=True):
                if (text := cells.get(column, "")) and not read.cells.get(area):
                    read.cells[area] = text
                elif text and text != read.cells.get(area):
                    read.leftovers.append(f"{label}：{text}")
            return
    read.leftovers.append(line.text)
