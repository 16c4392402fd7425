"""Units and their years: made, named, archived, deleted, brought back; each can be undone, nothing asks whether one is sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.errors import UserError
from ui import messages as say
from ui.fitting import open_at
from ui.messages import handing_in
from ui.messages import units as words

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo, Store, UnitInfo
    from ui.look import Look

UNIT, YEAR, GONE = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3))
NAME, CODE, STATE = range(3)


class UnitsDialog(QDialog):
    """``changed``: after every deed; ``opened``: a unit and a year to open; ``wanted``: a new filing for this unit."""

    changed = Signal()
    opened = Signal(str, object)
    wanted = Signal(str)
    refused = Signal(object)

    def __init__(self, store: Store, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.UNITS_TITLE)
        self.store = store
        self.look = look
        self.tree = QTreeWidget()
        self.tree.setObjectName("units")
        self.tree.setHeaderLabels(list(words.UNITS_COLUMNS))
        self.tree.setAccessibleName(words.UNITS_TITLE)
        self.tree.itemChanged.connect(self._edited)
        self.tree.currentItemChanged.connect(self._offer)
        self.recent = QListWidget()
        self.recent.setAccessibleName(words.RECENT)
        self.recent.currentItemChanged.connect(self._offer)
        self.recent.itemActivated.connect(lambda _item: self.bring_back())
        self._make_buttons()
        self._lay_out()
        self.show_state()

    def _make_buttons(self) -> None:
        self.new_unit = _button(words.UNIT_NEW, self.create_unit)
        self.new_year = _button(words.YEAR_NEW, self._want)
        self.rename = _button(words.UNIT_RENAME, self._edit_name)
        self.open_button = _button(words.UNIT_OPEN, self._open)
        self.archive = _button(words.ARCHIVE, self.turn_archive)
        self.delete = _button(words.DELETE, self.delete_chosen)
        self.back = _button(words.BRING_BACK, self.bring_back)
        self.undo = _button(words.UNDO_NOTHING, lambda: self._do(self.store.office.undo))
        self.undo.setShortcut("Ctrl+Z")

    def _lay_out(self) -> None:
        px = self.look.px
        open_at(self, px(720), px(560))
        side = QVBoxLayout()
        side.setSpacing(px(4))
        for rows in (self.tree, self.recent):
            rows.setMinimumHeight(px(60))
        first, deeds = (
            (self.open_button, self.new_unit, self.new_year),
            (self.rename, self.archive, self.delete),
        )
        for button in (*first, *deeds):
            side.addWidget(button)
        side.addStretch(1)
        upper = QHBoxLayout()
        upper.addWidget(self.tree, 1)
        upper.addLayout(side)
        hint = QLabel(words.UNITS_HINT)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        head = QLabel(words.RECENT)
        head.setObjectName("groupHead")
        close = _button(say.CLOSE, self.accept)
        row = QHBoxLayout()
        for widget in (self.back, self.undo):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addLayout(upper, 3)
        for widget in (hint, head):
            column.addWidget(widget)
        column.addWidget(self.recent, 1)
        column.addLayout(row)
        self.tree.setColumnWidth(NAME, px(300))
        self.tree.setColumnWidth(CODE, px(110))

    # --- what is there ---

    def show_state(self) -> None:
        kept = self.chosen()
        self.tree.blockSignals(True)
        self.tree.clear()
        infos = self.store.filings()
        for unit in self.store.units():
            self.tree.addTopLevelItem(_unit_item(unit, [i for i in infos if i.unit_name == unit.name]))
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self._choose(kept)
        self.recent.clear()
        for gone in self.store.office.deleted():
            at = gone.at.astimezone().strftime("%m-%d %H:%M")
            item = QListWidgetItem(words.deleted_line(gone.unit_name, gone.year, gone.title, at))
            item.setData(GONE, gone)
            self.recent.addItem(item)
        if not self.recent.count():
            none = QListWidgetItem(words.RECENT_NONE)
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(none)
        self._offer()

    def chosen(self) -> tuple[UnitInfo | None, tuple[int | None] | None]:
        """The unit, and the year in a tuple of its own (it may be unknown) where a year is chosen."""
        item = self.tree.currentItem()
        return (item.data(NAME, UNIT), item.data(NAME, YEAR)) if item else (None, None)

    def _choose(self, kept: tuple[UnitInfo | None, tuple[int | None] | None]) -> None:
        unit, year = kept
        for number in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(number)
            if item is not None and (unit is None or item.data(NAME, UNIT).id == unit.id):
                years = [item.child(n) for n in range(item.childCount())]
                self.tree.setCurrentItem(next((y for y in years if y.data(NAME, YEAR) == year), item))
                return

    def _edit_name(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.editItem(item.parent() or item, NAME)

    def _offer(self) -> None:
        unit, year = self.chosen()
        item = self.tree.currentItem()
        archived = bool(item and item.text(STATE).startswith(words.STATE_ARCHIVED))
        self.archive.setText(words.UNARCHIVE if archived else words.ARCHIVE)
        for button in (self.archive, self.delete, self.rename, self.new_year):
            button.setEnabled(unit is not None)
        self.open_button.setEnabled(year is not None)
        gone = self.recent.currentItem()
        self.back.setEnabled(gone is not None and gone.data(GONE) is not None)
        label = self.store.office.can_undo()
        self.undo.setEnabled(label is not None)
        self.undo.setText(words.undo_deed(label))

    # --- deeds ---

    def _do(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except UserError as error:
            self.show_state()
            self.refused.emit(error)
            return False
        self.show_state()
        self.changed.emit()
        return True

    def create_unit(self) -> None:
        """Under a name that is free, open to be typed over."""
        names = {u.name for u in self.store.units()} | {d.unit_name for d in self.store.office.deleted()}
        free = next(
            n for k in range(1, len(names) + 2) if (n := words.numbered(words.UNIT_NEW_NAME, k)) not in names
        )
        if self._do(lambda: self.store.office.create_unit(free)):
            found = self.tree.findItems(free, Qt.MatchFlag.MatchExactly, NAME)
            self.tree.setCurrentItem(found[0])
            self.tree.editItem(found[0], NAME)

    def _edited(self, item: QTreeWidgetItem, column: int) -> None:
        unit: UnitInfo = item.data(NAME, UNIT)
        office, text = self.store.office, item.text(column)
        if column == NAME and text != unit.name:
            self._do(lambda: office.rename_unit(unit.id, text))
        elif column == CODE and text != unit.code:
            self._do(lambda: office.set_code(unit.id, text))

    def turn_archive(self) -> None:
        unit, year = self.chosen()
        want = self.archive.text() == words.ARCHIVE
        if unit is not None and year is not None:
            self._do(lambda: self.store.office.archive_year(unit.id, year[0], want))
        elif unit is not None:
            self._do(lambda: self.store.office.archive_unit(unit.id, want))

    def delete_chosen(self) -> None:
        unit, year = self.chosen()
        if unit is None:
            return
        if year is None:
            self._do(lambda: self.store.office.delete_unit(unit.id))
        else:
            here = [i for i in self.store.filings() if i.unit_name == unit.name and i.year == year[0]]
            self._do(lambda: self.store.office.delete_filings([i.id for i in here]))

    def bring_back(self) -> None:
        item = self.recent.currentItem()
        if item is not None and (gone := item.data(GONE)) is not None:
            self._do(lambda: self.store.office.bring_back(gone))

    def _open(self) -> None:
        unit, year = self.chosen()
        if unit is not None and year is not None:
            self.accept()
            self.opened.emit(unit.name, year[0])

    def _want(self) -> None:
        unit, _ = self.chosen()
        if unit is not None:
            self.accept()
            self.wanted.emit(unit.name)


def _unit_item(unit: UnitInfo, infos: list[FilingInfo]) -> QTreeWidgetItem:
    item = QTreeWidgetItem([unit.name, unit.code, words.STATE_ARCHIVED if unit.archived else ""])
    item.setData(NAME, UNIT, unit)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    for year in sorted({i.year for i in infos}, key=lambda y: -(y or 0)):
        some = [i for i in infos if i.year == year]
        states = [handing_in.SEALED] if all(i.sealed for i in some) else []
        states = [words.STATE_ARCHIVED] if all(i.archived for i in some) else states
        child = QTreeWidgetItem(
            [say.year_text(year), "", say.SEPARATOR.join([*states, words.filings_count(len(some))])]
        )
        child.setData(NAME, UNIT, unit)
        child.setData(NAME, YEAR, (year,))
        item.addChild(child)
    return item


def _button(text: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: do())
    return button
