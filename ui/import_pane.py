"""One recognised filing beside its file: what to look at, walked with one key, and its cells, which can be mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.cell_words import cell_words, rows_words
from perfdesk.import_notes import Note, differing, notes
from perfdesk.model.finding import Place
from perfdesk.source_places import SourcePlaces
from ui.import_reviewed import Beside, Reviewed
from ui.import_table import FilingTable
from ui.messages import importing as words

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from ui.look import Look

LISTED = 300
"""Notes; the others are in the filing's cells all the same."""


class ImportPane(QWidget):
    """``pointed``: the place of the file that one looks at."""

    pointed = Signal(object)

    def __init__(
        self,
        beside: Beside,
        leftovers: Sequence[str],
        catalog: Catalog,
        look: Look,
    ) -> None:
        super().__init__()
        self.source = beside.source
        self.leftovers = leftovers
        self.catalog = catalog
        self.new_id = beside.new_id
        self.look = look
        self.reviewed: Reviewed | None = None
        self.notes: tuple[Note, ...] = ()
        self._places: SourcePlaces | None = None
        self.said = QLabel()
        self.keep, self.all_rows = QPushButton(words.KEEP_PRESENT), QPushButton()
        self.before, self.next = QPushButton(words.PREVIOUS), QPushButton(words.NEXT)
        self.list = QListWidget()
        self.table = FilingTable(look)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self.look.px
        self.said.setObjectName("groupHead")
        self.list.setAccessibleName(words.NOTES)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keep.setToolTip(words.KEEP_PRESENT_TIP)
        bar = QHBoxLayout()
        bar.addWidget(self.said)
        bar.addStretch(1)
        own = QHBoxLayout()
        for button in (self.before, self.next, self.keep, self.all_rows):
            button.setAutoDefault(False)
            (bar if button in (self.before, self.next) else own).addWidget(button)
        own.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(bar)
        column.addWidget(self.list)
        column.addLayout(own)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.next.clicked.connect(lambda: self.walk(1))
        self.before.clicked.connect(lambda: self.walk(-1))
        QShortcut(QKeySequence(Qt.Key.Key_F4), self, lambda: self.walk(1))
        QShortcut(QKeySequence("Shift+F4"), self, lambda: self.walk(-1))
        self.list.currentRowChanged.connect(self._look_at)
        self.table.chosen.connect(self._point)
        self.table.mended.connect(self._take)
        QShortcut(QKeySequence(Qt.Key.Key_F3), self, self.keep.click)
        self.keep.clicked.connect(self._keep_present)
        self.all_rows.clicked.connect(self._keep_all_rows)

    def show_filing(self, reviewed: Reviewed) -> None:
        self.reviewed = reviewed
        form, filing = self.catalog.form(reviewed.found.filing.form), reviewed.offered
        now = {row.id for row in reviewed.filing.rows}
        self._places = SourcePlaces(self.source, reviewed.found.filing)
        found = notes(form, filing, reviewed.found.repairs, self.leftovers, self._places)
        there = differing(form, reviewed.there, reviewed.filing, self.new_id) if reviewed.there else {}
        differs = (
            Note("differs", words.differs(text), place, self._places.of(place), text)
            for place, text in there.items()
        )
        own_rows = (
            Note("own-row", words.OWN_ROW[row.id in now], Place(row.id)) for row in reviewed.apart.rows
        )
        self.notes = (*found, *differs, *own_rows)
        marks = {n.place: (n.kind, n.message) for n in reversed(self.notes) if n.place is not None}
        self.table.show_filing(form, filing, marks, {row.id for row in filing.rows} - now)
        names = rows_words(form, filing)
        self.list.blockSignals(True)
        self.list.clear()
        for note in self.notes[:LISTED]:
            row = filing.row(note.place.row or "") if note.place else None
            where = cell_words(form, names, row, note.place.column or "") if row and note.place else ""
            item = QListWidgetItem(words.note_line(note.kind, where, note.message))
            item.setToolTip(note.message)
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.list.setFixedHeight(self.look.px(30 * min(4, max(1, len(self.notes))) + 6))
        self.list.blockSignals(False)
        self._say()

    def walk(self, step: int) -> None:
        """To the next note or back, round and round."""
        count = self.list.count()
        if count:
            at = self.list.currentRow()
            self.list.setCurrentRow((at + step) % count if at >= 0 else (0 if step > 0 else count - 1))

    def _look_at(self, number: int) -> None:
        self._say()
        if not 0 <= number < len(self.notes):
            return
        note = self.notes[number]
        if note.place is not None:
            self.table.go_to(note.place)
        self.pointed.emit(note.spot)

    def _say(self) -> None:
        number, count = self.list.currentRow() + 1, self.list.count()
        self.said.setText(words.noted(number, count))
        for widget in (self.list, self.before, self.next):
            widget.setVisible(count > 0)
        self._offer()

    def _offer(self) -> None:
        """What can be kept of the year's own filing here."""
        reviewed = self.reviewed
        own = reviewed.own_rows if reviewed else frozenset[str]()
        row = self._own_row()
        kept = reviewed is not None and row in reviewed.keeping
        self.keep.setText((words.DROP_ROW if kept else words.KEEP_ROW) if row else words.KEEP_PRESENT)
        self.keep.setToolTip(words.KEEP_ROW_TIP if row else words.KEEP_PRESENT_TIP)
        self.keep.setVisible(bool(reviewed and reviewed.there))
        self.keep.setEnabled(bool(row) or self._differing() is not None)
        self.all_rows.setVisible(len(own) > 1)
        self.all_rows.setText(words.own_rows(len(own), reviewed is not None and own == reviewed.keeping))

    def _own_row(self) -> str:
        """The row here, where only the year's own filing has it."""
        here = self.table.here()
        row = (here.row or "") if here else ""
        return row if self.reviewed and row in self.reviewed.own_rows else ""

    def _point(self, place: Place) -> None:
        self._offer()
        spot = self._places.of(place) if self._places else None
        if spot is not None:
            self.pointed.emit(spot)

    def _differing(self) -> Note | None:
        here = self.table.here()
        return next((n for n in self.notes if n.kind == "differs" and n.place == here), None)

    def _keep_all_rows(self) -> None:
        if self.reviewed is not None:
            own = self.reviewed.own_rows
            self._keep_rows(frozenset() if own == self.reviewed.keeping else own)

    def _keep_rows(self, rows: frozenset[str]) -> None:
        """The rows that come with the file's; one stays at the same note and cell."""
        if self.reviewed is None:
            return
        here, note = self.table.here(), self.list.currentRow()
        self.reviewed.keeping = rows
        self.show_filing(self.reviewed)
        self.list.blockSignals(True)
        self.list.setCurrentRow(note)
        self.list.blockSignals(False)
        if here is not None:
            self.table.go_to(here)
        self._say()

    def _keep_present(self) -> None:
        row = self._own_row()
        if row and self.reviewed is not None:
            self._keep_rows(self.reviewed.keeping ^ {row})
            return
        note = self._differing()
        if note is not None and note.place is not None:
            self.table.put(note.place, note.present)

    def _take(self, place: Place, text: str) -> None:
        if self.reviewed is not None:
            self.reviewed.texts[place] = text
