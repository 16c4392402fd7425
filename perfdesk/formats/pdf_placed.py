"""What lies on a laid-out page. All places in pt from the page's top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfdesk.document.blocks import Page
from perfdesk.document.drawing import Drawing
from perfdesk.formats.pdf_cells import PlacedCell
from perfdesk.formats.pdf_lines import Line


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Lines of the heading or paragraph ``block`` (its number in the document). ``level`` 0: not a heading, or its later part.
    ``target``: the number of the heading that this entry of the contents leads to."""

    block: int
    style: str
    y: float
    height: float
    lines: tuple[Line, ...]
    level: int = 0
    title: str = ""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A drawing with its top left corner."""

    x: float
    y: float
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class LaidPage:
    """``number`` as it is printed at the foot, where ``page`` is numbered."""

    number: int
    texts: tuple[PlacedText, ...]
    cells: tuple[PlacedCell, ...]
    page: Page = field(default_factory=Page)
    charts: tuple[PlacedChart, ...] = ()


def numbers_of(pages: tuple[LaidPage, ...]) -> dict[int, int]:
    """For each heading (its number in the document) the number of the page on which it begins."""
    return {text.block: page.number for page in pages for text in page.texts if text.level}
