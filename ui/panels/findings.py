"""The findings as cards, by section, filtered by how grave they are; those with an explanation are folded away below."""

from __future__ import annotations

from itertools import groupby
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
from perfdesk.model.finding import Finding, Place
from ui import messages as say
from ui import messages_units as words
from ui.explained import Explained
from ui.finding_card import FindingCard
from ui.models.progress import Progress, progress
from ui.scroll import scrolled

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace

MOST = 120
"""So many cards are made; a form with thousands of findings says how many more there are."""


class FindingsPanel(QWidget):
    """``jumped`` and ``mended`` as the cards say. ``explained`` knows which findings are settled."""

    jumped = Signal(Place)
    mended = Signal(Step)

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.explained = Explained(workspace, self)
        self.cards: list[FindingCard] = []
        self._heads: list[QWidget] = []
        self._dealt: list[tuple[Finding, str]] | None = None
        self._place = 0
        self.severity = ""
        self.unfolded = False
        self.calm = QWidget()
        self._calm()
        self.filters = QWidget()
        self._filters()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self.progress_head = QLabel(say.COMPLETENESS)
        self.progress_head.setObjectName("muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress_foot = QLabel()
        self.progress_foot.setObjectName("muted")
        self._lay_out()
        self.explained.changed.connect(self.show_state)
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
            button.setChecked(not severity)
            button.clicked.connect(lambda _=False, s=severity: self.narrow(s))
            group.addButton(button)
            self.buttons[severity] = button
            row.addWidget(button)
        row.addStretch(1)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 8, 4, 8)
        column.setSpacing(4)
        for widget in (self.calm, self.filters):
            column.addWidget(widget)
        column.addLayout(self._column)
        column.addSpacing(12)
        for widget in (self.progress_head, self.progress, self.progress_foot):
            column.addWidget(widget)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))

    def narrow(self, severity: str) -> None:
        """Only findings so grave; empty: all."""
        self.severity = severity
        self.buttons[severity].setChecked(True)
        self.show_state()

    def show_state(self) -> None:
        waiting, settled = self.explained.open, self.explained.settled
        self._deal([f for f in waiting if self.severity in ("", f.severity)])
        self.calm.setVisible(not waiting)
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
        self.progress.setValue(done.filled)
        self.progress_foot.setText(say.left_to_fill(done.wanted - done.filled))

    # --- cards ---

    def _deal(self, waiting: list[Finding]) -> None:
        """The same findings keep their cards, and with them an explanation that is being written."""
        settled = list(self.explained.settled)
        shown = [(f, "") for f in waiting[:MOST]] + (settled[:MOST] if self.unfolded else [])
        dealt = [*shown, *((f, "-") for f, _ in settled)]
        if dealt == self._dealt:
            return
        self._dealt = dealt
        old = self.cards
        self.cards = []
        self._place = 0
        heads = self._heads
        self._heads = []
        self._column.setSpacing(self.look.px(8))
        self._deal_groups(waiting[:MOST], old)
        if len(waiting) > MOST:
            self._head(QLabel(words.more_findings(len(waiting) - MOST)))
        if self.explained.open and not waiting:
            self._head(QLabel(words.NONE_OF_THIS_KIND))
        self._deal_settled(settled, old)
        while self._column.count() > self._place:
            self._column.takeAt(self._place)
        for widget in (*heads, *(c for c in old if c not in self.cards)):
            widget.hide()
            widget.deleteLater()

    def _deal_groups(self, findings: list[Finding], old: list[FindingCard]) -> None:
        labels = self._labels(findings)
        for label, group in groupby(findings, lambda f: labels.get(f.place.row or "", words.WHOLE_FILING)):
            some = list(group)
            self._head(QLabel(words.group_head(label, len(some))))
            for finding in some:
                self._add(finding, "", old)

    def _deal_settled(self, settled: list[tuple[Finding, str]], old: list[FindingCard]) -> None:
        if not settled:
            return
        button = QPushButton(words.settled_head(len(settled)))
        button.setObjectName("link")
        button.setIcon(self.look.icon("chevron-up" if self.unfolded else "chevron-down", "accent", 12))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self.fold)
        self._head(button)
        for finding, text in settled[:MOST] if self.unfolded else []:
            self._add(finding, text, old)

    def fold(self) -> None:
        """Show or hide what is explained."""
        self.unfolded = not self.unfolded
        self.show_state()

    def _head(self, widget: QLabel | QPushButton) -> None:
        if isinstance(widget, QLabel):
            widget.setObjectName("muted")
            widget.setWordWrap(True)
        self._heads.append(widget)
        self._put(widget)

    def _add(self, finding: Finding, text: str, old: list[FindingCard]) -> None:
        card = next((c for c in old if c.text == text and c.finding == finding), None)
        if card is None or card in self.cards:
            card = FindingCard(finding, self.look, text)
            card.jumped.connect(self.jumped)
            card.mended.connect(self.mended)
            card.explained.connect(self.explained.explain)
        self.cards.append(card)
        self._put(card)

    def _put(self, widget: QWidget) -> None:
        """Next in the column. One that stands there already keeps its place in the layout, which measures only new ones."""
        at = self._column.indexOf(widget)
        if at < 0:
            self._column.insertWidget(self._place, widget)
        for _ in range(at - self._place):
            self._column.takeAt(self._place)
        self._place += 1

    def _labels(self, findings: list[Finding]) -> dict[str, str]:
        """Row id → label of its section, for the rows that are found at."""
        filing, form = self.workspace.filing, self.workspace.form
        if filing is None or form is None:
            return {}
        sections = {s.id: s.label for s in form.sections}
        rows = (filing.row(f.place.row) for f in findings if f.place.row is not None)
        return {r.id: sections.get(r.section, words.WHOLE_FILING) for r in rows if r}

    def _redraw(self) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards, self._dealt = [], None
        self.show_state()
