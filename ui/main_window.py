"""The frame: painted before anything stands in it, furnished then. What is shown of it and when; what things do is elsewhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from ui import messages as say
from ui import sizes
from ui.bare_frame import BareFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QStackedWidget

    from perfdesk.errors import UserError
    from ui.columns import Columns
    from ui.commands import Commands
    from ui.files import FileCommands
    from ui.first.page import FirstRun
    from ui.folding import Folding
    from ui.form.editor import FormEditor
    from ui.keeping import KeepingCommands
    from ui.library_commands import LibraryCommands
    from ui.look import Look
    from ui.models.shelf import Shelf
    from ui.office import OfficeCommands
    from ui.panels.empty import EmptyState
    from ui.panels.findings import FindingsPanel
    from ui.panels.history import HistoryPanel
    from ui.panels.navigation import Navigation
    from ui.panels.notice import Notice
    from ui.panels.overview import OverviewPanel
    from ui.panels.preview import PreviewPanel
    from ui.panels.status import StatusBar
    from ui.panels.top_bar import TopBar
    from ui.printouts import Printouts
    from ui.saving import Saving
    from ui.side import PreviewRoom, Side
    from ui.workspace import Changes, Workspace


class MainWindow(QMainWindow):
    """``painted``: the window was drawn for the first time; what is slow may come now. What is named here stands in it once it is
    furnished."""

    painted = Signal()

    workspace: Workspace
    commands: Commands
    files: FileCommands
    library: LibraryCommands
    printouts: Printouts
    office: OfficeCommands
    keeping: KeepingCommands
    actions_by_id: Mapping[str, QAction]
    shelf: Shelf
    top: TopBar
    navigation: Navigation
    editor: FormEditor
    empty: EmptyState
    findings: FindingsPanel
    preview: PreviewPanel
    history: HistoryPanel
    notice: Notice
    saving: Saving
    status: StatusBar
    middle: QStackedWidget
    side: Side
    columns: Columns
    room: PreviewRoom
    folding: Folding

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.is_furnished = False
        self._was_painted = False
        self.setWindowTitle(say.PRODUCT)
        self.setMinimumSize(800, 600)
        self.setCentralWidget(BareFrame(look))

    def furnish(self, workspace: Workspace) -> None:
        """Once; imported only now, for it is most of the program."""
        from ui.furniture import furnish

        self.workspace = workspace
        furnish(self)
        self.is_furnished = True
        self.show_state()

    @cached_property
    def first(self) -> FirstRun:
        """Made when there is nothing in the data for the first time."""
        from ui.furniture import first_run

        return first_run(self)

    @cached_property
    def overview(self) -> OverviewPanel:
        """Made when it is shown for the first time."""
        from ui.furniture import overview

        return overview(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_furnished:
            self.folding.measure()

    # --- what is shown ---

    def show_state(self) -> None:
        """The editor where there is a filing, else the way to one."""
        filing = self.workspace.filing
        way = self.first if self.workspace.holds_nothing else self.empty
        self.middle.setCurrentWidget(self.editor if filing else self.keeping.trouble() or way)
        self.folding.allow("right", filing is not None)
        self.folding.allow("left", bool(self.workspace.units()) or self.workspace.reading is None)
        self.setWindowTitle(
            f"{filing.unit_name} — {say.PRODUCT}" if filing and filing.unit_name else say.PRODUCT
        )
        self.notice.clear()
        self.name_side()
        self.offer()

    def turned(self) -> None:
        """The findings belong to the editor; the overview has the room of both."""
        shown = self.middle.currentWidget()
        self.folding.allow("right", shown is self.editor)
        self.navigation.mark_overview(shown is vars(self).get("overview"))

    def name_side(self) -> None:
        self.side.name(len(self.findings.explained.open) if self.workspace.marks.are_known else None)

    def on_change(self, changes: Changes) -> None:
        if not self.notice.is_busy():
            self.notice.clear()
        self.offer()

    def offer(self) -> None:
        """Actions that make no sense now are grey; undo and redo say what they would do."""
        from ui.actions import FILING_ONLY, ROWS_ONLY, name_rows

        space, actions = self.workspace, self.actions_by_id
        self.commands.offer()
        shown = space.filing is not None and self.editor.has_page()
        rows = shown and not space.archived and self.editor.page.has_rows()
        for name in ROWS_ONLY:
            actions[name].setEnabled(rows and self.editor.page.does(name))
        kind = self.editor.page.section.kind if shown else ""
        name_rows(actions, kind)
        actions["group-add"].setEnabled(rows and kind in say.ROW_ADD)
        for name in FILING_ONLY:
            actions[name].setEnabled(space.filing is not None)

    def show_findings(self) -> None:
        from ui.side import FINDINGS

        self.side.turn_to(FINDINGS)
        self.folding.bring("right")

    def tell_error(self, error: UserError, extra: str = "") -> bool:
        """One calm message; True where the extra button was taken."""
        self.keeping.log.told(error)
        from ui.dialogs.message import MessageDialog

        dialog = MessageDialog(error, self.look, self, extra)
        dialog.exec()
        dialog.deleteLater()
        return dialog.chosen_extra

    def pick(self, unit: str, year: int | None) -> None:
        self.editor.commit()
        other = year != self.workspace.year
        self.workspace.choose(unit, year)
        if other:
            self.office.overview()

    def open_filing(self, filing_id: int) -> None:
        self.editor.commit()
        here = self.workspace.filing.id if self.workspace.filing else None
        if filing_id != here:
            self.workspace.open(filing_id)
        else:
            self.show_state()

    # --- from outside ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from ui.dropped import local_files

        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from ui.dropped import local_files

        files = local_files(event.mimeData())
        event.acceptProposedAction()
        QTimer.singleShot(0, lambda: self.files.bring_in(files))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def restore(self) -> None:
        """Sizes of the last time."""
        sizes.restore(self, self.columns, self.workspace)
        self.room.restore()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being typed is kept, and how large everything was. Where it cannot be kept, that is a person's decision."""
        if self.is_furnished and not self._close_data():
            event.ignore()
            return
        super().closeEvent(event)

    def _close_data(self) -> bool:
        self.editor.commit()
        if self.saving.holds() and not self.saving.given_up():
            return False
        if self.workspace.store:
            sizes.keep(self, self.columns, self.workspace)
            self.room.keep()
        return True
