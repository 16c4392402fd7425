"""The pages as they will print, beside the editor: follow the cell that is edited, lead back to it with a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.finding import Place
from ui import messages as say
from ui.evaluation.report_beside import known_beside
from ui.messages import paper as words
from ui.models.pages import Pages, Refused
from ui.models.printed_places import printed_places
from ui.paper import PaperView

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Changes, Workspace

FACTORS = (50, 75, 100, 125, 150, 200)


class PreviewPanel(QWidget):
    """``jumped``: to the cell of a place that was clicked."""

    jumped = Signal(Place)

    def __init__(self, workspace: Workspace, look: Look, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.pages = Pages(self)
        self.paper = PaperView(self.pages, look)
        self.place: Place | None = None
        self._stale = True
        self._filing: int | None = None
        self._make_tools(actions)
        self.draft = QLabel()
        self.draft.setObjectName("draftNote")
        self.draft.setWordWrap(True)
        self.trouble = _Trouble(look)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.paper)
        self.stack.addWidget(self.trouble)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._tools)
        self._column.addWidget(self.draft)
        self._column.addWidget(self.stack, 1)
        self._connect()
        self._measure()

    def _make_tools(self, actions: Mapping[str, QAction]) -> None:
        self.smaller = self._tool(words.PREVIEW_SMALLER, lambda: self.paper.zoom_by(-1))
        self.percent = self._tool(words.PREVIEW_ZOOM, None)
        self.larger = self._tool(words.PREVIEW_LARGER, lambda: self.paper.zoom_by(1))
        self.before = self._tool(words.PREVIEW_BEFORE, lambda: self.paper.show_page(self.paper.current() - 1))
        self.number = QLabel()
        self.number.setObjectName("muted")
        self.after = self._tool(words.PREVIEW_AFTER, lambda: self.paper.show_page(self.paper.current() + 1))
        self.printer = self._tool(actions["print"].toolTip(), actions["print"].trigger)
        menu = QMenu(self.percent)
        menu.addAction(words.PREVIEW_WIDTH, lambda: self.paper.set_fit("width"))
        menu.addAction(words.PREVIEW_PAGE, lambda: self.paper.set_fit("page"))
        menu.addSeparator()
        for percent in FACTORS:
            menu.addAction(say.zoom(percent / 100), lambda p=percent: self.paper.zoom_to(p / 100))
        self.percent.setMenu(menu)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(0)
        for widget in (self.smaller, self.percent, self.larger):
            self._tools.addWidget(widget)
        self._tools.addStretch(1)
        for widget in (self.before, self.number, self.after):
            self._tools.addWidget(widget)
        self._tools.addStretch(1)
        self._tools.addWidget(self.printer)

    def _tool(self, tip: str, do: object) -> QPushButton:
        button = QPushButton()
        button.setObjectName("ghost")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if callable(do):
            button.clicked.connect(lambda: do())
        return button

    def _connect(self) -> None:
        space = self.workspace
        space.opened.connect(self._on_opened)
        space.changed.connect(self._on_change)
        space.checked.connect(self._on_checked)
        self.pages.laid.connect(self._on_laid)
        self.pages.refused.connect(self._on_refused)
        self.paper.moved.connect(self._name)
        self.paper.picked.connect(self.jumped)
        self.trouble.followed.connect(self.jumped)
        self.look.changed.connect(self._measure)

    def _measure(self) -> None:
        px, look = self.look.px, self.look
        self._column.setContentsMargins(0, px(6), 0, px(8))
        self._column.setSpacing(px(6))
        for button, name in (
            (self.smaller, "zoom-out"),
            (self.larger, "zoom-in"),
            (self.before, "up"),
            (self.after, "down"),
            (self.printer, "print"),
        ):
            button.setIcon(look.icon(name))
        self.paper.lay_out()

    # --- how large, as it was last ---

    def _restore_size(self) -> None:
        kept = self.workspace.setting("preview/size") or ""
        if kept == "page":
            self.paper.set_fit("page")
        elif kept.isdigit():
            self.paper.zoom_to(int(kept) / 100)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        paper = self.paper
        self.workspace.set_setting("preview/size", paper.fit or str(round(paper.factor * 100)))

    # --- what is shown ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # After the layout: the first pictures come in the right size.
        QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        if self.isVisible() and self._stale:
            self._restore_size()
            self._ask(now=True)
        elif self.isVisible():
            self.paper.lay_out()
            self.follow(self.place)

    def _on_opened(self) -> None:
        filing = self.workspace.filing.id if self.workspace.filing else None
        if filing != self._filing:
            self._filing, self.place = filing, None
            self.pages.forget()
            self.paper.mark(())
            self.paper.lay_out()
        self._ask(now=True)

    def _on_change(self, changes: Changes) -> None:
        self._ask()

    def _on_checked(self) -> None:
        """The draft mark comes and goes with the errors."""
        self._say_draft()
        shown = self.pages.printed
        if shown is None or shown.draft != self._is_draft():
            self._ask()

    def _is_draft(self) -> bool:
        return any(f.severity == "error" for f in self.workspace.findings)

    def _ask(self, now: bool = False) -> None:
        """New pages; only when they are seen."""
        self._stale = True
        form, filing = self.workspace.form, self.workspace.filing
        if self.isVisible() and form and filing:
            self._stale = False
            self.pages.show(form, filing, self._is_draft(), now, known_beside(self.workspace.values))

    def _on_laid(self) -> None:
        self.stack.setCurrentWidget(self.paper)
        self.follow(self.place)
        self._name()

    def _on_refused(self, refused: Refused) -> None:
        self.trouble.tell(refused)
        self.stack.setCurrentWidget(self.trouble)
        self._name()

    def _name(self) -> None:
        count = self.paper.count()
        self.number.setText(words.page_of(self.paper.current() + 1, count) if count else "")
        self.percent.setText(say.zoom(self.paper.percent() / 100) if count else "")
        for button in (self.smaller, self.percent, self.larger):
            button.setEnabled(count > 0)
        self.before.setEnabled(count > 0 and self.paper.current() > 0)
        self.after.setEnabled(self.paper.current() + 1 < count)
        self._say_draft()

    def _say_draft(self) -> None:
        errors = sum(1 for f in self.workspace.findings if f.severity == "error")
        self.draft.setText(words.preview_draft(errors))
        self.draft.setVisible(errors > 0 and self.pages.printed is not None)

    def follow(self, place: Place | None) -> None:
        """The cell that is being edited."""
        self.place = place
        printed = self.pages.printed
        if printed is not None and self.isVisible():
            shown = printed_places(self.workspace.values, place)
            self.paper.mark(tuple(spot for one in shown for spot in printed.of(one)))


class _Trouble(QFrame):
    """Why there are no pages: a calm card with the character and the way to it."""

    followed = Signal(Place)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._place: Place | None = None
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.link = QPushButton(say.JUMP)
        self.link.setObjectName("link")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.clicked.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(4), look.px(12), look.px(4), 0)
        column.addWidget(self.text)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def tell(self, refused: Refused) -> None:
        self.text.setText(words.preview_missing(refused.chars) if refused.chars else refused.error.message)
        self.text.setToolTip(refused.error.detail)
        self._place = refused.place
        self.link.setVisible(refused.place is not None)

    def _follow(self) -> None:
        if self._place:
            self.followed.emit(self._place)
