"""All self-evaluations of the year in the middle of the window: totals, average, grades, the weakest lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.evaluation.evaluated import shown_points
from perfdesk.evaluation.ranking import Ranking, ranking
from ui import messages as say
from ui.evaluation.lists import EvaluationList, WorstList
from ui.messages import evaluation as words
from ui.models.projects import filings_of

if TYPE_CHECKING:
    from ui.look import Look
    from ui.models.shelf import Shelf
    from ui.workspace import Workspace

DEEDS = {
    "make": ("add", words.MAKE),
    "open": ("edit", words.OPEN),
    "delete": ("remove", words.DELETE),
    "export": ("export", words.EXPORT),
}


class EvaluationsPanel(QWidget):
    """``do``: carries out a deed by its name. ``weak``: a line in which points were lost was asked for."""

    weak = Signal(object)

    def __init__(self, workspace: Workspace, shelf: Shelf, look: Look, do: Callable[[str], object]) -> None:
        super().__init__()
        self.workspace = workspace
        self.shelf = shelf
        self.look = look
        self.view: Ranking | None = None
        self.title, self.empty = _label("title"), _label("quiet")
        self.empty.setText(words.EMPTY)
        self.total, self.left, self.keys = _label("dialogTitle"), _label("quiet"), _label("muted")
        self.left.setText(words.NOT_COUNTED)
        self.keys.setText(words.KEYS_HINT)
        self.list, self.worst = EvaluationList(look), WorstList(look)
        self.worst_head = _label("groupHead")
        self.worst_head.setText(words.WORST)
        self.buttons = {name: QPushButton(text) for name, (_, text) in DEEDS.items()}
        self._tools = QHBoxLayout()
        for name, button in self.buttons.items():
            button.setObjectName("ghost")
            button.clicked.connect(lambda _checked=False, n=name: do(n))
            self._tools.addWidget(button)
        self._tools.addStretch(1)
        self._lay_out()
        self.list.asked.connect(do)
        self.list.itemSelectionChanged.connect(self.offer)
        self.worst.asked.connect(self._seek)
        shelf.changed.connect(self._on_states)
        look.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addLayout(self._tools)
        self._column.addWidget(self.list, 3)
        for label in (self.empty, self.total, self.left, self.keys, self.worst_head):
            self._column.addWidget(label)
        self._column.addWidget(self.worst, 2)
        self._column.addStretch(0)

    def _measure(self) -> None:
        px = self.look.px
        self.title.setFont(self.look.font(18, bold=True))
        self._column.setContentsMargins(px(16), px(14), px(16), px(12))
        self._column.setSpacing(px(6))
        self._tools.setSpacing(px(2))
        for name, (icon, _) in DEEDS.items():
            self.buttons[name].setIcon(self.look.icon(icon))
        self.list.measure()
        self.worst.measure()

    def show_state(self) -> None:
        space = self.workspace
        self.view = found = ranking(filings_of(space, space.year))
        unit, year = space.unit or say.UNNAMED_UNIT, say.year_text(space.year)
        self.title.setText(words.title(year, unit, len(found.rows)))
        self.list.show_rows(found.rows, self.shelf)
        self.worst.show_rows(found.worst)
        average = "" if found.average is None else shown_points(found.average)
        grades = [words.graded(name, count) for name, count in found.grades.items()]
        self.total.setText(words.averaged(len(found.counted), average, grades))
        some, lost = bool(found.rows), bool(found.worst)
        open_ones = any(not r.complete for r in found.rows)
        for widget, wanted in (
            (self.list, some),
            (self.total, some),
            (self.left, open_ones),
            (self.keys, some),
            (self.empty, not some),
            (self.worst_head, lost),
            (self.worst, lost),
        ):
            widget.setVisible(wanted)
        self._column.setStretch(self._column.count() - 1, 0 if some else 1)
        self.offer()

    def _on_states(self) -> None:
        if self.isVisible():
            self.list.show_states(self.shelf)

    def offer(self) -> None:
        chosen = len(self.list.chosen())
        self.buttons["open"].setEnabled(chosen == 1)
        self.buttons["delete"].setEnabled(chosen > 0)
        self.buttons["export"].setEnabled(bool(self.view and self.view.rows))

    def _seek(self, deed: str) -> None:
        at = self.worst.current()
        if deed == "open" and at is not None and self.view is not None:
            self.weak.emit(self.view.worst[at])


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
