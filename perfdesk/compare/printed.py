"""What an imported file printed against what is computed: the tables of a budget, and totals against the sums of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfdesk.budget.tables import View
from perfdesk.cell_words import SEPARATOR
from perfdesk.compare.lines import Comparison, Line, kind_of, more_by
from perfdesk.derive import Values, amount_unit, derive
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Place
from perfdesk.model.form import Form
from perfdesk.values import plain_number

PRINTED, COMPUTED = "印出（填写）数", "计算数"


def printed_against_computed(form: Form, filing: Filing) -> Comparison:
    """Every cell of a computed table that was printed otherwise, and every typed total."""
    values, unit = derive(form, filing), amount_unit(form, filing)
    lines = [*_totals(form, filing, values, unit)]
    for view in values.budget.views if values.budget else ():
        lines += _table(view, unit)
    return Comparison(PRINTED, COMPUTED, unit, tuple(lines))


def _totals(form: Form, filing: Filing, values: Values, unit: str) -> Iterator[Line]:
    for balance in form.balances:
        section_id, _, column = balance.total.partition("/")
        section = form.section(section_id)
        field = section.field(column)
        typed = filing.cell(balance.total)
        for label, total in values.sums.get(balance.id, ()):
            if total is None and not typed:
                continue
            computed = _shortest(total)
            where = SEPARATOR.join((field.name if field else column, label))
            place = Place(section_id, column)
            kind, more = kind_of(typed, computed, "money", unit), more_by(typed, computed, unit)
            yield Line(section.label, where, typed, computed, kind, place, place, more)


def _table(view: View, unit: str) -> Iterator[Line]:
    for key in view.keys:
        row = view.row(key)
        for column in view.table.money:
            shown = row.cells.get(column.id)
            if shown is None or shown.printed is None:
                continue
            computed = _shortest(shown.computed)
            where = SEPARATOR.join(t for t in (f"{row.code} {row.name}".strip(), column.label) if t)
            place = Place(f"{view.table.id}!{key}", column.id)
            kind, more = (
                kind_of(shown.printed, computed, "money", unit),
                more_by(shown.printed, computed, unit),
            )
            yield Line(view.table.title, where, shown.printed, computed, kind, place, place, more)


def _shortest(value: Decimal | None) -> str:
    """Without zeros at the end, which say nothing."""
    text = "" if value is None else plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
