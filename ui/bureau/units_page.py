"""Who handed in and who did not: the tree of all units, narrowed by state and by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout

from ui.bureau.drop_area import DropArea
from ui.bureau.unit_model import UnitModel
from ui.bureau.unit_tree import UnitTree
from ui.bureau.year import FILTERS, BureauYear
from ui.messages import bureau as words
from ui.mnemonics import Mnemonics

if TYPE_CHECKING:
    from ui.look import Look

PAUSE = 120
"""Milliseconds without a key before what is typed is looked for."""
IN_SIGHT, MOST_FOUND = 60, 2000
"""So many rows are unfolded at first, and of what was found."""
MENU = ("node-add", "node-edit", "node-delete", "", "tree-import")


class UnitsPage(DropArea):
    """``opened``: a unit (its key); ``do``: carries out a deed by its name."""

    opened = Signal(str)

    def __init__(self, year: BureauYear, look: Look, do: Callable[[str], object]) -> None:
        super().__init__(look)
        self.year = year
        self._do = do
        self.model = UnitModel(look, self)
        self.tree = UnitTree(look, self.model)
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.FIND)
        self.search.setAccessibleName(words.FIND)
        self.search.setClearButtonEnabled(True)
        self.summary, self.empty, self.hint = QLabel(), QLabel(), QLabel(words.DROP_HINT)
        self.summary.setObjectName("dialogTitle")
        for label in (self.empty, self.hint):
            label.setObjectName("muted")
            label.setWordWrap(True)
        self._make_filters()
        self._make_buttons()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.narrow)
        self._folded: dict[str, bool] | None = None
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._enter)
        self.tree.asked.connect(self._asked)
        year.changed.connect(self.show_state)
        look.changed.connect(self._measure)
        self._measure()

    def _make_filters(self) -> None:
        self.filters = QButtonGroup(self)
        for number, which in enumerate(FILTERS):
            button = QPushButton(words.FILTERS[which])
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # what a screen reader calls one of several
            button.setChecked(not which)
            self.filters.addButton(button, number)
        self.filters.idClicked.connect(lambda _number: self.narrow())

    def _make_buttons(self) -> None:
        self.collect = QPushButton(words.COLLECT)
        self.collect.setObjectName("primary")
        self.collect.setMenu(self._menu((("folder", words.COLLECT_FOLDER), ("files", words.COLLECT_FILES))))
        self.units = QPushButton(words.TREE_MENU)
        texts = {
            "node-add": words.NODE_ADD,
            "node-edit": words.NODE_EDIT,
            "node-delete": words.NODE_DELETE,
            "tree-import": words.TREE_IMPORT,
        }
        self.units.setMenu(self._menu(tuple((name, texts.get(name, "")) for name in MENU)))

    def _menu(self, entries: tuple[tuple[str, str], ...]) -> QMenu:
        menu = QMenu(self)
        for name, text in entries:
            if name:
                menu.addAction(text, lambda deed=name: self._do(deed))
            else:
                menu.addSeparator()
        Mnemonics(menu)
        return menu

    def _lay_out(self) -> None:
        self._tools = QHBoxLayout()
        for button in self.filters.buttons():
            self._tools.addWidget(button)
        self._tools.addWidget(self.search, 1)
        self._tools.addWidget(self.units)
        self._tools.addWidget(self.collect)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._tools)
        self._column.addWidget(self.tree, 1)
        self._column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.addWidget(self.summary)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self._column.addWidget(self.hint)

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(16), px(10), px(16), px(10))
        self._column.setSpacing(px(8))
        self._tools.setSpacing(px(6))
        for button, colour in ((self.collect, "on_accent"), (self.units, "quiet")):
            button.setIcon(self.look.icon("chevron-down", colour, 12))
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.tree.measure()

    # --- what is shown ---

    def which(self) -> str:
        """The chosen filter."""
        return FILTERS[self.filters.checkedId()]

    def show_state(self) -> None:
        """Folding and place outlive what was read anew."""
        counts = self.year.counts()
        for button, which in zip(self.filters.buttons(), FILTERS, strict=True):
            button.setText(words.filter_text(which, counts[which]))
        self.summary.setText(words.summary(counts[""], counts["missing"], counts["errors"]))
        self.narrow()

    def narrow(self) -> None:
        """What the filter and the words leave, unfolded; without both as it was folded before."""
        self._pause.stop()
        status = self.year.status
        if status is None:
            return
        here, folding = self.tree.key(), self._fold_state()
        only = self.year.matching(self.search.text(), self.which())
        self.model.show(status, only)
        if only is not None:
            self._folded = self._folded or folding
            self.tree.open_to(MOST_FOUND)
        elif folding := (self._folded or folding):
            self._folded = None
            self._fold_as(folding)
        else:
            self.tree.open_to(IN_SIGHT)
        self.tree.go_to(here)
        found = not self.model.is_empty()
        self.tree.setVisible(found)
        self.empty.setText(words.NO_MATCH)
        self.empty.setVisible(not found)

    def _fold_state(self) -> dict[str, bool]:
        """Of the nodes in sight that have others below them."""
        found: dict[str, bool] = {}
        waiting = [self.model.index(row, 0) for row in range(self.model.rowCount())]
        while waiting:
            here = waiting.pop()
            if (node := self.model.node(here)) and self.model.rowCount(here):
                opened = found[node.key] = self.tree.isExpanded(here)
                if opened:
                    waiting += [self.model.index(row, 0, here) for row in range(self.model.rowCount(here))]
        return found

    def _fold_as(self, folding: dict[str, bool]) -> None:
        for key, opened in folding.items():
            self.tree.setExpanded(self.model.index_of(key), opened)

    # --- what a person does ---

    def _enter(self) -> None:
        """From the words to the first unit that they found."""
        self.narrow()
        units = self.tree.shown_units()
        if units:
            self.tree.go_to(units[0])
            self.tree.setFocus()

    def _asked(self, deed: str) -> None:
        key = self.tree.key()
        if deed == "open" and key is not None:
            self.opened.emit(key)
        elif deed != "open":
            self._do(f"node-{deed}")
