"""The bureau's remarks on the open filing, above the findings: those that wait, and those that are done folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from perfdesk.model.finding import Place
from ui.messages import remarks as words
from ui.remark_card import RemarkCard

if TYPE_CHECKING:
    from perfdesk.model.sent_back import KeptRemark
    from ui.look import Look
    from ui.workspace import Workspace


class RemarkList(QWidget):
    """``jumped``: to the place of a remark."""

    jumped = Signal(Place)

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.workspace = workspace
        self.look = look
        self.cards: list[RemarkCard] = []
        self.unfolded = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, look.px(8))
        look.changed.connect(self.show_state)

    def show_state(self) -> None:
        """Made anew: they are few, and change when somebody has seen to one."""
        space = self.workspace
        filing, store = space.filing, space.store
        found = store.remarks.of(filing.id) if store and filing and filing.id is not None else ()
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.cards = []
        self._column.setSpacing(self.look.px(8))
        self._deal([one for one in found if not one.done], [one for one in found if one.done])
        self.setVisible(bool(found))

    def _deal(self, waiting: list[KeptRemark], done: list[KeptRemark]) -> None:
        if waiting:
            head = QLabel(words.group(len(waiting), waiting[0].bureau, waiting[0].made))
            head.setObjectName("muted")
            head.setWordWrap(True)
            self._column.addWidget(head)
        self._add(waiting)
        if done:
            link = QPushButton(words.done_head(len(done)))
            link.setObjectName("link")
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.setIcon(self.look.icon("chevron-up" if self.unfolded else "chevron-down", "accent", 12))
            link.clicked.connect(self.fold)
            self._column.addWidget(link)
        self._add(done if self.unfolded else [])

    def _add(self, some: list[KeptRemark]) -> None:
        filing = self.workspace.filing
        for one in some if filing else ():
            assert filing is not None
            card = RemarkCard(one, filing, self.look)
            card.jumped.connect(self.jumped)
            card.seen_to.connect(self._see_to)
            self.cards.append(card)
            self._column.addWidget(card)

    def fold(self) -> None:
        """Show or hide what is done."""
        self.unfolded = not self.unfolded
        self.show_state()

    def _see_to(self, kept: KeptRemark, done: bool, answer: str) -> None:
        if (store := self.workspace.store) is None:
            return
        try:
            store.remarks.see_to(kept.returned, kept.number, done, answer)
        except UserError as error:
            self.workspace.refused.emit(error)
            return
        self.show_state()
        self.workspace.listed.emit()
