"""The middle of the window: title, section tabs, and the page of the chosen section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.model.evaluation import FACTS
from perfdesk.model.finding import Place
from ui import messages as say
from ui.evaluation.strip import ScoreStrip
from ui.form.archived_bar import ArchivedBar
from ui.form.page import Page
from ui.tabs import TabStrip
from ui.workspace import Changes

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace


def in_working_order(sections: tuple[Section, ...]) -> list[Section]:
    """As the form has them; of a budget first who it is, then what is typed by code, what is made of it, and the rest; of a
    self-evaluation the facts before what is made of them."""
    tree = next((n for n, s in enumerate(sections) if s.kind == "tree"), None)
    if tree is not None and any(s.id == FACTS for s in sections):
        facts = [s for s in sections if s.id == FACTS]
        return [*sections[:tree], *facts, *(s for s in sections[tree:] if s.id != FACTS)]
    if not any(s.kind == "ledger" for s in sections):
        return list(sections)
    ranks = {"ledger": 1, "table": 2}
    return [sections[0], *sorted(sections[1:], key=lambda s: ranks.get(s.kind, 3))]


class FormEditor(QWidget):
    """``told``, ``selected`` and ``placed`` as pages say; ``paged``: another page is shown."""

    told = Signal(str)
    selected = Signal(int, object)
    paged = Signal()
    placed = Signal(object)

    def __init__(self, workspace: Workspace, look: Look, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.actions_by_id = actions
        self.pages: list[Page] = []
        self._form_id = ""
        self.title = QLabel()
        self.title.setObjectName("title")
        self.title.setWordWrap(True)
        self.sub = QLabel()
        self.sub.setObjectName("quiet")
        self.tabs = TabStrip(look)
        self.stack = QStackedWidget()
        self._column = QVBoxLayout(self)
        self.archived = ArchivedBar(look, actions["unarchive"], actions["unseal"])
        self.strip = ScoreStrip(look)
        for widget in (self.title, self.sub, self.archived, self.strip, self.tabs):
            self._column.addWidget(widget)
        self._column.addWidget(self.stack, 1)
        self._column.insertSpacing(2, 8)
        self._column.insertSpacing(6, 4)
        self._connect()
        self._measure()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.turn_to)
        self.workspace.opened.connect(self.load)
        self.workspace.listed.connect(self.tell_closed)
        self.workspace.changed.connect(self._on_change)
        self.workspace.checked.connect(self._remark)
        self.look.changed.connect(self._measure)

    def _measure(self) -> None:
        px = self.look.px
        self.title.setFont(self.look.font(18, bold=True))
        self._column.setContentsMargins(px(16), px(14), px(16), px(12))
        self._column.setSpacing(px(3))

    # --- showing a filing ---

    def load(self) -> None:
        """Show the open filing; the section stays where the form has it."""
        filing, form = self.workspace.filing, self.workspace.form
        if filing is None or form is None:
            return
        if form.id != self._form_id:
            self._rebuild(form.sections)
            self._form_id = form.id
        for page in self.pages:
            page.load()
        self.tell_closed()
        self._score()
        self.title.setText(filing.title)
        self._name()
        self.page.first().setFocus()
        self.selected.emit(*self.page.selection())
        self.placed.emit(self.page.place())

    def tell_closed(self) -> None:
        """Whether it can only be looked at, and what the bureau has said about it."""
        space = self.workspace
        info = space.info(space.open_id) if space.open_id is not None else None
        self.archived.show_state(space.archived, space.sealed, info)

    def _rebuild(self, sections: tuple[Section, ...]) -> None:
        from ui.form.pages import page_of  # all kinds of them, and no empty window has one

        for page in self.pages:
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages = [
            page_of(section, self.workspace, self.look, self.actions_by_id)
            for section in in_working_order(sections)
        ]
        for page in self.pages:
            page.told.connect(self.told)
            page.tried.connect(self.strip.show_trial)
            page.sought.connect(self.show_place)
            page.selected.connect(self._on_selected)
            page.placed.connect(self._on_placed)
            self.stack.addWidget(page)
        self._name()
        start = next(
            (n for n, p in enumerate(self.pages) if p.section.kind in ("tree", "goals", "ledger")), 0
        )
        self.turn_to(start, focus=False)

    def _score(self) -> None:
        values = self.workspace.values
        self.strip.show_state(values.evaluated if values else None)

    def _name(self) -> None:
        self.tabs.set_tabs([say.tab_text(p.label(), p.count()) for p in self.pages])
        self.sub.setText(self._sub_line())

    def _sub_line(self) -> str:
        space = self.workspace
        if space.filing is None or space.form is None:
            return ""
        info = space.info(space.filing.id) if space.filing.id is not None else None
        source = say.first_step(info.origin, info.steps - 1) if info else ""
        return say.sub_line(space.filing.year, space.form.amount_unit, source)

    def _on_change(self, changes: Changes) -> None:
        for page in self.pages:
            page.update_cells()
        self._score()
        self._name()
        if changes.origin in ("undo", "redo") and changes.place and not self.page.show_change(changes.place):
            self.show_place(changes.place)
        self.selected.emit(*self.page.selection())

    def _remark(self) -> None:
        for page in self.pages:
            page.remark()

    def _on_selected(self, rows: int, total: object) -> None:
        if self.sender() is self.page:
            self.selected.emit(rows, total)

    def _on_placed(self, place: Place | None) -> None:
        if self.sender() is self.page:
            self.placed.emit(place)

    # --- pages ---

    @property
    def page(self) -> Page:
        shown = self.stack.currentWidget()
        if isinstance(shown, Page):
            return shown
        raise LookupError("no page is shown")

    def has_page(self) -> bool:
        return bool(self.pages)

    def turn_to(self, number: int, focus: bool = True) -> None:
        self.commit()
        self.tabs.choose(number)
        self.stack.setCurrentIndex(number)
        if focus:
            self.page.first().setFocus()
        self.selected.emit(*self.page.selection())
        self.paged.emit()
        self.placed.emit(self.page.place())

    def turn_to_section(self, number: int) -> None:
        """The page of the form's section with that number: pages may stand in another order."""
        if form := self.workspace.form:
            wanted = form.sections[number].id
            self.turn_to(next(n for n, p in enumerate(self.pages) if p.section.id == wanted))

    def turn_by(self, by: int) -> None:
        self.turn_to((self.stack.currentIndex() + by) % len(self.pages))

    def show_place(self, place: Place) -> bool:
        """Turn to the section of the place and select it there."""
        row = self.workspace.filing.row(place.row) if self.workspace.filing and place.row else None
        # A cell of a printed table has no row: its place is the table and the key of the printed row.
        table = (place.row or "").partition("!")[0] if place.row and "!" in place.row else None
        # What is missing has no row either: its place is the section it would stand in.
        section = row.section if row else table or place.row
        for number, page in enumerate(self.pages):
            if page.section.id == section:
                if self.stack.currentIndex() != number:
                    self.turn_to(number, focus=False)
                if not page.show_place(place):
                    page.first().setFocus()
                return True
        return False

    # --- what is being typed ---

    def pending(self) -> bool:
        return any(page.pending() for page in self.pages)

    def commit(self) -> None:
        for page in self.pages:
            page.commit()

    def keep(self) -> None:
        """As ``commit``, but whoever types goes on typing where he was."""
        for page in self.pages:
            page.keep()

    def revert(self) -> None:
        for page in self.pages:
            page.revert()
