"""What is done with many projects: their list in the middle of the window, new ones, copies, order, one column of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from perfdesk.catalog import new_filing
from perfdesk.errors import UserError
from perfdesk.projects import KIND, common_fields, copied, free_name, is_project
from perfdesk.steps import set_cell
from perfdesk.submission.taken import said_of
from ui import messages as say
from ui.messages import projects as words
from ui.models.projects import projects_before
from ui.panels.projects import ProjectsPanel

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from perfdesk.recognise import Recognised
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class ProjectsShown(QObject):
    """The list in the window and what it holds. The panel is made when it is shown first."""

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.panel: ProjectsPanel | None = None

    # --- where it is shown ---

    def show(self) -> None:
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        panel = self.panel or self._make()
        panel.show_state()
        self.window.middle.setCurrentWidget(panel)
        (panel.list if panel.list.topLevelItemCount() else panel.buttons["add"]).setFocus()

    def _make(self) -> ProjectsPanel:
        window = self.window
        panel = self.panel = ProjectsPanel(self.workspace, window.shelf, self.look, self.do)
        # Later: the list is made anew, and its editor is still closing or its drag still going on.
        panel.list.ordered.connect(self.order, Qt.ConnectionType.QueuedConnection)
        panel.list.named.connect(self.rename, Qt.ConnectionType.QueuedConnection)
        window.middle.addWidget(panel)
        shown = window.middle.currentChanged
        shown.connect(lambda: window.navigation.mark_list("projects", window.middle.currentWidget() is panel))
        return panel

    def stay(self, shown: QWidget) -> None:
        """Where the list was in sight before, it is again, and true."""
        if self.panel is not None and shown is self.panel:
            self.show()

    def do(self, deed: str) -> None:
        """By its name; nothing where no project is chosen that it could be done with."""
        raise NotImplementedError

    def order(self, order: Sequence[int]) -> None:
        raise NotImplementedError

    def rename(self, project: int, name: str) -> None:
        raise NotImplementedError

    def take_in(
        self, taken: Sequence[tuple[Filing, int | None]], label: str, found: Recognised | None = None
    ) -> None:
        """What was read from a file, and opened, each perhaps in the place of another; several are one deed, and projects are shown in
        their list. ``found``: what they are of; a package says what the unit says of findings."""
        space = self.workspace
        filings, instead = [f for f, _ in taken], [old for _, old in taken]
        said = [said_of(found, f) for f in filings] if found and found.handed_in else ()
        if len(filings) == 1 and instead == [None] and not said:
            space.add(filings[0], label)
        elif space.store is not None and filings:
            try:
                made = space.store.add_all(filings, label, instead=instead, explained=said)
            except UserError as error:
                space.refused.emit(error)
                return
            space.open(made[0])
            if len(made) > 1 and all(is_project(f.form) for f in filings):
                self.show()

    def _deed(self, deed: Callable[[], object]) -> bool:
        """What cannot be done is told; the list and the open filing show what is so now."""
        refused: UserError | None = None
        try:
            deed()
        except UserError as error:
            refused = error
        self.workspace.refresh()
        self.show()
        if refused is not None:
            self.workspace.refused.emit(refused)
        return refused is None

    # --- what there is ---

    def _chosen(self) -> list[int]:
        return self.panel.list.chosen() if self.panel is not None else []

    def _all(self) -> list[int]:
        return self.panel.list.order() if self.panel is not None else []

    def _filings(self, projects: Sequence[int]) -> list[Filing]:
        store = self.workspace.store
        return [store.filing(number) for number in projects] if store is not None else []

    def _forms(self, projects: Sequence[int]) -> list[Form]:
        return [self.workspace.catalog.form(f.form) for f in self._filings(projects)]

    def _names(self) -> list[str]:
        return [f.cell("basic/name") for f in self._filings(self._all())]


class ProjectCommands(ProjectsShown):
    """What is done with projects."""

    def do(self, deed: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "open": self.open, "add": self.add, "copy": self.copy, "last-year": self.take_last_year,
            "up": lambda: self.move(-1), "down": lambda: self.move(1), "batch": self.change_many,
            "delete": self.delete, "export": lambda: self.window.printouts.export_files(together=True),
        }  # fmt: skip
        deeds[deed]()

    def open(self) -> None:
        if self.panel is not None and (here := self.panel.list.current()) is not None:
            self.window.navigation.picked.emit(here)

    # --- new ones ---

    def add(self) -> None:
        """Of the edition of the project one is at; where there is none yet, of one that is chosen."""
        forms = self._forms(self._chosen() or self._all())
        if forms:
            self.create(forms[0])
        elif self.panel is not None:
            menu = QMenu(self.panel)
            for form in self.editions():
                menu.addAction(say.form_choice(form.scheme_name, form.title), lambda f=form: self.create(f))
            button = self.panel.buttons["add"]
            menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def editions(self) -> list[Form]:
        """Of project forms, the newest first."""
        found = [f for f in self.workspace.catalog.forms.values() if f.kind == KIND]
        return sorted(found, key=lambda f: f.id, reverse=True)

    def create(self, form: Form) -> None:
        """An empty project at the end, its name open to be typed over."""
        space = self.workspace
        if space.store is None:
            return
        made = new_filing(form, space.year, space.unit or "", space.store.new_id)
        name = free_name(words.NEW_NAME, self._names())
        rows = tuple(r.with_cell("name", name) if r.id == "basic" else r for r in made.rows)
        if self._take_in([replace(made, rows=rows)], say.step_new(form.title)) and self.panel is not None:
            self.panel.list.edit_name()

    def copy(self) -> None:
        space, taken = self.workspace, self._names()
        copies: list[Filing] = []
        for filing in self._filings(self._chosen()):
            name = free_name(filing.cell("basic/name"), taken)
            taken.append(name)
            assert space.store is not None
            copies.append(copied(filing, space.year, name, space.store.new_id))
        if copies and self._take_in(copies, words.STEP_COPY):
            self.window.notice.tell(words.copied([c.cell("basic/name") for c in copies]))

    def take_last_year(self) -> None:
        from ui.dialogs.projects import PickDialog

        before = projects_before(self.workspace)
        if not before:
            self.window.notice.tell(words.NO_LAST_YEAR)
            return
        dialog = PickDialog([f.cell("basic/name") for f in before], self._names(), self.look, self.window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.take_over([before[n] for n in dialog.numbers()])
        dialog.deleteLater()

    def take_over(self, filings: Sequence[Filing]) -> None:
        """Copies of last year's projects in this year, under their own names."""
        space = self.workspace
        if space.store is not None:
            new = [copied(f, space.year, f.cell("basic/name"), space.store.new_id) for f in filings]
            self._take_in(new, words.FROM_LAST_YEAR.rstrip("…"))

    def _take_in(self, filings: Sequence[Filing], label: str) -> bool:
        """Several come and go as one."""
        space, made = self.workspace, list[int]()
        if space.store is None:
            return False
        store = space.store
        done = self._deed(lambda: made.extend(store.add_all(filings, label, space.unit)))
        if done and self.panel is not None:
            self.panel.list.choose(made)
        return done

    # --- those that are there ---

    def move(self, by: int) -> None:
        """The chosen ones one place up or down, together."""
        order, chosen = self._all(), set(self._chosen())
        steps = range(len(order)) if by < 0 else range(len(order) - 1, -1, -1)
        for at in steps:
            to = at + by
            if order[at] in chosen and 0 <= to < len(order) and order[to] not in chosen:
                order[at], order[to] = order[to], order[at]
        self.order(order)

    def order(self, order: Sequence[int]) -> None:
        store = self.workspace.store
        if store is not None and order:
            self._deed(lambda: store.office.put_in_order(order))

    def delete(self) -> None:
        store, chosen = self.workspace.store, self._chosen()
        if store is not None and chosen and self._deed(lambda: store.office.delete_filings(chosen)):
            self.window.notice.tell(words.deleted(len(chosen)), say.ACTIONS["undo"], self._undo)

    def _undo(self) -> None:
        self.window.commands.undo()

    def rename(self, project: int, name: str) -> None:
        self.change([project], "basic/name", name)

    def change_many(self) -> None:
        from ui.dialogs.projects import BatchDialog

        chosen = self._chosen()
        dialog = BatchDialog(len(chosen), common_fields(self._forms(chosen)), self.look, self.window)
        if chosen and dialog.exec() == QDialog.DialogCode.Accepted:
            address, field = dialog.chosen()
            changed = self.change(chosen, address, dialog.text.text())
            told = words.batch_done(len(changed), field.name)
            self.window.notice.tell(told, words.UNDO_ALL, lambda: self._take_back(changed))
        dialog.deleteLater()

    def change(self, projects: Sequence[int], address: str, text: str) -> list[int]:
        """One step in each; the projects in which something changed."""
        store, catalog = self.workspace.store, self.workspace.catalog
        row, _, column = address.partition("/")
        changed: list[int] = []

        def deed() -> None:
            for filing in self._filings(projects):
                if store is not None and filing.id is not None and filing.cell(address) != text.strip():
                    step = set_cell(catalog.form(filing.form), filing, row, column, text.strip())
                    store.apply(filing.id, step)
                    changed.append(filing.id)

        self._deed(deed)
        return changed

    def _take_back(self, projects: Sequence[int]) -> None:
        store = self.workspace.store
        if store is not None:
            self.window.notice.clear()
            self._deed(lambda: [store.undo(number) for number in projects])
