"""By which scheme is scored: chosen here, and readable before it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.choice import Choice
from ui.messages import schemes as words

if TYPE_CHECKING:
    from perfdesk.model.evaluation import Evaluation
    from perfdesk.model.scheme import Scheme
    from ui.look import Look


class SchemeCard(QFrame):
    """``chosen``: the id that the filing keeps, empty for the form's own; ``changed``: one of the user's own is wanted."""

    chosen = Signal(str)
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self._schemes: list[Scheme] = []
        self._own = ""
        self.label = QLabel(words.SCHEME)
        self.label.setObjectName("groupHead")
        self.choice = Choice(look)
        self.choice.setMinimumContentsLength(12)
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.label.setBuddy(self.choice)
        self.weights, self.rules = _words(), _words()
        self.rules.hide()
        self.more = _link(words.SHOW_RULES)
        self.copy = _link(words.COPY_SCHEME)
        self._column = QVBoxLayout(self)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.label)
        top.addWidget(self.choice, 1)
        foot.addWidget(self.more)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        self._column.addLayout(top)
        self._column.addWidget(self.weights)
        self._column.addWidget(self.rules)
        self._column.addLayout(foot)
        self.choice.activated.connect(lambda n: self.chosen.emit(self._id(n)))
        self.more.clicked.connect(self._turn)
        self.copy.clicked.connect(self.changed)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(16), px(10), px(16), px(12))
        self._column.setSpacing(px(6))

    def _id(self, number: int) -> str:
        found = self._schemes[number].id
        return "" if found == self._own else found

    def _turn(self) -> None:
        self.rules.setVisible(self.rules.isHidden())
        self.weights.setVisible(self.rules.isHidden())
        self.more.setText(words.HIDE_RULES if not self.rules.isHidden() else words.SHOW_RULES)

    def show_state(self, evaluation: Evaluation, scheme: Scheme, closed: bool, is_own: bool) -> None:
        """``is_own``: the scheme is one of the user's own."""
        self.copy.setText(words.CHANGE_SCHEME if is_own else words.COPY_SCHEME)
        with QSignalBlocker(self.choice):
            if list(evaluation.schemes) != self._schemes:
                self._schemes, self._own = list(evaluation.schemes), evaluation.scheme
                self.choice.clear()
                for one in self._schemes:
                    self.choice.addItem(words.own(one.name) if one.id == self._own else one.name)
            self.choice.setCurrentIndex(self._schemes.index(scheme))
        self.choice.setEnabled(not closed)
        self.weights.setText(words.weights(scheme))
        self.rules.setText("\n".join(words.rules(scheme)))


def _words() -> QLabel:
    label = QLabel()
    label.setObjectName("quiet")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    return label


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("link")
    return button
