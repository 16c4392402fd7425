"""The frame: which panel stands where, and who listens to whom. What things do is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from ui import messages as say
from ui import sizes
from ui.actions import FILING_ONLY, ROWS_ONLY, build, name_rows
from ui.columns import Columns
from ui.commands import Commands
from ui.dropped import local_files
from ui.files import FileCommands
from ui.first.page import FirstRun
from ui.folding import Folding
from ui.form.editor import FormEditor
from ui.keeping import KeepingCommands
from ui.library_commands import LibraryCommands
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
from ui.side import FINDINGS, PreviewRoom, Side
from ui.workspace import Changes

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace


class MainWindow(QMainWindow):
    """``painted``: the window was drawn for the first time; what is slow may come now."""

    painted = Signal()

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self._was_painted = False
        self.setWindowTitle(say.PRODUCT)
        self.setWindowIcon(look.icon("app", "accent", 64))
        self.setAcceptDrops(True)
        self.commands = Commands(workspace, look, self)
        self.files = FileCommands(workspace, look, self)
        self.library = LibraryCommands(workspace, look, self)
        self.printouts = Printouts(workspace, look, self)
        self.office = OfficeCommands(workspace, look, self)
        self.keeping = KeepingCommands(workspace, look, self)
        commands = (self.commands, self.files, self.library, self.printouts, self.office, self.keeping)
        self.actions_by_id = build(commands, self, look)
        self.shelf = Shelf(workspace, self)
        self._make_panels()
        self._lay_out()
        self._connect()
        self.setMinimumSize(800, 600)
        self.show_state()

    def _make_panels(self) -> None:
        space, look, actions = self.workspace, self.look, self.actions_by_id
        self.top = TopBar(space, look, actions)
        self.navigation = Navigation(space, self.shelf, look, actions)
        self.editor = FormEditor(space, look, actions)
        self.empty = EmptyState(space, look, actions)
        self.first = FirstRun(space, look, actions)
        self.overview = OverviewPanel(space, look)
        self.findings = FindingsPanel(space, look)
        self.preview = PreviewPanel(space, look, actions)
        self.history = HistoryPanel(space, look)
        self.notice = Notice(look)
        self.saving = Saving(space, self.editor, self.tell_error, self)
        self.status = StatusBar(
            space, look, self.saving, [actions[n] for n in ("help", "keys", "tour", "fault-report")]
        )

    def _lay_out(self) -> None:
        self.middle = QStackedWidget()
        self.middle.setObjectName("middle")
        for page in (self.empty, self.first, self.editor, self.overview):
            self.middle.addWidget(page)
        self.side = Side(self.look, (self.findings, self.preview, self.history))
        self.columns = Columns(self.look, self.navigation, self.middle, self.side)
        self.room = PreviewRoom(self.side, self.columns, self.workspace)
        self.folding = Folding(self.columns, self.look, self)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top, self.columns, self.notice, self.status):
            column.addWidget(widget, 1 if widget is self.columns else 0)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        space = self.workspace
        space.opened.connect(self.show_state)
        self.findings.explained.changed.connect(self._name_side)
        for counting in (self.shelf, self.status):
            counting.follow(self.findings.explained)
        space.changed.connect(self._on_change)
        self.saving.changed.connect(self.status.show_state)
        self.status.unsaved.clicked.connect(self.saving.tell_again)
        self.top.picked.connect(self._pick)
        self.navigation.picked.connect(self.folding.use_editor)
        self.navigation.picked.connect(self._open)
        self.office.follow(self.overview, self._open)
        self.middle.currentChanged.connect(self._turned)
        self.office.follow_first(self.first)
        self.first.dropped.connect(self.files.bring_in)
        for told in (self.editor.told, self.first.told, space.told):
            told.connect(self.notice.tell)
        self.editor.selected.connect(self.status.show_selection)
        self.editor.paged.connect(self._offer)
        for follow in (self.preview.follow, self.history.stand_at):
            self.editor.placed.connect(follow)
        for panel in (self.findings, self.preview, self.history):
            panel.jumped.connect(self.commands.jump)
        for signal in (self.findings.mended, self.history.returned):
            signal.connect(self.commands.mend)
        self.status.told.connect(self.office.tell_backup)
        self.status.counted.connect(self.actions_by_id["check"].trigger)
        self.status.zoomed.connect(self.actions_by_id["zoom-reset"].trigger)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.folding.measure()

    # --- what is shown ---

    def show_state(self) -> None:
        """The editor where there is a filing, else the way to one."""
        filing = self.workspace.filing
        way = self.first if self.first.is_due() else self.empty
        self.middle.setCurrentWidget(self.editor if filing else self.keeping.trouble() or way)
        self.folding.allow("right", filing is not None)
        self.folding.allow("left", bool(self.workspace.units()) or self.workspace.store is None)
        self.setWindowTitle(
            f"{filing.unit_name} — {say.PRODUCT}" if filing and filing.unit_name else say.PRODUCT
        )
        self.notice.clear()
        self._name_side()
        self._offer()

    def _turned(self) -> None:
        """The findings belong to the editor; the overview has the room of both."""
        self.folding.allow("right", self.middle.currentWidget() is self.editor)
        self.navigation.mark_overview(self.middle.currentWidget() is self.overview)

    def _name_side(self) -> None:
        self.side.name(len(self.findings.explained.open))

    def _on_change(self, changes: Changes) -> None:
        if not self.notice.is_busy():
            self.notice.clear()
        self._offer()

    def _offer(self) -> None:
        """Actions that make no sense now are grey; undo and redo say what they would do."""
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

    def _pick(self, unit: str, year: int | None) -> None:
        self.editor.commit()
        other = year != self.workspace.year
        self.workspace.choose(unit, year)
        if other:
            self.office.overview()

    def _open(self, filing_id: int) -> None:
        self.editor.commit()
        here = self.workspace.filing.id if self.workspace.filing else None
        if filing_id != here:
            self.workspace.open(filing_id)
        else:
            self.show_state()

    # --- from outside ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
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
        self.editor.commit()
        if self.saving.holds() and not self.saving.given_up():
            event.ignore()
            return
        if self.workspace.store:
            sizes.keep(self, self.columns, self.workspace)
            self.room.keep()
        super().closeEvent(event)
