"""What of a file the store has already: the same form of the same unit and year, of projects with the same name; what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from perfdesk.projects import same_again
from ui.choice import Choice
from ui.messages import projects as words

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.store import FilingInfo
    from ui.look import Look

WAYS = ("both", "replace", "skip")


class SameAgain(QFrame):
    """Hidden while nothing is there already. ``known``: the filings of the store."""

    def __init__(self, known: Sequence[FilingInfo], look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._known = {
            (i.unit_name, i.year, *same_again(i.form, i.name)): i for i in reversed(known) if not i.closed
        }
        self.told = QLabel()
        self.told.setObjectName("warningText")
        self.told.setWordWrap(True)
        self.way = Choice(look)
        self.way.addItems([words.SAME_WAYS[way] for way in WAYS])
        self.way.setAccessibleName(words.SAME_WAY)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(self.told)
        column.addWidget(self.way)

    def of(self, filings: Sequence[Filing]) -> list[FilingInfo | None]:
        """For each the one that is there already; one that is there stands for one that comes, not for several."""
        left = dict(self._known)
        return [left.pop(_key(filing), None) for filing in filings]

    def judge(self, filings: Sequence[Filing]) -> list[bool]:
        """Says which are there already, and returns it."""
        there = [one is not None for one in self.of(filings)]
        names = [f.cell("basic/name") or f.title for f, again in zip(filings, there, strict=True) if again]
        self.told.setText(words.same_again(names) if names else "")
        self.setVisible(bool(names))
        return there

    def taken(self, filings: Sequence[Filing]) -> list[tuple[Filing, int | None]]:
        """What is to be taken in, and the filing that each takes the place of."""
        pairs = list(zip(filings, self.of(filings), strict=True))
        match WAYS[self.way.currentIndex()]:
            case "skip":
                return [(filing, None) for filing, there in pairs if there is None]
            case "replace":
                return [(filing, there.id if there else None) for filing, there in pairs]
            case _:
                return [(filing, None) for filing in filings]


def _key(filing: Filing) -> tuple[str, int | None, str, str]:
    unit = " ".join(filing.unit_name.split())
    return unit, filing.year, *same_again(filing.form, filing.cell("basic/name"))
