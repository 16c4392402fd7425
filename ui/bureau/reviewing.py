"""What a reviewer does with a unit's papers: looks at one, goes to what is found in it, writes a note about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.bureau.places import place_at
from perfdesk.bureau.written import where_of
from perfdesk.errors import UserError
from perfdesk.findings_paper import place_words
from perfdesk.model.finding import Finding, Place
from ui.bureau.notes_list import About
from ui.bureau.papers_list import name_of
from ui.bureau.told_side import NOTES
from ui.bureau.unit_read import UnitRead, filing_of
from ui.messages import bureau as words

if TYPE_CHECKING:
    from perfdesk.model.bureau import Note, PaperInfo
    from perfdesk.model.filing import Filing
    from perfdesk.model.form import Form
    from ui.bureau.unit_page import UnitPage

NOWHERE = Place(None)


class Reviewing(QObject):
    """Over the page's three columns. ``paper`` is the one that is shown, with its ``form`` and ``filing`` where they are known.
    ``compared``: the handing that is shown with the one that counts."""

    compared = Signal(object)

    def __init__(self, page: UnitPage) -> None:
        super().__init__(page)
        self.page = page
        self.read: UnitRead | None = None
        self.paper: PaperInfo | None = None
        self.form: Form | None = None
        self.filing: Filing | None = None
        self.where = ""
        side = page.side
        page.papers.shown.connect(self.show_paper)
        page.pane.picked.connect(self.pick)
        side.findings.jumped.connect(page.pane.show_place)
        side.findings.noted.connect(self._note_about)
        side.notes.written.connect(self.write)
        side.notes.dropped.connect(self.drop)
        side.old.chosen.connect(lambda number: page.show_unit(page.key, number))
        side.old.compared.connect(lambda: self.compared.emit(self.read))

    def show(self, read: UnitRead, again: bool) -> None:
        """``again``: the same unit, after something was written or came."""
        before = self.paper if again else None
        self.read = read
        side = self.page.side
        side.old.show_handings(read.handings, read.shown, read.is_old)
        same = before is not None and read.shown is not None and before.handing == read.shown.number
        if same and before in read.papers:
            self.page.papers.blockSignals(True)
            self.page.papers.show_papers(read, before.number)
            self.page.papers.blockSignals(False)
            self._show_side()
        else:
            self.paper = None
            self.page.papers.show_papers(read, 1)
            if not read.papers:
                self.page.pane.clear()
                self._show_side()

    def show_paper(self, paper: PaperInfo) -> None:
        if self.read is None:
            return
        self.paper, self.where = paper, ""
        self.form = self.filing = None
        self.form = self.page.year.workspace.catalog.forms.get(paper.form)
        if self.form is None:
            self.page.pane.clear(words.UNKNOWN_FORM)
        else:
            try:
                self.filing = filing_of(self.page.year.store, self.read, paper.number)
                self.page.pane.show_filing(self.form, self.filing)
            except UserError as error:
                self.page.pane.clear(error.message)
        self._show_side()

    # --- what stands beside it ---

    def _show_side(self) -> None:
        read, paper, side = self.read, self.paper, self.page.side
        if read is None:
            return
        told = read.findings.get(paper.number, ()) if paper else ()
        found = [
            (Finding(t.code, t.severity, t.place, self._place(t.place), t.title, t.message), t.explanation)
            for t in told
        ]
        side.findings.show_findings(found, words.OLD_UNCHECKED if read.is_old else words.NO_FINDINGS)
        side.notes.show_notes([(n, self._about(n)) for n in read.notes_of()], not read.is_old)
        side.count(read, sum(read.waiting(paper.number).values()) if paper else 0)
        self._offer()

    def _place(self, where: str) -> Place:
        if self.form is None or self.filing is None or not where:
            return NOWHERE
        return place_at(self.form, self.filing, where)

    def _words(self, where: str) -> str:
        if self.form is None or self.filing is None:
            return where
        return place_words(self.form, self.filing, Finding("", "hint", where, self._place(where), "", ""))

    def _about(self, note: Note) -> str:
        """A note on another paper is told by that paper's name."""
        papers = {p.number: name_of(p) for p in self.read.papers} if self.read else {}
        if not note.paper:
            return words.NOTE_WHOLE
        mine = self.paper is not None and self.paper.number == note.paper
        where = self._words(note.place) if note.place and mine else ""
        return words.SEPARATOR.join(part for part in (papers.get(note.paper, ""), where) if part)

    # --- notes ---

    def pick(self, place: Place) -> None:
        """A cell on paper: what is written next is about it."""
        if self.form is None or self.filing is None:
            return
        self.where = where_of(self.form, self.filing, place)
        self.page.pane.show_place(place)
        self._offer()

    def _note_about(self, finding: Finding) -> None:
        self.where = finding.where
        self.page.pane.show_place(finding.goes_to)
        self._offer()
        self.page.side.turn_to(NOTES)
        self.page.side.notes.start()

    def _offer(self) -> None:
        choices = [About(0, "", words.NOTE_WHOLE)]
        if self.paper is not None:
            choices.append(About(self.paper.number, "", words.about_paper(name_of(self.paper))))
            if self.where:
                choices.append(
                    About(self.paper.number, self.where, words.about_place(self._words(self.where)))
                )
        self.page.side.notes.offer(choices, len(choices) - 1)

    def write(self, about: About, text: str) -> None:
        year = self.page.year
        if self._changed(
            lambda: year.store.bureau.put_note(year.year, self.page.key, text, about.paper, about.place)
        ):
            self.page.side.notes.written_down()

    def drop(self, number: int) -> None:
        year = self.page.year
        self._changed(lambda: year.store.bureau.drop_note(year.year, self.page.key, number))

    def _changed(self, deed: object) -> bool:
        """The page and the tree tell it; what was refused was told."""
        assert callable(deed)
        try:
            deed()
        except UserError as error:
            self.page.year.refused.emit(error)
            return False
        self.page.year.load()
        return True
