"""This year's sums as next year's “last year”, where the form has cells for them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.view_unit import in_unit
from perfdesk.budget.words import amount_of
from perfdesk.derive import amount_unit, derive
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.mapping import Mapping
from perfdesk.values import parse_amount, plain_number


def with_last_values(ways: Mapping, last: Filing, source: Form, target: Form, filing: Filing) -> Filing:
    """What the mapping says becomes last year's; a sum of nothing leaves its cell empty."""
    budgeted = derive(source, last).budget
    for one in ways.last:
        value = _value(source, last, budgeted, one.name)
        text = (
            plain_number(in_unit(value, amount_unit(source, last), amount_unit(target, filing)))
            if value
            else ""
        )
        row_id, _, column = one.cell.partition("/")
        if text == filing.cell(one.cell):
            continue
        rows = tuple(r.with_cell(column, text) if r.id == row_id else r for r in filing.rows)
        filing = replace(filing, rows=rows)
    return filing


def _value(form: Form, filing: Filing, budgeted: Budgeted | None, name: str) -> Decimal | None:
    if budgeted is not None:
        return amount_of(form, filing, budgeted, name)
    return parse_amount(filing.cell(name), amount_unit(form, filing)).value
