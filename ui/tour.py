"""A tour of five hints, once: small bubbles beside the real widgets. The keys stay with whoever has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.bubble import EDGE, Bubble, Side, place
from ui.form.cells import CellEdit
from ui.form.grid import GridView
from ui.form.rows_page import RowsPage
from ui.messages import first as words
from ui.side import FINDINGS

if TYPE_CHECKING:
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

SETTING = "tour"
OVER = "over"
"""The setting: the number of the hint that comes next, or this."""
MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
BESIDE: tuple[Side, ...] = ("below", "above", "left", "right")


@dataclass(frozen=True, slots=True)
class Hint:
    """``target``: the widget it speaks of now, None where there is none. ``sides``: where it stands, the best first."""

    text: str
    target: Callable[[], QWidget | None]
    sides: tuple[Side, ...] = BESIDE


def hints(window: MainWindow) -> tuple[Hint, ...]:
    """The editor, the findings, the preview, what finds everything, the export."""
    top = window.top
    return (
        Hint(words.HINT_EDITOR, lambda: _page(window), ("right", "left")),
        Hint(words.HINT_FINDINGS, lambda: window.side.tabs.tab(FINDINGS)),
        Hint(words.HINT_PREVIEW, lambda: top.preview),
        Hint(words.HINT_FIND, lambda: top.finder),
        Hint(words.HINT_EXPORT, lambda: top.export),
    )


def _page(window: MainWindow) -> QWidget | None:
    shown = window.editor.page if window.editor.has_page() else None
    return shown.grid if isinstance(shown, RowsPage) else shown


def _cursor(window: MainWindow) -> QRect:
    """The cell one stands in, in the window; empty where there is none."""
    grid = _page(window)
    if not isinstance(grid, GridView) or not grid.isVisibleTo(window):
        return QRect()
    rect = grid.visualRect(grid.currentIndex())
    return QRect(grid.viewport().mapTo(window, rect.topLeft()), rect.size())


class Escape(QObject):
    """``pressed``: Esc, where nothing in the window has a use for it. Only the widget with the focus is listened to, and it gets
    every key all the same."""

    pressed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._focus: QWidget | None = None

    def listen(self, on: bool) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if on:
            app.focusChanged.connect(self._follow)
        else:
            app.focusChanged.disconnect(self._follow)
        self._follow(None, app.focusWidget() if on else None)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._focus is not None and isValid(self._focus):
            self._focus.removeEventFilter(self)
        self._focus = new if new is not None and new.window() is self.window else None
        if self._focus is not None:
            self._focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and not isinstance(watched, CellEdit)
            and not self.window.editor.pending()
        ):
            QTimer.singleShot(0, self, self.pressed.emit)
        return False


class Tour(QObject):
    """It starts by itself with the first filing that is opened, and goes on at its next hint where the program was closed in the
    middle of it."""

    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        self.bubble: Bubble | None = None
        self.number = 0
        self._hints: tuple[Hint, ...] = ()
        self._watched: tuple[QWidget, ...] = ()
        self._escape = Escape(window)
        self._escape.pressed.connect(self.end)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show)
        workspace.opened.connect(self._start_once)
        look.changed.connect(self._measure)

    # --- begin and end ---

    def _start_once(self) -> None:
        kept = self.workspace.setting(SETTING) or ""
        if self.workspace.filing is not None and self.bubble is None and kept != OVER:
            self.start(int(kept) if kept.isdigit() else 0)

    def start(self, number: int = 0) -> None:
        """From that hint on."""
        self._leave()
        self._hints = hints(self.window)
        self.number = number
        self.bubble = Bubble(self.look, self.window)
        self.bubble.next.clicked.connect(self.go_on)
        self.bubble.stop.clicked.connect(self.end)
        self._escape.listen(True)
        self.window.editor.placed.connect(self._later.start)
        self._later.start()

    def go_on(self) -> None:
        self.number += 1
        self.workspace.set_setting(SETTING, str(self.number))
        self._show()

    def end(self) -> None:
        """For good: from now on only a person starts it."""
        self.workspace.set_setting(SETTING, OVER)
        self._leave()

    def _leave(self) -> None:
        self._later.stop()
        self._watch(())
        if self.bubble is not None:
            self._escape.listen(False)
            self.window.editor.placed.disconnect(self._later.start)
            self.bubble.hide()
            self.bubble.deleteLater()
            self.bubble = None

    # --- where it stands ---

    def target(self) -> QWidget | None:
        """The widget that is spoken of; None where it is not to be seen."""
        found = self._hints[self.number].target()
        return found if found is not None and found.isVisibleTo(self.window) else None

    def _show(self) -> None:
        """The hint, or the next one whose widget is to be seen; after the last one it is over."""
        while self.number < len(self._hints) and self.target() is None:
            self.number += 1
        if self.number >= len(self._hints):
            self.end()
        elif self.bubble is not None and (target := self.target()) is not None:
            self.bubble.say(self._hints[self.number].text, self.number + 1, len(self._hints))
            self._place(self.bubble, target)
            self._watch(_up_to(target, self.window))

    def _place(self, bubble: Bubble, target: QWidget) -> None:
        edge = self.look.px(EDGE)
        room = self.window.rect().adjusted(edge, edge, -edge, -edge)
        bubble.fit(room.width())
        rect = QRect(target.mapTo(self.window, QPoint()), target.size())
        sides = self._hints[self.number].sides
        at, side = place(rect, bubble.size(), room, sides, _cursor(self.window))
        bubble.stand(at, side, rect.center())

    def _measure(self) -> None:
        if self.bubble is not None:
            self.bubble.measure()
            self._later.start()

    # --- what moves around it ---

    def _watch(self, widgets: tuple[QWidget, ...]) -> None:
        for old in self._watched:
            if isValid(old):
                old.removeEventFilter(self)
        for new in widgets:
            new.installEventFilter(self)
        self._watched = widgets

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._later.start()
        return False


def _up_to(widget: QWidget, window: QWidget) -> tuple[QWidget, ...]:
    """The widget and everything it stands in: when one of them moves, it does."""
    chain = [widget]
    while chain[-1] is not window and (above := chain[-1].parentWidget()) is not None:
        chain.append(above)
    return tuple(chain)
