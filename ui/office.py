"""What stands around the forms: the overview of the year, units and years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace


class OfficeCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window

    def overview(self) -> None:
        """The year at a glance, in the middle of the window."""
        if self.workspace.store is None:
            return
        self.window.editor.commit()
        self.window.overview.show_state()
        self.window.middle.setCurrentWidget(self.window.overview)
