"""Last year's values of the indicator tree: targets have a column of their own, everything else stands below this year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.model.filing import Row, depth
from perfdesk.model.form import LEVELS

if TYPE_CHECKING:
    from ui.models.indicators import Column, IndicatorModel


class LastTargets:
    """``without``: the kinds of columns for which the view has no room."""

    def __init__(self, model: IndicatorModel) -> None:
        self.model = model
        self.without: frozenset[str] = frozenset()

    def target(self, row: Row) -> str:
        """Raw: of the indicator that was carried as ``row``, else of the one with its names."""
        space = self.model.workspace
        filing = space.filing
        above = filing.row(row.parent) if filing and row.parent else None
        top = filing.row(above.parent) if filing and above and above.parent else None
        names = (top.get("level1") if top else "", above.get("level2") if above else "", row.get("level3"))
        return space.last_year.target(row, *names)

    def below(self, row: Row, column: Column) -> str:
        """What stands below the cell; of a target only where its own column has no room."""
        if column.kind == "name":
            return self.model.then(row, LEVELS[depth(row) - 1])
        own = column.kind == "field" or (column.kind == "value" and "before" in self.without)
        return self.model.then(row, column.field) if own and depth(row) == len(LEVELS) else ""
