"""Where each self-evaluation's table begins and ends in a stream of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from perfdesk.recognise.evaluation.heading import is_annex, is_title
from perfdesk.recognise.evaluation.heads import head_of, heads_in
from perfdesk.recognise.labels import UNIT_LINE, Words
from perfdesk.recognise.lines import Line
from perfdesk.recognise.projects.names import Names
from perfdesk.recognise.projects.sheets import Sheet
from perfdesk.values import one_line

_HEADING = 4
"""So many lines may stand between a title and its table."""
_NOISE = 24
"""A paragraph of at most so many characters between two tables is a page's mark."""
_OTHER_TITLE = re.compile(r".{2,60}(?:表|报告)(?:[(（]?20\d{2}年度?[)）]?)?")
_BEGINNINGS = ("basic/name", "basic/unit_name")


def sheets(lines: Sequence[Line], words: Words, names: Names) -> list[Sheet]:
    """The tables of self-evaluations in their order: what has a header of scored indicators."""
    cutter = _Cutter(lines, words, names)
    cutter.run()
    return [s for s in cutter.found if heads_in(words, s.body)]


class _Cutter:
    def __init__(self, lines: Sequence[Line], words: Words, names: Names) -> None:
        self.lines = lines
        self.words = words
        self.names = names
        self.found: list[Sheet] = []
        self.open: Sheet | None = None

    def run(self) -> None:
        n = 0
        while n < len(self.lines):
            if is_title(self.lines[n]) and (end := self._table_after(n)):
                annex = n > 0 and is_annex(self.lines[n - 1].text)
                self._start(Sheet(list(self.lines[n - 1 if annex else n : end])))
                n = end
                continue
            self._take(n)
            n += 1

    def _start(self, sheet: Sheet) -> None:
        self.open = sheet
        self.found.append(sheet)

    def _table_after(self, title: int) -> int:
        """Number of the first row of the table that the title stands over, 0 where there is none."""
        for n in range(title + 1, min(title + 1 + _HEADING, len(self.lines))):
            line = self.lines[n]
            if is_title(line):
                return 0
            if line.table >= 0 and self._is_row(line):
                return n
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
            self._start(Sheet([], [line]))
        elif self.open is not None:
            if is_other_title(line):
                self.open = None
            else:
                self.open.body.append(line)

    def _is_mark(self, n: int) -> bool:
        """A page's mark: a short paragraph, and the table goes on below it."""
        after = self.lines[n + 1] if n + 1 < len(self.lines) else None
        line = self.lines[n]
        if self.open is None or not self.open.body or after is None or len(line.text) > _NOISE:
            return False
        same = bool(head_of(self.words, after)) or after.width == self.open.body[-1].width
        return after.table >= 0 and same and not is_other_title(line)

    def _begins(self, line: Line) -> bool:
        """A row with which a self-evaluation begins, though no title stands over it."""
        first = self.names.cells_of(line.filled[0].own)
        if not first or first[0] not in _BEGINNINGS:
            return False
        return self.open is None or heads_in(self.words, self.open.body)


def is_other_title(line: Line) -> bool:
    """The title of something else: it has the whole row."""
    if len(line.filled) != 1 or not _OTHER_TITLE.fullmatch(one_line(line.text)):
        return False
    return line.table < 0 or (line.filled[0].col == 0 and line.filled[0].end == line.width)
