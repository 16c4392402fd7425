"""A unit's handing is accepted, or goes back to it with what is to be mended, as a file for its program."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from perfdesk.errors import UserError
from ui.messages import bureau as words

if TYPE_CHECKING:
    from perfdesk.commands.sending_back import Sent
    from ui.bureau.page import BureauPage
    from ui.bureau.return_dialog import ReturnDialog
    from ui.bureau.year import BureauYear
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.tasks import Task

NAME, KEY = "bureau/name", "bureau/key"


class Deciding(QObject):
    def __init__(self, year: BureauYear, page: BureauPage, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.year = year
        self.page = page
        self.look = look
        self.window = window

    def accept(self) -> None:
        """Or not any more."""
        unit, handing = self.page.unit, self.year.handing(self.page.unit.key)
        if handing is None or unit.read is None:
            return
        state = "taken" if handing.state == "accepted" else "accepted"
        try:
            self.year.store.bureau.decide(self.year.year, unit.key, state)
        except UserError as error:
            self.window.tell_error(error)
            return
        self.year.load()
        self.window.notice.tell(words.decided(state, unit.read.node.name))

    # --- back to the unit ---

    def send_back(self) -> None:
        dialog = self.dialog()
        if dialog is None:
            return
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.write(dialog.target(), dialog.bureau(), dialog.signing())
        dialog.deleteLater()

    def dialog(self) -> ReturnDialog | None:
        """Made, not shown; None where there is nothing to send back."""
        from perfdesk.handing_back import suggested_return_name
        from ui.bureau.return_dialog import ReturnDialog

        read = self.page.unit.read
        if read is None or read.shown is None or read.is_old:
            return None
        folder = Path(self.window.files.last_folder("return"))
        target = folder / suggested_return_name(read.node.name, read.year)
        name, key = (self.year.workspace.setting(setting) or "" for setting in (NAME, KEY))
        dialog = ReturnDialog(read, target, name, self.look, self.window, key)
        self.window.office.help_in(dialog, "bureau")
        return dialog

    def write(self, target: Path, bureau: str, key: str = "") -> None:
        """The file first; once it is on disk the handing is returned and its notes are sent. ``key``: the file of the private key with
        which it is signed, empty: it is not."""
        if self.window.files.task is not None:
            return
        space, store, year, unit = self.year.workspace, self.year.store, self.year.year, self.page.unit.key
        for setting, text in ((NAME, bureau), (KEY, key)):
            space.set_setting(setting, text)
        space.set_setting("folder/return", str(target.parent))

        def work(_task: Task) -> Sent:
            from perfdesk.bureau.sending_back import Verdict
            from perfdesk.commands.sending_back import send_back
            from perfdesk.commands.storing import private_key
            from perfdesk.handing_back import Signer

            verdict = Verdict("returned", bureau, date.today())
            signer = Signer(bureau, private_key(key)) if key else None
            return send_back(store, space.catalog, year, unit, verdict, target, signer)

        self.window.files.run(work, words.RETURNING, self._sent)

    def _sent(self, sent: Sent) -> None:
        self.year.load()
        self.window.files.tell_written(sent.path)
