"""What the actions do about packs of forms: installed and in use at once, removed where nobody uses them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from perfdesk.errors import UserError
from ui.messages import form_packs as words
from ui.messages import paper
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.pack_folders import Pack
    from perfdesk.packs import UnknownKey
    from ui.dialogs.form_packs import FormPacksDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class FormPackCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def show(self, offered: Path | None = None) -> None:
        """The dialogue of what is installed; ``offered`` is installed at once, as the file manager asks for it by a double click."""
        if (dialog := self.dialog()) is not None:
            if offered is not None:
                QTimer.singleShot(0, lambda: self.install(dialog, offered))
            dialog.exec()
            dialog.deleteLater()

    def take(self, files: list[Path]) -> list[Path]:
        """Those that are no packs; the first that is one is shown and installed as soon as the window is free."""
        packs = [file for file in files if file.suffix.lower() == ".pdpack"]
        if packs:
            QTimer.singleShot(0, lambda: self.show(packs[0]))
        return [file for file in files if file not in packs]

    def dialog(self) -> FormPacksDialog | None:
        """Made and connected, not shown; None while there is no store."""
        from ui.dialogs.form_packs import FormPacksDialog

        if self.workspace.store is None:
            return None
        self.window.editor.commit()
        dialog = FormPacksDialog(self.window.files.last_folder("pack"), self.look, self.window)
        self.window.office.help_in(dialog, "updates")
        dialog.wanted.connect(lambda path: self.install(dialog, path))
        dialog.unwanted.connect(lambda name: self.remove(dialog, name))
        self._say(dialog)
        return dialog

    def install(self, dialog: FormPacksDialog, path: Path, confirmed: str = "") -> None:
        """Proved and checked in the background; a key that nobody knows is asked about."""
        store = self.workspace.store
        if store is None:
            return
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return
        self.workspace.set_setting("folder/pack", str(path.parent))
        data, used = store.vault.folder, self._used()

        def work(_task: Task) -> Pack | UnknownKey:
            from perfdesk import packs

            try:
                return packs.install(data, packs.offered(path), used, date.today(), confirmed)
            except packs.UnknownKey as unknown:
                return unknown

        def done(found: Pack | UnknownKey) -> None:
            if isinstance(found, UserError):
                self._confirm(dialog, path, found)
            else:
                self._learn(dialog, words.installed(found.title, found.release, len(found.forms)))

        self.window.files.run(work, words.installing(path.name), done)

    def _confirm(self, dialog: FormPacksDialog, path: Path, unknown: UnknownKey) -> None:
        from ui.dialogs.form_packs import TrustDialog

        question = TrustDialog(unknown.offered, self.look, dialog if isValid(dialog) else self.window)
        if question.exec() == QDialog.DialogCode.Accepted:
            self.install(dialog, path, unknown.offered.fingerprint)
        question.deleteLater()

    def remove(self, dialog: FormPacksDialog, name: str) -> None:
        from perfdesk import packs

        store = self.workspace.store
        if store is None:
            return
        try:
            gone = packs.remove(store.vault.folder, name, self._used())
        except UserError as error:
            self.window.tell_error(error)
            return
        self._learn(dialog, words.removed(gone.title, gone.release))

    def _used(self) -> set[str]:
        return {info.form for info in self.workspace.all_infos()}

    def _learn(self, dialog: FormPacksDialog, told: str) -> None:
        self.window.office.code_lists.learn()
        self._say(dialog, told)

    def _say(self, dialog: FormPacksDialog, told: str = "") -> None:
        from perfdesk.pack_folders import installed

        store = self.workspace.store
        if not isValid(dialog):  # closed while the pack was being checked
            self.window.notice.tell(told)
        elif store is not None:
            names = {f.id: f"{f.title}（{f.scheme_name}）" for f in self.workspace.catalog.forms.values()}
            dialog.show_packs(installed(store.vault.folder), names, told)
