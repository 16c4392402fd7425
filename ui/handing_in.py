"""What the actions do about handing in: the package of the year, and opening again what was handed in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from perfdesk.errors import UserError
from ui import messages as say
from ui.messages import handing_in as words
from ui.messages import paper
from ui.messages.remarks import UNSEAL_REASON
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.handing_in import Gathered, Package
    from perfdesk.store import FilingInfo, Store
    from ui.dialogs.unseal import UnsealDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class HandInCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    # --- the package ---

    def show(self) -> None:
        """All forms of the year are checked, then the dialogue tells what goes and asks where to."""
        space = self.workspace
        self.window.editor.commit()
        store, unit, year = space.store, space.unit, space.year
        if store is None or unit is None or year is None or not space.infos():
            self.window.status.tell(words.NOTHING)
            return
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return
        catalog, off = space.catalog, space.switched.off

        def work(_task: Task) -> Gathered:
            from perfdesk.commands.submitting import gathered

            return gathered(store, catalog, unit, year, off)

        self.window.files.run(work, words.LOOKING, lambda what: self._ask(store, what))

    def _ask(self, store: Store, what: Gathered) -> None:
        from ui.dialogs.hand_in import HandInDialog

        sealed = {i.id for i in store.filings(what.year) if i.sealed}
        folder = self.window.files.last_folder("package")
        dialog = HandInDialog(what, sealed, folder, self.look, self.window)
        self.window.office.help_in(dialog, "handing-in")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.workspace.set_setting("folder/package", str(dialog.target().parent))
            self.write(store, what, dialog.target(), dialog.draft.isChecked())
        elif dialog.jump is not None:
            self.workspace.open(dialog.jump)
            self.window.middle.setCurrentWidget(self.window.editor)
        dialog.deleteLater()

    def write(self, store: Store, what: Gathered, target: Path, draft: bool) -> None:
        """In the background; nothing is sealed unless the file is on disk."""
        catalog, count = self.workspace.catalog, len(what.handed)

        def work(task: Task) -> Package:
            from perfdesk.commands.submitting import hand_in
            from perfdesk.handing_in import packed

            def going_on(number: int) -> bool:
                task.told.emit(words.packing(number, count))
                return not task.cancelled()

            made = packed(what, catalog, date.today(), draft, going_on=going_on)
            hand_in(store, what, made, target, draft)
            return made

        def done(made: Package) -> None:
            self.workspace.refresh()
            folder = QUrl.fromLocalFile(str(target.parent))
            told = words.packed(target.name, made.check_code, 0 if draft else count)
            self.window.notice.tell(told, say.OPEN_FOLDER, lambda: QDesktopServices.openUrl(folder))

        self.window.files.run(work, words.packing(1, count), done)

    # --- opening it again ---

    def unseal(self) -> None:
        """The open filing, or all of its year that were handed in, with the reason that is asked for."""
        if (dialog := self.unseal_dialog()) is not None:
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self.open_again(dialog.reason.text(), dialog.all.isChecked())
            dialog.deleteLater()

    def unseal_dialog(self) -> UnsealDialog | None:
        """Made, not shown; None where the open filing is not sealed."""
        from ui.dialogs.unseal import UnsealDialog

        space = self.workspace
        if space.filing is None or space.sealed is None:
            return None
        info = space.info(space.open_id) if space.open_id is not None else None
        reason = UNSEAL_REASON if info and info.decision == "returned" else ""
        return UnsealDialog(space.filing.title, len(self._sealed()), self.look, self.window, reason)

    def open_again(self, reason: str, every: bool) -> None:
        space = self.workspace
        if space.store is None or space.open_id is None:
            return
        filings = [i.id for i in self._sealed()] if every else [space.open_id]
        try:
            space.store.office.unseal(filings, reason)
        except UserError as error:
            space.refused.emit(error)
            return
        space.refresh()
        self.window.notice.tell(words.unsealed(len(filings)))

    def _sealed(self) -> list[FilingInfo]:
        """Of the unit and year that are shown."""
        space = self.workspace
        return [i for i in space.infos() if i.year == space.year and i.sealed]
