"""Everything computed of a department budget: the ledgers' facts and the tables made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from perfdesk.budget.facts import Facts
from perfdesk.budget.tables import View, deviations
from perfdesk.model.filing import Filing
from perfdesk.model.ledger import Budget


@dataclass(frozen=True, slots=True)
class Budgeted:
    """``facts`` by ledger. Tables are made when first asked for (``view``) and kept as long as the filing is the same."""

    budget: Budget
    filing: Filing
    unit: str
    facts: Mapping[str, Facts]
    _views: dict[str, View] = field(default_factory=dict[str, View], compare=False, repr=False)

    @staticmethod
    def of(budget: Budget, filing: Filing, unit: str) -> Budgeted:
        """``unit``: the unit that the filing's amounts count in."""
        facts = {x.id: Facts.of(x, filing, unit) for x in budget.ledgers}
        return Budgeted(budget, filing, unit, MappingProxyType(facts))

    def after(self, filing: Filing, touched: Iterable[str]) -> Budgeted:
        """The same of ``filing``, which differs in the rows ``touched`` alone."""
        rows = tuple(touched)
        facts = {name: one.after(filing, rows) for name, one in self.facts.items()}
        return Budgeted(self.budget, filing, self.unit, MappingProxyType(facts))

    def view(self, table_id: str) -> View:
        """KeyError where the form has no such computed table."""
        if table_id not in self._views:
            table = self.budget.table(table_id)
            facts = self.facts[table.ledger]
            self._views[table_id] = View(table, facts, self.filing, deviations(self.filing, table))
        return self._views[table_id]

    @property
    def views(self) -> tuple[View, ...]:
        """The computed tables in the form's order."""
        return tuple(self.view(t.id) for t in self.budget.tables if t.part is None)
