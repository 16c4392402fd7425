"""Many filings of one file, before they are taken in: a line each with what was repaired, one unit and year for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from perfdesk.model.filing import Filing
from perfdesk.titles import name_of
from ui import messages as say
from ui.choice import YearChoice
from ui.import_reviewed import Reviewed
from ui.messages import projects as words

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.recognise import RecognisedFiling
    from ui.look import Look

NAME, FORM, REPAIRS, THERE = range(4)


class ManyFilings(QFrame):
    """``changed``: others are ticked, or unit or year is another; ``looked_at``: one was gone to, by number.
    What is left as it was is each filing's own where it has one."""

    changed = Signal()
    looked_at = Signal(int)

    def __init__(
        self, found: Sequence[RecognisedFiling], catalog: Catalog, fallback: int, look: Look, here: str
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.found = found
        self.reviewed = [Reviewed(one) for one in found]
        self.here = here
        units = {f.filing.unit_name for f in found} - {""}
        years = {f.filing.year for f in found if f.filing.year is not None}
        self.unit = QLineEdit("".join(units) if len(units) == 1 else "" if units else here)
        self.unit.setPlaceholderText(words.IMPORT_OWN_UNITS if units else say.UNIT_PLACEHOLDER)
        self.unit.setAccessibleName(say.IMPORT_UNIT)
        self.year = YearChoice(look, next(iter(years)) if len(years) == 1 else fallback)
        self.year.setAccessibleName(say.IMPORT_YEAR)
        self._same_year = len(years) < 2
        self.all = QCheckBox(words.import_all(len(found)))
        self.all.setChecked(True)
        self.all.clicked.connect(self._tick)
        self.list = QTreeWidget()
        self.list.setObjectName("projects")
        self.list.setHeaderLabels(list(words.IMPORT_COLUMNS))
        self.list.setAccessibleName(words.import_all(len(found)))
        self.list.setMinimumHeight(look.px(300))
        self.list.addTopLevelItems([_item(one, catalog) for one in found])
        for column, width in ((NAME, 280), (FORM, 130), (REPAIRS, 50), (THERE, 50)):
            self.list.setColumnWidth(column, look.px(width))
        self.list.itemChanged.connect(self._judge)
        self.list.currentItemChanged.connect(lambda item, _: self._look_at(item))
        self.unit.textChanged.connect(self.changed)
        self.year.currentIndexChanged.connect(self.changed)
        self._lay_out(look)

    def _lay_out(self, look: Look) -> None:
        rows = QFormLayout()
        rows.addRow(say.IMPORT_UNIT, self.unit)
        rows.addRow(say.IMPORT_YEAR, self.year)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(8))
        column.addLayout(rows)
        column.addWidget(self.all)
        column.addWidget(self.list)

    def _tick(self, on: bool) -> None:
        self.list.blockSignals(True)
        for number in range(len(self.found)):
            self._at(number).setCheckState(NAME, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._judge()

    def _judge(self) -> None:
        self.all.setChecked(len(self.filings()) == len(self.found))
        self.changed.emit()

    def _at(self, number: int) -> QTreeWidgetItem:
        item = self.list.topLevelItem(number)
        assert item is not None
        return item

    def filings(self) -> list[Filing]:
        """The ticked ones as recognised, with the unit and year as they stand here."""
        return [self.named(n) for n in self._ticked()]

    def mark(self, there: Sequence[bool]) -> None:
        """Which of the ticked ones are there already."""
        known = {n for n, again in zip(self._ticked(), there, strict=True) if again}
        self.list.blockSignals(True)
        for number in range(len(self.found)):
            self._at(number).setText(THERE, words.IMPORT_THERE if number in known else "")
        self.list.blockSignals(False)

    def _ticked(self) -> list[int]:
        ticked = Qt.CheckState.Checked
        return [n for n in range(len(self.found)) if self._at(n).checkState(NAME) == ticked]

    def _look_at(self, item: QTreeWidgetItem | None) -> None:
        top = item.parent() or item if item else None
        if top is not None:
            self.looked_at.emit(self.list.indexOfTopLevelItem(top))

    def named(self, number: int) -> Filing:
        """One of them with the unit and year as they stand here."""
        filing = self.reviewed[number].filing
        year = self.year.year() if self._same_year or filing.year is None else filing.year
        unit = self.unit.text().strip() or filing.unit_name or self.here
        rows = tuple(r.with_cell("unit_name", unit) if r.id == "basic" else r for r in filing.rows)
        return replace(filing, year=year, rows=rows if unit != filing.unit_name else filing.rows)


def _item(one: RecognisedFiling, catalog: Catalog) -> QTreeWidgetItem:
    form = catalog.form(one.filing.form)
    item = QTreeWidgetItem([name_of(form, one.filing), form.scheme_name, str(len(one.repairs) or "")])
    item.setCheckState(NAME, Qt.CheckState.Checked)
    item.setToolTip(NAME, item.text(NAME))
    for repair in one.repairs:
        below = QTreeWidgetItem([repair.message])
        below.setToolTip(NAME, repair.message)
        item.addChild(below)
        below.setFirstColumnSpanned(True)
    return item
