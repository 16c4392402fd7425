"""Words of a text that tell a year: those that can be moved on, and those that only the author can judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = dict(zip("〇一二三四五六七八九", "0123456789", strict=True)) | {"○": "0", "零": "0"}
_BOUND = re.compile(r"\{\{.*?\}\}")
_YEAR = re.compile(
    r"(?<![\d〔［\[(（])(?P<digits>20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})"
    r"(?P<tail>\s*年|[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
)
_NUMBER = re.compile(r"(?<![\d.,])20\d\d(?=\s*(?:[-—–~～至到/，。；、,;)）〕］\]]|$))")
_DOCUMENT = re.compile(r"[〔［\[(（]20\d\d[〕］\])）]\s*第?\d+\s*号")
_SPAN = r"[-—–~～至到]"
_BEFORE_SPAN, _AFTER_SPAN = re.compile(rf"\d(?:\s*年)?\s*{_SPAN}+\s*$"), re.compile(rf"^\s*{_SPAN}+\s*\d")
_LOOKS = re.compile(
    r"上一?年度?|去年|前年|明年|下一年度?|次年"
    r"|第?[一二三四五六七八九十百\d]+周年|第[一二三四五六七八九十百\d]+[届次批期轮]"
    r"|[“\"]?十[一二三四五六七八九][五][”\"]?"
)


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` at ``start`` … ``end``; ``after``: what is proposed, empty where only the author knows. ``sure``: the filing's own year."""

    start: int
    end: int
    text: str
    after: str = ""
    sure: bool = False


def year_words(text: str, year: int, to: int) -> Iterator[Word]:
    """In order, none overlapping. The filing's own year moves on to ``to``; years beside it by as much, but not sure.

    Years that end or begin a span, and words (上年, 第三届), are only named. Bound values (``{{年度}}``) and the numbers of
    documents (``〔2021〕5号``) are no text.
    """
    closed = [m.span() for pattern in (_BOUND, _DOCUMENT) for m in pattern.finditer(text)]
    found: dict[int, Word] = {}
    for match in _YEAR.finditer(text):
        if abs(_number(match["digits"]) - year) <= 1:
            found[match.start()] = _word(text, match, year, to)
    spans = [(w.start, w.end) for w in found.values()]
    for pattern in (_NUMBER, _LOOKS):
        for match in pattern.finditer(text):
            own = pattern is _LOOKS or int(match[0]) == year
            if own and not any(a < match.end() and match.start() < b for a, b in spans):
                found[match.start()] = Word(match.start(), match.end(), match[0])
    for start in sorted(found):
        if not any(a <= start < b for a, b in closed):
            yield found[start]


def _word(text: str, match: re.Match[str], year: int, to: int) -> Word:
    digits, whole = match["digits"], match[0]
    number = _number(digits)
    span = _BEFORE_SPAN.search(text[: match.start()]) or _AFTER_SPAN.search(text[match.end() :])
    if span and match["tail"].strip() == "年":
        return Word(match.start(), match.end(), whole)
    after = str(number + to - year)
    if not digits.isascii():
        zero = next((c for c in digits if c in "〇○零"), "〇")
        after = "".join(zero if c == "0" else "〇一二三四五六七八九"[int(c)] for c in after)
    return Word(match.start(), match.end(), whole, after + match["tail"], number == year)


def _number(digits: str) -> int:
    return int("".join(_DIGITS.get(c, c) for c in digits))


def replaced(text: str, words: list[Word]) -> str:
    """The text with what is proposed for these words in their place."""
    for word in sorted(words, key=lambda w: w.start, reverse=True):
        text = text[: word.start] + word.after + text[word.end :]
    return text
