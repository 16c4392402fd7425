"""What all units together come to: a table as on paper, and beside it the units behind the number that one stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeGuard

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.bureau.gathered import Gathered
from perfdesk.model.bureau import EVERYONE, Scope
from ui.bureau import grids
from ui.bureau.behind import Behind
from ui.bureau.grid import Grid, GridView
from ui.bureau.sums_bar import SumsBar
from ui.bureau.sums_read import Sight, View, Want, sight, trace, units_of
from ui.messages import bureau_sums as words
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.bureau.consolidated import At
    from perfdesk.bureau.traced import Traced
    from ui.bureau.year import BureauYear
    from ui.look import Look

BESIDE = 400


class SumsPage(QWidget):
    """``opened``: a unit and the number of its paper (0: the first)."""

    opened = Signal(str, int)

    def __init__(self, year: BureauYear, look: Look) -> None:
        super().__init__()
        self.year = year
        self.look = look
        self.view: View = "sums"
        self.scope = EVERYONE
        self.seen: Sight | None = None
        self._dragged = False
        self._tasks: dict[str, Task] = {}
        self._running: set[Task] = set()
        self.bar, self.behind = SumsBar(look), Behind(look)
        self.table = GridView(look, words.TABLE, by_cell=True)
        self.told, self.foot = QLabel(), QLabel()
        self._lay_out()
        self.bar.formed.connect(self.load)
        self.bar.parted.connect(self._show_part)
        self.table.asked.connect(self._ask)
        self.table.opened.connect(self._open)
        self.behind.opened.connect(self._open)
        year.changed.connect(lambda: self.isVisible() and self.load())
        look.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        for label, name in ((self.told, "quiet"), (self.foot, "muted")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.setChildrenCollapsible(False)
        self.both.addWidget(self.table)
        self.both.addWidget(self.behind)
        self.both.setStretchFactor(0, 1)
        self.both.splitterMoved.connect(self._was_dragged)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.both)
        self.stack.addWidget(self.told)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.foot)

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(16), px(10), px(16), px(10))
        self._column.setSpacing(px(8))
        self.both.setHandleWidth(px(10))
        self.table.setMinimumWidth(px(280))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The units behind a number get what they need, as long as nobody dragged it otherwise, and at most two fifths."""
        if not self._dragged:
            beside = min(self.look.px(BESIDE), self.width() * 2 // 5)
            self.both.setSizes([max(self.width() - beside, 1), beside])

    def _was_dragged(self) -> None:
        self._dragged = True

    # --- what is read ---

    def turn_to(self, view: View) -> None:
        self.view = view
        self.load()

    def choose(self, scope: Scope) -> None:
        """The sums of these units."""
        self.scope = scope
        self.load()

    def load(self) -> None:
        store, catalog = self.year.store, self.year.workspace.catalog
        want = Want(self.view, self.year.year, self.scope, self.bar.form_id())
        if self.seen is None or self.seen.want.view != want.view:
            self.told.setText(words.READING)
            self.stack.setCurrentWidget(self.told)
            self.foot.hide()
        self._run("sight", lambda: sight(store, catalog, want), self.show_sight)

    def _run(self, what: str, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """The newest wish counts."""
        if before := self._tasks.pop(what, None):
            before.cancel()
        task = self._tasks[what] = Task(lambda _task: work())
        self._running.add(task)  # until it has ended, a given-up one too: the thread still speaks through it
        task.ended.connect(lambda: self._running.discard(task))

        def end(result: Any, then: Callable[[Any], object]) -> None:
            del self._tasks[what]
            then(result)

        task.done.connect(lambda result: end(result, done))
        task.failed.connect(lambda error: end(error, self.year.refused.emit))
        task.start()

    def is_idle(self) -> bool:
        """What was asked last is shown."""
        return not self._tasks

    # --- what is shown ---

    def show_sight(self, seen: Sight) -> None:
        self.seen = seen
        self.bar.show_sight(seen)
        self._show_part()

    def _show_part(self) -> None:
        seen = self.seen
        if seen is None:
            return
        grid, told = self._grid(seen)
        self.told.setText(told)
        self.stack.setCurrentWidget(self.told if told else self.both)
        self.table.show_grid(grid)
        self.behind.setVisible(seen.want.view not in ("standings", "heat"))
        self.behind.clear(words.PICK_INDICATOR if seen.want.view == "indicators" else words.PICK_CELL)
        self.foot.setText("" if told else self._foot(seen))
        self.foot.setVisible(bool(self.foot.text()))

    def _grid(self, seen: Sight) -> tuple[Grid, str]:
        """And what is to be said instead of it."""
        at = self.bar.part_number()
        if seen.want.view == "standings":
            return (
                (grids.of_standings(seen.standings[at]), "")
                if seen.standings
                else (Grid(), words.NO_STANDINGS)
            )
        if seen.form is None:
            return Grid(), words.NOTHING
        if seen.want.view == "indicators":
            return grids.of_indicators(seen.indicators), "" if seen.indicators else words.NO_INDICATORS
        if seen.want.view == "differences":
            return _apart(seen)
        if seen.heat is not None:
            return grids.of_heat(seen.heat, seen.form.amount_unit), "" if seen.heat.columns else words.NOTHING
        tables = seen.sums.tables if seen.sums else ()
        return (grids.of_table(tables[at]), "") if tables else (Grid(), words.NOTHING)

    def _foot(self, seen: Sight) -> str:
        if seen.standings:
            one = seen.standings[self.bar.part_number()]
            return words.grades(dict(one.grades), len(one.missing))
        if seen.differences is not None:
            return words.same_cells(seen.differences.same)
        return words.UNREAD if seen.sums and seen.sums.unread else ""

    # --- the units behind a number ---

    def _ask(self, to: object) -> None:
        seen, store, catalog = self.seen, self.year.store, self.year.workspace.catalog
        if seen is None:
            return
        if isinstance(to, Gathered):
            self._run(
                "behind",
                lambda: units_of(store, catalog, seen, to),
                lambda units: self.behind.show_units(to, units),
            )
        elif _is_cell(to):
            self._run("behind", lambda: trace(store, seen, to), self._show_trace)

    def _show_trace(self, found: Traced | None) -> None:
        self.behind.setVisible(True)
        self.behind.show_trace(found)

    def _open(self, to: object) -> None:
        """A unit's paper; a total leads to the units behind it, with the keys in their list."""
        if isinstance(to, tuple) and len(to) == 2:
            self.opened.emit(*to)
        elif self.behind.isVisible():
            self.behind.table.setFocus()


def _is_cell(to: object) -> TypeGuard[At]:
    return isinstance(to, tuple) and len(to) == 3


def _apart(seen: Sight) -> tuple[Grid, str]:
    if seen.scope.node is None:
        return Grid(), words.NO_NODE
    if seen.differences is None:
        return Grid(), words.NO_DIFFERENCES
    return grids.of_differences(seen.differences), "" if seen.differences.cells else words.ALL_SAME
