"""The source as one stream of lines: rows of tables as their logical cells, and paragraphs, with the scan's marks mended."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from perfdesk.document.source import Source, SourceTable
from perfdesk.values import clean_text, mend_latex, unkept

DOUBTFUL = "text-doubtful"
"""Code of a repair that may be none: the reader put a text together and cannot tell whether rightly."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A logical cell of a row: ``col`` … ``end`` are the columns it covers. ``above``: it began in a row further up, so its text
    belongs there. ``mended`` names what was mended in it."""

    text: str
    col: int
    end: int
    rowspan: int = 1
    above: bool = False
    mended: tuple[str, ...] = ()

    @property
    def own(self) -> str:
        """The text where this row is the cell's first, else empty."""
        return "" if self.above else self.text


@dataclass(frozen=True, slots=True)
class Line:
    """A row of table number ``table`` (-1: a paragraph). ``width`` of its table in columns; ``merged``: columns where cells span rows."""

    where: str
    spots: tuple[Spot, ...]
    table: int = -1
    width: int = 1
    scanned: bool = False
    merged: frozenset[int] = frozenset()
    filled: tuple[Spot, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "filled", tuple(s for s in self.spots if s.own))

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.filled)

    def at(self, column: int) -> Spot | None:
        """The logical cell that covers the column."""
        return next((s for s in self.spots if s.col <= column < s.end), None)


def lines_of(source: Source) -> Iterator[Line]:
    """Every paragraph and every row that holds text, in the order of the page."""
    number = 0
    for item in source.items:
        if isinstance(item, SourceTable):
            yield from _rows(item, number)
            number += 1
        else:
            for part in item.text.split("\n"):
                if part.strip():
                    scanned = source.format == "text"
                    yield Line(item.where, (_spot(part, 0, 1, 1, False, scanned),), scanned=scanned)


def _rows(table: SourceTable, number: int) -> Iterator[Line]:
    covering = table.grid.at()
    merged = frozenset(c.col for c in table.grid.cells if c.rowspan > 1)
    for r in range(table.grid.height):
        spots: list[Spot] = []
        c = 0
        while c < table.grid.width:
            cell = covering[r, c]
            end = cell.col + cell.colspan
            spot = _spot(cell.text, c, end, cell.rowspan, cell.row < r, table.scanned)
            doubtful = (cell.row, cell.col) in table.doubts and not spot.above
            spots.append(replace(spot, mended=(*spot.mended, DOUBTFUL)) if doubtful else spot)
            c = end
        line = Line(
            f"{table.where}第 {r + 1} 行", tuple(spots), number, table.grid.width, table.scanned, merged
        )
        if line.filled:
            yield line


def _spot(raw: str, col: int, end: int, rowspan: int, above: bool, scanned: bool) -> Spot:
    text, mended = raw, list[str]()
    if scanned and "<" in text and (plain := _without_markup(text)) != text:
        text = plain
        mended.append("markup-dropped")
    if "\\" in text and (plain := _FIELD_CODE.sub("", text)) != text:
        text = plain
        mended.append("field-code-dropped")
    if "$" in text and (plain := mend_latex(text)) != text:
        text = plain
        mended.append("sign-restored")
    if unkept(text):
        mended.append("control-dropped")
    return Spot(clean_text(text), col, end, rowspan, above, tuple(mended))


_FIELD_CODE = re.compile(r"\s*\bTC\s.*?\\[a-z]\s.*$", re.I | re.S)
"""An entry for a list of contents, as a word processor hides it behind a heading."""
_BREAK = re.compile(r"</(?:p|li|div|tr)>\s*(?:<(?:p|li|div|tr)\b[^>]*>)?|<br\s*/?>", re.I)
_TAG = re.compile(r"</?(?:p|b|i|u|strong|em|span|ol|ul|li|div|sup|sub|font|td|tr|table)\b[^>]*>", re.I)


def _without_markup(text: str) -> str:
    """Text of a cell that a converter wrote as HTML: paragraphs become lines, marks of style go, everything else stays."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()
