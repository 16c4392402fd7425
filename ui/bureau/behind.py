"""The units behind a number: each with its share, the largest first; or with what it says of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.bureau import grids
from ui.bureau.elided import ElidedLabel
from ui.bureau.grid import Grid, GridView
from ui.messages import bureau_sums as words

if TYPE_CHECKING:
    from perfdesk.bureau.gathered import Gathered
    from perfdesk.bureau.traced import Traced
    from perfdesk.model.bureau import UnitIndicator
    from ui.look import Look


class Behind(QWidget):
    """``opened``: what a line leads to."""

    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.where = QLabel()
        self.where.setObjectName("dialogTitle")
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setWordWrap(True)
        self.table = GridView(look, words.PICK_CELL)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names in a county begin alike
        self.hint = ElidedLabel(words.OPEN_PAPER)
        self.hint.setObjectName("muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.where, 0), (self.table, 1), (self.hint, 0)):
            self._column.addWidget(widget, stretch)
        self.table.opened.connect(self.opened)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._column.setSpacing(self.look.px(6))
        self.setMinimumWidth(self.look.px(220))

    def clear(self, told: str) -> None:
        self._show(told, Grid())
        self.hint.hide()

    def show_trace(self, found: Traced | None) -> None:
        if found is not None:
            self._show(f"{found.where}　{found.cell.text}", grids.of_shares(found))

    def show_units(self, one: Gathered, units: Sequence[UnitIndicator]) -> None:
        self._show(one.names[0], grids.of_unit_indicators(units))

    def _show(self, where: str, grid: Grid) -> None:
        self.where.setText(where)
        self.table.show_grid(grid)
        self.hint.show()
