"""What was recognised in a file, before it is taken in: form, unit, year, repairs, what was left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.filing import Filing, depth
from ui import messages as say
from ui.choice import YearChoice
from ui.fitting import open_at
from ui.import_many import ManyFilings
from ui.import_same import SameAgain
from ui.messages import first as first_words
from ui.scroll import scrolled

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.model.form import Form
    from perfdesk.recognise import Recognised, RecognisedFiling
    from perfdesk.store import FilingInfo
    from ui.look import Look

FEW = 8
"""More filings than these have a line each instead of a card."""
MOST = 60
"""So many repairs or leftovers are listed; the count tells of the others."""


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
    file is another's is said."""

    def __init__(
        self, found: RecognisedFiling, catalog: Catalog, fallback: int, look: Look, here: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.found = found
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
        grid.addWidget(self.take, 0, 0, 1, 2)
        scheme = QLabel(say.SEPARATOR.join((form.scheme_name, rows_found(form, found.filing))))
        for row, (label, editor) in enumerate(
            ((say.IMPORT_FORM, scheme), (say.IMPORT_UNIT, self.unit), (say.IMPORT_YEAR, self.year)), 1
        ):
            name = QLabel(label)
            name.setObjectName("muted")
            grid.addWidget(name, row, 0)
            grid.addWidget(editor, row, 1)
        self.differs, self.use_here = QLabel(), QPushButton()
        self._add_difference(grid)

    def _add_difference(self, grid: QGridLayout) -> None:
        self.differs.setObjectName("warningText")
        self.differs.setWordWrap(True)
        self.differs.setText(first_words.unit_differs(self.here))
        self.use_here.setText(first_words.use_unit(_short(self.here)))
        self.use_here.setToolTip(self.here)
        self.use_here.setObjectName("link")
        self.use_here.clicked.connect(lambda: self.unit.setText(self.here))
        grid.addWidget(self.differs, 4, 1)
        grid.addWidget(self.use_here, 5, 1, Qt.AlignmentFlag.AlignLeft)
        self.unit.textChanged.connect(self._compare)
        self._compare()

    def _compare(self) -> None:
        other = bool(self.here) and " ".join(self.unit.text().split()) != self.here
        self.differs.setVisible(other)
        self.use_here.setVisible(other)

    def filing(self) -> Filing:
        """As recognised, with the unit and year as they stand here."""
        filing = replace(self.found.filing, year=self.year.year())
        unit = self.unit.text().strip()
        rows = tuple(r.with_cell("unit_name", unit) if r.id == "basic" else r for r in filing.rows)
        return replace(filing, rows=rows) if unit != filing.unit_name else filing


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"


class ImportDialog(QDialog):
    def __init__(
        self,
        file: str,
        recognised: Recognised,
        catalog: Catalog,
        year: int,
        look: Look,
        parent: QWidget | None = None,
        here: str = "",
        known: Sequence[FilingInfo] = (),
    ) -> None:
        """``known``: the filings of the store, some of which may be in the file again."""
        super().__init__(parent)
        self.setWindowTitle(say.IMPORT_TITLE)
        self.look = look
        px = look.px
        open_at(self, px(640), px(560))
        found = recognised.filings
        self.many = ManyFilings(found, catalog, year, look, here) if len(found) > FEW else None
        self.cards = [] if self.many else [FilingCard(f, catalog, year, look, here) for f in found]
        self.same = SameAgain(known, look)
        head = QLabel(say.import_heading(file, len(found)))
        head.setObjectName("dialogTitle")
        head.setFont(look.font(15, bold=True))
        head.setWordWrap(True)
        inner = QWidget()
        list_column = QVBoxLayout(inner)
        list_column.setSpacing(px(10))
        list_column.addWidget(self.same)
        for card in (*self.cards, *([self.many] if self.many else [])):
            list_column.addWidget(card)
        repairs = [] if self.many else [r.message for f in found for r in f.repairs]
        self._add_texts(list_column, say.IMPORT_REPAIRS, repairs)
        self._add_texts(list_column, say.IMPORT_LEFT, recognised.leftovers)
        list_column.addStretch(1)
        area = scrolled(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(head)
        column.addWidget(area, 1)
        column.addLayout(self._buttons())
        self._judge()

    def _add_texts(self, column: QVBoxLayout, label: str, texts: Sequence[str]) -> None:
        if not texts:
            return
        head = QLabel(say.list_heading(label, len(texts)))
        head.setObjectName("groupHead")
        column.addWidget(head)
        body = QLabel("\n".join(texts[:MOST]))
        body.setObjectName("quiet")
        body.setWordWrap(True)
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(body)

    def _buttons(self) -> QHBoxLayout:
        hint = QLabel(say.IMPORT_UNDO)
        hint.setObjectName("muted")
        self.accept_button = QPushButton(say.IMPORT_ACCEPT)
        self.accept_button.setObjectName("primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        cancel = QPushButton(say.CANCEL)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(hint)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        for card in self.cards:
            card.take.toggled.connect(lambda _on: self._judge())
            card.unit.textChanged.connect(lambda _text: self._judge())
            card.year.currentIndexChanged.connect(lambda _at: self._judge())
        if self.many:
            self.many.changed.connect(self._judge)
        self.same.way.currentIndexChanged.connect(lambda _at: self._judge())
        return row

    def _judge(self) -> None:
        there = self.same.judge(self._chosen())
        if self.many:
            self.many.mark(there)
        self.accept_button.setEnabled(bool(self.taken()))

    def taken(self) -> list[tuple[Filing, int | None]]:
        """Those that are to be taken in, and the filing of the store whose place each takes."""
        return self.same.taken(self._chosen())

    def _chosen(self) -> list[Filing]:
        if self.many:
            return self.many.filings()
        return [card.filing() for card in self.cards if card.take.isChecked()]
