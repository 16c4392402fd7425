"""What the bureau says to a unit: one note below the other, and the field for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.choice import Choice
from ui.finding_card import ExplainEdit
from ui.messages import bureau as words
from ui.messages.remarks import from_unit
from ui.scroll import scrolled

if TYPE_CHECKING:
    from perfdesk.model.bureau import Note
    from ui.look import Look


@dataclass(frozen=True, slots=True)
class About:
    """What a note can be about: paper 0: everything; no place: the whole paper."""

    paper: int
    place: str
    label: str


class NoteCard(QFrame):
    """``dropped``: its number."""

    dropped = Signal(int)

    def __init__(self, note: Note, about: str, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        px = look.px
        head, text, line = (
            QLabel(about),
            QLabel(note.text),
            QLabel(words.note_line(note.at, note.who, note.sent)),
        )
        said = QLabel(from_unit(note.done, note.answer) if note.done or note.answer else "")
        head.setObjectName("quiet")
        line.setObjectName("muted")
        for label in (head, text, said, line):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(10), px(8))
        column.setSpacing(px(3))
        for label in (head, text, said, line):
            if label.text():
                column.addWidget(label)
        if not note.sent:
            away = QPushButton(words.NOTE_DROP)
            away.setObjectName("link")
            away.setAccessibleName(f"{words.NOTE_DROP} {note.text[:20]}")
            away.clicked.connect(lambda: self.dropped.emit(note.number))
            column.addWidget(away, 0, Qt.AlignmentFlag.AlignLeft)


class NotesList(QWidget):
    """``written``: a text about what was chosen; ``dropped``: the number of a note."""

    written = Signal(object, str)
    dropped = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.choices: tuple[About, ...] = ()
        self.cards: list[NoteCard] = []
        self.inner = QWidget()
        self._cards = QVBoxLayout(self.inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self.none = QLabel(words.NO_NOTES)
        self.none.setObjectName("quiet")
        self.none.setWordWrap(True)
        self._cards.addWidget(self.none)
        self._cards.addStretch(1)
        self.about = Choice(look)
        self.about.setAccessibleName(words.NOTE_ABOUT)
        self.about.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(8)
        self.text = ExplainEdit()
        self.text.setPlaceholderText(words.NOTE_HINT)
        self.text.setAccessibleName(words.NOTE_HINT)
        self.text.setTabChangesFocus(True)
        self.add = QPushButton(words.NOTE_ADD)
        self.form = QWidget()
        self._lay_out()
        self.text.textChanged.connect(self._offer)
        self.text.done.connect(self._write)
        self.add.clicked.connect(self._write)
        look.changed.connect(self._measure)
        self._measure()
        self._offer()

    def _lay_out(self) -> None:
        name = QLabel(words.NOTE_ABOUT)
        name.setObjectName("muted")
        name.setBuddy(self.about)
        line = QHBoxLayout()
        line.addWidget(name)
        line.addWidget(self.about, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.add)
        fields = QVBoxLayout(self.form)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addLayout(line)
        fields.addWidget(self.text)
        fields.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(self.inner), 1)
        column.addWidget(self.form)

    def _measure(self) -> None:
        self.text.setFixedHeight(self.look.px(84))
        self._cards.setSpacing(self.look.px(8))

    # --- what is there ---

    def show_notes(self, notes: Sequence[tuple[Note, str]], writable: bool) -> None:
        """Each with what it is about; ``writable``: more can be said."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for note, about in notes:
            card = NoteCard(note, about, self.look)
            card.dropped.connect(self.dropped)
            self._cards.insertWidget(len(self.cards), card)
            card.show()
            self.cards.append(card)
        self.none.setVisible(not notes)
        self.form.setVisible(writable)

    def offer(self, choices: Sequence[About], at: int) -> None:
        """What the next note can be about; ``at``: the likeliest."""
        self.choices = tuple(choices)
        self.about.clear()
        self.about.addItems([one.label for one in choices])
        self.about.setCurrentIndex(at)
        self.about.setToolTip(self.about.currentText())
        self._offer()

    def start(self) -> None:
        """The keys go into the field."""
        self.text.setFocus()

    def _offer(self) -> None:
        self.add.setEnabled(bool(self.choices) and bool(self.text.toPlainText().strip()))

    def _write(self) -> None:
        if self.add.isEnabled():
            self.written.emit(self.choices[self.about.currentIndex()], self.text.toPlainText().strip())

    def written_down(self) -> None:
        """It is on disk; the field is free."""
        self.text.clear()
