"""What stands around the forms: help and tour, the overview of the year, units and years, the first filings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from perfdesk.errors import UserError
from ui.messages import deeds as words
from ui.rare_commands import BUREAU_PAGE, RareCommands
from ui.tour import Tour

if TYPE_CHECKING:
    from perfdesk.model.finding import Place
    from perfdesk.model.form import Form
    from ui.dialogs.help import HelpDialog
    from ui.dialogs.units import UnitsDialog
    from ui.first.page import FirstRun
    from ui.form.page import Page
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.panels.overview import OverviewPanel
    from ui.workspace import Workspace


OF_KIND = {"fields": "basic", "list": "tasks", "tree": "indicators", "goals": "goals"}
"""The help's page for a section of a kind, where its own name has none."""


class OfficeCommands(RareCommands):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(workspace, look, window)
        self.help_dialog: HelpDialog | None = None
        self.tour = Tour(workspace, look, window)

    # --- help ---

    def show_tour(self) -> None:
        """The five hints, from the first."""
        if self.workspace.filing is not None:
            self.window.show_state()
            self.tour.start()

    def help_in(self, dialog: QDialog, topic: str) -> None:
        """F1 while this dialog is open; the window's own keys do not reach into it."""
        keys = QShortcut(QKeySequence("F1"), dialog)
        keys.activated.connect(lambda: self._help(topic, dialog))

    def help(self) -> None:
        """The page for where one stands."""
        self._help(self._topic())

    def keys(self) -> None:
        self._help("keys")

    def _help(self, topic: str, over: QWidget | None = None) -> None:
        """``over``: the dialog that is open; a window that is not its own would lie dead behind it."""
        from ui.dialogs.help import HelpDialog

        owner = over or self.window
        if (
            self.help_dialog is not None
            and isValid(self.help_dialog)
            and self.help_dialog.parent() is not owner
        ):
            self.help_dialog.close()
            self.help_dialog.deleteLater()
            self.help_dialog = None
        if self.help_dialog is None or not isValid(self.help_dialog):
            self.help_dialog = HelpDialog(self.look, owner)
        self.help_dialog.turn_to(topic)
        self.help_dialog.show()
        self.help_dialog.raise_()

    def _topic(self) -> str:
        window, focus = self.window, QApplication.focusWidget()
        if window.middle.currentWidget() is window.first:
            return "first"
        if window.middle.currentWidget().objectName() == BUREAU_PAGE:
            return "bureau"
        for panel, topic in (
            (window.findings, "findings"),
            (window.preview, "export"),
            (window.history, "backup"),
        ):
            if focus is not None and panel.isAncestorOf(focus):
                return topic
        if self.projects.panel is not None and window.middle.currentWidget() is self.projects.panel:
            return "projects"
        if self.evaluations.is_shown():
            return "scores"
        if self.comparing.panel is not None and window.middle.currentWidget() is self.comparing.panel:
            return "compare"
        if window.middle.currentWidget() is not window.editor or not window.editor.has_page():
            return "index"
        return _topic_of(window.editor.page)

    # --- the first filings, the year ---

    def follow_first(self, first: FirstRun) -> None:
        """What is wanted in the first run."""
        first.wanted.connect(self.begin)
        first.carried.connect(lambda year, scheme: self.carrying.show(year, scheme))

    def begin(self, forms: Sequence[Form], year: int, unit: str) -> None:
        """Empty forms of one year; the first of them is opened."""
        made = [self.window.files.create(form, year, unit) for form in forms]
        if made and made[0] is not None:
            self.workspace.open(made[0])

    def overview(self) -> None:
        """The year at a glance, in the middle of the window."""
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        self.window.overview.show_state()
        self.window.middle.setCurrentWidget(self.window.overview)

    def follow(self, overview: OverviewPanel, go: Callable[[int], object]) -> None:
        """``go``: opens a filing."""
        findings = self.window.findings
        findings.ruled.connect(lambda code: self.rules.show(code))
        findings.filed.connect(lambda: self.rules.export_findings())
        overview.picked.connect(go)
        overview.asked.connect(lambda action: self.window.actions_by_id[action].trigger())
        overview.jumped.connect(self.go_to)

    def go_to(self, filing: int, place: Place) -> None:
        """A place of any filing."""
        self.window.editor.commit()
        if self.workspace.open_id != filing:
            self.workspace.open(filing)
        if self.workspace.open_id == filing:
            self.window.commands.jump(place)

    def show_projects(self) -> None:
        """All projects of the year, in the middle of the window."""
        self.projects.show()

    def carry(self) -> None:
        """A year's filings into the next."""
        self.carrying.show()

    def show_evaluations(self) -> None:
        """All self-evaluations of the year, in the middle of the window."""
        self.evaluations.show()

    def make_evaluations(self) -> None:
        """Self-evaluations of the year's targets."""
        self.evaluations.make()

    def make_report(self) -> None:
        """The report of the year's self-evaluation."""
        self.reports.make()

    def bind_texts(self) -> None:
        """Numbers of the open filing's texts follow the data."""
        self.reports.bind()

    def own_scheme(self) -> None:
        """The scheme of the open self-evaluation as the user's own."""
        self.evaluations.own_scheme()

    def stay(self, shown: QWidget) -> None:
        """The list that was in sight before an undo is it again."""
        self.projects.stay(shown)
        self.evaluations.stay(shown)
        if shown.objectName() == BUREAU_PAGE:
            self.bureau.show()

    def compare(self) -> None:
        """The open filing beside another one."""
        self.comparing.show()

    def codes(self) -> None:
        """The user's own codes."""
        self.code_lists.show()

    # --- units and years ---

    def units(self) -> None:
        """The dialogue of units and years."""
        if (dialog := self.units_dialog()) is not None:
            dialog.exec()
            dialog.deleteLater()

    def units_dialog(self) -> UnitsDialog | None:
        """Made and connected, not shown; None while there is no store."""
        from ui.dialogs.units import UnitsDialog

        if self.workspace.store is None:
            return None
        self.window.editor.commit()
        dialog = UnitsDialog(self.workspace.store, self.look, self.window)
        self.help_in(dialog, "backup")
        dialog.changed.connect(self.workspace.refresh)
        dialog.opened.connect(self.window.top.picked)
        dialog.wanted.connect(self._new_filing_of)
        dialog.refused.connect(self.workspace.refused)
        return dialog

    def _new_filing_of(self, unit: str) -> None:
        self.workspace.unit = unit
        self.window.files.new_filing()

    def tell_backup(self) -> None:
        """Why the last automatic backup failed."""
        store = self.workspace.store
        if store is not None and (problem := store.vault.problem) is not None:
            told = UserError("backup-failed", words.backup_failed(problem.message), problem.detail)
            self.window.tell_error(told)

    def unarchive(self) -> None:
        """The year of the open filing, or its whole unit where that is archived, can be changed again."""
        space = self.workspace
        info = space.info(space.open_id) if space.open_id is not None else None
        if space.store is None or info is None:
            return
        unit = next(u for u in space.store.units() if u.name == info.unit_name)
        try:
            if unit.archived:
                space.store.office.archive_unit(unit.id, archived=False)
            else:
                space.store.office.archive_year(unit.id, info.year, archived=False)
        except UserError as error:
            space.refused.emit(error)
        space.refresh()


def _topic_of(page: Page) -> str:
    """Its own, or that of its kind."""
    from perfdesk.manual import pages

    topic = page.topic()
    return topic if topic in pages.topics() else OF_KIND.get(page.section.kind, "index")
