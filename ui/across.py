"""What the forms of a year say differently, one below the other, each with the way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.model.finding import Place
from ui import messages as say
from ui.messages import units as words

if TYPE_CHECKING:
    from ui.look import Look
    from ui.models.year_view import Told

MOST = 12
"""So many are listed; the others are counted."""
COLOURS = {"error": "errorText", "warning": "warningText", "hint": "quiet"}


class AcrossList(QWidget):
    """``jumped``: to a place in a filing."""

    jumped = Signal(int, Place)

    def __init__(self, across: Sequence[Told], look: Look) -> None:
        super().__init__()
        self.look = look
        self.links: list[QPushButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(12))
        self._grid.setVerticalSpacing(look.px(8))
        self._grid.setColumnStretch(0, 1)
        for number, one in enumerate(across[:MOST]):
            self._add(number, one)
        if len(across) > MOST:
            self._grid.addWidget(_words(words.more_across(len(across) - MOST), "muted"), MOST, 0)

    def _add(self, number: int, one: Told) -> None:
        head = f"{one.finding.title}{say.SEPARATOR}{one.title}"
        told = QVBoxLayout()
        told.setSpacing(self.look.px(2))
        told.addWidget(_words(head, COLOURS[one.finding.severity]))
        told.addWidget(_words(one.finding.message, "quiet"))
        link = QPushButton(say.JUMP)
        link.setObjectName("link")
        link.setAccessibleName(f"{say.JUMP} {head}")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: self.jumped.emit(one.id, one.finding.goes_to))
        self.links.append(link)
        self._grid.addLayout(told, number, 0)
        self._grid.addWidget(link, number, 1, Qt.AlignmentFlag.AlignTop)


def _words(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
