"""How the line with the cursor comes to its points: the reason in words, and the formula where the result is a rate of the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.messages import evaluation as words

if TYPE_CHECKING:
    from perfdesk.score import Item
    from ui.look import Look


class ReasonCard(QFrame):
    """Below the grid; as high with few words as with many, so that the grid does not move while one goes through it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self._lines = 2
        self.name = _label("dialogTitle")
        self.reason = _label("quiet")
        self.facts = QPushButton(words.TO_FACTS)
        self.facts.setObjectName("link")
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.facts, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self._column.addWidget(self.reason)
        look.changed.connect(self._measure)
        self._measure()
        self.say("", words.NO_REASON)

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(12), px(7), px(12), px(8))
        self._column.setSpacing(px(2))
        self.reason.setMinimumHeight(self._lines * self.reason.fontMetrics().lineSpacing() + 2)

    def keep_lines(self, lines: int) -> None:
        """So many lines of reason have their room even when there are fewer."""
        if lines != self._lines:
            self._lines = lines
            self._measure()

    def say(self, name: str, reason: str, rate: str = "", refused: bool = False) -> None:
        """``rate``: the formula with its numbers, for what is computed from facts; ``refused``: a score by hand does not count."""
        self.name.setText(name)
        self.name.setVisible(bool(name))
        self.reason.setText("\n".join(t for t in (rate, reason) if t))
        self.facts.setVisible(bool(rate))
        tone = "warningText" if refused else "quiet"
        if self.reason.objectName() != tone:
            self.reason.setObjectName(tone)
            self.reason.style().unpolish(self.reason)
            self.reason.style().polish(self.reason)

    def say_item(self, item: Item, rate: str) -> None:
        self.say(item.name, item.reason, rate, bool(item.refused))


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
