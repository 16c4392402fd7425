"""Glyphs → lines → texts. A page shows where a line ends, not whether its author ended it: a line ends for good where what follows
would still have found room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from perfdesk.formats.pdf_marks import Glyph

_CLOSING = frozenset("，。；：！？、）］｝〕〉】〗》」』】”’％‰℃,.;:!?)]}%…—")
_OPENING = frozenset("（［｛〔〈【〖《「『【“‘([{￥¥")
_ITEM = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]|[①-⑳]|第[一二三四五六七八九十\d]+[条章节、]|(?:目标|任务)[一二三四五六七八九十\d])"
)
_ITEM_INSIDE = re.compile(rf"(?<=[。；;：:])(\s*){_ITEM.pattern}(?=\s*[^\d\s])")
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
    piece which cannot be broken takes, the blank that stands at its end, and how much it is stretched."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    first: float
    blank: str = ""
    stretched: float = 0.0


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
    lines = (_line(_once(sorted(row, key=lambda g: g.left))) for row in rows)
    return [line for line in lines if line.text]


def _once(row: list[Glyph]) -> list[Glyph]:
    """Without what is drawn twice to look bold."""
    kept = row[:1]
    for glyph in row[1:]:
        if glyph.char != kept[-1].char or glyph.left - kept[-1].left >= 0.3 * (glyph.right - glyph.left):
            kept.append(glyph)
    return kept


def _level(row: list[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph stands on the row's line, by the largest of its glyphs."""
    large = max(row[-8:], key=lambda g: g.size)
    return abs(glyph.middle[1] - large.middle[1]) < 0.45 * max(large.size, glyph.size)


def _line(row: list[Glyph]) -> Written:
    inked = _inked(row)
    usual = _usual_gap(row)
    text = ""
    before: Glyph | None = None
    for glyph in row:
        if before is not None:
            text += _gap(before, glyph, usual)
        text += glyph.char
        before = glyph
    box = inked[0].left, min(g.top for g in row), inked[-1].right, max(g.bottom for g in row)
    first, blank = _first(inked), text[len(text.rstrip()) :][:1]
    return Written(text.strip(), *box, max(g.size for g in inked), first, blank, usual * (len(inked) - 1))


def _inked(row: list[Glyph]) -> list[Glyph]:
    return [g for g in row if g.char.strip()] or row


def _usual_gap(row: list[Glyph]) -> float:
    """By how much the glyphs of a line are drawn apart to fill it; 0 where they stand close."""
    gaps = sorted(b.left - a.right for a, b in pairwise(row) if a.char.strip() and b.char.strip())
    usual = gaps[len(gaps) // 2] if len(gaps) > 1 else 0.0
    return usual if usual > 0.25 * row[0].size else 0.0


def _gap(before: Glyph, glyph: Glyph, usual: float) -> str:
    """A blank that is not in the file but seen: between Latin letters or digits, or as wide as columns stand apart."""
    if not (before.char.strip() and glyph.char.strip()):
        return ""
    gap, size = glyph.left - before.right - usual, max(glyph.size, before.size)
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
    if after in _CLOSING or before in _OPENING or (before in "】〕）" and _narrow(after)):
        return False
    return not ((_narrow(before) and _narrow(after)) or "/" in (before, after)) or before in " -"


def joined(lines: Sequence[Written], left: float, right: float, pad: float, space: str = "") -> Joined:
    """The lines of a cell between ``left`` and ``right``, ``pad`` of which stays free on either side. ``space``: what stands between
    Chinese and digits in its column, as ``space_in`` tells."""
    own = [line.text for line in lines]
    style = _Style(_before_items(own), space_in(own) or ("" if any(map(_CLOSE.search, own)) else space))
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
    """How an author writes: what stands before an item of a list inside a line (None where each begins a line), and between Chinese
    and digits."""

    item: str | None
    space: str


def _before_items(lines: Sequence[str]) -> str | None:
    inside = (_ITEM_INSIDE.search(line) for line in lines)
    return next((found[1] for found in inside if found), None)


def space_in(lines: Sequence[str]) -> str:
    """What their author puts between Chinese and digits; nothing where he does so here and not there."""
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
    if ended and _ITEM.match(below.text):
        return (above.blank or style.item, False) if style.item is not None else ("\n", True)
    words = all(c.isascii() and c.isalpha() for c in (last, first)) and not _ONE_WORD.fullmatch(above.text)
    return above.blank or (" " if words else style.space if mixed else ""), False


def free_room(line: Written, left: float, right: float, pad: float) -> float:
    """How much the line leaves free at its end (in the middle or at the right: at both sides together)."""
    before, after = line.left - left - pad, right - line.right - pad
    after += line.stretched
    in_the_middle = before > 1 and abs(before - after) < 0.3 * line.size
    return before + after if in_the_middle else after
