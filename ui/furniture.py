"""What stands in the window: which panel where, and who listens to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.actions import build
from ui.columns import Columns
from ui.commands import Commands
from ui.files import FileCommands
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
from ui.panels.preview import PreviewPanel
from ui.panels.status import StatusBar
from ui.panels.top_bar import TopBar
from ui.printouts import Printouts
from ui.saving import Saving
from ui.side import PreviewRoom, Side

if TYPE_CHECKING:
    from ui.first.page import FirstRun
    from ui.main_window import MainWindow
    from ui.panels.overview import OverviewPanel


def furnish(window: MainWindow) -> None:
    """Over a workspace that has no store yet."""
    space, look = window.workspace, window.look
    window.setWindowIcon(look.icon("app", "accent", 64))
    window.setAcceptDrops(True)
    window.commands = Commands(space, look, window)
    window.files = FileCommands(space, look, window)
    window.library = LibraryCommands(space, look, window)
    window.printouts = Printouts(space, look, window)
    window.office = OfficeCommands(space, look, window)
    window.keeping = KeepingCommands(space, look, window)
    commands = (
        window.commands,
        window.files,
        window.library,
        window.printouts,
        window.office,
        window.keeping,
    )
    window.actions_by_id = build(commands, window, look)
    window.shelf = Shelf(space, window)
    _make_panels(window)
    _lay_out(window)
    _connect(window)


def _make_panels(window: MainWindow) -> None:
    space, look, actions = window.workspace, window.look, window.actions_by_id
    window.top = TopBar(space, look, actions)
    window.navigation = Navigation(space, window.shelf, look, actions)
    window.editor = FormEditor(space, look, actions)
    window.empty = EmptyState(space, look, actions)
    window.findings = FindingsPanel(space, look)
    window.preview = PreviewPanel(space, look, actions)
    window.history = HistoryPanel(space, look)
    window.notice = Notice(look)
    window.saving = Saving(space, window.editor, window.tell_error, window)
    helping = [actions[name] for name in ("help", "keys", "tour", "fault-report")]
    window.status = StatusBar(space, look, window.saving, helping)


def _lay_out(window: MainWindow) -> None:
    look = window.look
    window.middle = QStackedWidget()
    window.middle.setObjectName("middle")
    for page in (window.empty, window.editor):
        window.middle.addWidget(page)
    window.side = Side(look, (window.findings, window.preview, window.history))
    window.columns = Columns(look, window.navigation, window.middle, window.side)
    window.room = PreviewRoom(window.side, window.columns, window.workspace)
    window.folding = Folding(window.columns, look, window)
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in (window.top, window.columns, window.notice, window.status):
        column.addWidget(widget, 1 if widget is window.columns else 0)
    window.setCentralWidget(body)
    window.folding.measure()


def _connect(window: MainWindow) -> None:
    space, editor = window.workspace, window.editor
    space.opened.connect(window.show_state)
    for waiting in (window.offer, window.status.show_state):
        space.stored.connect(waiting)
    window.findings.explained.changed.connect(window.name_side)
    for counting in (window.shelf, window.status):
        counting.follow(window.findings.explained)
    space.changed.connect(window.on_change)
    window.saving.changed.connect(window.status.show_state)
    window.status.unsaved.clicked.connect(window.saving.tell_again)
    window.top.picked.connect(window.pick)
    window.navigation.picked.connect(window.folding.use_editor)
    window.navigation.picked.connect(window.open_filing)
    window.middle.currentChanged.connect(window.turned)
    for told in (editor.told, space.told):
        told.connect(window.notice.tell)
    editor.selected.connect(window.status.show_selection)
    editor.paged.connect(window.offer)
    for follow in (window.preview.follow, window.history.stand_at):
        editor.placed.connect(follow)
    for panel in (window.findings, window.preview, window.history):
        panel.jumped.connect(window.commands.jump)
    for signal in (window.findings.mended, window.history.returned):
        signal.connect(window.commands.mend)
    window.status.told.connect(window.office.tell_backup)
    window.status.counted.connect(window.actions_by_id["check"].trigger)
    window.status.zoomed.connect(window.actions_by_id["zoom-reset"].trigger)


def first_run(window: MainWindow) -> FirstRun:
    from ui.first.page import FirstRun

    first = FirstRun(window.workspace, window.look, window.actions_by_id)
    window.middle.addWidget(first)
    window.office.follow_first(first)
    first.dropped.connect(window.files.bring_in)
    first.told.connect(window.notice.tell)
    first.show_state()
    return first


def overview(window: MainWindow) -> OverviewPanel:
    from ui.panels.overview import OverviewPanel

    panel = OverviewPanel(window.workspace, window.look)
    window.middle.addWidget(panel)
    window.office.follow(panel, window.open_filing)
    return panel
