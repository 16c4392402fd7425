"""The column at the right: tabs for findings, preview and history; wide while the preview is opened beside the editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import messages as say
from ui.tabs import TabStrip

if TYPE_CHECKING:
    from ui.columns import Columns
    from ui.look import Look
    from ui.workspace import Workspace

FINDINGS, PREVIEW, HISTORY = range(3)


class Side(QWidget):
    """``turned``: another panel is shown."""

    turned = Signal(int)

    def __init__(self, look: Look, panels: Sequence[QWidget]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.look = look
        self.tabs = TabStrip(look, 16)
        self.stack = QStackedWidget()
        for panel in panels:
            self.stack.addWidget(panel)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.stack.setCurrentIndex)
        self.stack.currentChanged.connect(self._on_turned)
        look.changed.connect(self._measure)
        self._measure()
        self.name(0)

    def _measure(self) -> None:
        px = self.look.px
        self._column.setContentsMargins(px(14), px(10), px(14), px(4))
        self._column.setSpacing(0)

    def name(self, findings: int | None) -> None:
        self.tabs.set_tabs([say.tab_text(say.FINDINGS_TAB, findings), say.PREVIEW_TAB, say.HISTORY_TAB])

    def turn_to(self, number: int) -> None:
        self.stack.setCurrentIndex(number)

    def current(self) -> int:
        return self.stack.currentIndex()

    def _on_turned(self, number: int) -> None:
        self.tabs.choose(number)
        self.turned.emit(number)


class PreviewRoom:
    """How F9 opens and closes the preview: wide beside the editor, back to the tab of before; both remembered."""

    def __init__(self, side: Side, columns: Columns, workspace: Workspace) -> None:
        self.side = side
        self.columns = columns
        self.workspace = workspace
        self._wanted = False
        self._other = FINDINGS
        side.turned.connect(self._on_turned)

    def toggle(self) -> None:
        """Wide beside the editor; where it is so already, away with it."""
        if self.side.current() == PREVIEW and self._wanted:
            self._wanted = False
            self.side.turn_to(self._other)
        else:
            self._wanted = True
            self.side.turn_to(PREVIEW)
        self._share()

    def _on_turned(self, number: int) -> None:
        if number != PREVIEW:
            self._other = number
        self._share()

    def _share(self) -> None:
        self.columns.widen(self._wanted and self.side.current() == PREVIEW)

    def restore(self) -> None:
        """As it was when the window was closed last."""
        keep = (self.workspace.setting("preview/room") or "").split()
        if len(keep) == 3 and all(part.isdigit() for part in keep):
            self._wanted, self.columns.paper = keep[1] == "1", int(keep[2])
            if keep[0] == "1":
                self.side.turn_to(PREVIEW)
            self._share()

    def keep(self) -> None:
        shown = self.side.current() == PREVIEW
        words = f"{int(shown)} {int(self._wanted)} {self.columns.paper}"
        self.workspace.set_setting("preview/room", words)
