"""All projects of the year in the middle of the window: their list, what is done with them, what they cost together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import messages as say
from ui.messages import projects as words
from ui.models.projects import ProjectsOfYear, projects_of_year
from ui.project_list import ProjectList

if TYPE_CHECKING:
    from perfdesk.projects import Totals
    from ui.look import Look
    from ui.models.shelf import Shelf
    from ui.workspace import Workspace

SINGLE = ("open", "up", "down")
DEEDS = {
    "add": ("add", words.ADD),
    "copy": ("copy", words.COPY),
    "last-year": ("calendar", words.FROM_LAST_YEAR),
    "up": ("up", words.UP),
    "down": ("down", words.DOWN),
    "batch": ("edit", words.BATCH),
    "delete": ("remove", words.DELETE),
    "export": ("export", words.EXPORT),
}
ALWAYS = ("add", "last-year")


class ProjectsPanel(QWidget):
    """``do``: carries out a deed by its name."""

    def __init__(self, workspace: Workspace, shelf: Shelf, look: Look, do: Callable[[str], object]) -> None:
        super().__init__()
        self.workspace = workspace
        self.shelf = shelf
        self.look = look
        self.view: ProjectsOfYear | None = None
        self.title = _label("title")
        self.list = ProjectList(look)
        self.empty = _label("quiet")
        self.empty.setText(words.EMPTY)
        self.total = _label("dialogTitle")
        self.compared = _label("quiet")
        self.keys = _label("muted")
        self.keys.setText(words.KEYS_HINT)
        self.buttons = {name: QPushButton(text) for name, (_, text) in DEEDS.items()}
        self._tools = QHBoxLayout()
        for name, button in self.buttons.items():
            button.setObjectName("ghost")
            button.clicked.connect(lambda _checked=False, n=name: do(n))
            self._tools.addWidget(button)
        self._tools.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addLayout(self._tools)
        self._column.addWidget(self.list, 1)
        for label in (self.empty, self.total, self.compared, self.keys):
            self._column.addWidget(label)
        self.list.asked.connect(do)
        self.list.itemSelectionChanged.connect(self.offer)
        shelf.changed.connect(self._on_states)
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self.look.px
        self.title.setFont(self.look.font(18, bold=True))
        self._column.setContentsMargins(px(16), px(14), px(16), px(12))
        self._column.setSpacing(px(8))
        self._tools.setSpacing(px(2))
        for name, (icon, _) in DEEDS.items():
            self.buttons[name].setIcon(self.look.icon(icon))
        self.list.measure()
        if self.isVisible():
            self.show_state()

    def show_state(self) -> None:
        space = self.workspace
        self.view = view = projects_of_year(space)
        unit, year = space.unit or say.UNNAMED_UNIT, say.year_text(space.year)
        self.title.setText(words.title(year, unit, len(view.lines)))
        self.list.show_lines(view.lines, self.shelf)
        some = bool(view.lines)
        for widget, wanted in (
            (self.list, some),
            (self.total, some),
            (self.keys, some),
            (self.empty, not some),
        ):
            widget.setVisible(wanted)
        self._show_totals(view.totals)
        self.offer()

    def _show_totals(self, totals: Totals) -> None:
        self.total.setText(words.total(totals.count, totals.total, totals.unit, totals.unread))
        told = [words.compared(c.title, c.amount, c.difference, totals.unit) for c in totals.compared]
        self.compared.setText("\n".join(told))
        self.compared.setVisible(bool(told) and totals.count > 0)

    def _on_states(self) -> None:
        if self.isVisible():
            self.list.show_states(self.shelf)

    def offer(self) -> None:
        chosen = len(self.list.chosen())
        for name, button in self.buttons.items():
            button.setEnabled(name in ALWAYS or (chosen == 1 if name in SINGLE else chosen > 0))
        self.buttons["export"].setEnabled(bool(self.view and self.view.lines))


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
