"""What the actions do about paper: preview, print, export of many files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui import messages_paper as words
from ui.models.pages import Printed, Refused, printed
from ui.tasks import Task

if TYPE_CHECKING:
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class Printouts(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def preview(self) -> None:
        """The cell that is being typed in stays open: nothing is in the way of typing."""
        if self.workspace.filing is not None:
            self.window.room.toggle()

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

        def work(_task: Task) -> Printed:
            made = printed(form, filing, draft)
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

    def _is_busy(self) -> bool:
        """Told, where other work is going on."""
        busy = self.window.files.task is not None
        if busy:
            self.window.status.tell(words.BUSY)
        return busy
