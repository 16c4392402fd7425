"""A filing's cells as they are printed in a blank of another edition, perhaps: amounts in the blank's unit, all else as written."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.derive import amount_unit
from perfdesk.filling.blank import Value
from perfdesk.model.filing import Filing, Row, numbered_rows
from perfdesk.model.form import Field, Form
from perfdesk.values import MONEY_UNITS, one_line, parse_amount, parse_target


class Printed:
    """``known`` and ``proto``: the edition that the blank is and what was read of it, marks and all."""

    year_name = "年度"

    def __init__(self, form: Form, filing: Filing, known: Form, proto: Filing) -> None:
        self.form = form
        self.filing = filing
        self._fields = {(s.id, f.id): f for s in form.sections for f in s.fields}
        self._own, self._theirs = amount_unit(form, filing), amount_unit(known, proto)
        self._paths = {
            row.id: path
            for s in form.sections
            for path, row in (
                [(s.id, r) for r in filing.section(s.id)]
                if s.kind == "fields"
                else numbered_rows(filing, s.id)
            )
        }

    def field(self, row: Row, column: str) -> Field | None:
        return self._fields.get((row.section, column))

    def named(self, row: Row, column: str) -> tuple[str, str]:
        """The cell's address, and what a person calls it."""
        field = self.field(row, column)
        name = field.name if field else column
        if row.id != row.section:
            first = next((t for t in row.cells.values() if t), "")
            name = name if first == row.get(column) else f"{name}（{one_line(first)[:16]}）"
        return f"{self._paths.get(row.id, row.section)}/{column}", name

    def value(self, row: Row, column: str) -> tuple[Value, str]:
        """What is written, and what is to be said of it. An amount in another unit is the same amount, exactly."""
        text = row.get(column)
        field = self.field(row, column)
        if field is None or field.kind != "money" or not text.strip():
            return text, ""
        amount = parse_amount(text, self._own)
        if amount.value is None or amount.problem is not None:
            return text, ""
        if self._own == self._theirs:
            return amount.value, ""
        there = amount.value * MONEY_UNITS[self._own] / MONEY_UNITS[self._theirs]
        return _plain(there), f"{amount.value:f} {self._own} 换算成 {self._theirs}"

    def same(self, value: Value, there: str, column: str) -> bool:
        """The blank says it already, in the same or in other words."""
        if isinstance(value, Decimal):
            return parse_amount(there, self._theirs).value == value
        if one_line(value) == one_line(there):
            return True
        one, other = parse_target(value), parse_target(there)
        return (
            column == "target"
            and one.value is not None
            and (one.op, one.value, one.unit) == (other.op, other.value, other.unit)
        )


def _plain(value: Decimal) -> Decimal:
    """Without an exponent and without zeros that nobody wrote."""
    short = value.normalize()
    return short if short.as_tuple().exponent not in range(1, 99) else short.quantize(Decimal(1))
