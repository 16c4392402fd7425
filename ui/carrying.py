"""Carrying a year into another: the dialogue, and one undoable deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from perfdesk.carry.choose import step_label
from ui import messages as say
from ui.messages import carry as words
from ui.tasks import Task

if TYPE_CHECKING:
    from ui.dialogs.carry import CarryDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class CarryCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def show(self, target: int | None = None, scheme: str = "") -> None:
        """``target``: the new year; None: the year after the one that is shown, or the shown one where it holds nothing yet."""
        dialog = self.dialog(target, scheme)
        if dialog is None:
            self.window.notice.tell(words.NOTHING)
            return
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._carry(dialog)
        dialog.deleteLater()

    def dialog(self, target: int | None = None, scheme: str = "") -> CarryDialog | None:
        """Made and connected, not shown; None where there is nothing to carry."""
        from ui.dialogs.carry import CarryDialog

        space = self.workspace
        self.window.editor.commit()
        years = space.years()
        if space.store is None or not years:
            return None
        source = space.year if space.year in years else years[0]
        assert source is not None
        if target is not None and source >= target:
            source = next((y for y in years if y < target), source)
        dialog = CarryDialog(space, years, source, target or source + 1, scheme, self.look, self.window)
        self.window.office.help_in(dialog, "carry")
        return dialog

    def _carry(self, dialog: CarryDialog) -> None:
        """As one deed, off the window's thread; the first of the new filings of the shown unit is opened."""
        store, carrying, year = self.workspace.store, dialog.carrying, dialog.from_year()
        if store is None or carrying is None:
            return

        def work(task: Task) -> tuple[int, ...]:
            filings = carrying.filings(store)
            return () if task.cancelled() else store.add_all(filings, step_label(year), carrying.units())

        def done(made: tuple[int, ...]) -> None:
            units = carrying.units()
            here = self.workspace.unit
            self.workspace.open(made[units.index(here) if here in units else 0])
            self.window.show_state()
            self.window.notice.tell(words.done(len(made), say.year_text(year)))

        self.window.files.run(work, words.CARRYING, done)
