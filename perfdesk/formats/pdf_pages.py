"""A document laid out on pages: what lies where, in pt from each page's top left corner, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfdesk.document.blocks import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Picture,
    Table,
)
from perfdesk.document.charts import drawings
from perfdesk.document.drawing import Drawing
from perfdesk.document.measure import fitted
from perfdesk.document.pictures import picture_drawing
from perfdesk.document.theme import Style, style
from perfdesk.formats.fonts import Fonts, drawable
from perfdesk.formats.pdf_cells import PlacedCell
from perfdesk.formats.pdf_contents import entry, with_numbers
from perfdesk.formats.pdf_lines import aligned, baseline, filled_lines
from perfdesk.formats.pdf_placed import LaidPage, PlacedChart, PlacedText
from perfdesk.formats.pdf_tables import TableFlow
from perfdesk.units import mm_to_pt, pt_to_mm

TABLE_GAP = 9.0
"""Between two tables that are not attached, in pt."""


_TextLine = tuple[str, bool, float]
"""A line, whether it goes on in the next one, its indent in pt."""


@dataclass(slots=True)
class _Open:
    """The page that is being filled; ``y`` is where the next block begins. ``wanted``: begun by the author, not by what overflowed; as in
    Word the space before a paragraph counts at the top of such a page. ``after``: how much of ``y`` is the space after a paragraph;
    of it and the space before the next one Word keeps the larger."""

    y: float
    wanted: bool = False
    after: float = 0.0
    texts: list[PlacedText] = field(default_factory=list[PlacedText])
    cells: list[PlacedCell] = field(default_factory=list[PlacedCell])
    charts: list[PlacedChart] = field(default_factory=list[PlacedChart])

    @property
    def empty(self) -> bool:
        return not self.texts and not self.cells and not self.charts


def pages(document: Document, fonts: Fonts) -> tuple[LaidPage, ...]:
    """At least one page, even of nothing."""
    return _Pager(document, fonts).run()


class _Pager:
    def __init__(self, document: Document, fonts: Fonts) -> None:
        self.document, self.blocks, self.fonts = document, document.blocks, fonts
        self.laid: list[LaidPage] = []
        self._flows: dict[int, TableFlow] = {}
        self._following = 1

    def run(self) -> tuple[LaidPage, ...]:
        for stretch in self.document.stretches():
            self._begin(stretch.page)
            for number, block in enumerate(stretch.blocks, stretch.first):
                match block:
                    case PageBreak():
                        self._turn(wanted=True)
                    case Table():
                        self._table(number, block)
                    case Heading() | Paragraph():
                        self._text(number, block)
                    case Contents():
                        self._contents(number, block)
                    case Chart() | Picture():
                        self._chart(block)
            self._turn()
        if not self.laid:
            self._close()
        return with_numbers(tuple(self.laid), self.fonts)

    def _begin(self, page: Page) -> None:
        """The page that comes next is ``page``."""
        self.page = page
        self.top, self.bottom = mm_to_pt(page.top), mm_to_pt(page.height - page.bottom)
        self.left, self.right = mm_to_pt(page.left), mm_to_pt(page.width - page.right)
        self.number = self._following if page.first_number is None else page.first_number
        self.open = _Open(self.top, wanted=True)

    def _turn(self, wanted: bool = False) -> None:
        if not self.open.empty:
            self._close()
            self.open.wanted = wanted

    def _close(self) -> None:
        page = self.open
        self.laid.append(
            LaidPage(self.number, tuple(page.texts), tuple(page.cells), self.page, tuple(page.charts))
        )
        self.number += 1
        self._following = self.number
        self.open = _Open(self.top)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _flow(self, number: int, table: Table) -> TableFlow:
        if number not in self._flows:
            earlier = sum(isinstance(b, Table) for b in self.blocks[:number])
            grid = fitted(table.grid, pt_to_mm(self.right - self.left))
            left = (self.left + self.right - mm_to_pt(sum(grid.widths))) / 2
            self._flows[number] = TableFlow(earlier, grid, self.fonts, left)
        return self._flows[number]

    def _table(self, number: int, table: Table) -> None:
        flow = self._flow(number, table)
        if (
            number
            and isinstance(self.blocks[number - 1], Table)
            and not table.attached
            and not self.open.empty
        ):
            self.open.y += TABLE_GAP
        goes_on = False
        while not flow.done:
            placed = flow.place(self.open.y, self.bottom - self.open.y, self.bottom - self.top, goes_on)
            goes_on = placed is not None
            if placed is None:
                self._turn()
                continue
            height, cells = placed
            self.open.y += height
            self.open.cells += cells
            self.open.after = 0.0
        del self._flows[number]

    # --- charts and pictures ------------------------------------------------------------------------------------------------------

    def _drawings(self, chart: Chart | Picture) -> list[Drawing]:
        if isinstance(chart, Picture):
            return [picture_drawing(chart, self.right - self.left, self.bottom - self.top)]
        measure = self.fonts.measure(style("chart").face)
        return drawings(chart, self.right - self.left, self.bottom - self.top, measure)

    def _chart(self, chart: Chart | Picture) -> None:
        for drawing in self._drawings(chart):
            if self.open.y + drawing.height > self.bottom:
                self._turn()
            self.open.charts.append(PlacedChart(self.left, self.open.y, drawing))
            self.open.y += drawing.height
            self.open.after = 0.0

    # --- headings and paragraphs -------------------------------------------------------------------------------------

    def _text(self, number: int, block: Heading | Paragraph) -> None:
        looks = style(block.style)
        lines = self._lines(block, looks)
        if self.open.wanted or not self.open.empty:
            self.open.y += max(0.0, looks.before - self.open.after)
        if not self.open.empty and self.open.y + self._least(number) > self.bottom:
            self._turn()
        level = block.level if isinstance(block, Heading) else 0
        while lines:
            count = self._count(len(lines), looks)
            self._put(number, block, looks, lines[:count], level)
            lines, level = lines[count:], 0
            if lines:
                self._close()
        if far := _parted(block, looks)[1]:
            self.open.texts.append(self._far(number, block, looks, far))
        self.open.y += looks.after
        self.open.after = looks.after

    def _contents(self, number: int, block: Contents) -> None:
        if block.title:
            self._text(number, Paragraph(block.title, "contents_title"))
        for target, heading in self.document.listed(block.levels):
            placed = entry(heading, number, target, (self.left, self.right), self.open.y, self.fonts)
            if self.open.y + placed.height > self.bottom:
                self._turn()
                placed = entry(heading, number, target, (self.left, self.right), self.open.y, self.fonts)
            self.open.texts.append(placed)
            self.open.y += placed.height
            self.open.after = 0.0

    def _count(self, lines: int, looks: Style) -> int:
        """How many lines go onto this page: all, or as many as fit without leaving one alone on the next."""
        fitting = max(1, int((self.bottom - self.open.y + 0.01) / (looks.size * looks.leading)))
        if lines <= fitting:
            return lines
        return fitting - 1 if lines - fitting == 1 and fitting > 2 else fitting

    def _lines(self, block: Heading | Paragraph, looks: Style) -> list[_TextLine]:
        width, measure = self.right - self.left, self.fonts.measure(looks.face)
        lines: list[_TextLine] = []
        goes_on = False
        near, far = _parted(block, looks)
        width -= (measure(far) + 1) * looks.size if far else 0.0
        for text, filled in filled_lines(near, looks, width, measure):
            lines.append((text, filled, 0.0 if goes_on else looks.indent * looks.size))
            goes_on = filled
        return lines

    def _put(
        self, number: int, block: Heading | Paragraph, looks: Style, lines: list[_TextLine], level: int
    ) -> None:
        top, step, measure = self.open.y, looks.size * looks.leading, self.fonts.measure(looks.face)
        placed = tuple(
            aligned(
                text,
                filled,
                looks,
                measure,
                (self.left + indent, self.right),
                baseline(self.fonts, looks, top + step * i),
            )
            for i, (text, filled, indent) in enumerate(lines)
        )
        title = " ".join(block.text.split()) if level else ""
        self.open.texts.append(PlacedText(number, block.style, top, step * len(lines), placed, level, title))
        self.open.y += step * len(lines)

    def _far(self, number: int, block: Heading | Paragraph, looks: Style, text: str) -> PlacedText:
        """What stands at the right edge of the line that was put last."""
        step, measure = looks.size * looks.leading, self.fonts.measure(looks.face)
        top = self.open.y - step
        at = (self.left, self.right), baseline(self.fonts, looks, top)
        line = aligned(text, False, looks, measure, *at, "right")
        return PlacedText(number, block.style, top, step, (line,))

    def _least(self, number: int) -> float:
        """The room that block ``number`` wants on a page that has something already: two of its lines, and what it must stay with."""
        if number >= len(self.blocks):
            return 0.0
        block: Block = self.blocks[number]
        if isinstance(block, Contents):
            return self._line_of("contents_title") + 2 * self._line_of("contents1")
        if isinstance(block, Chart | Picture):
            return sum(drawing.height for drawing in self._drawings(block)[:1])
        if isinstance(block, PageBreak):
            return 0.0
        if isinstance(block, Table):
            return min(self._flow(number, block).least(), (self.bottom - self.top) / 2)
        looks = style(block.style)
        lines = len(self._lines(block, looks))
        step = looks.size * looks.leading
        if looks.keep or isinstance(block, Heading):
            return step * lines + looks.after + self._least(number + 1)
        return step * (lines if lines <= 3 else 2)  # of three lines one would be left alone

    @staticmethod
    def _line_of(name: str) -> float:
        looks = style(name)
        return looks.size * looks.leading + looks.after


def _parted(block: Heading | Paragraph, looks: Style) -> tuple[str, str]:
    """What is drawn from the left edge, and what at the right one."""
    near, _, far = block.text.partition("\t") if looks.far else (block.text, "", "")
    return drawable(near), drawable(far)
