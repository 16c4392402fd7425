"""What the actions do about paper: preview, print, export of many files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perfdesk.errors import UserError
from perfdesk.model.filing import Filing
from ui import messages as say
from ui.blanks import BlankCommands
from ui.evaluation.report_beside import known_beside
from ui.messages import paper as words
from ui.models.pages import Printed, Refused, printed
from ui.side import PREVIEW
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.model.form import Form
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.models.exports import Done, Job
    from ui.workspace import Workspace


class Printouts(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.blanks = BlankCommands(workspace, look, window)

    def fill_blank(self) -> None:
        self.blanks.fill()

    def take_form(self) -> None:
        self.blanks.take_form()

    def preview(self) -> None:
        """The cell that is being typed in stays open: nothing is in the way of typing."""
        if self.workspace.filing is not None:
            self.window.room.toggle()
            if self.window.side.current() == PREVIEW:
                self.window.folding.bring("right")

    # --- printing ---

    def print_form(self) -> None:
        """The open filing as it is now, with the draft mark where errors are open; the system's dialogue asks for the printer."""
        self.window.editor.commit()
        space = self.workspace
        space.check_now()
        form, filing = space.form, space.filing
        if form is None or filing is None or self._is_busy():
            return
        draft = any(f.severity == "error" for f in space.findings)
        known = known_beside(space.values)

        def work(_task: Task) -> Printed:
            made = printed(form, filing, draft, beside=known)
            if isinstance(made, Refused):
                raise made.error
            return made

        title = f"{filing.unit_name}{filing.title}"
        self.window.files.run(work, words.PRINT_PREPARING, lambda shown: self._ask_printer(shown, title))

    def _ask_printer(self, shown: Printed, title: str) -> None:
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        from ui.printing import chosen_pages, new_printer

        printer = new_printer(shown, title)
        dialog = QPrintDialog(printer, self.window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(shown.pages))
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer, shown, chosen_pages(printer, len(shown.pages)))
        dialog.deleteLater()

    def print_on(self, printer: Any, shown: Printed, numbers: list[int]) -> None:
        """In the background; ``numbers`` of the pages from 0."""
        from ui.printing import print_pages

        self.window.files.run(
            lambda task: print_pages(shown, printer, numbers, task.cancelled),
            words.printing(len(numbers)),
            lambda count: self.window.notice.tell(words.printed(count, shown.draft)),
        )

    # --- export ---

    def export_files(self, together: bool = False) -> None:
        """The dialog; then all files in the background, with what was not written told at the end. ``together``: all of the year in
        one document is what it offers first."""
        from ui.dialogs.export import ExportDialog

        self.window.editor.commit()
        space = self.workspace
        if space.form is None or space.filing is None or self._is_busy():
            return
        here = space.form, space.filing
        folder = self.window.files.last_folder("export")
        dialog = ExportDialog(space, here, self._this_year(), folder, self.look, self.window)
        self.window.office.help_in(dialog, "export")
        dialog.set.setChecked(together and dialog.several)
        if dialog.exec() == ExportDialog.DialogCode.Accepted:
            self.write_files(dialog.jobs(), dialog.open_after.isChecked())
        elif dialog.wants_blank:
            self.blanks.fill()
        elif dialog.jump:
            self.window.commands.jump(dialog.jump)
        dialog.deleteLater()

    def _this_year(self) -> list[tuple[Form, Filing]]:
        """The forms of the open filing's unit and year."""
        space = self.workspace
        if space.store is None:
            return []
        filings = [space.store.filing(i.id) for i in space.infos() if i.year == space.year]
        return [(space.catalog.form(f.form), f) for f in filings if f.form in space.catalog.forms]

    def write_files(self, planned: tuple[Job, ...], open_after: bool) -> None:
        from ui.models.exports import write_all

        off = self.workspace.switched.off

        def work(task: Task) -> Done:
            def tell(number: int, file: Path) -> None:
                task.told.emit(words.exporting_one(number, len(planned), file.name))

            return write_all(planned, tell, task.cancelled, off)

        first = words.exporting_one(1, len(planned), planned[0].target.name)
        self.window.files.run(work, first, lambda done: self._tell_done(done, open_after))

    def _tell_done(self, done: Done, open_after: bool) -> None:
        if done.written:
            folder = done.written[0].parent
            count = len(done.written)
            text = words.exported_all(count, str(folder)) if count > 1 else say.exported(done.written[0].name)
            self.window.notice.tell(text, say.OPEN_FOLDER, lambda: _open(folder))
            if open_after:
                _open(folder)
        if done.failed:
            detail = "\n".join(f"{file.name}：{error.message}" for file, error in done.failed)
            message = words.export_failed(len(done.failed), done.failed[0][1].message)
            self.window.tell_error(UserError("not-written", message, detail))

    def _is_busy(self) -> bool:
        """Told, where other work is going on."""
        busy = self.window.files.task is not None
        if busy:
            self.window.status.tell(words.BUSY)
        return busy


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
