"""Last year's amounts of a ledger, by code: found when they are first looked at."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.budget.view_unit import in_unit
from perfdesk.derive import amount_unit, derive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfdesk.budget.facts import Facts
    from perfdesk.model.filing import Filing
    from ui.workspace import Workspace


class LastFacts:
    def __init__(self, workspace: Workspace, section: str) -> None:
        self.workspace = workspace
        self.section = section
        self._of: Filing | None = None
        self._facts: Facts | None = None

    @property
    def facts(self) -> Facts | None:
        """None where there is no budget of an earlier year, or nothing in this part of it."""
        space = self.workspace
        last = space.last_year.filing
        if last is not self._of:
            self._of = last
            budget = derive(space.form, last).budget if last is not None and space.form else None
            found = budget.facts.get(self.section) if budget else None
            self._facts = found if found and found.parsed else None
        return self._facts

    def amount(self, code: str, wanted: Sequence[str]) -> Decimal | None:
        """What these facts of a code came to, in the unit that the open filing counts in."""
        facts, space = self.facts, self.workspace
        if facts is None or self._of is None or space.form is None or space.filing is None:
            return None
        amount = facts.amount(code, wanted)
        unit, now = amount_unit(space.form, self._of), amount_unit(space.form, space.filing)
        return None if amount is None else in_unit(amount, unit, now)
