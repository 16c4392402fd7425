"""Data that are kept: backups put back, and what is done where the data do not open."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from perfdesk.errors import UserError
from ui.fault_log import FaultLog
from ui.messages import faults as words

if TYPE_CHECKING:
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.models.troubles import Way
    from ui.panels.trouble import Trouble
    from ui.workspace import Workspace


DATA_ONLY = (
    "new",
    "carry",
    "import-file",
    "import-last-year",
    "take-form",
    "units",
    "backups",
    "overview",
    "projects",
    "evaluations",
    "sample",
)
"""Actions that need data that are open."""


class KeepingCommands(QObject):
    """``folder``: of the data, as the program was started. ``wanted``: open the data in this folder."""

    wanted = Signal(object)

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.folder = Path()
        self.log = FaultLog()
        self._closed = False
        workspace.opened.connect(self._offer)

    # --- data that do not open ---

    @cached_property
    def panel(self) -> Trouble:
        """Made when there is trouble for the first time."""
        from ui.panels.trouble import Trouble

        panel = Trouble(self.look)
        panel.asked.connect(self.take)
        self.window.middle.addWidget(panel)
        return panel

    def trouble(self) -> Trouble | None:
        """Showing why there are no data now, and what can be done; None where that is not so."""
        error = self.workspace.trouble
        if error is None:
            return None
        from ui.models.troubles import advise

        self.panel.show_advice(
            advise(error, self.folder), "\n".join(t for t in (error.message, error.detail) if t)
        )
        return self.panel

    def _offer(self) -> None:
        """While no data are open, actions on them are grey."""
        closed = self.workspace.trouble is not None
        if closed != self._closed:
            self._closed = closed
            for name in DATA_ONLY:
                self.window.actions_by_id[name].setEnabled(not closed)

    def take(self, way: Way) -> None:
        """One of the ways out of trouble; what goes wrong on it is the new trouble."""
        match way.deed:
            case "restore":
                self._restore_closed(way.path)
            case "backups":
                self._restore_closed(self._choose_backup())
            case "copy":
                self._copy(way.path)
            case "open":
                self.wanted.emit(way.path)
            case "elsewhere":
                name = QFileDialog.getExistingDirectory(self.window, words.CHOOSE_FOLDER, str(Path.home()))
                self.wanted.emit(Path(name) if name else None)
            case "again":
                self.wanted.emit(self.folder)
            case "folder":
                self.show_folder()

    def _restore_closed(self, source: Path | None) -> None:
        from perfdesk.store import restore_folder

        if source is None:
            return
        try:
            restore_folder(self.folder, source, clock=lambda: datetime.now(UTC))
        except UserError as error:
            self.window.tell_error(error)
            return
        self.wanted.emit(self.folder)
        self._tell_restored(source)

    def _copy(self, place: Path | None) -> None:
        from perfdesk.store import copy_folder

        assert place is not None
        try:
            copy_folder(self.folder, place)
        except UserError as error:
            self.window.tell_error(error)
            return
        self.wanted.emit(place)

    def show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    # --- what is told to those who mend the program ---

    def watch(self) -> None:
        """From now on the log knows which actions were taken, by their names."""
        self.log.folder = self.folder
        for name, action in self.window.actions_by_id.items():
            action.triggered.connect(lambda _checked=False, name=name: self.log.note(name))

    def report_fault(self) -> None:
        """Shown in full before anybody keeps or copies it."""
        from ui.dialogs.fault_report import FaultReportDialog
        from ui.fault_report import report
        from ui.report_facts import facts

        dialog = FaultReportDialog(report(facts(self)), self.look, self.window)
        dialog.refused.connect(self.window.tell_error)
        dialog.exec()
        dialog.deleteLater()

    # --- backups ---

    def _choose_backup(self) -> Path | None:
        from perfdesk.store import backups_of
        from ui.dialogs.backups import BackupsDialog

        store = self.workspace.store
        dialog = BackupsDialog(backups_of(self.folder), self.look, self.window, store is not None)
        self.window.office.help_in(dialog, "backup")
        dialog.opened.connect(self.show_folder)
        dialog.asked.connect(lambda: self.back_up() and dialog.show_backups(backups_of(self.folder)))
        dialog.sent.connect(self.back_up)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.chosen if taken else None

    def backups(self) -> None:
        """The dialogue, and what was chosen in it."""
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        if source := self._choose_backup():
            self.restore(source)

    def back_up(self, to: Path | None = None) -> bool:
        """Into the folder of data, or into a file of the user's."""
        store = self.workspace.store
        try:
            made = store.backup(to) if store else None
        except UserError as error:
            self.window.tell_error(error)
            return False
        if made is not None:
            self.window.notice.tell(words.backed_up(str(to) if to else made.name))
        return made is not None

    def restore(self, source: Path) -> None:
        """Into the open store; what it held is backed up, and one click brings that back."""
        store = self.workspace.store
        if store is None:
            return
        try:
            store.restore(source)
        except UserError as error:
            self.window.tell_error(error)
            return
        self.workspace.attach(store)
        before = next((b.path for b in reversed(store.backups()) if b.reason == "restore"), None)
        self._tell_restored(source, before)

    def _tell_restored(self, source: Path, before: Path | None = None) -> None:
        from perfdesk.store import backups_of
        from ui.models.troubles import when

        known = next((when(b) for b in backups_of(self.folder) if b.path == source), source.name)
        if before is None:
            self.window.notice.tell(words.restored_closed(known))
        else:
            self.window.notice.tell(words.restored(known), words.UNDO_RESTORE, lambda: self.restore(before))
