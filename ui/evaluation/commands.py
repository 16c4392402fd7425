"""What is done with the self-evaluations of a year: made from the targets, listed, opened, deleted, their scores exported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from perfdesk.errors import UserError
from perfdesk.evaluation.entered import MONEY, RESULT
from perfdesk.evaluation.ranking_page import ranking_document
from perfdesk.model.finding import Place
from ui import messages as say
from ui.evaluation.making import Plan, Wanted, sentence
from ui.messages import evaluation as words
from ui.panels.evaluations import EvaluationsPanel

if TYPE_CHECKING:
    from perfdesk.evaluation.ranking import Weak
    from ui.dialogs.scheme import SchemeDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.tasks import Task
    from ui.workspace import Workspace


FEW = 20
"""More than these are made on a thread of their own."""


class EvaluationCommands(QObject):
    """The panel is made when it is shown first."""

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.panel: EvaluationsPanel | None = None

    # --- where they are shown ---

    def show(self) -> None:
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        panel = self.panel or self._make_panel()
        panel.show_state()
        self.window.middle.setCurrentWidget(panel)
        (panel.list if panel.list.topLevelItemCount() else panel.buttons["make"]).setFocus()

    def _make_panel(self) -> EvaluationsPanel:
        window = self.window
        panel = self.panel = EvaluationsPanel(self.workspace, window.shelf, self.look, self.do)
        panel.weak.connect(self.show_weak)
        window.middle.addWidget(panel)
        window.middle.currentChanged.connect(
            lambda: window.navigation.mark_list("evaluations", window.middle.currentWidget() is panel)
        )
        return panel

    def is_shown(self) -> bool:
        return self.panel is not None and self.window.middle.currentWidget() is self.panel

    def stay(self, shown: QWidget) -> None:
        """Where the list was in sight before, it is again, and true."""
        if self.panel is not None and shown is self.panel:
            self.show()

    def do(self, deed: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "make": self.make, "open": self.open, "delete": self.delete, "export": self.export,
        }  # fmt: skip
        deeds[deed]()

    # --- making ---

    def make(self) -> None:
        """One for each target that has none; somebody is asked only where there is a choice."""
        if self.workspace.store is None or self.window.files.task is not None:
            return
        self.window.editor.commit()
        wanted = Wanted(self.workspace)
        if not wanted.targets:
            self.window.notice.tell(sentence(wanted))
            return
        plan = wanted.ask(self.look, self.window) if wanted.is_open() else wanted.plan()
        if plan is not None and wanted.targets:
            self.take_in(wanted, plan)

    def take_in(self, wanted: Wanted, plan: Plan) -> None:
        """All of them or none, in one deed; a single one is opened, several are shown in their list."""
        space, store, unit = self.workspace, self.workspace.store, self.workspace.unit
        assert store is not None

        def work(_task: Task | None = None) -> Sequence[int]:
            filings = wanted.made(plan)
            return store.add_all(filings, words.step_make(len(filings)), unit)

        if len(wanted.targets) > FEW:
            self.window.files.run(work, words.MAKING, lambda made: self._made(wanted, made))
            return
        try:
            made = work()
        except UserError as error:
            space.refused.emit(error)
            return
        self._made(wanted, made)

    def _made(self, wanted: Wanted, made: Sequence[int]) -> None:
        self.workspace.open(made[0])
        if len(made) > 1 or self.is_shown():
            self.show()
        self.window.notice.tell(words.made(len(made), wanted.kept), say.ACTIONS["undo"], self._undo)

    def _undo(self) -> None:
        self.window.commands.undo()

    # --- schemes ---

    def own_scheme(self) -> None:
        """The open evaluation's scheme as the user's own: copied, or changed where it is that already."""
        if (dialog := self.scheme_dialog()) is not None:
            dialog.exec()
            dialog.deleteLater()

    def scheme_dialog(self) -> SchemeDialog | None:
        """Made and connected, not shown yet; None where nothing is evaluated."""
        from ui.dialogs.scheme import SchemeDialog

        space = self.workspace
        found = space.values.evaluated if space.values else None
        if found is None or space.store is None:
            return None
        self.window.editor.commit()
        dialog = SchemeDialog(space.store.vault.folder, found.scheme, self.look, self.window)
        self.window.office.help_in(dialog, "scores")
        dialog.saved.connect(self._use)
        return dialog

    def _use(self, scheme: str) -> None:
        """The open evaluation is scored by it from now on."""
        self.window.office.code_lists.learn()
        form = self.workspace.form
        if form is not None and form.evaluation is not None and not self.workspace.archived:
            self.workspace.set_cell(RESULT, "scheme", "" if scheme == form.evaluation.scheme else scheme)

    # --- those that are there ---

    def open(self) -> None:
        if self.panel is not None and (here := self.panel.list.current()) is not None:
            self.window.navigation.picked.emit(here)

    def show_weak(self, weak: Weak) -> None:
        """Where the points were lost."""
        if weak.of.filing.id is not None:
            self.window.navigation.picked.emit(weak.of.filing.id)
            place = Place(weak.item.row, "score") if weak.item.row else Place(MONEY, "score")
            self.window.commands.jump(place)

    def delete(self) -> None:
        store, chosen = self.workspace.store, self._chosen()
        if store is None or not chosen:
            return
        refused: UserError | None = None
        year = self.workspace.year
        try:
            store.office.delete_filings(chosen)
        except UserError as error:
            refused = error
        self.workspace.refresh()
        if self.workspace.year != year and year in self.workspace.years():
            self.workspace.choose(self.workspace.unit, year)  # the open one was among them
        self.show()
        if refused is not None:
            self.workspace.refused.emit(refused)
        else:
            self.window.notice.tell(words.deleted(len(chosen)), say.ACTIONS["undo"], self._undo)

    def _chosen(self) -> Sequence[int]:
        return self.panel.list.chosen() if self.panel is not None else ()

    # --- to Excel ---

    def export(self) -> None:
        space, files = self.workspace, self.window.files
        start = Path(files.last_folder("export")) / words.file_name(space.year, space.unit or "")
        name, _ = QFileDialog.getSaveFileName(
            self.window, words.EXPORT_TITLE, str(start), say.EXPORT_FILTERS["xlsx"]
        )
        if name:
            self.write(Path(name).with_suffix(".xlsx"))

    def write(self, target: Path) -> None:
        """The list as it is shown, into ``target``."""
        view = self.panel.view if self.panel is not None else None
        if view is None or self.window.files.task is not None:
            return

        def work(_task: Task) -> Path:
            from perfdesk.formats.write import write

            write(ranking_document(view), target)
            return target

        self.window.files.run(work, say.exporting(target.name), self._tell_written)

    def _tell_written(self, path: Path) -> None:
        self.window.notice.tell(say.exported(path.name))
