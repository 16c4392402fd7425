"""The three columns of the window: wide as drawn until a person drags them, then as dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

if TYPE_CHECKING:
    from ui.look import Look

LEFT, RIGHT, PAPER = 232, 336, 560
NARROW = 1240
"""In a window less wide than this the sides take less."""


class Columns(QSplitter):
    """``wide``: the right column has the room that a page of paper wants; ``paper``: how much was dragged for it (0: nothing)."""

    def __init__(self, look: Look, left: QWidget, middle: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.look = look
        self._dragged = False
        self.wide = False
        self.paper = 0
        self._usual: list[int] = []
        for widget in (left, middle, right):
            self.addWidget(widget)
        self.setHandleWidth(1)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._was_dragged)
        look.changed.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        for place, least in enumerate((150, 440, 220)):
            self.widget(place).setMinimumWidth(self.look.px(least))
        self.share()

    def share(self) -> None:
        """Give each column its room, unless a person did."""
        if self.wide:
            left = self.sizes()[0]
            room = sum(self.sizes()) - left
            paper = min(self.paper or self.look.px(PAPER), room - self.widget(1).minimumWidth())
            self.setSizes([left, room - paper, paper])
        elif not self._dragged:
            left, right = sides(self.look, self.window().width())
            self.setSizes([left, 10_000, right])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The toolkit gives every column its part of what is new; paper keeps its width."""
        super().resizeEvent(event)
        if self.wide:
            self.share()

    def widen(self, wide: bool) -> None:
        """The right column for paper, or all columns as they were before."""
        if wide == self.wide:
            return
        if wide:
            self._usual = self.sizes()
        self.wide = wide
        if not wide and self._dragged:
            self.setSizes(self._usual)
        else:
            self.share()

    def _was_dragged(self) -> None:
        if self.wide:
            self.paper = self.sizes()[2]
        else:
            self._dragged = True

    def dragged_sizes(self) -> list[int] | None:
        """None where nobody dragged: then the next window is as drawn again."""
        if not self._dragged:
            return None
        return self._usual if self.wide else self.sizes()

    def drag_to(self, sizes: list[int]) -> None:
        self._dragged = True
        self.setSizes(sizes)


def sides(look: Look, width: int) -> tuple[int, int]:
    """How wide the columns at the left and the right of a window are as drawn, in pixels."""
    narrow = width < look.px(NARROW)
    left, right = (LEFT * 0.86, RIGHT * 0.75) if narrow else (LEFT, RIGHT)
    return look.px(left), look.px(right)
