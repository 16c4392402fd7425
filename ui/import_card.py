"""One recognised filing of an import: what it is read as, of whom, of which year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QLineEdit, QPushButton

from perfdesk.model.filing import Filing, depth
from ui import messages as say
from ui.choice import Choice, YearChoice
from ui.import_reviewed import Reviewed
from ui.messages import first as first_words

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.model.form import Form
    from perfdesk.recognise import RecognisedFiling
    from ui.look import Look

SHORT = 14
"""Letters of a unit's name on a button."""


def rows_found(form: Form, filing: Filing) -> str:
    """How much of what is in it."""
    listed = sum(len(filing.section(s.id)) for s in form.sections if s.kind == "list")
    if form.goals:
        rows = filing.section(form.goals.id)
        goals = sum(1 for r in rows if r.parent is None)
        return say.goals_found(goals, len(rows) - goals, listed)
    leaves = sum(1 for r in filing.section(form.tree.id) if depth(r) == 3)
    return say.rows_found(leaves, listed)


class FilingCard(QFrame):
    """One recognised filing; unit and year can be mended before it is taken in. ``here``: the unit one is at (empty: none); that a
    file is another's is said. ``reread``: it is to be read as another edition; ``looked_at``: it was clicked."""

    looked_at = Signal()
    reread = Signal(str)

    def __init__(
        self, found: RecognisedFiling, catalog: Catalog, fallback: int, look: Look, here: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.reviewed = Reviewed(found)
        self.catalog = catalog
        form = catalog.form(found.filing.form)
        self.take = QCheckBox(found.filing.title)
        self.take.setChecked(True)
        self.here = here
        self.unit = QLineEdit(found.filing.unit_name or here)
        self.unit.setPlaceholderText(say.UNIT_PLACEHOLDER)
        self.year = YearChoice(look, found.filing.year or fallback)
        self.unit.setAccessibleName(say.IMPORT_UNIT)
        self.year.setAccessibleName(say.IMPORT_YEAR)
        grid = QGridLayout(self)
        grid.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.take, 0, 0, 1, 3)
        self.scheme = QLabel()
        self.form = Choice(look)
        self.form.setAccessibleName(say.IMPORT_FORM)
        self.form.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(8)
        for other in _editions(catalog, form):
            self.form.addItem(other.scheme_name, other.id)
        self.form.setCurrentIndex(self.form.findData(form.id))
        self.form.activated.connect(lambda at: self.reread.emit(self.form.itemData(at)))
        self.say()
        for row, (label, editor) in enumerate(
            ((say.IMPORT_FORM, self.form), (say.IMPORT_UNIT, self.unit), (say.IMPORT_YEAR, self.year)), 1
        ):
            name = QLabel(label)
            name.setObjectName("muted")
            grid.addWidget(name, row, 0)
            grid.addWidget(editor, row, 1, 1, 1 if row == 1 else 2)
        self.scheme.setObjectName("muted")
        self.scheme.setWordWrap(True)
        grid.addWidget(self.scheme, 1, 2)
        self.differs, self.use_here = QLabel(), QPushButton()
        self._add_difference(grid)

    @property
    def found(self) -> RecognisedFiling:
        return self.reviewed.found

    def say(self) -> None:
        """What is in it, as it is read now."""
        filing = self.reviewed.found.filing
        form = self.catalog.form(filing.form)
        self.take.setText(filing.title)
        self.form.setCurrentIndex(self.form.findData(form.id))
        self.scheme.setText(rows_found(form, filing))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.looked_at.emit()

    def _add_difference(self, grid: QGridLayout) -> None:
        self.differs.setObjectName("warningText")
        self.differs.setWordWrap(True)
        self.differs.setText(first_words.unit_differs(self.here))
        self.use_here.setText(first_words.use_unit(_short(self.here)))
        self.use_here.setToolTip(self.here)
        self.use_here.setObjectName("link")
        self.use_here.clicked.connect(lambda: self.unit.setText(self.here))
        grid.addWidget(self.differs, 4, 1, 1, 2)
        grid.addWidget(self.use_here, 5, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self.unit.textChanged.connect(self._compare)
        self._compare()

    def _compare(self) -> None:
        other = bool(self.here) and " ".join(self.unit.text().split()) != self.here
        self.differs.setVisible(other)
        self.use_here.setVisible(other)

    def filing(self) -> Filing:
        """As recognised, with the unit and year as they stand here."""
        filing = replace(self.reviewed.filing, year=self.year.year())
        unit = self.unit.text().strip()
        rows = tuple(r.with_cell("unit_name", unit) if r.id == "basic" else r for r in filing.rows)
        return replace(filing, rows=rows) if unit != filing.unit_name else filing


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"


def _editions(catalog: Catalog, form: Form) -> list[Form]:
    """What it could be read as: all forms of its kind, those of budgets left out (another one has other tables)."""
    same = [f for f in catalog.forms.values() if f.kind == form.kind and f.budget is None]
    return same if form in same else [form]
