"""What is done with the sums: of which units, into files."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog

from ui.bureau.scope_dialog import ScopeDialog
from ui.messages import bureau_sums as words
from ui.messages import paper

if TYPE_CHECKING:
    from perfdesk.document.blocks import Document
    from ui.bureau.sums_page import SumsPage
    from ui.bureau.year import BureauYear
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.tasks import Task

ENDINGS = (".xlsx", ".docx", ".pdf")


class Summing(QObject):
    def __init__(self, year: BureauYear, page: SumsPage, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.year = year
        self.page = page
        self.look = look
        self.window = window
        page.bar.of.clicked.connect(self.choose)
        page.bar.exported.connect(self.export)

    def choose(self) -> None:
        if self.year.read is None:
            return
        dialog = ScopeDialog(self.year.read, self.page.scope, self.look, self.window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.page.choose(dialog.scope())
        dialog.deleteLater()

    def export(self, what: str) -> None:
        start = Path(self.window.files.last_folder("export")) / words.file_name(
            self.page.bar.of.text(), self.year.year
        )
        name, chosen = QFileDialog.getSaveFileName(
            self.window, words.EXPORT, f"{start}.xlsx", words.EXPORT_FILTER
        )
        if name:
            ending = next((e for e in ENDINGS if e in chosen), ENDINGS[0])
            target = Path(name) if Path(name).suffix in ENDINGS else Path(f"{name}{ending}")
            self.write(what, target)

    def write(self, what: str, target: Path) -> None:
        """``what``: "all": the summary; "form": the form that is shown, of all units as one."""
        seen = self.page.seen
        if seen is None or seen.form is None:
            return
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return
        self.year.workspace.set_setting("folder/export", str(target.parent))

        def work(_task: Task) -> Path:
            from perfdesk.formats.write import write

            write(self._all() if what == "all" else self._form(), target)
            return target

        self.window.files.run(work, words.EXPORTING, self.window.files.tell_written)

    def _all(self) -> Document:
        from perfdesk.bureau.summary_paper import summary_document
        from perfdesk.bureau_summary import summarised

        seen = self.page.seen
        assert seen is not None
        return summary_document(
            summarised(self.year.store, self.year.workspace.catalog, seen.want.year, seen.scope)
        )

    def _form(self) -> Document:
        """UserError ``no-single-form`` of forms of which each is about a project."""
        from perfdesk.bureau_gathering import filing_in, sums_in
        from perfdesk.compose import compose

        seen, store, catalog = self.page.seen, self.year.store, self.year.workspace.catalog
        assert seen is not None and seen.form is not None
        year, numbers = seen.want.year, count(1)
        sums = seen.sums or sums_in(store, seen.form, year, seen.scope)
        filing = filing_in(store, catalog, sums, year, seen.scope, seen.of, lambda: f"n{next(numbers)}")
        return compose(seen.form, filing).document
