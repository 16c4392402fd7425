"""The findings as a column of cards below the names of their sections; the explained ones folded away below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.model.change import Step
from perfdesk.model.finding import Finding, Place
from ui.finding_card import FindingCard
from ui.messages import units as words

if TYPE_CHECKING:
    from ui.explained import Explained
    from ui.look import Look
    from ui.workspace import Workspace

PORTION = 40
"""So many cards are made, and so many more when asked for: each costs while one types, and nobody reads hundreds at once."""
T = TypeVar("T", bound=QWidget)
Cards = dict[tuple[str, str, str], FindingCard]
"""By code and place of their finding and by the explanation."""


class FindingColumn(QWidget):
    """``jumped`` and ``mended`` as the cards say; ``asked``: more or fewer cards are wanted than were dealt;
    ``ruled``: the page of a rule."""

    jumped = Signal(Place)
    mended = Signal(Step)
    asked = Signal()
    ruled = Signal(str)

    def __init__(self, workspace: Workspace, look: Look, explained: Explained) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.explained = explained
        self.cards: list[FindingCard] = []
        self.unfolded = False
        self.most = PORTION
        self.heads: list[QWidget] = []
        self._spare: list[QWidget] = []
        self._dealt: tuple[list[tuple[Finding, str]], int] | None = None
        self._place = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        workspace.opened.connect(self._begin)

    def _begin(self) -> None:
        """Another filing, or the same in or out of the archive."""
        self.most = PORTION
        self._dealt = None

    def deal(self, waiting: list[Finding]) -> None:
        """The same findings keep their cards, and with them an explanation that is being written."""
        settled = list(self.explained.settled)
        shown = [(f, "") for f in waiting[: self.most]]
        shown += settled[: self.most] if self.unfolded else []
        dealt = [*shown, *((f, "-") for f, _ in settled)]
        if (dealt, len(waiting)) == self._dealt:
            return
        self._dealt = dealt, len(waiting)
        before = self.cards
        old = {(c.finding.code, c.finding.where, c.text): c for c in before}
        self.cards = []
        self._place = 0
        self._spare, self.heads = self.heads, []
        self._layout.setSpacing(self.look.px(8))
        self._deal_groups(waiting, old)
        if len(waiting) > self.most:
            self._link(words.more_findings(len(waiting) - self.most), "chevron-down", self.show_more)
        if self.explained.open and not waiting:
            self._label(words.NONE_OF_THIS_KIND)
        self._deal_settled(settled, old)
        while self._layout.count() > self._place:
            self._layout.takeAt(self._place)
        kept = set(self.cards)
        for widget in (*self._spare, *(c for c in before if c not in kept)):
            widget.hide()
            widget.deleteLater()

    def _deal_groups(self, findings: list[Finding], old: Cards) -> None:
        labels = self._labels(findings)
        named = [(labels.get(f.place.row or "", words.WHOLE_FILING), f) for f in findings]
        counts = Counter(label for label, _ in named)
        for label, group in groupby(named[: self.most], itemgetter(0)):
            self._label(words.group_head(label, counts[label]))
            for _, finding in group:
                self._add(finding, "", old)

    def _deal_settled(self, settled: list[tuple[Finding, str]], old: Cards) -> None:
        if not settled:
            return
        icon = "chevron-up" if self.unfolded else "chevron-down"
        self._link(words.settled_head(len(settled)), icon, self.fold)
        for finding, text in settled[: self.most] if self.unfolded else []:
            self._add(finding, text, old)

    def _link(self, text: str, icon: str, deed: Callable[[], None]) -> None:
        button = self._spared(QPushButton)
        if button is None:
            button = QPushButton()
            button.setObjectName("link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            button.clicked.disconnect()
        button.setText(text)
        button.setIcon(self.look.icon(icon, "accent", 12))
        button.clicked.connect(deed)
        self._head(button)

    def _label(self, text: str) -> None:
        label = self._spared(QLabel)
        if label is None:
            label = QLabel()
            label.setObjectName("muted")
            label.setWordWrap(True)
        label.setText(text)
        self._head(label)

    def _spared(self, kind: type[T]) -> T | None:
        """A head of before that says something else now: a new one has to be measured and painted from nothing."""
        found = next((w for w in self._spare if isinstance(w, kind)), None)
        if found is not None:
            self._spare.remove(found)
        return found

    def fold(self) -> None:
        """Show or hide what is explained."""
        self.unfolded = not self.unfolded
        self.asked.emit()

    def show_more(self) -> None:
        """Another portion of the cards."""
        self.most += PORTION
        self.asked.emit()

    def clear(self) -> None:
        """All cards are made anew the next time."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards, self._dealt = [], None

    def _head(self, widget: QWidget) -> None:
        self.heads.append(widget)
        self._put(widget)

    def _add(self, finding: Finding, text: str, old: Cards) -> None:
        card = old.pop((finding.code, finding.where, text), None)
        closed = self.workspace.archived
        if card is None or card.finding != finding or card.closed != closed:
            card = FindingCard(finding, self.look, text, closed)
            card.jumped.connect(self.jumped)
            card.mended.connect(self.mended)
            card.explained.connect(self.explained.explain)
            card.ruled.connect(self.ruled)
        self.cards.append(card)
        self._put(card)

    def _put(self, widget: QWidget) -> None:
        """Next in the column. One that stands there already keeps its place in the layout, which measures only new ones."""
        at = self._layout.indexOf(widget)
        if at < 0:
            self._layout.insertWidget(self._place, widget)
        for _ in range(at - self._place):
            self._layout.takeAt(self._place)
        self._place += 1

    def _labels(self, findings: list[Finding]) -> dict[str, str]:
        """Row id → label of its section, for the rows that are found at."""
        filing, form = self.workspace.filing, self.workspace.form
        if filing is None or form is None:
            return {}
        sections = {s.id: s.label for s in form.sections}
        names = [f.place.row for f in findings if f.place.row is not None]
        rows = (filing.row(name) for name in names)
        # A cell of a printed table has no row: its place is the table and the key of the printed row.
        tables = {name: name.partition("!")[0] for name in names if "!" in name}
        return tables | {r.id: sections.get(r.section, words.WHOLE_FILING) for r in rows if r}
