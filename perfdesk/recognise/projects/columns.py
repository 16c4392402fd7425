"""The indicators of a project's table, in one run of columns or in two side by side (for the medium term and for the year)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdesk.catalog import label_key
from perfdesk.model.form import LEVELS, Form
from perfdesk.recognise.found import Leaf, Parts
from perfdesk.recognise.labels import Words, group_of, level1_of
from perfdesk.recognise.leaf_rows import Columns, LeafReader
from perfdesk.recognise.lines import Line
from perfdesk.recognise.segments import columns_of
from perfdesk.recognise.tree import place_leaves


class Indicators:
    """Reads the rows below the header of indicators into ``parts``."""

    def __init__(self, form: Form, words: Words, parts: Parts) -> None:
        self.form = form
        self.words = words
        self.parts = parts
        self.begun = False
        """A header was read."""
        self.rows = False
        """A row was read."""
        self._first = True
        self._sides = (parts, Parts())
        self._readers = (LeafReader(words, parts), LeafReader(words, self._sides[1]))
        self._second = 0
        """The column at which the second run begins, 0 where there is none."""
        self._starts = (0, 0)

    def page(self) -> None:
        """Another table begins: the first row of it may be the rest of a row that a page cut."""
        self._end_of_page()
        self._first = True

    def end(self) -> None:
        self._end_of_page()
        if self._second:
            self.parts.leaves = _together(self._sides[0].leaves, self._sides[1].leaves, self.words)
            self.parts.leftovers += self._sides[1].leftovers

    def header(self, line: Line) -> bool:
        columns = columns_of(self.words, line)
        if not columns:
            return False
        self.begun = True
        self._second = self._second_run(line)
        if not self._second:
            self._readers[0].header(line, columns)
            return True
        left, right = self._halves(line)
        values = [f.id for f in self.form.tree.fields if f.id not in LEVELS]
        for reader, half, value in zip(self._readers, (left, right), (values[0], values[-1]), strict=True):
            own: Columns = {
                value if name == "target" else name: at for name, at in columns_of(self.words, half).items()
            }
            reader.header(half, own)
        return True

    def row(self, line: Line) -> None:
        self.rows = True
        if self._ends_row_above(line):
            return
        halves = self._halves(line) if self._second else (line,)
        for reader, half in zip(self._readers, halves, strict=False):
            if half.filled:
                reader.row(half, self._first)
        self._first = False

    def _ends_row_above(self, line: Line) -> bool:
        """A scan's cells from the first column on, none a level's name, just as many as the row above lacks at its end: a page cut
        that row between two cells."""
        leaves, columns = self.parts.leaves, list(self._readers[0].columns)
        if not line.scanned or self._second or not leaves:
            return False
        have = max((n for n, name in enumerate(columns) if leaves[-1].cells.get(name)), default=0)
        lacks, texts = columns[have + 1 :], [s.own for s in line.filled]
        fits = (
            have >= 2 and len(texts) == len(lacks) and [s.col for s in line.filled] == list(range(len(lacks)))
        )
        if not fits or level1_of(self.words, texts[0]) or group_of(self.words, texts[0]):
            return False
        leaves[-1].cells |= dict(zip(lacks, texts, strict=True))
        leaves[-1].note("cell-joined")
        return True

    def _second_run(self, line: Line) -> int:
        """The column of the second 二级指标: two runs of columns share the first level."""
        places = [s.col for s in line.filled if self.words.columns.get(label_key(s.own)) == "level2"]
        return places[1] if len(places) == 2 and len(self.form.tree.fields) > 4 else 0

    def _halves(self, line: Line) -> tuple[Line, Line]:
        """The columns of each run; both with those left of the first."""
        starts = [n for n, s in enumerate(line.spots) if s.col >= self._second]
        at = starts[0] if starts else len(line.spots)
        level1 = [s for s in line.spots[:at] if s.col <= self._level1(line)]
        return replace(line, spots=line.spots[:at]), replace(line, spots=(*level1, *line.spots[at:]))

    def _level1(self, line: Line) -> int:
        """The column of the first level, as the header has it."""
        if self._readers[0].columns and "level1" in self._readers[0].columns:
            return self._readers[0].columns["level1"][1]
        names = [s.col for s in line.filled if self.words.columns.get(label_key(s.own)) == "level1"]
        return names[0] if names else -1

    def _end_of_page(self) -> None:
        for reader, start in zip(self._readers, self._starts, strict=True):
            reader.end_of_page(start)
        self._starts = (len(self._sides[0].leaves), len(self._sides[1].leaves))


def _together(left: Sequence[Leaf], right: Sequence[Leaf], words: Words) -> list[Leaf]:
    """The rows of both runs: one row where parents and name are the same, blocks in the order in which they were met."""
    place_leaves(list(left), words)
    place_leaves(list(right), words)
    found: dict[tuple[str, str], list[Leaf]] = {}
    for leaf in left:
        found.setdefault((leaf.level1, leaf.level2), []).append(leaf)
    for leaf in right:
        block = found.setdefault((leaf.level1, leaf.level2), [])
        same = next(
            (
                o
                for o in block
                if o.level3 == leaf.level3 and o.cells.keys().isdisjoint(leaf.cells.keys() - {"level3"})
            ),
            None,
        )
        if same is None:
            block.append(leaf)
        else:
            same.cells = {**leaf.cells, **same.cells}
            same.repairs += leaf.repairs
    ones = list(dict.fromkeys(one for one, _ in found))
    return [leaf for one in ones for (own, _), block in found.items() if own == one for leaf in block]
