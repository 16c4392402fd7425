"""What the texts of a filing are bound to: the tables of a budget, the numbers of a report."""

from __future__ import annotations

from perfdesk.budget.quotes import quotable_budget
from perfdesk.derive import Values
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.quotable import Quotable
from perfdesk.report.quotes import quotable_report


def quotable(form: Form, filing: Filing, values: Values) -> Quotable | None:
    """None where the form has no texts with bound values. ``values``: those of the filing."""
    if values.budget is not None:
        return quotable_budget(form, filing, values.budget)
    if form.report is not None and values.reported is not None:
        return quotable_report(form.report, values.reported)
    return None
