"""The bureau's place in the middle of the window: its parts as tabs, and what to do while there is nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout

from ui import messages as say
from ui.bureau.cards import Card
from ui.bureau.drop_area import DropArea
from ui.bureau.sums_page import SumsPage
from ui.bureau.sums_read import VIEWS
from ui.bureau.unit_page import UnitPage
from ui.bureau.units_page import UnitsPage
from ui.bureau.year import BureauYear
from ui.choice import Choice
from ui.messages import bureau as words
from ui.messages import bureau_sums as sums_words
from ui.rare_commands import BUREAU_PAGE
from ui.tabs import TabStrip

if TYPE_CHECKING:
    from ui.look import Look


class BureauPage(DropArea):
    """``do``: carries out a deed by its name. What is dropped anywhere on it is to be taken in."""

    def __init__(self, year: BureauYear, look: Look, do: Callable[[str], object]) -> None:
        super().__init__(look)
        self.setObjectName(BUREAU_PAGE)
        self.year = year
        self._do = do
        self.title = QLabel(words.TITLE)
        self.title.setObjectName("title")
        self.years = Choice(look)
        self.years.setAccessibleName(words.YEAR)
        self.years.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.tabs = TabStrip(look)
        self.ask = Card(
            look, words.ASK_HEAD, words.ASK_MORE, (words.ASK_START, words.ASK_LATER), words.ASK_KEPT
        )
        self.ask.setAcceptDrops(False)  # what is dropped there is the unit's own
        self.no_tree = Card(
            look, words.NO_TREE_HEAD, words.NO_TREE_MORE, (words.TREE_IMPORT, words.NODE_ADD, words.COLLECT)
        )
        self.units = UnitsPage(year, look, do)
        self.unit = UnitPage(year, look, do)
        self.sums = SumsPage(year, look)
        self.collecting, self.stack = QStackedWidget(), QStackedWidget()
        for widget in (self.units, self.unit):
            self.collecting.addWidget(widget)
        for widget in (self.ask, self.no_tree, self.collecting, self.sums):
            self.stack.addWidget(widget)
        self._make_more()
        self._lay_out()
        self._connect()
        self._measure()

    def _make_more(self) -> None:
        self.more = QToolButton()
        self.more.setObjectName("ghost")
        self.more.setToolTip(words.MORE)
        self.more.setAccessibleName(words.MORE)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.at_start = menu.addAction(words.AT_START)
        self.at_start.setCheckable(True)
        self.at_start.toggled.connect(lambda on: self.year.tell("1" if on else "0"))
        menu.addAction(words.BACK_TO_FORMS, lambda: self._do("leave"))
        self.more.setMenu(menu)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.title)
        self._head.addWidget(self.years)
        self._head.addStretch(1)
        self._head.addWidget(self.more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)
        self.tabs.set_tabs([words.COLLECTING, *(sums_words.VIEWS[view] for view in VIEWS)])

    def _connect(self) -> None:
        for area in (self.units, self.unit, self.no_tree):
            area.dropped.connect(self.dropped)
        for button, deed in zip(self.ask.buttons, ("begin", "leave"), strict=True):
            button.clicked.connect(lambda _=False, name=deed: self._do(name))
        for button, deed in zip(self.no_tree.buttons, ("tree-import", "node-add", "files"), strict=True):
            button.clicked.connect(lambda _=False, name=deed: self._do(name))
        self.units.opened.connect(self.open_unit)
        self.sums.opened.connect(self.open_unit)
        self.unit.left.connect(self.leave_unit)
        self.unit.moved.connect(self.step_unit)
        self.tabs.chosen.connect(self._turned)
        self.years.activated.connect(lambda _number: self.year.turn_to(self.years.currentData()))
        self.year.changed.connect(self.show_state)
        self.look.changed.connect(self._measure)

    def _measure(self) -> None:
        px = self.look.px
        self.title.setFont(self.look.font(18, bold=True))
        self._head.setContentsMargins(px(16), px(14), px(16), px(4))
        self._head.setSpacing(px(12))
        self.tabs.setContentsMargins(px(16), 0, px(16), 0)
        self.more.setIcon(self.look.icon("more"))
        self.more.setIconSize(QSize(px(16), px(16)))

    # --- what is shown ---

    def show_state(self) -> None:
        here = self.year.told
        status = self.year.status
        self.at_start.blockSignals(True)
        self.at_start.setChecked(here == "1")
        self.at_start.blockSignals(False)
        self.setAcceptDrops(here is not None)
        nothing = status is not None and not status.nodes
        working = self.collecting if self.tabs.current() <= 0 else self.sums
        self.stack.setCurrentWidget(self.ask if here is None else self.no_tree if nothing else working)
        ready = self.stack.currentWidget() is working
        self.tabs.setVisible(ready)
        self.more.setVisible(here is not None)
        self.years.setVisible(ready)
        self._show_years()

    def _show_years(self) -> None:
        read = self.year.read
        if read is None:
            return
        this = date.today().year
        years = sorted({*read.years, read.status.year, this, this + 1}, reverse=True)
        self.years.clear()
        for year in years:
            self.years.addItem(say.year_text(year), year)
        self.years.setCurrentIndex(years.index(read.status.year))

    def focus(self) -> None:
        """Where the keys go when the page is shown."""
        shown = self.stack.currentWidget()
        if isinstance(shown, Card):
            shown.buttons[0].setFocus()
        elif shown is self.sums:
            self.sums.bar.of.setFocus()
        elif self.collecting.currentWidget() is self.unit:
            self.unit.take_focus()
        else:
            self.units.tree.setFocus()

    def _turned(self, number: int) -> None:
        """The first tab is the units, each of the others a view of the sums."""
        self.tabs.choose(number)
        self.show_state()
        if number > 0:
            self.sums.turn_to(VIEWS[number - 1])

    # --- one unit ---

    def open_unit(self, key: str, paper: int = 0) -> None:
        """``paper``: its number, where one of them is meant."""
        if self.tabs.current() > 0:
            self.tabs.choose(0)
            self.show_state()
        self.unit.show_unit(key)
        if paper:
            self.unit.papers.go_to(paper)
        self.collecting.setCurrentWidget(self.unit)
        self.unit.take_focus()

    def leave_unit(self) -> None:
        """Back in the tree, at the unit that was looked at."""
        self.collecting.setCurrentWidget(self.units)
        self.units.tree.go_to(self.unit.key)
        self.units.tree.setFocus()

    def step_unit(self, by: int) -> None:
        """The next unit that the tree shows, or the one before."""
        shown = self.units.tree.shown_units()
        at = shown.index(self.unit.key) + by if self.unit.key in shown else 0
        if shown and 0 <= at < len(shown):
            self.open_unit(shown[at])
