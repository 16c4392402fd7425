"""What the actions do with the bureau's own blanks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from perfdesk.errors import UserError
from ui import messages as say
from ui.messages import blanks as words
from ui.messages import paper
from ui.tasks import Task

if TYPE_CHECKING:
    from perfdesk.filling.blank import Blank
    from perfdesk.filling.plan import Plan
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.models.taking import Taking
    from ui.workspace import Workspace


class BlankCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def choose(self, title: str = words.CHOOSE) -> Path | None:
        """A blank that the user picked."""
        start = self.window.files.last_folder("blank")
        name, _ = QFileDialog.getOpenFileName(self.window, title, start, words.FILTER)
        if not name:
            return None
        self.workspace.set_setting("folder/blank", str(Path(name).parent))
        return Path(name)

    # --- a new form ---

    def take_form(self, path: Path | None = None) -> None:
        """A blank of a kind that the program does not know: read, shown, corrected, kept."""
        store = self.workspace.store
        self.window.editor.commit()
        if store is None:
            return
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return
        blank = path or self.choose(words.TAKE_CHOOSE)
        if blank is None:
            return
        catalog = self.workspace.catalog

        def work(task: Task) -> Taking:
            from perfdesk.formats.read import read
            from ui.models.taking import Taking

            return Taking(read(blank, task.cancelled), catalog, blank.name)

        self.window.files.run(work, words.taking(blank.name), lambda taking: self._correct(blank, taking))

    def _correct(self, blank: Path, taking: Taking) -> None:
        from ui.dialogs.take_form import TakeFormDialog

        dialog = TakeFormDialog(taking, self.look, self.window)
        self.window.office.help_in(dialog, "new-forms")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._keep(blank, taking)
        dialog.deleteLater()

    def _keep(self, blank: Path, taking: Taking) -> None:
        """In use from the moment it is written; a filing of it is offered."""
        from perfdesk.catalog import load

        space = self.workspace
        if space.store is None:
            return
        folder = space.store.vault.folder
        try:
            form = taking.save(folder, blank)
        except UserError as error:
            self.window.tell_error(error)
            return
        space.catalog = load(own=folder)
        space.refresh()
        self.window.notice.tell(
            words.taken(form.title), say.NEW_TITLE, lambda: self.window.files.new_filing()
        )

    # --- filling in ---

    def fill(self, path: Path | None = None) -> None:
        """The open filing into a blank: chosen, looked at, shown, written."""
        space = self.workspace
        self.window.editor.commit()
        form, filing = space.form, space.filing
        if form is None or filing is None:
            return
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return
        blank = path or self._kept(form) or self.choose()
        if blank is None:
            return
        space.check_now()
        catalog, new_id = space.catalog, _counter()

        def work(_task: Task) -> tuple[Plan, Plan] | UserError:
            from perfdesk.filling.plan import plan
            from perfdesk.formats.fill import open_blank

            seen: Blank = open_blank(blank)
            try:
                kept, over = (plan(seen, form, filing, catalog, new_id, o) for o in (False, True))
            except UserError as error:
                return error
            return kept, over

        def done(found: tuple[Plan, Plan] | UserError) -> None:
            if isinstance(found, UserError):
                self._offer_form(blank, found)
            else:
                self._show(blank, filing, found)

        self.window.files.run(work, words.opening(blank.name), done)

    def _kept(self, form: Form) -> Path | None:
        """The blank that a form of the user's own was made of."""
        from perfdesk.own_forms import blank_of

        store = self.workspace.store
        return blank_of(store.vault.folder, form) if store else None

    def _offer_form(self, blank: Path, error: UserError) -> None:
        """The blank is none of this form: it may be a new one."""
        extra = words.TAKE_ACTION if error.code == "no-form" else ""
        if self.window.tell_error(error, extra):
            self.take_form(blank)

    def _show(self, blank: Path, filing: Filing, plans: tuple[Plan, Plan]) -> None:
        from ui.dialogs.fill import FillDialog

        errors = sum(1 for f in self.workspace.findings if f.severity == "error")
        dialog = FillDialog(blank.name, lambda over: plans[over], errors, self.look, self.window)
        self.window.office.help_in(dialog, "blank")
        if dialog.exec() == QDialog.DialogCode.Accepted and (
            target := self._target(blank, filing, errors > 0)
        ):
            self.write(blank, replace(dialog.plan, edits=dialog.edits), target)
        dialog.deleteLater()
        if dialog.wants_form:
            self.take_form(blank)

    def _target(self, blank: Path, filing: Filing, draft: bool) -> Path | None:
        """Never the blank itself."""
        from perfdesk.export import suggested_name

        ending = blank.suffix.lower().lstrip(".")
        start = Path(self.window.files.last_folder("export")) / suggested_name(filing, ending, draft)
        name, _ = QFileDialog.getSaveFileName(self.window, words.SAVE, str(start), say.EXPORT_FILTERS[ending])
        if not name:
            return None
        target = Path(name) if Path(name).suffix.lower() == f".{ending}" else Path(f"{name}.{ending}")
        self.workspace.set_setting("folder/export", str(target.parent))
        return target

    def write(self, blank: Path, plan: Plan, target: Path) -> None:
        def work(_task: Task) -> int:
            from perfdesk.formats.fill import fill

            return fill(blank, plan.edits, target)

        def done(wrapped: int) -> None:
            folder = QUrl.fromLocalFile(str(target.parent))
            told = words.filled(target.name, len(plan.missing), wrapped)
            self.window.notice.tell(told, say.OPEN_FOLDER, lambda: QDesktopServices.openUrl(folder))

        self.window.files.run(work, words.filling(target.name), done)


def _counter() -> Callable[[], str]:
    """Ids for rows that are read and never kept."""
    numbers = count(1)
    return lambda: str(next(numbers))
