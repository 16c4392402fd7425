"""Files in and out, new filings, the sample: what needs a dialog or a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from perfdesk.catalog import new_filing
from perfdesk.errors import InputRefused, UserError
from perfdesk.formats.folders import files_in
from ui import messages as say
from ui.messages import deeds as words
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.document.source import Source
    from perfdesk.model.form import Form
    from perfdesk.recognise import Recognised
    from perfdesk.store import Store
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class FileCommands(QObject):
    """Reading and writing run on a thread of their own; ``task`` is what runs now."""

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.task: Task | None = None
        self._waiting: list[tuple[Path, int]] = []

    # --- new ---

    def new_filing(self) -> None:
        from ui.dialogs.new_filing import NewFilingDialog

        if self.workspace.store is None:
            return
        self.window.editor.commit()
        dialog = NewFilingDialog(self.workspace, self.look, self.window)
        self.window.office.help_in(dialog, "first")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.create(dialog.chosen_form(), dialog.chosen_year(), dialog.chosen_unit())
        elif dialog.wants_form:
            self.window.printouts.take_form()
        dialog.deleteLater()

    def create(self, form: Form, year: int, unit: str) -> int | None:
        """A new filing with the form's fixed rows, opened."""
        store = self.workspace.store
        if store is None:
            return None
        filing = new_filing(form, year, unit, store.new_id)
        return self.workspace.add(filing, say.step_new(form.title), unit)

    def show_sample(self) -> None:
        """The made-up unit's filings into the store: one step each, which undo takes back."""
        store = self.workspace.store
        if store is None:
            return
        from perfdesk.sample import install

        try:
            install(store, self.workspace.catalog, store.new_id)
        except UserError as error:
            self.window.tell_error(error)
        self.workspace.refresh()

    # --- in ---

    def choose_import(self) -> None:
        self._choose(say.IMPORT_CHOOSE, _year(self.workspace))

    def choose_last_year(self) -> None:
        last = _year(self.workspace) - 1
        self._choose(words.choose_last_year(last), last)

    def _choose(self, title: str, year: int) -> None:
        self.window.editor.commit()
        start = self.last_folder("import")
        names, _ = QFileDialog.getOpenFileNames(self.window, title, start, say.IMPORT_FILTER)
        if names:
            self._remember("import", Path(names[0]).parent)
            self.bring_in([Path(n) for n in names], year)

    def bring_in(self, files: list[Path], year: int | None = None) -> None:
        """Reads one file after the other (of a folder all), each shown before it is taken in. ``year``: where it names none."""
        others = files_in(self.window.office.packs.take(files))
        self._waiting += [(file, year or _year(self.workspace)) for file in others]
        if self.task is None:
            self._next_file()

    def _next_file(self) -> None:
        store = self.workspace.store
        if not self._waiting or store is None:
            self._waiting.clear()
            return
        self.window.editor.commit()
        catalog, (file, year) = self.workspace.catalog, self._waiting.pop(0)

        def work(task: Task) -> tuple[Source, Recognised]:
            return _found_in(file, catalog, store, task)

        self.run(work, say.reading(file.name), lambda read: _come_in(self, file, year, read), self._next_file)

    def review(self, file: Path, year: int, found: tuple[Source, Recognised]) -> None:
        from ui.dialogs.import_review import ImportDialog
        from ui.import_reviewed import beside

        space, (source, told) = self.workspace, found
        seen = _whose(told) or space.unit or "", space.all_infos(), beside(source, space.store)
        dialog = ImportDialog(file.name, told, space.catalog, year, self.look, self.window, *seen)
        self.window.office.help_in(dialog, "import")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.window.office.projects.take_in(dialog.taken(), say.step_import(file.name), told)
            self.window.first.offer()
        dialog.deleteLater()

    # --- out ---

    def export(self, format: str) -> None:
        """Refused while errors are open, with the draft as the way out."""
        space = self.workspace
        self.window.editor.commit()
        if space.filing is None or space.form is None:
            return
        space.check_now()
        errors = sum(1 for f in space.findings if f.severity == "error")
        if not errors:
            self._export_to(format, draft=False)
        elif self.window.tell_error(UserError("errors-open", say.export_refused(errors)), say.EXPORT_DRAFT):
            self._export_to(format, draft=True)

    def export_draft(self) -> None:
        self.window.editor.commit()
        self._export_to("pdf", draft=True)

    def _export_to(self, format: str, draft: bool) -> None:
        from perfdesk.export import suggested_name

        filing = self.workspace.filing
        if filing is None:
            return
        start = Path(self.last_folder("export")) / suggested_name(filing, format, draft)
        name, _ = QFileDialog.getSaveFileName(
            self.window, say.EXPORT_TITLES[format], str(start), say.EXPORT_FILTERS[format]
        )
        if name:
            target = Path(name) if Path(name).suffix == f".{format}" else Path(f"{name}.{format}")
            self._remember("export", target.parent)
            self.write(target, draft)

    def write(self, target: Path, draft: bool) -> None:
        """The open filing, as it is now, into ``target``."""
        form, filing = self.workspace.form, self.workspace.filing
        if form is None or filing is None or self.task is not None:
            return

        off = self.workspace.switched.off

        def work(_task: Task) -> Path:
            from perfdesk.export import export_filing

            export_filing(form, filing, target, draft, off=off)
            return target

        self.run(work, say.exporting(target.name), self.tell_written)

    def tell_written(self, path: Path) -> None:
        """With the way to its folder."""
        folder = QUrl.fromLocalFile(str(path.parent))
        self.window.notice.tell(
            say.exported(path.name), say.OPEN_FOLDER, lambda: QDesktopServices.openUrl(folder)
        )

    # --- threads ---

    def run(
        self,
        work: Callable[[Task], Any],
        words: str,
        done: Callable[[Any], object],
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """``then``: what comes after success and failure, but not after cancelling."""
        task = Task(work, self)
        self.task = task

        def finish() -> None:
            self.task = None
            self.window.notice.clear()

        def succeed(result: Any) -> None:
            finish()
            done(result)
            then()

        def fail(error: UserError) -> None:
            finish()
            self.window.tell_error(error)
            then()

        def cancel() -> None:
            task.cancel()
            self._waiting.clear()
            finish()

        task.told.connect(self.window.notice.text.setText)
        task.done.connect(succeed)
        task.failed.connect(fail)
        self.window.notice.busy(words, cancel)
        task.start()

    def last_folder(self, what: str) -> str:
        """The folder used last for this, the home folder at first."""
        folder = self.workspace.setting(f"folder/{what}")
        return folder if folder and Path(folder).is_dir() else str(Path.home())

    def _remember(self, what: str, folder: Path) -> None:
        self.workspace.set_setting(f"folder/{what}", str(folder))


def _found_in(file: Path, catalog: Catalog, store: Store, task: Task) -> tuple[Source, Recognised]:
    """InputRefused where nothing is recognised."""
    from perfdesk.commands.sent_back import known_signer
    from perfdesk.formats.read import read
    from perfdesk.intake import take_in

    source = read(file, task.cancelled)
    task.told.emit(say.recognising(file.name, len(source.tables)))
    found = take_in(source, catalog, store.new_id)
    if not found.filings and found.sent_back is None:
        raise InputRefused("nothing", f"{file.name}：{say.NOTHING_RECOGNISED}")
    if found.handed_in and found.handed_in.receipt:
        found = replace(found, handed_in=known_signer(found.handed_in, store.vault.folder))
    return source, found


def _come_in(files: FileCommands, file: Path, year: int, found: tuple[Source, Recognised]) -> None:
    """What the bureau sent back holds no filings."""
    if found[1].sent_back is None:
        files.review(file, year, found)
        return
    from ui.sent_back import take_in

    take_in(files.window, file, found[1].sent_back)


def _whose(found: Recognised) -> str:
    """A package says of which unit it is."""
    return found.handed_in.unit_name if found.handed_in else ""


def _year(workspace: Workspace) -> int:
    """The one that is shown; the calendar's where there is none."""
    from datetime import date

    return workspace.year or date.today().year
