"""A document: a page and the blocks on it, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from perfdesk.document.grid import Grid


@dataclass(frozen=True, slots=True)
class Page:
    """Size and margins in mm. ``numbered``: page numbers ``— 1 —`` at the foot."""

    width: float = 210.0
    height: float = 297.0
    top: float = 22.0
    bottom: float = 20.0
    left: float = 20.0
    right: float = 20.0
    numbered: bool = True

    @property
    def inner_width(self) -> float:
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 … 3 (a title, a part, …); ``style`` names its looks in the theme."""

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
    kind: Literal["page"] = "page"


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """``title`` and ``language`` go into the file's properties; nothing of the machine or the user does."""

    page: Page
    blocks: tuple[Block, ...]
    title: str = ""
    draft: bool = False
    properties: tuple[tuple[str, str], ...] = field(default=())

    @property
    def tables(self) -> tuple[Grid, ...]:
        return tuple(b.grid for b in self.blocks if isinstance(b, Table))
