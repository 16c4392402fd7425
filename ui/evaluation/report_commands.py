"""What is done with the report of a year: made of the self-evaluation in one deed, its typed numbers bound in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.model.change import Step
from perfdesk.quotable import bind_texts
from perfdesk.quoted import quotable
from perfdesk.report.begin import report_form, report_of
from perfdesk.report.companions import of_department
from ui import messages as say
from ui.evaluation.report_beside import around
from ui.messages import report as words

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class ReportCommands(QObject):
    def __init__(self, workspace: Workspace, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.window = window

    def make(self) -> None:
        """The report of the shown year is opened; where there is none it is made of the year's self-evaluation."""
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        there = self._here("report")
        if there is not None:
            self.workspace.open(there)
            self.window.notice.tell(words.THERE)
            return
        source = self._evaluation()
        form = report_form(tuple(self.workspace.catalog.forms.values()), self.workspace.year)
        if source is None or form is None:
            self.window.notice.tell(words.NO_EVALUATION)
            return
        known = around(self.workspace, source)
        made = self.workspace.add(report_of(form, source, known), words.STEP, self.workspace.unit)
        if made is not None:
            last = known.report[1].year if known.report else None
            self.window.notice.tell(words.made(last), say.ACTIONS["undo"], self.window.commands.undo)

    def _evaluation(self) -> Filing | None:
        store, number = self.workspace.store, self._here("evaluation")
        return store.filing(number) if store is not None and number is not None else None

    def _here(self, what: str) -> int | None:
        """The year's report or the department's self-evaluation."""
        forms, year = self.workspace.catalog.forms, self.workspace.year
        for info in self.workspace.infos():
            form = forms.get(info.form)
            if form is None or info.year != year:
                continue
            if form.report if what == "report" else of_department(form):
                return info.id
        return None

    def bind(self) -> None:
        """Typed numbers that are the data's own follow the data from now on."""
        self.window.editor.commit()
        space = self.workspace
        if space.form is None or space.filing is None or space.values is None or space.archived:
            return
        quotes = quotable(space.form, space.filing, space.values)
        changes = bind_texts(space.filing, quotes) if quotes else ()
        if space.apply(Step(words.BIND_STEP, changes)):
            self.window.notice.tell(words.BOUND, say.ACTIONS["undo"], self.window.commands.undo)
        else:
            self.window.notice.tell(words.NOTHING_TO_BIND if quotes else words.NO_TEXTS)
