"""The card of the first run: progress, the step that is shown, back and next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.first.answers import FILES, UNIT
from ui.first.steps import FilesStep, Step, UnitStep, YearStep
from ui.messages import first as words
from ui.scroll import scrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perfdesk.form_sets import FormSet
    from ui.look import Look

WIDTH, ROOMY = 560, 460


class Progress(QWidget):
    """1 2 3 with their names: done, here, ahead."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.numbers = [QLabel(str(n), alignment=Qt.AlignmentFlag.AlignCenter) for n in range(1, 4)]
        self.names = [QLabel(name) for name in words.STEPS]
        for number, name in zip(self.numbers, self.names, strict=True):
            self._row.addWidget(number)
            self._row.addWidget(name)
            self._row.addSpacing(10)
        self._row.addStretch(1)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._row.setSpacing(self.look.px(8))
        for number in self.numbers:
            number.setFixedSize(self.look.px(22), self.look.px(22))

    def show_step(self, here: int) -> None:
        for place, (number, name) in enumerate(zip(self.numbers, self.names, strict=True)):
            state = "Done" if place < here else "Here" if place == here else "Ahead"
            for label, what in ((number, f"step{state}"), (name, f"stepName{state}")):
                label.setObjectName(what)
                label.style().unpolish(label)
                label.style().polish(label)


class StepCard(QWidget):
    """A card in the middle of the room it gets; ``step`` is the one that is shown."""

    def __init__(self, look: Look, sets: Sequence[FormSet]) -> None:
        super().__init__()
        self.look = look
        self.step = UNIT
        self.unit, self.year, self.files = UnitStep(look), YearStep(look, sets), FilesStep(look)
        self.steps: tuple[Step, ...] = (self.unit, self.year, self.files)
        self.progress = Progress(look)
        self.title = QLabel(words.WELCOME)
        self.title.setObjectName("title")
        self.back, self.next = QPushButton(words.BACK), QPushButton(words.NEXT)
        self.back.setToolTip(words.BACK_TIP)
        self.next.setToolTip(words.NEXT_TIP)
        self.next.setObjectName("primary")
        self.bureau = QPushButton(words.BUREAU)
        self.bureau.setObjectName("link")
        self._lay_out()
        self.show_step(UNIT)
        look.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addWidget(self.bureau)
        foot.addStretch(1)
        foot.addWidget(self.next)
        self._room = QWidget()
        steps = QVBoxLayout(self._room)
        steps.setContentsMargins(0, 0, 0, 0)
        for step in self.steps:
            steps.addWidget(step)
        self.card = QFrame()
        self.card.setObjectName("emptyCard")
        self._column = QVBoxLayout(self.card)
        for widget in (self.title, self.progress, self._room):
            self._column.addWidget(widget)
        self._column.addLayout(foot)
        inner = QWidget()
        middle = QVBoxLayout(inner)
        middle.setContentsMargins(0, 8, 0, 8)
        middle.addStretch(2)
        middle.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))
        QWidget.setTabOrder(self.next, self.bureau)

    def _measure(self) -> None:
        self.title.setFont(self.look.font(18, bold=True))
        self._fit()

    def _fit(self) -> None:
        """In a small or enlarged window without what is only pleasant; the steps are as high as each other where there is room."""
        px = self.look.px
        tight = self.height() < px(ROOMY)
        self.title.setVisible(not tight)
        self.files.picture.setVisible(not tight)
        edge = px(16 if tight else 32)
        self._column.setContentsMargins(edge, px(12 if tight else 24), edge, px(12 if tight else 20))
        self._column.setSpacing(px(8 if tight else 14))
        self.card.setFixedWidth(min(px(WIDTH), self.width() - px(16)))
        room = self.card.width() - 2 * edge
        highest = max(step.heightForWidth(room) for step in self.steps)
        self._room.setMinimumHeight(0 if tight else highest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_step(self, number: int) -> None:
        self.step = number
        for place, one in enumerate(self.steps):
            one.setVisible(place == number)
        self.progress.show_step(number)
        self.back.setVisible(number > UNIT)
        self.bureau.setVisible(number == UNIT)
        self.next.setVisible(number < FILES)
