"""One unit's handing: its papers, one of them as it prints, what is found in it and said about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from ui import messages as say
from ui.bureau.drop_area import DropArea
from ui.bureau.elided import ElidedLabel
from ui.bureau.paper_pane import PaperPane
from ui.bureau.papers_list import PapersList
from ui.bureau.reviewing import Reviewing
from ui.bureau.told_side import ToldSide
from ui.bureau.unit_model import COLOURS
from ui.bureau.unit_read import UnitRead, read_unit
from ui.messages import bureau as words

if TYPE_CHECKING:
    from ui.bureau.year import BureauYear
    from ui.look import Look

LEFT, RIGHT = 240, 320


class UnitPage(DropArea):
    """``left``: back to all units; ``moved``: to the next one (1) or the one before (-1)."""

    left = Signal()
    moved = Signal(int)

    def __init__(self, year: BureauYear, look: Look, do: Callable[[str], object]) -> None:
        super().__init__(look)
        self.year = year
        self._do = do
        self.key = ""
        self.read: UnitRead | None = None
        self.papers, self.pane, self.side = PapersList(look), PaperPane(look), ToldSide(look)
        self.reviewing = Reviewing(self)
        self._make_head()
        self.nothing = QLabel()
        self.nothing.setObjectName("quiet")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self._lay_out()
        year.changed.connect(self._read_again)
        look.changed.connect(self._measure)
        self._measure()

    def _make_head(self) -> None:
        self.back, self.before, self.after = QPushButton(words.BACK), QPushButton(), QPushButton()
        for button, tip, keys in (
            (self.back, words.BACK, "Alt+Left"),
            (self.before, words.PREVIOUS, "Alt+PgUp"),
            (self.after, words.NEXT, "Alt+PgDown"),
        ):
            button.setObjectName("ghost")
            button.setAccessibleName(tip)
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{tip}  {shown}")
            short = QShortcut(QKeySequence(keys), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(button.click)
        self.title, self.state, self.about = ElidedLabel(), QLabel(), QLabel()
        self.title.setObjectName("dialogTitle")
        self.about.setObjectName("muted")
        self.about.setWordWrap(True)
        self.accept, self.give_back = QPushButton(words.ACCEPT), QPushButton(words.RETURN)
        self.back.clicked.connect(self.left)
        self.before.clicked.connect(lambda: self.moved.emit(-1))
        self.after.clicked.connect(lambda: self.moved.emit(1))
        self.accept.clicked.connect(lambda: self._do("accept"))
        self.give_back.clicked.connect(lambda: self._do("return"))

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        for widget in (self.back, self.before, self.after, self.title, self.state):
            self._head.addWidget(widget)
        self._head.addStretch(1)
        for button in (self.accept, self.give_back):
            self._head.addWidget(button)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(self.look.px(8))
        for widget in (self.papers, self.pane, self.side):
            self.columns.addWidget(widget)
        self.columns.setChildrenCollapsible(False)
        self.columns.setStretchFactor(1, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.columns)
        self.stack.addWidget(self.nothing)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.about)
        self._column.addWidget(self.stack, 1)

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(16), px(8), px(16), px(10))
        self._column.setSpacing(px(6))
        self._head.setSpacing(px(4))
        self.state.setContentsMargins(px(8), 0, 0, 0)
        self.title.setFont(self.look.font(15, bold=True))
        self.back.setIcon(self.look.icon("chevron-left"))
        self.before.setIcon(self.look.icon("up"))
        self.after.setIcon(self.look.icon("down"))
        for button in (self.before, self.after):
            button.setIconSize(QSize(px(16), px(16)))
        for widget, least in ((self.papers, 140), (self.pane, 260), (self.side, 200)):
            widget.setMinimumWidth(px(least))
        self.columns.setSizes([px(LEFT), 10_000, px(RIGHT)])

    # --- what is shown ---

    def show_unit(self, key: str, number: int | None = None) -> None:
        """``number``: of an earlier handing."""
        node = self.year.node(key)
        if node is None or self.year.status is None:
            return
        again = self.read is not None and self.key == key
        self.key, self.read = key, read_unit(self.year.store, self.year.year, node, number)
        read, shown = self.read, self.read.shown
        self.title.setText(words.heading(node.name, say.year_text(read.year)))
        self.title.setToolTip(words.node_tip(node.name, node.code, node.kind))
        self._show_state()
        self.stack.setCurrentWidget(self.nothing if shown is None else self.columns)
        for button in (self.accept, self.give_back):
            button.setVisible(shown is not None and not read.is_old)
        self.about.setVisible(shown is not None)
        if shown is None:
            self.nothing.setText(f"{words.NOT_YET_HEAD}\n{words.NOT_YET_MORE}")
            return
        told = words.about_handing(
            shown.number, shown.at, shown.source, shown.made, shown.check_code, shown.signer
        )
        self.about.setText(words.old_shown(shown.number) if read.is_old else told)
        self.reviewing.show(read, again)

    def take_focus(self) -> None:
        """Its papers, or the way back where there are none."""
        here = self.papers if self.read is not None and self.read.shown is not None else self.back
        here.setFocus()

    def _show_state(self) -> None:
        shown = self.read.shown if self.read else None
        state = "missing" if shown is None else "draft" if shown.draft else shown.state
        named = "" if state == "replaced" else words.state_text(state, False)
        self.state.setText(named)
        self.state.setStyleSheet(f"color: {self.look.theme.colour(COLOURS.get(state, 'quiet'))}")
        self.accept.setText(words.TAKE_AGAIN if state == "accepted" else words.ACCEPT)

    def _read_again(self) -> None:
        if self.isVisible() and self.key:
            number = self.read.shown.number if self.read and self.read.is_old and self.read.shown else None
            self.show_unit(self.key, number)
