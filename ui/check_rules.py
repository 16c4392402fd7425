"""What the actions do with the rules of the check: their page, and the findings of the year as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from perfdesk.explained import sorted_out
from perfdesk.findings_paper import Reviewed, compose_findings
from ui import messages as say
from ui.explained import all_said
from ui.messages import checks as words
from ui.tasks import Task

if TYPE_CHECKING:
    from ui.dialogs.checks import ChecksDialog
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class RuleCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def show(self, code: str = "") -> None:
        """The page of all rules, at the one of that code."""
        dialog = self.dialog(code)
        dialog.exec()
        dialog.deleteLater()

    def dialog(self, code: str = "") -> ChecksDialog:
        """Made and connected, not shown yet."""
        from ui.dialogs.checks import ChecksDialog

        self.window.editor.commit()
        dialog = ChecksDialog(self.workspace.switched, self.look, code, self.window)
        self.window.office.help_in(dialog, "findings")
        return dialog

    def export_findings(self) -> None:
        """Of all forms of the year, into a file that the user names."""
        space = self.workspace
        self.window.editor.commit()
        if space.unit is None or self.window.files.task is not None:
            return
        files = self.window.files
        start = Path(files.last_folder("export")) / words.file_name(space.unit, space.year)
        name, _ = QFileDialog.getSaveFileName(self.window, words.FILE_TITLE, str(start), words.FILE_FILTERS)
        if name:
            self.write(Path(name) if Path(name).suffix else Path(f"{name}.docx"))

    def write(self, target: Path) -> None:
        reviewed = self.reviewed()
        if not reviewed:
            return

        def work(_task: Task) -> Path:
            from perfdesk.formats.write import write

            write(compose_findings(reviewed), target)
            return target

        files = self.window.files
        files.run(work, say.exporting(target.name), files.tell_written)

    def reviewed(self) -> list[Reviewed]:
        """Every form of the unit's year with its findings, explained ones apart."""
        space = self.workspace
        space.check_now()
        told = all_said(space)
        found: list[Reviewed] = []
        for info in (i for i in space.infos() if i.year == space.year):
            seen = space.checks.seen(info)
            if seen is not None:
                waiting, settled = sorted_out(seen.filing, seen.findings, told.get(info.id, {}))
                found.append(Reviewed(seen.form, seen.filing, waiting, settled))
        return found
