"""The findings as cards: a coloured edge, a heading, the sentence, links that mend it or lead there. Below, how complete it is."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from perfdesk.model.change import Step
from perfdesk.model.finding import Finding, Place
from ui import messages as say
from ui.models.progress import Progress, progress
from ui.scroll import scrolled

if TYPE_CHECKING:
    from ui.look import Look
    from ui.workspace import Workspace

EDGES = {"error": "error", "warning": "warning", "hint": "dot"}


class FindingCard(QWidget):
    """``jumped``: to the place; ``mended``: by this step."""

    jumped = Signal(object)
    mended = Signal(object)

    def __init__(self, finding: Finding, look: Look) -> None:
        super().__init__()
        self.finding = finding
        self.look = look
        px = look.px
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        title = QLabel(finding.title)
        title.setObjectName("dialogTitle")
        title.setWordWrap(True)
        sentence = QLabel(finding.message)
        sentence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(13), px(8), px(10), px(8))
        column.setSpacing(px(2))
        column.addWidget(title)
        column.addWidget(sentence)
        self.links = QLabel(self._links())
        self.links.setWordWrap(True)
        self.links.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.links.linkActivated.connect(self.follow)
        column.addWidget(self.links)
        self.links.setHidden(not self.links.text())
        if finding.source:
            self.setToolTip(finding.source)

    def _links(self) -> str:
        """The fixes by their numbers, then the jump (its word is never broken by a line)."""
        named = [(str(n), step.label) for n, step in enumerate(self.finding.fixes)]
        if self.finding.place.row is not None:
            named.append(("jump", "\u2060".join(say.JUMP)))
        colour = self.look.theme.colour("accent")
        style = f"color:{colour};text-decoration:none"
        return say.SEPARATOR.join(
            f'<a href="{key}" style="{style}">{escape(text)}</a>' for key, text in named
        )

    def follow(self, link: str) -> None:
        if link == "jump":
            self.jumped.emit(self.finding.place)
        else:
            self.mended.emit(self.finding.fixes[int(link)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.finding.place.row is not None:
            self.jumped.emit(self.finding.place)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded box whose left edge is as thick and red as the finding is grave."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, self.look.px(8), self.look.px(8))
        painter.fillPath(path, self.look.colour("paper"))
        painter.setClipPath(path)
        edge = QRectF(0, 0, self.look.px(3), self.height())
        painter.fillRect(edge, self.look.colour(EDGES[self.finding.severity]))
        painter.setClipping(False)
        painter.setPen(QPen(self.look.colour("line"), 1))
        painter.drawPath(path)
        painter.setClipRect(edge)
        painter.setPen(QPen(self.look.colour(EDGES[self.finding.severity]), 1.5))
        painter.drawPath(path)


class FindingsPanel(QWidget):
    """``jumped`` and ``mended`` as the cards say."""

    jumped = Signal(Place)
    mended = Signal(Step)

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.cards: list[FindingCard] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self.calm = QWidget()
        self._calm()
        self.progress_head = QLabel(say.COMPLETENESS)
        self.progress_head.setObjectName("muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress_foot = QLabel()
        self.progress_foot.setObjectName("muted")
        self._lay_out()
        workspace.checked.connect(self.show_state)
        look.changed.connect(self._redraw)

    def _calm(self) -> None:
        head = QLabel(say.NO_FINDINGS)
        head.setObjectName("dialogTitle")
        more = QLabel(say.NO_FINDINGS_MORE)
        more.setObjectName("muted")
        more.setWordWrap(True)
        words = QVBoxLayout()
        words.addWidget(head)
        words.addWidget(more)
        self._tick = QLabel()
        row = QHBoxLayout(self.calm)
        row.setContentsMargins(2, 8, 2, 8)
        row.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 8, 4, 8)
        column.setSpacing(4)
        column.addWidget(self.calm)
        column.addLayout(self._column)
        column.addSpacing(12)
        for widget in (self.progress_head, self.progress, self.progress_foot):
            column.addWidget(widget)
        column.addStretch(1)
        area = scrolled(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_state(self) -> None:
        findings = self.workspace.findings
        if [c.finding for c in self.cards] != list(findings):
            self._deal(findings)
        self.calm.setVisible(not findings)
        self._tick.setPixmap(self.look.icon("ok", "good", 20).pixmap(self.look.px(20), self.look.px(20)))
        space = self.workspace
        done = progress(space.form, space.values) if space.form and space.values else Progress()
        self.progress.setMaximum(max(1, done.wanted))
        self.progress.setValue(done.filled)
        self.progress_foot.setText(say.left_to_fill(done.wanted - done.filled))

    def _deal(self, findings: tuple[Finding, ...]) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self._column.setSpacing(self.look.px(8))
        self.cards = [FindingCard(f, self.look) for f in findings]
        for card in self.cards:
            card.jumped.connect(self.jumped)
            card.mended.connect(self.mended)
            self._column.addWidget(card)

    def _redraw(self) -> None:
        self._deal(self.workspace.findings)
        self.show_state()
