"""Blocks of cells as HTML tables: how Excel, WPS and Word hand them over, and how they like to be given them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from ui.form.blocks import Block

MOST_ACROSS = 400
"""A cell that says it spans more columns lies."""
UNSEEN = {"style", "script", "title", "head", "xml"}
BREAKS = {"p", "div", "br", "li", "h1", "h2", "h3"}
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
SOURCE_BREAK = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\uffef])")
"""Excel breaks its source inside Chinese sentences, where a browser would not see a blank."""
BLANKS = re.compile(r"[ \t\r\n\f]+")
NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")


@dataclass(slots=True)
class Span:
    """A cell as it is written: its text in pieces, how many columns and rows it takes."""

    across: int
    down: int
    pieces: list[str] = field(default_factory=list[str])

    def text(self) -> str:
        raw = SOURCE_BREAK.sub("", "".join(self.pieces))
        lines = [BLANKS.sub(" ", line).replace("\u00a0", " ").strip() for line in raw.split("\v")]
        return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip("\n")


class _Reader(HTMLParser):
    """``rows``: cells row by row; words outside of tables are rows of one cell, so that nothing is lost."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables = 0
        self.rows: list[list[Span]] = []
        self._cell: Span | None = None
        self._inside = 0
        self._unseen: list[str] = []
        self._hidden_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag == "table":
            self._inside += 1
            self.tables += 1
            if self._inside == 1:
                self._cell = None
        elif self._inside == 1 and tag == "tr":
            self._hidden_row = bool(HIDDEN.search(said.get("style", "")))
            if not self._hidden_row:
                self.rows.append([])
        elif self._inside == 1 and tag in ("td", "th") and not self._hidden_row:
            self._cell = Span(_number(said.get("colspan")), _number(said.get("rowspan")))
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(self._cell)
        elif tag in BREAKS or tag in ("td", "th", "tr"):
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()
        elif tag == "table" and self._inside:
            self._inside -= 1
            self._cell = self._cell if self._inside else None
        elif self._inside == 1 and tag in ("td", "th", "tr"):
            self._cell = None
        elif tag in BREAKS:
            self._break()

    def _break(self) -> None:
        if self._cell is not None:
            self._cell.pieces.append("\v")
            if not self._inside:
                self._cell = None

    def handle_data(self, data: str) -> None:
        if self._unseen or (self._inside and self._cell is None):
            return
        if self._cell is None and data.strip():
            self._cell = Span(1, 1)
            self.rows.append([self._cell])
        if self._cell is not None:
            self._cell.pieces.append(data)


def _number(text: str | None) -> int:
    return min(max(int(text), 1), MOST_ACROSS) if text and text.isdecimal() and len(text) < 6 else 1


def parse_html(html: str) -> Block | None:
    """The cells; what a merged cell covers is empty. None where there is no table."""
    reader = _Reader()
    # A NUL ends what Windows puts on the clipboard.
    reader.feed(html.partition("\0")[0])
    reader.close()
    if not reader.tables or not any(reader.rows):
        return None
    return _laid_out(reader.rows)


def _laid_out(rows: list[list[Span]]) -> Block:
    taken: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            for down in range(min(cell.down, len(rows) - at)):
                for across in range(cell.across):
                    taken[at + down, column + across] = ""
            taken[at, column] = cell.text()
    width = max((column for _, column in taken), default=0) + 1
    return [[taken.get((at, column), "") for column in range(width)] for at in range(len(rows))]


def show_html(block: Block) -> str:
    """A table whose words stay words in Excel (a code keeps its zeros) and whose lines stay in their cell."""
    rows = "".join(f"<tr>{''.join(_cell(text) for text in row)}</tr>" for row in block)
    return f'<meta charset="utf-8"><table border="1" style="border-collapse:collapse">{rows}</table>'


def _cell(text: str) -> str:
    said = escape(text).replace("\n", '<br style="mso-data-placement:same-cell">')
    if NUMBER.fullmatch(text):
        return f'<td align="right">{said}</td>'
    return f"<td style=\"mso-number-format:'\\@'\">{said}</td>"
