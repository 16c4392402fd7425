"""What is painted before most is imported: the window's bars and columns where they will stand, and that the data are being opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from ui import messages as say
from ui.columns import sides
from ui.folding import FOLDS_BELOW
from ui.sizes import LINE, TOP

if TYPE_CHECKING:
    from ui.look import Look


class BareFrame(QWidget):
    """Dressed as the parts themselves are, by their names."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        top, self.left, line = _frame("topBar"), _frame("navigation"), _frame("statusBar")
        top.setFixedHeight(look.px(TOP))
        line.setFixedHeight(look.px(LINE))
        opening = QLabel(say.LOADING)
        opening.setFont(look.font(12))
        row = QHBoxLayout(line)
        row.setContentsMargins(look.px(14), 0, look.px(10), 0)
        row.addWidget(opening)
        grid.addWidget(top, 0, 0, 1, 2)
        grid.addWidget(self.left, 1, 0)
        grid.addWidget(QWidget(), 1, 1)
        grid.addWidget(line, 2, 0, 1, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.left.setFixedWidth(sides(self.look, self.width())[0])
        self.left.setVisible(self.width() >= self.look.px(FOLDS_BELOW["left"]))


def _frame(name: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName(name)
    return frame
