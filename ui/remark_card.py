"""One remark of the bureau as a card: what it says, what stood there when it was handed in, the way there, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from perfdesk.model.finding import Finding, Place
from ui import messages as say
from ui.finding_card import FindingCard, whole
from ui.messages import remarks as words

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing
    from perfdesk.model.sent_back import KeptRemark
    from ui.look import Look

LONG = 120
"""Characters of what stood there; more is read in the cell."""


class RemarkCard(FindingCard):
    """``seen_to``: it is done or open now, with what the unit says about it. ``text`` is that answer."""

    seen_to = Signal(object, bool, str)

    def __init__(self, kept: KeptRemark, filing: Filing, look: Look) -> None:
        self.kept = kept
        super().__init__(_as_finding(kept, filing), look, kept.answer)

    @property
    def edge(self) -> str:
        return "dot" if self.kept.done else "accent"

    def lines(self) -> list[tuple[str, str]]:
        """Texts and the names of their looks."""
        remark = self.kept.remark
        stood = " ".join(remark.stood.split())
        short = stood if len(stood) <= LONG else f"{stood[:LONG]}…"
        return [
            (words.where(self.kept.about if self.kept.filing is None else "", remark.where), "muted"),
            (remark.title, "dialogTitle"),
            (remark.text, ""),
            (words.stood(short) if short else "", "quiet"),
            (words.answered(self.kept.answer) if self.kept.answer else "", "quiet"),
        ]

    def ways(self) -> list[tuple[str, str]]:
        done = [("answer", whole(words.SAY)), ("open", whole(words.AGAIN))]
        named = done if self.kept.done else [("answer", whole(words.DO))]
        return [*named, ("jump", whole(say.JUMP))] if self.finding.where else named

    def follow(self, link: str) -> None:
        match link:
            case "answer":
                self.open_editor(words.PLACEHOLDER, words.SAVE_DONE)
            case "open":
                self.seen_to.emit(self.kept, False, self.kept.answer)
            case _:
                super().follow(link)

    def event(self, event: QEvent) -> bool:
        """F1 is the window's: there is no rule to tell of."""
        return QWidget.event(self, event)

    def jump(self) -> None:
        if self.finding.where:
            super().jump()

    def save(self) -> None:
        """Without a word, too."""
        if self.editor is not None:
            self.seen_to.emit(self.kept, True, self.editor.toPlainText().strip())


def _as_finding(kept: KeptRemark, filing: Filing) -> Finding:
    """Where the row is gone, its section."""
    remark = kept.remark
    here = kept.filing is not None
    row = remark.row if "!" in remark.row or filing.row(remark.row) is not None else None
    place = Place(row or None, (remark.column or None) if row else None)
    where = remark.place.removeprefix("tables/") if here else ""
    return Finding("", "hint", where, place, remark.title, remark.text)
