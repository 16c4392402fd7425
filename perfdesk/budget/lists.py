"""The computed row of a list that is typed in, such as the purchases of the procurement budget."""

from __future__ import annotations

from perfdesk.budget.facts import exact_sum
from perfdesk.document.grid import Term
from perfdesk.drawing import Square
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.ledger import BudgetTable
from perfdesk.values import parse_amount


def total_row(form: Form, filing: Filing, table: BudgetTable, rows: list[list[Square]]) -> list[Square]:
    """The row above the list's rows: its label in the first column, the sum in every money column where all amounts can be read."""
    part = table.part
    if part is None or len(part.rows) != 1:
        return []
    section, unit = form.section(part.section), filing.amount_unit or form.amount_unit
    line: list[Square] = []
    for n, area in enumerate(part.rows[0]):
        field = section.field(area)
        if n == 0:
            line.append(Square(("total", area), table.total, rows[0][n].style))
        elif field is None or field.kind != "money":
            line.append(Square(("total", area), "", rows[0][n].style))
        else:
            amounts = [parse_amount(r.get(area), unit) for r in filing.section(section.id)]
            given = [a.value for a in amounts if a.value is not None]
            readable = given and all(a.problem is None for a in amounts)
            terms = tuple(Term(len(table.heads) + 1 + m, n) for m in range(len(rows)))
            line.append(
                Square(("total", area), exact_sum(given), rows[0][n].style, total_of=terms)
                if readable
                else Square(("total", area), "", rows[0][n].style)
            )
    return line
