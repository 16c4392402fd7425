"""The middle of the window: title, section tabs, and the page of the chosen section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from perfdesk.model.evaluation import FACTS
from perfdesk.model.finding import Place
from ui import messages as say
from ui.evaluation.strip import ScoreStrip
from ui.form.archived_bar import ArchivedBar
from ui.form.page import Page
from ui.form.page_stack import PageStack
from ui.form.tab_words import tab_count, tab_label
from ui.tabs import TabStrip
from ui.workspace import Changes

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace


BEGIN = ("tree", "goals", "ledger")
"""Kinds of sections; the first of them is shown first."""


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
        self.sections: list[Section] = []
        self._form_id = ""
        self.title = QLabel()
        self.title.setObjectName("title")
        self.title.setWordWrap(True)
        self.sub = QLabel()
        self.sub.setObjectName("quiet")
        self.tabs = TabStrip(look)
        self.stack = PageStack(self._page_of)
        self._column = QVBoxLayout(self)
        self.archived = ArchivedBar(look, actions["unarchive"], actions["unseal"])
        self.strip = ScoreStrip(look)
        for widget in (self.title, self.sub, self.archived, self.strip, self.tabs, self.stack):
            self._column.addWidget(widget, 1 if widget is self.stack else 0)
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
        for page in self.stack.made():
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
        self.sections = in_working_order(sections)
        self.stack.begin(self.sections)
        self._name()
        start = next((n for n, s in enumerate(self.sections) if s.kind in BEGIN), 0)
        self.stack.make(start)
        self.turn_to(start, focus=False)

    def _page_of(self, section: Section) -> Page:
        from ui.form.pages import page_of  # of any kind, and no empty window has one

        page = page_of(section, self.workspace, self.look, self.actions_by_id)
        page.told.connect(self.told)
        page.tried.connect(self.strip.show_trial)
        page.sought.connect(self.show_place)
        page.selected.connect(self._on_selected)
        page.placed.connect(self._on_placed)
        return page

    @property
    def pages(self) -> list[Page]:
        """All of them, made where they were not yet."""
        return [self.stack.filled(number) for number in range(len(self.sections))]

    def _score(self) -> None:
        values = self.workspace.values
        self.strip.show_state(values.evaluated if values else None)

    def _name(self) -> None:
        space = self.workspace
        self.tabs.set_tabs([say.tab_text(tab_label(s), tab_count(s, space)) for s in self.sections])
        self.sub.setText(self._sub_line())

    def _sub_line(self) -> str:
        space = self.workspace
        if space.filing is None or space.form is None:
            return ""
        info = space.info(space.filing.id) if space.filing.id is not None else None
        source = say.first_step(info.origin, info.steps - 1) if info else ""
        return say.sub_line(space.filing.year, space.form.amount_unit, source)

    def _on_change(self, changes: Changes) -> None:
        for page in self.stack.made():
            page.update_cells()
        self._score()
        self._name()
        if changes.origin in ("undo", "redo") and changes.place and not self.page.show_change(changes.place):
            self.show_place(changes.place)
        self.selected.emit(*self.page.selection())

    def _remark(self) -> None:
        for page in self.stack.made():
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
        return bool(self.sections)

    def turn_to(self, number: int, focus: bool = True) -> None:
        self.commit()
        self.stack.filled(number)
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
            self.turn_to(next(n for n, s in enumerate(self.sections) if s.id == wanted))

    def turn_by(self, by: int) -> None:
        self.turn_to((self.stack.currentIndex() + by) % len(self.sections))

    def show_place(self, place: Place) -> bool:
        """Turn to the section of the place and select it there."""
        row = self.workspace.filing.row(place.row) if self.workspace.filing and place.row else None
        # A cell of a printed table has no row: its place is the table and the key of the printed row.
        table = (place.row or "").partition("!")[0] if place.row and "!" in place.row else None
        # What is missing has no row either: its place is the section it would stand in.
        section = row.section if row else table or place.row
        for number, one in enumerate(self.sections):
            if one.id == section:
                page = self.stack.filled(number)
                if self.stack.currentIndex() != number:
                    self.turn_to(number, focus=False)
                if not page.show_place(place):
                    page.first().setFocus()
                return True
        return False

    # --- what is being typed ---

    def pending(self) -> bool:
        return any(page.pending() for page in self.stack.made())

    def commit(self) -> None:
        for page in self.stack.made():
            page.commit()

    def keep(self) -> None:
        """As ``commit``, but whoever types goes on typing where he was."""
        for page in self.stack.made():
            page.keep()

    def revert(self) -> None:
        for page in self.stack.made():
            page.revert()
