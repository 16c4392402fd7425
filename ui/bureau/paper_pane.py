"""A form that was handed in, as it prints: read only, one cell marked, a click tells which cell it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.model.finding import Place
from ui import messages as say
from ui.messages import bureau as words
from ui.messages import paper as paper_words
from ui.models.pages import Pages, Refused
from ui.paper import PaperView

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from ui.look import Look


class PaperPane(QWidget):
    """``picked``: a place on paper was clicked."""

    picked = Signal(Place)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.pages = Pages(self)
        self.paper = PaperView(self.pages, look)
        self.paper.setAccessibleName(words.PAPERS)
        self.place: Place | None = None
        self.told = QLabel(words.PICK_PAPER)
        self.told.setObjectName("quiet")
        self.told.setWordWrap(True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.paper)
        self.stack.addWidget(self.told)
        self.number = QLabel()
        self.number.setObjectName("muted")
        self.smaller = self._tool(paper_words.PREVIEW_SMALLER, lambda: self.paper.zoom_by(-1))
        self.width_button = self._tool(paper_words.PREVIEW_WIDTH, lambda: self.paper.set_fit("width"))
        self.larger = self._tool(paper_words.PREVIEW_LARGER, lambda: self.paper.zoom_by(1))
        self._lay_out()
        self.pages.laid.connect(self._on_laid)
        self.pages.refused.connect(self._on_refused)
        self.paper.moved.connect(self._count)
        self.paper.picked.connect(self.picked)
        look.changed.connect(self._measure)
        self._measure()
        self.clear()

    def _tool(self, tip: str, do: object) -> QPushButton:
        button = QPushButton()
        button.setObjectName("ghost")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        if callable(do):
            button.clicked.connect(lambda: do())
        return button

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self.number)
        tools.addStretch(1)
        for button in (self.smaller, self.width_button, self.larger):
            tools.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(tools)
        self._column.addWidget(self.stack, 1)

    def _measure(self) -> None:
        self._column.setSpacing(self.look.px(4))
        self.smaller.setIcon(self.look.icon("zoom-out"))
        self.larger.setIcon(self.look.icon("zoom-in"))
        self.width_button.setText(say.zoom(self.paper.percent() / 100) if self.paper.count() else "")
        self.paper.lay_out()

    # --- what is shown ---

    def clear(self, told: str = words.PICK_PAPER) -> None:
        self.pages.forget()
        self.place = None
        self.paper.mark(())
        self.told.setText(told)
        self.stack.setCurrentWidget(self.told)
        self._count()

    def show_filing(self, form: Form, filing: Filing) -> None:
        self.clear(words.LOADING)
        self.pages.show(form, filing, draft=False, now=True)

    def show_place(self, place: Place | None) -> None:
        """Outlined, and brought into sight; once the pages are there."""
        self.place = place
        if self.pages.printed is not None:
            self.paper.mark(self.pages.printed.of(place))

    def _on_laid(self) -> None:
        self.stack.setCurrentWidget(self.paper)
        self.paper.lay_out()
        self.show_place(self.place)

    def _on_refused(self, refused: Refused) -> None:
        self.told.setText(refused.error.message)
        self.stack.setCurrentWidget(self.told)
        self._count()

    def _count(self) -> None:
        count = self.paper.count() if self.stack.currentWidget() is self.paper else 0
        self.number.setText(paper_words.page_of(self.paper.current() + 1, count) if count else "")
        self.width_button.setText(say.zoom(self.paper.percent() / 100) if count else "")
        for button in (self.smaller, self.width_button, self.larger):
            button.setVisible(count > 0)
