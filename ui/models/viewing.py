"""How the amounts of a budget are looked at: in which unit, and whether unused columns are shown. One for each workspace."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.budget.view_unit import VIEWS, edit_in, in_unit, kept_text, show_in

if TYPE_CHECKING:
    from ui.workspace import Workspace

UNIT_SETTING = "ledger/view-unit"
COLUMNS_SETTING = "ledger/used-only"


class Viewing(QObject):
    """``changed``: everything has to be drawn anew."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace

    @property
    def unit(self) -> str:
        """The unit that the open filing's amounts are kept in."""
        values = self.workspace.values
        return values.budget.unit if values and values.budget else ""

    @property
    def view(self) -> str:
        """The unit that they are shown in."""
        chosen = self.workspace.setting(UNIT_SETTING)
        return chosen if chosen in VIEWS and self.unit in VIEWS else self.unit

    @property
    def used_only(self) -> bool:
        return self.workspace.setting(COLUMNS_SETTING) == "1"

    def look_in(self, unit: str) -> None:
        self.workspace.set_setting(UNIT_SETTING, unit)
        self.changed.emit()

    def show_used_only(self, only: bool) -> None:
        self.workspace.set_setting(COLUMNS_SETTING, "1" if only else "")
        self.changed.emit()

    def shown(self, amount: Decimal | None) -> str:
        return "" if amount is None else show_in(amount, self.unit, self.view)

    def edited(self, amount: Decimal | None) -> str:
        return "" if amount is None else edit_in(amount, self.unit, self.view)

    def exact(self, amount: Decimal) -> Decimal:
        """In the unit that is shown, to the last digit."""
        return in_unit(amount, self.unit, self.view)

    def kept(self, text: str) -> str:
        return kept_text(text, self.unit, self.view)


def viewing_of(workspace: Workspace) -> Viewing:
    found = workspace.findChild(Viewing)
    return found if isinstance(found, Viewing) else Viewing(workspace)
