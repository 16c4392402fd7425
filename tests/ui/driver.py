"""What a person does at the window, in the words of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.model.filing import Filing, Row, depth, leaves
from ui.app import Desk, application
from ui.form.rows_page import RowsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from perfdesk.model.finding import Finding
    from ui.form.cells import CellEdit
    from ui.form.grid import GridView
    from ui.form.page import Page

PATIENCE = 30_000
"""Milliseconds; where many things run at once a window takes its time."""


class Driver:
    def __init__(self, qtbot: QtBot, folder: Path, sample: bool, toured: bool = True) -> None:
        """``toured``: whoever sits here has seen the tour."""
        application()
        self.qtbot = qtbot
        self.folder = folder
        self.desk = Desk(folder, sample, shipped_font=True)
        self.closed = False
        # Before the plug-in takes the window away: an open field could not be kept any more after that.
        qtbot.addWidget(self.desk.window, before_close_func=lambda _window: self.close())
        self.desk.window.show()
        self.desk.window.activateWindow()
        qtbot.waitUntil(lambda: self.desk.workspace.store is not None, timeout=PATIENCE)
        if toured:
            self.desk.window.office.tour.end()
        qtbot.waitUntil(self.desk.window.isActiveWindow, timeout=PATIENCE)

    def close(self) -> None:
        """Once is enough."""
        if not self.closed:
            self.closed = True
            self.desk.close()

    # --- what is there ---

    @property
    def window(self) -> Any:
        return self.desk.window

    @property
    def space(self) -> Any:
        return self.desk.workspace

    @property
    def filing(self) -> Filing:
        assert self.space.filing is not None
        return self.space.filing

    def on_disk(self) -> Filing:
        """The open filing as another process would read it now."""
        from perfdesk.store import Store

        with Store.open(self.folder, read_only=True) as store:
            return store.filing(self.filing.id)

    def leaf(self, number: int) -> Row:
        """The level-3 row with that number, from 0; negative from the end."""
        return list(leaves(self.filing, "indicators"))[number].row

    def rows(self, section: str) -> tuple[Row, ...]:
        return self.filing.section(section)

    def finding(self, code: str) -> Finding:
        return next(f for f in self.space.findings if f.code == code)

    # --- where one is ---

    def turn_to(self, section: str) -> Page:
        editor = self.window.editor
        number = next(n for n, p in enumerate(editor.pages) if p.section.id == section)
        self.qtbot.mouseClick(editor.tabs._group.button(number), Qt.MouseButton.LeftButton)
        return editor.page

    @property
    def page(self) -> Any:
        return self.window.editor.page

    @property
    def grid(self) -> GridView:
        assert isinstance(self.page, RowsPage)
        return self.page.grid

    def at(self, row: Row, column: int) -> QModelIndex:
        """Click a cell."""
        index = self.page.model.index_of(row.id, column)
        self.grid.scrollTo(index)
        middle = self.grid.visualRect(index).center()
        self.qtbot.mouseClick(self.grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert self.grid.currentIndex() == index
        return index

    def column(self, kind: str) -> int:
        return [c.kind for c in self.page.model.columns].index(kind)

    def here(self) -> Row:
        row = self.page.model.row_at(self.grid.currentIndex())
        assert row is not None
        return row

    # --- what one does ---

    def focus(self) -> QWidget:
        if not self.window.isActiveWindow():
            # Without a window manager nobody gives the window its focus back when a dialog closes.
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
            if QApplication.focusWidget() is None:
                self.window.setFocus()
        return QApplication.focusWidget() or self.window

    def type(self, text: str) -> None:
        """Key by key: the first may open an editor, which gets the others."""
        for letter in text:
            self.qtbot.keyClicks(self.focus(), letter)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.focus(), key, held)

    def ctrl(self, key: Qt.Key) -> None:
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def cell_editor(self) -> CellEdit:
        assert self.grid.cells.editor is not None
        return self.grid.cells.editor

    def preedit(self, text: str) -> None:
        """What an input method shows while a word is being typed."""
        QApplication.sendEvent(self.focus(), QInputMethodEvent(text, []))

    def compose(self, text: str) -> None:
        """An input method hands over a finished word."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus(), event)

    def leaves_shown(self) -> list[Row]:
        return [r for r in self.page.model.rows() if depth(r) == 3]

    def field(self, section: str, column: str) -> Any:
        """The editor of a field, with the cursor in it."""
        page: Any = self.turn_to(section)
        editors = page.rows if section == "budget" else {f.field.id: f for f in page.fields}
        editor = editors[column].editor
        editor.setFocus()
        return editor

    def rest(self) -> None:
        """Until everything that is found out in free moments is found out."""
        self.qtbot.waitUntil(self.space.checks.is_at_rest, timeout=PATIENCE)

    def settle(self) -> None:
        """Let what waits for a free moment happen."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
