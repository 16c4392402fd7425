"""Lines of running text: without the page's marks, numbered, and joined to the cells that they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfdesk.recognise.found import Parts
from perfdesk.recognise.lines import Line
from perfdesk.targets.numbering import Numbered, read_number

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ENDED = tuple("。！？；：.!?;:…）)”》")
_LEAST = 20
"""A line shorter than this was not cut by the edge of a page."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a paragraph as the author wrote it. ``scanned``: pages may have cut it. ``mended``: codes of what was mended in it."""

    text: str
    scanned: bool
    mended: tuple[str, ...] = ()

    @property
    def number(self) -> Numbered | None:
        return read_number(self.text)


def text_of(line: Line) -> Text | None:
    """None where the line is a table's row of several cells."""
    filled = line.filled
    if len(filled) != 1:
        return None
    text, mended = filled[0].own, list(filled[0].mended)
    if line.scanned and (plain := _BOLD.sub(r"\1", text)) != text:
        text = plain
        mended.append("markup-dropped")
    return Text(text, line.scanned, tuple(mended))


def joined(texts: Sequence[Text], where: str, parts: Parts) -> str:
    """One cell of these lines; a line that a page cut in the middle of a sentence goes on without a break."""
    whole = ""
    before: Text | None = None
    for text in texts:
        for code in text.mended:
            parts.repair(code, where)
        if before and _cut(before) and not text.number:
            parts.repair("cell-joined", where)
            whole += text.text
        else:
            whole += ("\n" if whole else "") + text.text
        before = text
    return whole.strip()


def _cut(text: Text) -> bool:
    return text.scanned and len(text.text) >= _LEAST and not text.text.endswith(_ENDED)


def read_items(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """The lines of each item, without its number. Where the first line has no number every paragraph is an item."""
    first = texts[0].number if texts else None
    item: list[Text] = []
    count = 0
    for text in texts:
        number = text.number
        follows = number and first and number.rank == first.rank and number.number == count + 1
        if first is None or follows:
            if item:
                yield item
            count += 1
            item = [Text(number.rest if number and first else text.text, text.scanned, text.mended)]
        else:
            item.append(text)
    if item:
        yield item
