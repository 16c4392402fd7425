"""Two handings of a unit side by side: the papers that differ, and in each what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.compare.lines import Comparison
from ui import messages as say
from ui.choice import Choice
from ui.fitting import open_at
from ui.messages import bureau as words
from ui.models.comparing import ComparedModel
from ui.panels.comparison import ComparedTable

if TYPE_CHECKING:
    from perfdesk.bureau.differing import Differing
    from ui.look import Look


class ChangesDialog(QDialog):
    """``sides``: what the two are called."""

    def __init__(
        self,
        changes: Sequence[Differing],
        sides: tuple[str, str],
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.CHANGES_TITLE)
        px = look.px
        open_at(self, px(820), px(560))
        self.sides = sides
        self.changes = [change for change in changes if change.lines]
        alone = [words.only_one(_named(c), c.kind == "left", sides) for c in changes if not c.lines]
        self.told = QLabel("\n".join(alone) if changes else words.CHANGES_NONE)
        self.told.setObjectName("quiet")
        self.told.setWordWrap(True)
        self.told.setVisible(bool(self.told.text()))
        self.paper = Choice(look)
        self.paper.setAccessibleName(words.CHANGES_PAPER)
        self.paper.addItems([_named(change) for change in self.changes])
        self.model = ComparedModel(look, self)
        self.table = ComparedTable(look, self.model)
        for widget in (self.paper, self.table):
            widget.setVisible(bool(self.changes))
        close = QPushButton(say.CLOSE)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        column.addWidget(self.told)
        column.addWidget(self.paper)
        column.addWidget(self.table, 1)
        if not self.changes:
            column.addStretch(1)
        column.addLayout(foot)
        self.paper.currentIndexChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        at = self.paper.currentIndex()
        if 0 <= at < len(self.changes):
            self.model.show(Comparison(*self.sides, "", self.changes[at].lines), only=True)
            self.table.fit()


def _named(one: Differing) -> str:
    return f"{one.title}　{one.name}" if one.name else one.title
