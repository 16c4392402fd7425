"""A recognised filing before it is taken in: every cell to be read and mended, those to look at marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from perfdesk.model.filing import Filing, Row
from perfdesk.model.finding import Place
from perfdesk.model.form import LEVELS, Field, Form, Section
from ui.messages import importing as words

if TYPE_CHECKING:
    from ui.look import Look

GROUNDS = {"doubt": "current", "repair": "accent_ground", "differs": "level1", "own-row": "computed"}
SHOWN = ("fields", "list", "tree", "goals")
NARROW, WIDE = 96, 170
HIGHEST = 110
"""Pixels of a row; a longer text is read whole where it is typed in, or beside in the file."""
MOST = 1_500
"""Rows; what is beyond them is mended after the import."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a label at the left, or the cells. ``head``: labels of columns."""

    texts: tuple[str, ...]
    places: tuple[Place | None, ...] = ()
    head: bool = False
    label: bool = False


def lines_of(form: Form, filing: Filing) -> Iterator[Line]:
    """Sections of single cells as label and value, the others as rows below their heads."""
    for section in form.sections:
        if section.kind not in SHOWN:
            continue
        if section.kind == "fields":
            yield Line((section.label,), head=True)
            row = filing.row(section.id)
            for field in section.fields:
                text = row.get(field.id) if row else ""
                yield Line((field.name, text), (None, Place(section.id, field.id)), label=True)
        else:
            yield Line(tuple(f.name for f in section.fields), head=True)
            yield from _rows(section, filing)


def _rows(section: Section, filing: Filing) -> Iterator[Line]:
    """Of a tree one line a leaf, its parents on the first line that they stand on."""
    parents: dict[str, Row] = {}
    pending: dict[str, Row] = {}
    for row in filing.section(section.id):
        own = [f for f in section.fields if f.id in row.cells]
        parents[row.id] = row
        if section.kind != "list" and not _is_leaf(section, row):
            pending |= {f.id: row for f in own}
            continue
        places = tuple(_place(f, row, pending) for f in section.fields)
        texts = tuple(_text(p, f, row, pending) for f, p in zip(section.fields, places, strict=True))
        pending = {}
        yield Line(texts, places)


def _is_leaf(section: Section, row: Row) -> bool:
    level = LEVELS[2] if section.field(LEVELS[2]) else LEVELS[1]
    return level in row.cells or not any(name in row.cells for name in LEVELS)


def _place(field: Field, row: Row, pending: Mapping[str, Row]) -> Place | None:
    if field.id in pending:
        return Place(pending[field.id].id, field.id)
    return None if field.id in LEVELS and field.id not in row.cells else Place(row.id, field.id)


def _text(place: Place | None, field: Field, row: Row, pending: Mapping[str, Row]) -> str:
    holder = pending.get(field.id, row)
    return holder.get(field.id) if place is not None else ""


class FilingTable(QTableWidget):
    """``chosen``: a cell was gone to; ``mended``: a cell was typed in."""

    chosen = Signal(object)
    mended = Signal(object, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._at: dict[Place, tuple[int, int]] = {}
        self._places: dict[tuple[int, int], Place] = {}
        self._left_out: AbstractSet[str] = frozenset()
        self.setObjectName("plain")
        self.setAccessibleName(words.CONTENT)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().setMaximumSectionSize(look.px(HIGHEST))
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.currentCellChanged.connect(lambda row, column, *_: self._tell(row, column))
        self.itemChanged.connect(self._mend)

    def show_filing(
        self,
        form: Form,
        filing: Filing,
        marks: Mapping[Place, tuple[str, str]],
        left_out: AbstractSet[str] = frozenset(),
    ) -> None:
        """``marks``: kind of a note and what it says, by cell. ``left_out``: rows that are shown where they would stand, struck out."""
        self._left_out = left_out
        lines = list(lines_of(form, filing))[:MOST]
        self.blockSignals(True)
        self.clear()
        self.clearSpans()
        self._at, self._places = {}, {}
        width = max((len(line.texts) for line in lines), default=1)
        self.setRowCount(len(lines))
        self.setColumnCount(width)
        for number, line in enumerate(lines):
            self._add(number, line, width, marks)
        for column in range(width):
            mode = (
                QHeaderView.ResizeMode.Interactive if column < width - 1 else QHeaderView.ResizeMode.Stretch
            )
            self.horizontalHeader().setSectionResizeMode(column, mode)
            self.setColumnWidth(column, self.look.px(WIDE if column == 2 else NARROW))
        self.blockSignals(False)

    def _add(self, number: int, line: Line, width: int, marks: Mapping[Place, tuple[str, str]]) -> None:
        for column, text in enumerate(line.texts):
            item = QTableWidgetItem(text)
            place = line.places[column] if column < len(line.places) else None
            if line.head or (line.label and column == 0) or place is None:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setForeground(self.look.colour("quiet"))
            if line.head:
                item.setBackground(self.look.colour("head"))
                item.setFont(self.look.font(bold=True))
            if place is not None:
                self._at[place] = number, column
                self._places[number, column] = place
                self._mark(item, marks.get(place) or marks.get(Place(place.row)))
                if place.row in self._left_out:
                    self._strike(item)
            self.setItem(number, column, item)
        if len(line.texts) < width:
            last = len(line.texts) - 1
            self.setSpan(number, last, 1, width - last)

    def _mark(self, item: QTableWidgetItem, mark: tuple[str, str] | None) -> None:
        if mark is not None:
            item.setBackground(QColor(self.look.colour(GROUNDS.get(mark[0], "level2"))))
            item.setToolTip(mark[1])

    def _strike(self, item: QTableWidgetItem) -> None:
        face = self.look.font()
        face.setStrikeOut(True)
        item.setFont(face)
        item.setForeground(self.look.colour("muted"))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def go_to(self, place: Place) -> None:
        """The cell; of a row its first."""
        at = self._at.get(place) or min((a for p, a in self._at.items() if p.row == place.row), default=None)
        if at is not None:
            self.setCurrentCell(*at)
            self.scrollTo(self.model().index(*at), QAbstractItemView.ScrollHint.PositionAtCenter)

    def put(self, place: Place, text: str) -> None:
        """Types for the user."""
        at = self._at.get(place)
        if at is not None:
            self.model().setData(self.model().index(*at), text)

    def here(self) -> Place | None:
        return self._places.get((self.currentRow(), self.currentColumn()))

    def _tell(self, row: int, column: int) -> None:
        place = self._places.get((row, column))
        if place is not None:
            self.chosen.emit(place)

    def _mend(self, item: QTableWidgetItem) -> None:
        place = self._places.get((item.row(), item.column()))
        if place is not None:
            self.mended.emit(place, item.text())
