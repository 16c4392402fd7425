"""Glyphs → lines → texts. A page shows where a line ends, not whether its author ended it: a line ends for good where what follows
would still have found room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perfdesk.formats.pdf_marks import Glyph

_CLOSING = frozenset("，。；：！？、）］｝〕〉】〗》」』】”’％‰℃,.;:!?)]}%…—")
_OPENING = frozenset("（［｛〔〈【〖《「『【“‘([{￥¥")
_ITEM = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]|[①-⑳]|第[一二三四五六七八九十\d]+[条章节、]|(?:目标|任务)[一二三四五六七八九十\d])"
)
_ITEM_INSIDE = re.compile(rf"(?<=[。；;：:，,\s])\s*{_ITEM.pattern}(?=\s*[^\d\s])")
_SPACED = re.compile(
    r"(?<=[A-Za-z0-9])[ \u3000]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[A-Za-z0-9])"
)
_CLOSE = re.compile(r"[A-Za-z0-9][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z0-9]")
_ONE_WORD = re.compile(r"[!-~]+")
_SENTENCE_END = frozenset("。；;！？!?：:")


LOOSE = 0.3
"""Of a line's height: so much a line may end early though what follows would have found room (blanks at its end, gaps between
Chinese and digits)."""


class Written(NamedTuple):
    """One line as it stands: its text (blanks where the page shows wide gaps between Latin words), its box, the width that its first
    piece which cannot be broken takes, and the blank that stands at its end."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    first: float
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A text put together from lines; ``doubtful``: whether one of its line ends could be meant either way."""

    text: str
    doubtful: bool = False


def written_lines(glyphs: Iterable[Glyph]) -> list[Written]:
    """The glyphs of one cell (or of the page outside of tables) as lines from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle[1]):
        if rows and _level(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = (_line(sorted(row, key=lambda g: g.left)) for row in rows)
    return [line for line in lines if line.text]


def _level(row: list[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph stands on the row's line, by the largest of its glyphs."""
    large = max(row[-8:], key=lambda g: g.size)
    return abs(glyph.middle[1] - large.middle[1]) < 0.45 * max(large.size, glyph.size)


def _line(row: list[Glyph]) -> Written:
    text = ""
    before: Glyph | None = None
    for glyph in row:
        if before is not None:
            if glyph.char == before.char and glyph.left - before.left < 0.2 * glyph.size:
                continue  # drawn twice to look bold
            text += _gap(before, glyph)
        text += glyph.char
        before = glyph
    inked = [g for g in row if g.char.strip()] or row
    box = inked[0].left, min(g.top for g in row), inked[-1].right, max(g.bottom for g in row)
    return Written(
        text.strip(), *box, max(g.size for g in inked), _first(inked), text[len(text.rstrip()) :][:1]
    )


def _gap(before: Glyph, glyph: Glyph) -> str:
    """A blank that is not in the file but seen: between Latin letters or digits, or as wide as columns stand apart."""
    if " " in (before.char, glyph.char) or before.char == "\u3000" or glyph.char == "\u3000":
        return ""
    gap, size = glyph.left - before.right, max(glyph.size, before.size)
    if gap > 2.5 * size:
        return "  "
    return " " if gap > 0.2 * size and _narrow(before.char) and _narrow(glyph.char) else ""


def _narrow(char: str) -> bool:
    return "!" <= char <= "\u02ff"


def _first(row: Sequence[Glyph]) -> float:
    """Width of what a line must take whole: up to the first place where it may break."""
    at = 0
    while at < len(row) - 1 and not _may_break(row[at].char, row[at + 1].char):
        at += 1
    return row[at].right - row[0].left


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING or (before in "】〕）" and after.isdigit()):
        return False
    return not ((_narrow(before) and _narrow(after)) or "/" in (before, after)) or before in " -"


def joined(
    lines: Sequence[Written], left: float, right: float, pad: float, others: Sequence[str] = ()
) -> Joined:
    """The lines of a cell between ``left`` and ``right``, ``pad`` of which stays free on either side. ``others``: lines of its column,
    which show how its author writes."""
    own = [line.text for line in lines]
    style = _Style(
        _runs_items_on(own), _space(own) or (_space(others) if not any(map(_CLOSE.search, own)) else "")
    )
    text, doubtful = "", False
    for number, line in enumerate(lines):
        if number:
            above = lines[number - 1]
            glue, unsure = _between(above, line, free_room(above, left, right, pad), style)
            text += glue
            doubtful = doubtful or unsure
        text += line.text
    return Joined(text, doubtful)


class _Style(NamedTuple):
    """How an author writes: items of a list one after the other; the blank between Chinese and digits, empty where he puts none."""

    runs_items_on: bool
    space: str


def _runs_items_on(lines: Sequence[str]) -> bool:
    return any(_ITEM_INSIDE.search(line) for line in lines)


def _space(lines: Sequence[str]) -> str:
    spaced = [found[0] for line in lines for found in _SPACED.finditer(line)]
    return spaced[0] if spaced and not any(map(_CLOSE.search, lines)) else ""


def _between(above: Written, below: Written, free: float, style: _Style) -> tuple[str, bool]:
    """What stands between two lines, and whether that is doubtful: nothing (or a blank) where the break is the page's, ``\\n`` where
    it is the author's."""
    last, first = above.text[-1], below.text[0]
    mixed = bool(_CLOSE.fullmatch(last + first))
    needed = below.first + 0.3 * below.size * (mixed or bool(above.blank))
    ended = last in _SENTENCE_END
    if free >= needed + LOOSE * below.size:
        return "\n", free < needed + 2 * LOOSE * below.size and not ended
    if ended and _ITEM.match(below.text) and not style.runs_items_on:
        return "\n", True
    words = all(c.isascii() and c.isalpha() for c in (last, first)) and not _ONE_WORD.fullmatch(above.text)
    return above.blank or (" " if words else style.space if mixed else ""), False


def free_room(line: Written, left: float, right: float, pad: float) -> float:
    """How much the line leaves free at its end (in the middle or at the right: at both sides together)."""
    before, after = line.left - left - pad, right - line.right - pad
    in_the_middle = before > 1 and abs(before - after) < 0.3 * line.size
    return before + after if in_the_middle else after
