"""The pages of the open filing's sections, each made when it is first turned to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.form.page import Page

if TYPE_CHECKING:
    from perfdesk.model.form import Section


class PageStack(QStackedWidget):
    """``page_of`` makes the page of a section."""

    def __init__(self, page_of: Callable[[Section], Page]) -> None:
        super().__init__()
        self._page_of = page_of
        self._sections: Sequence[Section] = ()
        self._made: dict[int, Page] = {}

    def begin(self, sections: Sequence[Section]) -> None:
        """Places for the pages of other sections; the pages that were here go."""
        while self.count():
            page = self.widget(0)
            self.removeWidget(page)
            page.deleteLater()
        self._made.clear()
        self._sections = sections
        for _ in sections:
            self.addWidget(QWidget())

    def made(self) -> Collection[Page]:
        """Those that somebody has turned to."""
        return self._made.values()

    def make(self, number: int) -> Page:
        """The page of the section with that number, perhaps with nothing in it yet."""
        if number not in self._made:
            page, place = self._page_of(self._sections[number]), self.widget(number)
            self.insertWidget(number, page)
            self.removeWidget(place)
            place.deleteLater()
            self._made[number] = page
        return self._made[number]

    def filled(self, number: int) -> Page:
        """With the open filing in it."""
        if number not in self._made:
            page = self.make(number)
            page.load()
            page.remark()
        return self._made[number]
