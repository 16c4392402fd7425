"""Which side columns are shown: in a narrow window they fold away by themselves, a key or a button brings them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.columns import Columns
    from ui.look import Look

FOLDS_BELOW = {"left": 1080, "right": 760}
"""Pixels of the drawing. The list goes first: the findings belong to what is being typed."""
MIDDLE = 440


class Folding(QObject):
    """A column is shown where it is allowed and either a person asked for it or the window is wide enough. Where a column and
    the editor have no room together, the column takes the editor's until it is used or put away."""

    def __init__(self, columns: Columns, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.columns = columns
        self.look = look
        self._window = window
        self._places = {"left": columns.widget(0), "right": columns.widget(2)}
        self._allowed = {"left": True, "right": True}
        self._asked: dict[str, bool] = {}
        self._wide = dict.fromkeys(FOLDS_BELOW, True)
        look.changed.connect(self.measure)

    def allow(self, side: str, allowed: bool) -> None:
        """Whether there is anything to show at this side."""
        self._allowed[side] = allowed
        self._show()

    def measure(self) -> None:
        """The window or the letters have another size; where that folds or unfolds a column, it counts more than what was asked."""
        for side, least in FOLDS_BELOW.items():
            wide = self._window.width() >= self.look.px(least)
            if wide != self._wide[side]:
                self._asked.pop(side, None)
            self._wide[side] = wide
        self._show()

    def turn(self, side: str) -> None:
        """Show it where it is away, put it away where it is shown."""
        self._ask(side, self._places[side].isHidden())

    def bring(self, side: str) -> None:
        if self._places[side].isHidden():
            self._ask(side, True)

    def use_editor(self) -> None:
        """Something was picked or jumped to: a column that stands in the editor's place goes."""
        if self.columns.widget(1).isHidden():
            self._asked.clear()
            self._show()

    def is_shown(self, side: str) -> bool:
        return not self._places[side].isHidden()

    def _ask(self, side: str, shown: bool) -> None:
        self._asked.pop(side, None)
        self._asked[side] = shown
        self._show()

    def _show(self) -> None:
        width, middle = self._window.width(), self.columns.widget(1)
        least = min(self.look.px(MIDDLE), width)
        middle.setMinimumWidth(least)
        wanted = [s for s in ("left", "right") if self._allowed[s] and self._asked.get(s, self._wide[s])]
        # Those asked for last stay longest.
        order = list(self._asked)
        wanted.sort(key=lambda s: order.index(s) if s in order else -1)
        while len(wanted) > 1 and self._needed(wanted) + least > width:
            wanted.pop(0)
        crowded = self._needed(wanted) + least > width
        if crowded and not any(self._asked.get(s) for s in wanted):
            wanted, crowded = [], False
        for side, widget in self._places.items():
            widget.setVisible(side in wanted)
        middle.setVisible(not crowded)
        self.columns.share()

    def _needed(self, sides: list[str]) -> int:
        return sum(self._places[s].minimumWidth() for s in sides)
