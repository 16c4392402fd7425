"""F6 goes round the panes of the window, as in any office program: bar, list, page, side column, notice, status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.form.page import Page

if TYPE_CHECKING:
    from ui.main_window import MainWindow

TAB = Qt.FocusPolicy.TabFocus


def turn(window: MainWindow, by: int) -> None:
    """To the next pane that is shown; from nowhere to the page."""
    window.editor.commit()
    page = _page(window)
    shown = (window.top, window.navigation, page, window.side, window.notice, window.status)
    panes = [p for p in shown if p.isVisible() and _first(p)]
    focus = QApplication.focusWidget()
    here = next((n for n, p in enumerate(panes) if focus and (p is focus or p.isAncestorOf(focus))), None)
    there = panes.index(page) if here is None and page in panes else ((here or 0) + by) % len(panes)
    if target := _first(panes[there]):
        target.setFocus(Qt.FocusReason.TabFocusReason)


def _page(window: MainWindow) -> QWidget:
    """What stands in the middle; of the editor the page, for its tabs are Ctrl+PgUp and Ctrl+PgDown."""
    middle = window.middle.currentWidget()
    return window.editor.page if middle is window.editor and window.editor.has_page() else middle


def _first(pane: QWidget) -> QWidget | None:
    """Where the keys go in this pane: where it sends them itself, else the first that takes them."""
    if isinstance(pane, Page):
        return pane.first()
    if proxy := pane.focusProxy():
        return proxy
    can = (w for w in pane.findChildren(QWidget) if w.isVisible() and w.isEnabled())
    return next((w for w in can if w.focusPolicy() & TAB and not w.focusProxy()), None)
