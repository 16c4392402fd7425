"""Where a Chinese line may break: 避头尾 both ways, numbers and Latin words whole.

After GB/T 15834-2011, 5.1 (which marks may not begin or end a line) and the lists that Word uses for simplified Chinese. reportlab's own
CJK wrapping starts lines with closing marks, ends them with opening ones and cuts numbers, so the PDF breaks its lines here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str], float]
"""Width of a text on one line, in the unit of the width it is compared with."""

NOT_FIRST = "!%),.:;>?]}°·ˇˉ‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
NOT_LAST = "([{‘“‹〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥¥$£№≥≤≧≦"
HANGING = "!,.:;?、。！，．：；？"
"""Marks that may stand beyond the right edge at the end of a line of running text (标点溢出边界), as Word lets them."""
BLANKS = " \t\u3000"

_LETTER = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff０-９Ａ-Ｚａ-ｚ"
_WORD = rf"[{_LETTER}]+(?:(?:(?<=[0-9０-９])[.,:．，：](?=[0-9０-９])|[.'’/_@&+\-–~](?=[{_LETTER}]))[{_LETTER}]+)*"
_SIGNS = re.escape("+-±<>=≈≠＋－＜＞＝~～")
_CORE = rf"(?:[{_SIGNS}]*{_WORD}|—+|…+|[^{BLANKS}])"
_CHUNK = re.compile(
    rf"[{BLANKS}]+|[{re.escape(NOT_LAST)}]*{_CORE}"
    rf"(?:[{re.escape(NOT_FIRST)}]|[/／][{re.escape(NOT_LAST)}]*{_CORE}?)*[{BLANKS}]*"
)
_SLACK = 1e-6


def chunks(text: str) -> list[str]:
    """The pieces of one paragraph that stay whole on a line (blanks at their end may hang over it); joined they are the text."""
    return _CHUNK.findall(text)


def break_lines(
    text: str, width: float, measure: Measure, indent: float = 0.0, hang: bool = False
) -> tuple[str, ...]:
    """The lines of ``text`` in ``width``; ``\\n`` always breaks, ``indent`` shortens the first line of each paragraph. ``hang``: one
    mark at a line's end may stand beyond the width.

    Blanks at the end of a broken line are dropped, every other character is kept. A piece wider than a whole line is cut between
    characters, at least one to a line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if measure(paragraph) <= width - indent + _SLACK:
            lines.append(paragraph)
        else:
            lines += _broken(paragraph, width, measure, indent, hang)
    return tuple(lines)


def _broken(paragraph: str, width: float, measure: Measure, indent: float, hang: bool) -> list[str]:
    lines: list[str] = []
    line, room = "", width - indent
    for chunk in chunks(paragraph):
        wide = needed = measure(chunk)
        if chunk[-1] in BLANKS or (hang and chunk[-1] in HANGING):
            needed = measure(_within(chunk.rstrip(BLANKS), hang))
        if needed > room + _SLACK and line:
            lines.append(line.rstrip(BLANKS))
            line, room = "", width
        if needed > room + _SLACK:
            *full, chunk = _cut(chunk, room, width, measure)
            lines += full
            wide = measure(chunk)
            if full:
                room = width
        line += chunk
        room -= wide
    return [*lines, line.rstrip(BLANKS)]


def _within(chunk: str, hang: bool) -> str:
    """The part of a chunk that must not stand beyond the edge."""
    return chunk[:-1] if hang and len(chunk) > 1 and chunk[-1] in HANGING else chunk


def _cut(piece: str, first: float, width: float, measure: Measure) -> list[str]:
    """A piece too wide for a line, in lines of ``first`` and then ``width``; no closing mark is left alone at a line's start."""
    parts: list[str] = []
    rest, room = piece, first
    while measure(rest) > room + _SLACK and len(rest) > 1:
        count = _fitting(rest, room, measure)
        while count > 1 and rest[count] in NOT_FIRST:
            count -= 1
        parts.append(rest[:count])
        rest, room = rest[count:], width
    return [*parts, rest]


def _fitting(text: str, room: float, measure: Measure) -> int:
    """How many characters fit, at least one and never all."""
    used = 0.0
    for count, char in enumerate(text):
        used += measure(char)
        if used > room + _SLACK:
            return max(1, count)
    return max(1, len(text) - 1)
