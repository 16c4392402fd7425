"""Department budgets of many units as one: facts added up by code, and the sums printed wherever these facts make something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import UNCODED
from perfdesk.budget.tables import Shown, View
from perfdesk.bureau.consolidated import Consolidated, SumCell, SumRow
from perfdesk.bureau.facts import line_of
from perfdesk.bureau.whole import whole
from perfdesk.model.filing import Filing, Row, in_order

NOT_ADDED = "—"
"""Stands where all that the units have is no number: what is computed there is not what they say."""


def ledger_rows(sums: Consolidated, ledger: str, new_id: Callable[[], str]) -> Iterator[Row]:
    """A row a code with the sums of its facts, in the order of the codes; without a code those of each name."""
    codes: dict[str, dict[str, str]] = {}
    for section, line, fact in sums.sums:
        if section == ledger and (text := sums.cell((section, line, fact)).plain):
            codes.setdefault(line, {})[fact] = text
    for line in sorted(codes, key=lambda c: (c.startswith(UNCODED), c)):
        own = sums.names.get((ledger, line), "")
        head = (
            {"name": line.removeprefix(UNCODED)} if line.startswith(UNCODED) else {"code": line, "name": own}
        )
        cells = {c: t for c, t in (head | codes[line]).items() if t}
        yield Row(new_id(), ledger, MappingProxyType(cells))


def with_deviations(sums: Consolidated, filing: Filing, new_id: Callable[[], str]) -> Filing:
    """The filing with the sum printed in each cell where its facts make another amount."""
    form = sums.form
    if form.budget is None:
        return filing
    budgeted = Budgeted.of(form.budget, filing, form.amount_unit)
    tables = {t.id: t for t in sums.tables}
    rows = [
        Row(new_id(), view.table.id, MappingProxyType({"row": key} | cells))
        for view in budgeted.views
        for key, cells in _printed(sums, view, tables[view.table.id].rows if view.table.id in tables else ())
    ]
    return replace(filing, rows=in_order(form, (*filing.rows, *rows)))


def _printed(
    sums: Consolidated, view: View, rows: tuple[SumRow, ...]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Row key → column → the sum, of the cells in which something else would stand."""
    keys = {line_of(row): row.key for row in view.rows()}
    wanted = {row.key: row.cells for row in rows}
    for line in dict.fromkeys((*wanted, *keys)):
        key = keys.get(line, line)
        cells: Mapping[str, Shown] = view.row(key).cells if line in keys else {}
        found: dict[str, str] = {}
        for column in dict.fromkeys((*wanted.get(line, {}), *cells)):
            at = (view.table.id, line, column)
            text = _instead(sums.cell(at), cells.get(column, Shown()), sums.unit)
            if text:
                found[column] = text
        if found:
            yield key, found


def _instead(sum_: SumCell, cell: Shown, unit: str) -> str:
    """What has to be printed; empty where what is computed is the sum."""
    computed = None if cell.computed is None else whole(cell.computed, unit)
    if sum_.value is None:
        return NOT_ADDED if computed else ""
    return "" if sum_.value == (computed or 0) else sum_.plain
