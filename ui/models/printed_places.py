"""Which cells of the printed document show the cell with the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.budget.printed_at import printed_at
from perfdesk.model.finding import Place

if TYPE_CHECKING:
    from perfdesk.derive import Values


def printed_places(values: Values | None, place: Place | None) -> tuple[Place, ...]:
    """A cell of an entry sheet is printed in tables that add it up; every other cell where it is itself."""
    if place is None:
        return ()
    budgeted = values.budget if values else None
    row = place.row or ""
    for ledger, facts in budgeted.facts.items() if budgeted else ():
        parent = row[1:] if row.startswith("=") and row[1:] in facts.nodes else None
        code = facts.parsed[row][0] if row in facts.parsed else parent
        if budgeted and code is not None:
            return printed_at(budgeted, ledger, code, place.column or "name")
    return (place,)
