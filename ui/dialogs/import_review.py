"""What was recognised in a file, before it is taken in, beside the file itself: form, unit, year, repairs, what was left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from perfdesk.intake import read_as
from perfdesk.model.filing import Filing
from ui import messages as say
from ui.fitting import open_at
from ui.import_card import FilingCard
from ui.import_many import ManyFilings
from ui.import_pane import ImportPane
from ui.import_reviewed import Beside
from ui.import_same import SameAgain
from ui.import_source import SourceView
from ui.messages import handing_in
from ui.messages import importing as words
from ui.scroll import scrolled

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.recognise import Recognised
    from perfdesk.store import FilingInfo
    from ui.look import Look

FEW = 8
"""More filings than these have a line each instead of a card."""
MOST = 60
"""So many repairs or leftovers are listed; the count tells of the others."""


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
        beside: Beside | None = None,
    ) -> None:
        """``known``: the filings of the store, some of which may be in the file again. ``beside``: the file itself, to be shown beside what
        was recognised."""
        super().__init__(parent)
        self.setWindowTitle(say.IMPORT_TITLE)
        self.look = look
        self.beside = beside
        px = look.px
        open_at(self, px(1280 if beside else 640), px(820 if beside else 560))
        found = recognised.filings
        self.many = ManyFilings(found, catalog, year, look, here) if len(found) > FEW else None
        self.cards = [] if self.many else [FilingCard(f, catalog, year, look, here) for f in found]
        self.same = SameAgain(known, look)
        self.told = QLabel()
        head = self._head(say.import_heading(file, len(found)))
        inner = QWidget()
        list_column = QVBoxLayout(inner)
        list_column.setSpacing(px(10))
        list_column.addWidget(self.same)
        self._add_block(list_column, handing_in.TITLE_IN, handing_in.told_of(recognised.handed_in))
        for card in (*self.cards, *([self.many] if self.many else [])):
            list_column.addWidget(card)
        if beside is None:
            repairs = [] if self.many else [r.message for f in found for r in f.repairs]
            self._add_texts(list_column, say.IMPORT_REPAIRS, repairs)
            self._add_texts(list_column, say.IMPORT_LEFT, recognised.leftovers)
        list_column.addStretch(1)
        self.pane = ImportPane(beside, recognised.leftovers, catalog, look) if beside else None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(head)
        area = scrolled(inner)
        column.addWidget(self._halves(area), 1)
        column.addLayout(self._buttons())
        self._judge()
        self._show(0)
        if beside:
            self._fit_cards(area, list_column.minimumSize().height())

    def _head(self, text: str) -> QLabel:
        head = QLabel(text)
        head.setObjectName("dialogTitle")
        head.setFont(self.look.font(15, bold=True))
        head.setWordWrap(True)
        return head

    def _fit_cards(self, area: QScrollArea, needed: int) -> None:
        """No more room than they need: the filing below has more to show."""
        area.setMinimumHeight(min(needed, self.look.px(190)))
        area.setMaximumHeight(min(needed + self.look.px(4), self.look.px(250)))

    def _halves(self, area: QScrollArea) -> QWidget:
        """The file at the left; at the right what it is and, below, what is in it."""
        if self.beside is None or self.pane is None:
            return area
        px = self.look.px
        self.source = SourceView(self.beside.source, self.look)
        self.pane.pointed.connect(self.source.mark)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(area)
        column.addWidget(self.pane, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(px(12))
        halves.addWidget(self.source)
        halves.addWidget(right)
        halves.setSizes([px(620), px(620)])
        for number, card in enumerate(self.cards):
            card.looked_at.connect(lambda n=number: self._show(n))
            card.reread.connect(lambda form, n=number: self._read_as(n, form))
        if self.many:
            self.many.list.setMinimumHeight(px(90))
            self.many.looked_at.connect(self._show)
        return halves

    def _show(self, number: int) -> None:
        """One of the filings of the file, beside it."""
        if self.pane is None or self.beside is None:
            return
        reviewed = (self.many.reviewed if self.many else [c.reviewed for c in self.cards])[number]
        there = self.same.of([self.many.named(number) if self.many else self.cards[number].filing()])[0]
        form = self.pane.catalog.form(reviewed.found.filing.form)
        reviewed.stand_beside(self.beside.stored(there.id) if there else None, form, self.beside.new_id)
        self.pane.show_filing(reviewed)

    def _read_as(self, number: int, form: str) -> None:
        """As another edition; told where it is none."""
        card = self.cards[number]
        reviewed, beside = card.reviewed, self.beside
        found = beside and read_as(beside.source, card.catalog, form, reviewed.found.where, beside.new_id)
        if found:
            reviewed.became(found)
        self.told.setText(say.IMPORT_UNDO if found else words.not_as(card.form.currentText()))
        card.say()
        self._show(number)

    def _add_texts(self, column: QVBoxLayout, label: str, texts: Sequence[str]) -> None:
        self._add_block(column, say.list_heading(label, len(texts)), texts)

    def _add_block(self, column: QVBoxLayout, heading: str, texts: Sequence[str]) -> None:
        if not texts:
            return
        head = QLabel(heading)
        head.setObjectName("groupHead")
        column.addWidget(head)
        body = QLabel("\n".join(texts[:MOST]))
        body.setObjectName("quiet")
        body.setWordWrap(True)
        body.setTextFormat(Qt.TextFormat.PlainText)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(body)

    def _buttons(self) -> QHBoxLayout:
        hint = self.told
        hint.setText(say.IMPORT_UNDO)
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
