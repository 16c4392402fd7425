"""Beside a paper: what the check says of it with the unit's explanations, what the bureau wrote, what was handed in before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.finding import Finding, Place
from ui.bureau.notes_list import NotesList
from ui.finding_card import FindingCard, whole
from ui.messages import bureau as words
from ui.scroll import scrolled
from ui.tabs import TabStrip

if TYPE_CHECKING:
    from perfdesk.model.bureau import HandingInfo
    from ui.bureau.unit_read import UnitRead
    from ui.look import Look

FINDINGS, NOTES, OLD = range(3)
MOST = 60
"""So many cards are made; nobody reads hundreds at once, and the count says that there are more."""
NUMBER = Qt.ItemDataRole.UserRole


class ToldCard(FindingCard):
    """``noted``: a note is to be written about it."""

    noted = Signal(object)

    def ways(self) -> list[tuple[str, str]]:
        """Nothing is mended here; what is wrong is said to the unit."""
        return [
            ("note", whole(words.NOTE_AT)),
            *(way for way in super().ways() if way[0] in ("jump", "rule")),
        ]

    def follow(self, link: str) -> None:
        if link == "note":
            self.noted.emit(self.finding)
        else:
            super().follow(link)


class Findings(QWidget):
    """``jumped``: to a place of the paper; ``noted`` and ``ruled`` as the cards say."""

    jumped = Signal(Place)
    noted = Signal(object)
    ruled = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.cards: list[ToldCard] = []
        self.calm = QLabel(words.NO_FINDINGS)
        self.calm.setObjectName("quiet")
        self.more = QLabel()
        self.more.setObjectName("muted")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.calm, self.more):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)

    def show_findings(self, found: Sequence[tuple[Finding, str]], told: str) -> None:
        """``found``: each with the unit's explanation; ``told``: instead of none."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for finding, text in found[:MOST]:
            card = ToldCard(finding, self.look, text)
            card.jumped.connect(self.jumped)
            card.noted.connect(self.noted)
            card.ruled.connect(self.ruled)
            self._layout.insertWidget(len(self.cards), card)
            card.show()
            self.cards.append(card)
        self._layout.setSpacing(self.look.px(8))
        self.calm.setText(told)
        self.calm.setVisible(not found)
        self.more.setText(words.more_findings(len(found) - MOST))
        self.more.setVisible(len(found) > MOST)


class OldHandings(QWidget):
    """``chosen``: the number of the handing to look at; ``compared``: the paper that is shown with what it is now."""

    chosen = Signal(int)
    compared = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.list = QListWidget()
        self.list.setAccessibleName(words.UNIT_TABS[OLD])
        self.compare = QPushButton(words.COMPARE_OLD)
        self.compare.clicked.connect(self.compared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.compare)
        foot.addStretch(1)
        column.addLayout(foot)
        self.list.currentItemChanged.connect(self._pick)

    def show_handings(self, handings: Sequence[HandingInfo], shown: HandingInfo | None, is_old: bool) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for one in handings:
            item = QListWidgetItem(words.old_line(one.number, one.at, one.source, one.state))
            item.setData(NUMBER, one.number)
            item.setToolTip(item.text())
            self.list.addItem(item)
            if one == shown:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.compare.setEnabled(is_old)

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(NUMBER))


class ToldSide(QWidget):
    """The three of them as tabs."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.look = look
        self.tabs = TabStrip(look, 16)
        self.findings, self.notes, self.old = Findings(look), NotesList(look), OldHandings(look)
        self.stack = QStackedWidget()
        for widget in (scrolled(self.findings), self.notes, self.old):
            self.stack.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.turn_to)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(12), px(6), px(12), px(8))
        self._column.setSpacing(px(8))

    def turn_to(self, number: int) -> None:
        self.tabs.choose(number)
        self.stack.setCurrentIndex(number)

    def count(self, read: UnitRead, waiting: int) -> None:
        """``waiting``: of the paper that is shown."""
        counts = (waiting, len(read.notes_of()), max(len(read.handings) - 1, 0))
        self.tabs.set_tabs([words.tab_text(n, c) for n, c in zip(words.UNIT_TABS, counts, strict=True)])
