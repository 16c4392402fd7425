"""Comparing the open filing: the page in the middle of the window, and its list as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from perfdesk.titles import name_of
from ui import messages as say
from ui.messages import compare as words
from ui.tasks import Task

if TYPE_CHECKING:
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.panels.comparison import ComparisonPanel
    from ui.workspace import Workspace


class CompareCommands(QObject):
    """The panel is made when it is shown first."""

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.panel: ComparisonPanel | None = None

    def show(self) -> None:
        if self.workspace.filing is None:
            self.window.notice.tell(words.NOTHING_OPEN)
            return
        self.window.editor.commit()
        panel = self.panel or self._make()
        panel.show_state()
        self.window.middle.setCurrentWidget(panel)
        panel.other.setFocus()

    def _make(self) -> ComparisonPanel:
        from ui.panels.comparison import ComparisonPanel

        panel = self.panel = ComparisonPanel(self.workspace, self.look)
        panel.jumped.connect(self.window.commands.jump)
        panel.left.connect(self.window.show_state)
        panel.exported.connect(self.export)
        self.window.middle.addWidget(panel)
        return panel

    def export(self) -> None:
        """The lines that are shown, as Word, Excel or PDF."""
        space, panel = self.workspace, self.panel
        if panel is None or panel.model.found is None or space.form is None or space.filing is None:
            return
        start = Path(self.window.files.last_folder("export"))
        file = words.file_name(space.unit or "", say.year_text(space.year))
        name, chosen = QFileDialog.getSaveFileName(
            self.window, words.EXPORT_TITLE, str(start / file), words.EXPORT_FILTER
        )
        if name:
            ending = next((e for e in (".docx", ".xlsx", ".pdf") if e in chosen), ".docx")
            target = Path(name) if Path(name).suffix in (".docx", ".xlsx", ".pdf") else Path(name + ending)
            self.write(target)

    def write(self, target: Path) -> None:
        space, panel = self.workspace, self.panel
        if panel is None or panel.model.found is None or space.form is None or space.filing is None:
            return
        found, everything = panel.model.found, not panel.model.only
        title = f"{space.unit or ''} {name_of(space.form, space.filing)} "

        def work(_task: Task) -> Path:
            from perfdesk.compare.paper import comparison_document
            from perfdesk.formats.write import write

            write(comparison_document(found, title, everything), target)
            return target

        self.window.files.run(work, words.written(target.name), self.window.files.tell_written)
