"""The three steps: each a heading, one sentence, and what is asked. What is wrong is said beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from perfdesk.form_sets import FormSet, proposed, year_at_work
from ui import messages as say
from ui.choice import Choice, YearChoice
from ui.dropped import local_files
from ui.first.answers import Answers
from ui.form.typing import Line, is_undo_key, settle
from ui.messages import first as words

if TYPE_CHECKING:
    from ui.look import Look


class Answer(Line):
    """A line that takes its own typing back: there is no step of the journal yet."""

    def event(self, event: QEvent) -> bool:
        return QLineEdit.event(self, event) if is_undo_key(event) else super().event(event)


class Step(QWidget):
    """``rows`` are label and field; what there is to say stands below its field."""

    def __init__(self, look: Look, head: str, sentence: str) -> None:
        super().__init__()
        self.look = look
        self.head = QLabel(head)
        self.head.setObjectName("dialogTitle")
        self.sentence = QLabel(sentence)
        self.sentence.setObjectName("quiet")
        self.sentence.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.head)
        self._column.addWidget(self.sentence)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self.head.setFont(self.look.font(15, bold=True))
        self._column.setSpacing(px(6))
        self._grid.setContentsMargins(0, px(10), 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(4))

    def _ask(self, label: str, field: QWidget, *said: QLabel) -> None:
        name = QLabel(label)
        name.setObjectName("muted")
        name.setBuddy(field)
        field.setAccessibleName(label)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(field, row, 1)
        for place, text in enumerate(said, 1):
            text.setWordWrap(True)
            self._grid.addWidget(text, row + place, 1)

    def first(self) -> QWidget:
        """What gets the focus when the step is shown."""
        raise NotImplementedError


def _said(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    return label


class UnitStep(Step):
    def __init__(self, look: Look) -> None:
        super().__init__(look, words.UNIT_HEAD, words.UNIT_HELP)
        self.name, self.code = Answer(), Answer()
        self.name.setPlaceholderText(say.UNIT_PLACEHOLDER)
        self.code.setPlaceholderText(words.UNIT_CODE_HINT)
        self.wrong = _said("errorText")
        self._ask(words.UNIT_NAME, self.name, self.wrong)
        self._ask(words.UNIT_CODE, self.code)
        self.name.textChanged.connect(lambda: self.complain(""))

    def complain(self, sentence: str) -> None:
        """Says what is wrong with the name; empty: nothing."""
        if sentence != self.wrong.text():
            self.wrong.setText(sentence)
            self.name.setProperty("severity", "error" if sentence else "")
            self.name.style().unpolish(self.name)
            self.name.style().polish(self.name)

    def answers(self) -> tuple[str, str]:
        """Name and code, a half-typed word of an input method with them."""
        for line in (self.name, self.code):
            settle(line)
        return " ".join(self.name.text().split()), self.code.text().strip()

    def first(self) -> QWidget:
        return self.name


class YearStep(Step):
    """``sets``: the newest first. Until a person picks one, the set follows the year."""

    def __init__(self, look: Look, sets: Sequence[FormSet]) -> None:
        super().__init__(look, words.YEAR_HEAD, words.YEAR_HELP)
        self.sets = sets
        self.picked = False
        self.year = YearChoice(look, year_at_work(date.today()))
        self.scheme = Choice(look)
        self.scheme.addItems([one.name for one in sets])
        self.wrong, self.facts = _said("warningText"), _said("quiet")
        self._ask(words.YEAR_LABEL, self.year)
        self._ask(words.SCHEME_LABEL, self.scheme, self.wrong, self.facts)
        self.year.currentIndexChanged.connect(self._follow)
        self.scheme.activated.connect(self._pick)
        self._follow()

    def _pick(self) -> None:
        self.picked = True
        self._tell()

    def _follow(self) -> None:
        if not self.picked:
            self.scheme.setCurrentIndex(self.sets.index(proposed(self.sets, self.year.year())))
        self._tell()

    def _tell(self) -> None:
        chosen = self.chosen()
        wrong = "" if chosen.suits(self.year.year()) else words.year_unsuited(self.year.year(), chosen.years)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        facts = words.scheme_facts(chosen.amount_units, chosen.years)
        self.facts.setText(f"{facts}\n{words.forms_of([f.title for f in chosen.forms])}")

    def chosen(self) -> FormSet:
        return self.sets[max(self.scheme.currentIndex(), 0)]

    def restore(self, answers: Answers) -> None:
        """What was chosen the last time."""
        names = [one.scheme for one in self.sets]
        self.picked = answers.scheme in names
        if self.picked:
            self.scheme.setCurrentIndex(names.index(answers.scheme))
        if answers.year is not None:
            self.year.set_year(answers.year)
        self._follow()

    def first(self) -> QWidget:
        return self.year


class DropZone(QFrame):
    """``dropped``: files that were let go here."""

    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)

    def _light(self, on: bool) -> None:
        self.setProperty("over", on)
        self.style().unpolish(self)
        self.style().polish(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        event.acceptProposedAction()
        files: list[Path] = local_files(event.mimeData())
        self.dropped.emit(files)


class FilesStep(Step):
    def __init__(self, look: Look) -> None:
        self.zone = DropZone()
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.choose = QPushButton(words.CHOOSE)
        self.choose.setObjectName("primary")
        self.blank, self.sample = QPushButton(words.BLANK), QPushButton(words.SAMPLE)
        self.blank_more, self.sample_more = _said("quiet"), _said("quiet")
        self.sample_more.setText(words.SAMPLE_MORE)
        self._inside = QVBoxLayout(self.zone)
        super().__init__(look, words.FILES_HEAD, words.FILES_HELP)
        middle = Qt.AlignmentFlag.AlignHCenter
        here = QLabel(words.DROP_HERE, alignment=Qt.AlignmentFlag.AlignCenter)
        here.setWordWrap(True)
        self._inside.addWidget(self.picture)
        self._inside.addWidget(here)
        self._inside.addWidget(self.choose, 0, middle)
        self._grid.addWidget(self.zone, 0, 0, 1, 2)
        for row, (button, more) in enumerate(
            ((self.blank, self.blank_more), (self.sample, self.sample_more)), 1
        ):
            more.setWordWrap(True)
            self._grid.addWidget(button, row, 0)
            self._grid.addWidget(more, row, 1)

    def _measure(self) -> None:
        super()._measure()
        px = self.look.px
        self._grid.setVerticalSpacing(px(8))
        self._inside.setContentsMargins(px(16), px(16), px(16), px(16))
        self._inside.setSpacing(px(8))
        self.picture.setPixmap(self.look.icon("import", "accent", 28).pixmap(px(28), px(28)))

    def first(self) -> QWidget:
        return self.choose
