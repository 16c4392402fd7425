"""The switch of the unit in which amounts are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from perfdesk.budget.view_unit import VIEWS
from ui.messages import ledger as say

if TYPE_CHECKING:
    from ui.models.viewing import Viewing


class UnitSwitch(QWidget):
    def __init__(self, viewing: Viewing) -> None:
        super().__init__()
        self.viewing = viewing
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for unit in VIEWS:
            button = QPushButton(unit)
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # what a screen reader calls one of several
            button.setToolTip(say.VIEW_UNIT_TIP)
            button.clicked.connect(lambda _=False, u=unit: self.viewing.look_in(u))
            group.addButton(button)
            self.buttons[unit] = button
            row.addWidget(button)

    def show_state(self) -> None:
        self.setVisible(self.viewing.unit in VIEWS)
        for unit, button in self.buttons.items():
            button.setChecked(unit == self.viewing.view)
