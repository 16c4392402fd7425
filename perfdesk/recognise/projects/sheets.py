"""Where each project's table begins and ends in a stream of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfdesk.recognise.labels import ANNEX, UNIT_LINE, Words
from perfdesk.recognise.lines import Line
from perfdesk.recognise.projects.names import Names
from perfdesk.recognise.segments import columns_of
from perfdesk.values import one_line

_TITLE = re.compile(r"(.*)绩效目标(?:申报)?表(?:[(（]20\d{2}年度?[)）])?")
_NUMBERING = re.compile(r"\s*(?:[(（]\d{1,3}[)）]|\d{1,3}(?:、|[.．](?!\d)))\s*")
_LONGEST_TITLE = 200
_HEADING = 4
"""So many lines may stand between a title and its table."""
_NOISE = 24
"""A paragraph of at most so many characters between two tables is a page's mark."""


@dataclass(slots=True)
class Sheet:
    """One project's lines. ``heading``: its title and what stands between the title and the table."""

    heading: list[Line] = field(default_factory=list[Line])
    body: list[Line] = field(default_factory=list[Line])

    @property
    def lines(self) -> list[Line]:
        return [*self.heading, *self.body]


def unnumbered(text: str) -> str:
    """The title without the number that the document gave it."""
    return _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text


def is_title(line: Line) -> bool:
    """The title of a project's table: alone in its row, and not that of a whole department's."""
    if len(line.filled) != 1 or len(line.text) > _LONGEST_TITLE or any(s.above for s in line.spots):
        return False
    match = _TITLE.fullmatch(one_line(line.text))
    return match is not None and "整体" not in match[1][-8:]


def sheets(lines: Sequence[Line], words: Words, names: Names, foreign: frozenset[str]) -> list[Sheet]:
    """The tables of projects in their order. ``foreign``: words with which the rows of other kinds of form begin."""
    cutter = _Cutter(lines, words, names, foreign)
    cutter.run()
    return [s for s in cutter.found if _is_project(s, words, names)]


def _is_project(sheet: Sheet, words: Words, names: Names) -> bool:
    """It has the header of indicators or, cut short, two labels of a project."""
    if any(columns_of(words, line) for line in sheet.body):
        return True
    labels = {a for line in sheet.body for s in line.filled for a in names.cells_of(s.own)[:1]}
    return len(labels) >= 2


class _Cutter:
    def __init__(self, lines: Sequence[Line], words: Words, names: Names, foreign: frozenset[str]) -> None:
        self.lines = lines
        self.words = words
        self.names = names
        self.foreign = foreign
        self.found: list[Sheet] = []
        self.open: Sheet | None = None

    def run(self) -> None:
        n = 0
        while n < len(self.lines):
            line = self.lines[n]
            if is_title(line) and (end := self._table_after(n)):
                annex = n > 0 and ANNEX.fullmatch(self.lines[n - 1].text.strip())
                self.open = Sheet(list(self.lines[n - 1 if annex else n : end]))
                self.found.append(self.open)
                n = end
                continue
            self._take(n)
            n += 1

    def _table_after(self, title: int) -> int:
        """Number of the first row of the table that the title stands over, 0 where there is none (a line of a list of contents)."""
        for n in range(title + 1, min(title + 1 + _HEADING, len(self.lines))):
            line = self.lines[n]
            if is_title(line):
                return 0
            if line.table >= 0 and self._is_row(line):
                return 0 if self._foreign(line) else n
        return 0

    def _is_row(self, line: Line) -> bool:
        """A row of the form itself, not one that holds the unit's name or the unit of amounts above the form."""
        first = line.filled[0].own
        if self.names.cells_of(first) or self.names.section_of(first):
            return True
        return len(line.filled) > 1 and not UNIT_LINE.search(one_line(line.text))

    def _take(self, n: int) -> None:
        line = self.lines[n]
        if line.table < 0:
            if self.open and not self._is_mark(n):
                self.open = None
        elif self._begins(line):
            self.open = Sheet([], [line])
            self.found.append(self.open)
        elif self.open is not None:
            if self.open.body and self.open.body[-1].table != line.table and self._foreign(line):
                self.open = None
            else:
                self.open.body.append(line)

    def _is_mark(self, n: int) -> bool:
        """A page's mark: a short paragraph, and the table goes on below it."""
        after = self.lines[n + 1] if n + 1 < len(self.lines) else None
        if self.open is None or not self.open.body or after is None or len(self.lines[n].text) > _NOISE:
            return False
        return after.table >= 0 and (
            bool(columns_of(self.words, after)) or after.width == self.open.body[-1].width
        )

    def _begins(self, line: Line) -> bool:
        """A row with which a project's table begins, though no title stands over it."""
        first = self.names.cells_of(line.filled[0].own)
        if not first or first[0] not in ("basic/code", "basic/name"):
            return False
        return self.open is None or any(columns_of(self.words, one) for one in self.open.body)

    def _foreign(self, line: Line) -> bool:
        first = line.filled[0]
        return first.col == 0 and one_line(first.own) in self.foreign
