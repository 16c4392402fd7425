"""Where an amount that was typed once is printed: the cells of the tables that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.model.finding import Place

if TYPE_CHECKING:
    from perfdesk.budget.budgeted import Budgeted
    from perfdesk.budget.tables import View


def printed_at(budgeted: Budgeted, ledger: str, code: str, column: str) -> tuple[Place, ...]:
    """The cells of the tables of codes, in the form's order, that show ``column`` of a code: a fact, ``total``, ``code`` or ``name``."""
    views = (budgeted.view(t.id) for t in budgeted.budget.tables if t.kind == "codes" and t.ledger == ledger)
    cells = ((view, _column(view, column)) for view in views if view.has(code))
    return tuple(Place(f"{view.table.id}!{code}", found) for view, found in cells if found)


def _column(view: View, column: str) -> str | None:
    """For a fact the column that adds it up itself, not by way of others; None where the table leaves it out."""
    for one in view.table.columns:
        if column in (one.id, one.kind) or (one.facts and column in view.facts_of[one.id]):
            return one.id
    return None
