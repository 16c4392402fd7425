"""The rows of one form walked down beside its drawing: labelled rows find their template, what repeats is read until the next is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from perfdesk.recognise.drawn.templates import Drawing, Template
from perfdesk.recognise.found import Parts
from perfdesk.recognise.labels import words_of
from perfdesk.recognise.leaf_rows import LeafReader
from perfdesk.recognise.lines import Line


@dataclass(slots=True)
class Read:
    """``cells``: address → text; ``lists``: section → its rows. ``matched``: how many labelled rows of the drawing were met."""

    cells: dict[str, str] = field(default_factory=dict[str, str])
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict[str, list[dict[str, str]]])
    parts: Parts = field(default_factory=Parts)
    leftovers: list[str] = field(default_factory=list[str])
    matched: int = 0


def read_rows(drawing: Drawing, lines: Sequence[Line]) -> Read:
    reader = _Reader(drawing)
    for line in lines:
        reader.line(line)
    reader.leaves.end_of_page(reader.page)
    return reader.read


class _Reader:
    def __init__(self, drawing: Drawing) -> None:
        self.templates = drawing.templates
        self.read = Read()
        self.leaves = LeafReader(words_of((drawing.form,)), self.read.parts)
        self.page = 0
        self.at = -1
        """Number of the template met last."""
        self.table = -1
        self.first = False

    def line(self, line: Line) -> None:
        if line.table < 0:
            self.read.leftovers.append(line.text)
            return
        self.first = line.table != self.table
        self.table = line.table
        met = self._met(line)
        if met is not None:
            self._take(met, line)
        elif repeated := self._repeating():
            self._record(repeated, line)
        elif self.at + 1 < len(self.templates) and not self.templates[self.at + 1].labels:
            self._take(self.at + 1, line)
        else:
            self.read.leftovers += [s.own for s in line.filled]

    def _met(self, line: Line) -> int | None:
        """The next template whose labels stand in the line; that of a head may be met again on a later page."""
        for n in range(self.at + 1, len(self.templates)):
            if not self.templates[n].repeats and self.templates[n].fits(line):
                return n
        here = self.templates[self.at].part if self.at >= 0 else -1
        return next(
            (n for n, t in enumerate(self.templates) if t.part == here and t.head and t.fits(line)), None
        )

    def _take(self, number: int, line: Line) -> None:
        template = self.templates[number]
        if number > self.at:
            self.read.matched += bool(template.labels)
        elif template.head:
            self.read.parts.repair("header-repeated", template.section.id)
        self.at = max(self.at, number)
        if template.head and template.section.kind == "tree":
            row = next(t for t in self.templates if t.part == template.part and t.repeats)
            columns = {
                run.address.partition("/")[2]: (n, run.col) for n, run in enumerate(row.runs) if run.address
            }
            self.leaves.columns = {}
            self.leaves.header(line, columns)
        for address, spot in template.values(line):
            if spot.own:
                self.read.cells[address] = self.read.parts.taken(spot, address)

    def _repeating(self) -> Template | None:
        here = self.templates[self.at] if self.at >= 0 else None
        if here is None or not (here.head or here.repeats):
            return None
        return next((t for t in self.templates if t.part == here.part and t.repeats), None)

    def _record(self, template: Template, line: Line) -> None:
        if template.section.kind == "tree":
            self.leaves.row(line, self.first)
            return
        rows = self.read.lists.setdefault(template.section.id, [])
        where = f"{template.section.id}/{len(rows) + 1}"
        row = {
            address.partition("/")[2]: self.read.parts.taken(spot, where)
            for address, spot in template.values(line)
            if spot.own
        }
        if row:
            rows.append(row)
