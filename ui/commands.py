"""What the actions do to the open filing and to the window's look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from perfdesk.model.change import Step
from perfdesk.model.finding import Place
from ui import messages as say
from ui import panes
from ui.actions import OPEN_ONLY
from ui.form.rows_page import RowsPage
from ui.form.using_last import use_last
from ui.messages import deeds as words
from ui.messages.carry import NO_LAST
from ui.models.viewing import viewing_of

if TYPE_CHECKING:
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


GRAVITY = ("error", "warning", "hint")


class Commands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    # --- back and forth ---

    def undo(self) -> None:
        """First what is being typed, then the steps of the journal."""
        if self.window.editor.pending():
            self.window.editor.revert()
            return
        self.window.editor.revert()
        shown = self.window.middle.currentWidget()
        if label := self.workspace.undo():
            self.window.office.stay(shown)
            self.window.status.tell(say.undone(label))

    def redo(self) -> None:
        self.window.editor.commit()
        shown = self.window.middle.currentWidget()
        if label := self.workspace.redo():
            self.window.office.stay(shown)
            self.window.status.tell(say.redone(label))

    def offer(self) -> None:
        """The menus say what undo and redo would do; an archived filing takes no edit, but can be taken out of the archive."""
        for name in OPEN_ONLY:
            self.window.actions_by_id[name].setEnabled(not self.workspace.archived)
        self.window.actions_by_id["last-year"].setChecked(viewing_of(self.workspace).last_year)
        sealed = self.workspace.sealed is not None
        self.window.actions_by_id["unarchive"].setEnabled(self.workspace.archived and not sealed)
        self.window.actions_by_id["unseal"].setEnabled(sealed)
        for name, label in zip(("undo", "redo"), self.workspace.travels.both(), strict=True):
            action = self.window.actions_by_id[name]
            action.setText(words.travel(say.ACTIONS[name], label))
            keys = action.shortcuts()[0].toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{action.text()}  {keys}")
            action.setEnabled(label is not None)

    # --- findings ---

    def check(self) -> None:
        """Check now, show the findings, go to the first of the gravest."""
        self.window.editor.commit()
        self.workspace.check_now()
        self.window.show_findings()
        waiting = self.window.findings.explained.open
        placed = [f for f in waiting if f.place.row is not None]
        first = min(placed, key=lambda f: GRAVITY.index(f.severity), default=None)
        if first:
            self.jump(first.place)

    def jump(self, place: Place) -> None:
        self.window.editor.commit()
        self.window.middle.setCurrentWidget(self.window.editor)
        self.window.folding.use_editor()
        self.window.editor.show_place(place)

    def mend(self, step: Step) -> None:
        """A fix of a finding is a step like any other."""
        if self.workspace.archived:
            self.window.notice.tell(words.ARCHIVED)
            return
        self.window.editor.commit()
        before = self.workspace.filing
        if self.workspace.apply(step) and before and self.workspace.filing:
            from ui.differences import changed_place

            if place := changed_place(before, self.workspace.filing):
                self.window.editor.show_place(place)

    # --- rows of the page that is shown ---

    def add_row(self) -> None:
        self._on_page("add_row")

    def add_group(self) -> None:
        self._on_page("add_group")

    def remove_rows(self) -> None:
        self._on_page("remove_rows")

    def move(self, by: int) -> None:
        self._on_page("move", by)

    def level(self, by: int) -> None:
        self._on_page("level", by)

    def copy(self) -> None:
        self._on_page("copy")

    def paste(self) -> None:
        self._on_page("paste")

    def fill_down(self) -> None:
        self._on_page("fill_down")

    def turn_last_year(self) -> None:
        self.window.editor.commit()
        viewing = viewing_of(self.workspace)
        viewing.show_last_year(not viewing.last_year)
        self.offer()

    def use_last(self) -> None:
        """Last year's values into the cells chosen."""
        editor = self.window.editor
        if self.workspace.archived:
            self.window.notice.tell(words.ARCHIVED)
        elif self.workspace.filing is not None and editor.has_page():
            editor.page.commit()
            if not use_last(self.workspace, editor.page):
                self.window.status.tell(NO_LAST)

    def take(self, which: str) -> None:
        self._on_page("take", which)

    def clear(self) -> None:
        self._on_page("clear")

    def _on_page(self, what: str, *arguments: object) -> None:
        editor = self.window.editor
        if self.workspace.filing is None or not editor.has_page():
            return
        page = editor.page
        if page.has_rows():
            page.commit()
            getattr(page, what)(*arguments)

    def fold_all(self, fold: bool) -> None:
        editor = self.window.editor
        page = editor.page if editor.has_page() else None
        if isinstance(page, RowsPage):
            if fold:
                page.grid.collapseAll()
            else:
                page.grid.expandAll()

    def turn_tab(self, by: int) -> None:
        if self.window.editor.has_page():
            self.window.editor.turn_by(by)

    # --- finding and looking ---

    def turn_pane(self, by: int) -> None:
        panes.turn(self.window, by)

    def find(self) -> None:
        from ui.dialogs.finder import Finder
        from ui.models.found import Ways

        window = self.window
        window.editor.commit()
        ways = Ways(self.jump, window.editor.turn_to_section, window.actions_by_id)
        finder = Finder(self.workspace, ways, self.look, window)
        finder.place_below(window.top.finder)
        finder.show()
        finder.activateWindow()
        finder.words.setFocus()

    def turn_side(self, side: str) -> None:
        self.window.folding.turn(side)

    def zoom(self, steps: int) -> None:
        if steps:
            self.look.zoom_by(steps)
        else:
            self.look.wear(zoom=1.0)
        self.workspace.set_setting("window/zoom", str(self.look.theme.zoom))

    def turn_dark(self) -> None:
        self.look.wear(dark=not self.look.theme.dark)
        self.workspace.set_setting("window/dark", "1" if self.look.theme.dark else "")

    def turn_contrast(self) -> None:
        self.look.wear(strong=not self.look.theme.strong)
        self.workspace.set_setting("window/contrast", "1" if self.look.theme.strong else "")
