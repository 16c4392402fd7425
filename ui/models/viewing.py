"""How cells are looked at: in which unit the amounts of a budget, with or without its unused columns, with or without last year's
values below this year's. One for each workspace."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.budget.view_unit import VIEWS, edit_in, in_unit, kept_text, show_in

if TYPE_CHECKING:
    from ui.workspace import Workspace

UNIT_SETTING = "ledger/view-unit"
COLUMNS_SETTING = "ledger/used-only"
LAST_YEAR_SETTING = "window/last-year"


class Viewing(QObject):
    """``changed``: everything has to be drawn anew."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.workspace = workspace
        self._kept: dict[str, str] = {}
        workspace.opened.connect(self._kept.clear)

    @property
    def unit(self) -> str:
        """The unit that the open filing's amounts are kept in."""
        values = self.workspace.values
        return values.budget.unit if values and values.budget else ""

    @property
    def view(self) -> str:
        """The unit that they are shown in."""
        chosen = self._setting(UNIT_SETTING)
        return chosen if chosen in VIEWS and self.unit in VIEWS else self.unit

    @property
    def used_only(self) -> bool:
        return self._setting(COLUMNS_SETTING) == "1"

    @property
    def last_year(self) -> bool:
        """Unless somebody has put them away."""
        return self._setting(LAST_YEAR_SETTING) != "0"

    def _setting(self, name: str) -> str:
        """Read once while a filing is open: every cell asks."""
        if name not in self._kept:
            self._kept[name] = self.workspace.setting(name) or ""
        return self._kept[name]

    def _set(self, name: str, text: str) -> None:
        self.workspace.set_setting(name, text)
        self._kept.clear()
        self.changed.emit()

    def look_in(self, unit: str) -> None:
        self._set(UNIT_SETTING, unit)

    def show_used_only(self, only: bool) -> None:
        self._set(COLUMNS_SETTING, "1" if only else "")

    def show_last_year(self, shown: bool) -> None:
        self._set(LAST_YEAR_SETTING, "" if shown else "0")

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
