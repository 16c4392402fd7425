"""Where a blank leaves room: empty cells, lines to write on, brackets for the year; and the marks put there for the reading."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"⟦(\d+)⟧")
_EMPTY = re.compile(
    r"[\s_＿.…·xX×]*"  # nothing, a line to write on, dots
    r"|(?:指标|任务|目标)\s*(?:\d{1,2}|[一二三四五六七八九十]|[xX×]{1,2})\s*[:：]?"  # a row shown as an example
    r"|[(（](?:请)?(?:填|此处)[^()（）]*[)）]"  # words that say to fill in
)
_LABEL = re.compile(r"(?:^|(?<=[\s　]))([^\s:：()（）]{2,16}(?:[(（][^()（）]{1,6}[)）])?)[:：]")
_ROOM = re.compile(r"[ \t\u3000_＿\xa0]*")
_YEAR = re.compile(r"(\s*[(（])?((?:20)?(?:[\s_＿\xa0]*|[xX×]{2,4}))(?=年度?\s*[)）]?\s*$)")
_UNITS = re.compile(r"(?:万元|元|亿元|千元)")


@dataclass(frozen=True, slots=True)
class Room:
    """Characters ``start`` … ``end`` of a text that a value may stand in place of. ``year``: for the year."""

    start: int
    end: int
    year: bool = False


def mark(number: int) -> str:
    return f"⟦{number}⟧"


def marks_in(text: str) -> tuple[int, ...]:
    """The numbers of the marks in a text that was read."""
    return tuple(int(n) for n in _MARK.findall(text))


def without_marks(text: str) -> str:
    return _MARK.sub("", text).strip()


def is_empty(text: str) -> bool:
    """Nothing that a person wrote, or nothing but the sign that he is to write here."""
    return _EMPTY.fullmatch(text.strip()) is not None


def rooms(text: str, alone: bool) -> tuple[Room, ...]:
    """The room in a text of the form's own. ``alone``: nothing empty stands right of it, so what follows its last colon is room, too.

    ``填报单位：　　　单位：万元`` has room after the first colon; a label with an empty cell beside it has none.
    """
    if (year := _YEAR.match(text)) and (year[1] or year[2]):
        return (Room(year.start(2), year.end(2), True),)
    found: list[Room] = []
    for label in _LABEL.finditer(text):
        blank = _ROOM.match(text, label.end())
        end = blank.end() if blank else label.end()
        if _UNITS.match(text, end):
            continue
        last = end == len(text)
        if (last and alone) or (not last and end - label.end() >= 2):
            found.append(Room(label.end(), end))
    return tuple(found)


def with_values(text: str, values: list[tuple[Room, str]]) -> str:
    """The text with each value in its room; blanks that were there to be written on give way, at least two stay before what follows."""
    for room, value in sorted(values, key=lambda v: v[0].start, reverse=True):
        blank = text[room.start : room.end]
        rest = ""
        if room.end < len(text) and not room.year:
            left = len(blank) - len(value) * (2 if " " in blank else 1)
            rest = blank[-1:] * max(2, left)
        text = f"{text[: room.start]}{value}{rest}{text[room.end :]}"
    return text
