"""The findings as cards, by section, filtered by how grave they are; those with an explanation are folded away below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model.change import Step
from perfdesk.model.finding import Place
from ui import messages as say
from ui.explained import Explained
from ui.finding_card import FindingCard
from ui.finding_column import PORTION, FindingColumn
from ui.messages import checks as rules
from ui.messages import units as words
from ui.models.progress import Progress, progress
from ui.scroll import scrolled

if TYPE_CHECKING:
    from ui.look import Look
    from ui.remark_list import RemarkList
    from ui.workspace import Workspace


class FindingsPanel(QWidget):
    """``jumped``, ``mended`` and ``ruled`` as the cards say (``ruled`` with nothing: the page of all rules); ``filed``: the findings are
    wanted as a file. ``explained`` knows which findings are settled."""

    jumped = Signal(Place)
    mended = Signal(Step)
    ruled = Signal(str)
    filed = Signal()

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.explained = Explained(workspace, self)
        self.column = FindingColumn(workspace, look, self.explained)
        self.severity = ""
        self.calm = QWidget()
        self._calm()
        self.filters = QWidget()
        self._filters()
        for unknown in (self.calm, self.filters):
            unknown.hide()
        self.progress_head = QLabel(say.COMPLETENESS)
        self.progress_head.setObjectName("muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress_foot = QLabel()
        self.progress_foot.setObjectName("muted")
        self._lay_out()
        self.remarks: RemarkList | None = None
        for known in (workspace.opened, workspace.stored):
            known.connect(self.show_remarks)
        self.explained.changed.connect(self.show_state)
        self.column.jumped.connect(self.jumped)
        self.column.mended.connect(self.mended)
        self.column.ruled.connect(self.ruled)
        self.column.asked.connect(self.show_state)
        look.changed.connect(self._redraw)

    def _calm(self) -> None:
        head = QLabel(say.NO_FINDINGS)
        head.setObjectName("dialogTitle")
        more = QLabel(say.NO_FINDINGS_MORE)
        more.setObjectName("muted")
        more.setWordWrap(True)
        told = QVBoxLayout()
        told.addWidget(head)
        told.addWidget(more)
        self._tick = QLabel()
        row = QHBoxLayout(self.calm)
        row.setContentsMargins(2, 8, 2, 8)
        row.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)

    def _filters(self) -> None:
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(4)
        for severity in words.FILTERS:
            button = QPushButton()
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setAutoExclusive(True)  # what a screen reader calls one of several
            button.setChecked(not severity)
            button.clicked.connect(lambda _=False, s=severity: self.narrow(s))
            group.addButton(button)
            self.buttons[severity] = button
            row.addWidget(button)
        row.addStretch(1)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column = column = QVBoxLayout(inner)
        column.setContentsMargins(0, 8, 4, 8)
        column.setSpacing(4)
        for widget in (self.calm, self.filters):
            column.addWidget(widget)
        column.addWidget(self.column)
        column.addSpacing(12)
        for widget in (self.progress_head, self.progress, self.progress_foot):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(self._ways_out())
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))

    def _ways_out(self) -> QHBoxLayout:
        """To the rules, and to a file."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for text, signal in (
            (rules.RULES_LINK, lambda: self.ruled.emit("")),
            (rules.FILE_LINK, self.filed.emit),
        ):
            button = QPushButton(text)
            button.setObjectName("link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, do=signal: do())
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_remarks(self) -> None:
        """What the bureau says about the open filing; most filings have nothing of that."""
        space = self.workspace
        info = space.info(space.open_id) if space.open_id is not None and space.is_open else None
        if info is not None and info.remarks is not None and self.remarks is None:
            from ui.remark_list import RemarkList

            self.remarks = RemarkList(space, self.look)
            self.remarks.jumped.connect(self.jumped)
            self._column.insertWidget(0, self.remarks)
        if self.remarks is not None:
            self.remarks.show_state()

    def narrow(self, severity: str) -> None:
        """Only findings so grave; empty: all."""
        self.severity = severity
        self.column.most = PORTION
        self.buttons[severity].setChecked(True)
        self.show_state()

    @property
    def cards(self) -> list[FindingCard]:
        """Those that are shown, in order."""
        return self.column.cards

    def show_state(self) -> None:
        waiting, settled = self.explained.open, self.explained.settled
        self.column.deal([f for f in waiting if self.severity in ("", f.severity)])
        self.calm.setVisible(not waiting and self.workspace.marks.are_known)
        self.filters.setVisible(bool(waiting))
        for severity, button in self.buttons.items():
            count = sum(1 for f in waiting if severity in ("", f.severity))
            button.setText(words.filter_text(severity, count))
            button.setVisible(bool(count) or severity in ("", self.severity))
        self._tick.setPixmap(self.look.icon("ok", "good", 20).pixmap(self.look.px(20), self.look.px(20)))
        self._tick.setVisible(not waiting and not settled)
        space = self.workspace
        done = progress(space.form, space.values) if space.form and space.values else Progress()
        self.progress.setMaximum(max(1, done.wanted))
        self.progress.setValue(done.filled if done.wanted else 1)
        self.progress_foot.setText(say.left_to_fill(done.wanted - done.filled))

    def _redraw(self) -> None:
        self.column.clear()
        self.show_state()
