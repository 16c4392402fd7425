"""A document: a page and the blocks on it, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from perfdesk.document.grid import Grid


@dataclass(frozen=True, slots=True)
class Page:
    """Size and margins in mm. ``numbered``: page numbers ``— 1 —`` at the foot. ``first_number`` of the stretch of pages that begins
    with this page; None: it counts on from the page before (unnumbered pages count, too; the document's first page is 1)."""

    width: float = 210.0
    height: float = 297.0
    top: float = 22.0
    bottom: float = 20.0
    left: float = 20.0
    right: float = 20.0
    numbered: bool = True
    first_number: int | None = None

    @property
    def inner_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> float:
        return self.height - self.top - self.bottom

    def goes_on(self, before: Page) -> bool:
        """Whether it is the same page counting on."""
        return self.first_number is None and replace(before, first_number=None) == self

    def turned(self) -> Page:
        """The same sheet lying on its side, counting on."""
        return replace(self, width=self.height, height=self.width, first_number=None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 … 3 (a title, a part, …); ``style`` names its looks in the theme. Headings are what contents, bookmarks
    and links list; a title that none of them shall list is a paragraph."""

    text: str
    level: int = 1
    style: str = "title"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    style: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """``attached``: stands directly under the table before it, without a gap, as if both were one ruled table. ``name`` is a short
    name for people (a sheet's name, a bookmark)."""

    grid: Grid
    attached: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page (in Excel a sheet). ``page``: from there on this page; None: as before. Breaks in a row turn once, the
    last page named counts."""

    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The document's headings of level 1 … ``levels`` in their order with their page numbers and links to them, below ``title``."""

    title: str = "目录"
    levels: int = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar for each series of the chart; None: there is no value (0 is one)."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars, or a line from value to value, drawn in pdf and Word; Excel and plain text get a table of the values. Values are
    amounts in the unit that the texts around name; ``series`` are the names of the values of each bar, in their order (``2021年``,
    ``2022年``)."""

    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    name: str = ""
    kind: Literal["bars", "line"] = "bars"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the middle of the page, ``width`` mm wide (less where it would not fit). Only a PDF shows it; the other formats say its
    ``name``."""

    png: bytes
    width: float
    name: str


Block = Heading | Paragraph | Table | PageBreak | Contents | Chart | Picture


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks on pages of one kind; ``first`` is the number of the first of them in the document."""

    page: Page
    first: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """``page`` of its first pages. ``title`` and ``language`` go into the file's properties; nothing of the machine or the user does."""

    page: Page
    blocks: tuple[Block, ...]
    title: str = ""
    draft: bool = False
    properties: tuple[tuple[str, str], ...] = field(default=())

    @property
    def tables(self) -> tuple[Grid, ...]:
        return tuple(b.grid for b in self.blocks if isinstance(b, Table))

    def listed(self, levels: int) -> Iterator[tuple[int, Heading]]:
        """The headings of level 1 … ``levels`` with text, each with its number among the blocks."""
        for number, block in enumerate(self.blocks):
            if isinstance(block, Heading) and block.level <= levels and block.text.strip():
                yield number, block

    def stretches(self) -> tuple[Stretch, ...]:
        """The document in parts of one page each; breaks before, after and between the parts are left out, those inside them stay."""
        found: list[Stretch] = []
        page, first, blocks = self.page, 0, list[Block]()
        for number, block in enumerate((*self.blocks, PageBreak(replace(self.page, first_number=1)))):
            if isinstance(block, PageBreak) and block.page and not block.page.goes_on(page):
                while blocks and isinstance(blocks[-1], PageBreak):
                    blocks.pop()
                if blocks:
                    found.append(Stretch(page, first, tuple(blocks)))
                page, blocks = block.page, []
            elif blocks or not isinstance(block, PageBreak):
                first = first if blocks else number
                blocks.append(block)
        return tuple(found) or (Stretch(self.page, 0, ()),)
