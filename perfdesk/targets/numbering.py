"""Numbers before headings and items: ``一、``, ``（一）``, ``1、``, ``①``, written and read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfdesk.model.form import Numbering

_DIGITS = "零一二三四五六七八九"
_RINGED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese(number: int) -> str:
    """1 … 999 in Chinese numerals; beyond that in digits."""
    if not 1 <= number <= 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十"
    return text + (_DIGITS[ones] if ones else "")


_VALUES = {chinese(n): n for n in range(1, 1000)}


def numbered(style: Numbering, number: int) -> str:
    """The number as it is printed before a heading."""
    match style:
        case "一、":
            return f"{chinese(number)}、"
        case "（一）":
            return f"（{chinese(number)}）"
        case "1、":
            return f"{number}、"


def ringed(number: int) -> str:
    """``①`` … ``⑳``; further numbers in brackets, which every font has."""
    return _RINGED[number - 1] if 1 <= number <= len(_RINGED) else f"（{number}）"


RANKS = ("第", "一、", "（一）", "1、", "（1）")
"""Styles of numbers from the highest heading to the lowest."""

_STYLES = tuple(
    (style, re.compile(pattern, re.S))
    for style, pattern in (
        ("第", r"第([一二三四五六七八九十百零\d]{1,5})(?:部分|章|篇)(.*)"),
        ("一、", r"([一二三四五六七八九十百零]{1,5})[、.．](.*)"),
        ("（一）", r"[(（]([一二三四五六七八九十百零]{1,5})[)）](.*)"),
        ("1、", r"(\d{1,3})(?:、|[.．](?!\d))(.*)"),
        ("（1）", r"[(（](\d{1,3})[)）](.*)"),
    )
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number. ``rank``: of its style among ``RANKS``, 0 the highest; ``rest`` is what follows."""

    rank: int
    number: int
    rest: str

    @property
    def style(self) -> str:
        return RANKS[self.rank]


def read_number(line: str) -> Numbered | None:
    """None where the line begins with no number."""
    for rank, (_, pattern) in enumerate(_STYLES):
        match = pattern.fullmatch(line)
        number = (
            (_VALUES.get(match[1]) or int(match[1]) if match[1].isdecimal() else _VALUES.get(match[1]))
            if match
            else None
        )
        if match and number:
            return Numbered(rank, number, match[2].strip())
    return None
