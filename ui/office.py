"""What stands around the forms: the overview of the year, units and years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from perfdesk.errors import UserError
from ui import messages_units as words

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo
    from ui.dialogs.help import HelpDialog
    from ui.dialogs.units import UnitsDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class OfficeCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.help_dialog: HelpDialog | None = None

    def help(self) -> None:
        """The page for where one stands."""
        self._help(self._topic())

    def keys(self) -> None:
        self._help("keys")

    def _help(self, topic: str) -> None:
        from ui.dialogs.help import HelpDialog

        if self.help_dialog is None:
            self.help_dialog = HelpDialog(self.look, self.window.actions_by_id, self.window)
        self.help_dialog.turn_to(topic)
        self.help_dialog.show()
        self.help_dialog.raise_()

    def _topic(self) -> str:
        window = self.window
        if window.middle.currentWidget() is not window.editor or not window.editor.has_page():
            return "index"
        focus = QApplication.focusWidget()
        if focus is not None and window.findings.isAncestorOf(focus):
            return "findings"
        return window.editor.page.section.id

    def overview(self) -> None:
        """The year at a glance, in the middle of the window."""
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        self.window.overview.show_state()
        self.window.middle.setCurrentWidget(self.window.overview)

    # --- units and years ---

    def units(self) -> None:
        """The dialogue of units and years."""
        if (dialog := self.units_dialog()) is not None:
            dialog.exec()
            dialog.deleteLater()

    def units_dialog(self) -> UnitsDialog | None:
        """Made and connected, not shown; None while there is no store."""
        from ui.dialogs.units import UnitsDialog

        if self.workspace.store is None:
            return None
        self.window.editor.commit()
        dialog = UnitsDialog(self.workspace.store, self.look, self.window)
        dialog.changed.connect(self.workspace.refresh)
        dialog.opened.connect(self.window.top.picked)
        dialog.wanted.connect(self._new_filing_of)
        dialog.refused.connect(self.workspace.refused)
        return dialog

    def _new_filing_of(self, unit: str) -> None:
        self.workspace.unit = unit
        self.window.files.new_filing()

    def say_archived(self) -> None:
        """An archived filing says so, with the way out."""
        space = self.workspace
        here = space.info(space.filing.id) if space.filing and space.filing.id is not None else None
        if here is not None and here.archived:
            self.window.notice.tell(words.ARCHIVED_NOTICE, words.UNARCHIVE, lambda: self._unarchive(here))

    def _unarchive(self, info: FilingInfo) -> None:
        store = self.workspace.store
        unit = next((u for u in store.units() if u.name == info.unit_name), None) if store else None
        if store is None or unit is None:
            return
        try:
            store.office.archive_year(unit.id, info.year, archived=False)
        except UserError as error:
            self.workspace.refused.emit(error)
        self.workspace.refresh()
