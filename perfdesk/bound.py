"""Texts with numbers in them that follow the data: ``本年收入 {{收支总表/收入总计}} 万元``. What stands in double braces is bound.

The raw text with its braces is what is kept and edited; paper and screen show the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

Resolve = Callable[[str], str | None]
"""Name of a bound value → what stands there now; None where there is no such value."""

_BOUND = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_NUMBER = r"(?P<number>-?\d[\d,]*(?:\.\d+)?)"
_BETWEEN = r"[为是共计约安排：:\s*]*"
"""What may stand between the words of a phrase and their number; asterisks are marks of a converter for bold type."""
_MARK = re.compile(r"[“”\"'‘’\s]")
_MARKS = f"{_MARK.pattern}*"
_ANYTHING = "[^。；;\n]{0,30}?"


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound value in a text: its name, and where it stands (``start`` … ``end`` with its braces)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that was typed behind words whose number is known: ``text`` at ``start`` … ``end`` against the bound value ``name``."""

    words: str
    name: str
    text: str
    start: int
    end: int


def bound_in(text: str) -> Iterator[Bound]:
    """Every bound value in the text, in order."""
    for found in _BOUND.finditer(text):
        yield Bound(found[1], found.start(), found.end())


def bound_text(name: str) -> str:
    """The bound value as it is written in a text."""
    return "{{" + name + "}}"


def show_bound(text: str, resolve: Resolve) -> str:
    """The text with the values in place; a name that means nothing stays as it is written, so that it is seen."""
    return _BOUND.sub(lambda m: value if (value := resolve(m[1])) is not None else m[0], text)


def name_bound(text: str) -> str:
    """The text with short names in place of values, where those of then are not known: ``收入〔收入总计〕万元``."""
    return _BOUND.sub(lambda m: f"〔{_short(m[1])}〕", text)


def _short(name: str) -> str:
    """The last part that is a word, not the id of a column."""
    words = [part for part in name.split("/") if not part.isascii()]
    return (words or [name])[-1]


@lru_cache(maxsize=1 << 10)
def _phrase(words: str) -> re.Pattern[str]:
    """Marks of quotation and blanks in it may be missing or others; ``…`` stands for anything short within the sentence."""
    parts = (_MARKS.join(re.escape(c) for c in part if not _MARK.match(c)) for part in words.split("…"))
    return re.compile(_MARKS + f"{_MARKS}{_ANYTHING}".join(parts) + f"{_MARKS}{_BETWEEN}{_NUMBER}")


def typed_numbers(text: str, phrases: Iterable[tuple[str, str]]) -> Iterator[Typed]:
    """Numbers typed right behind the words of a phrase (words, name of the bound value). Of two phrases that end at one number the longer
    counts."""
    found: dict[int, Typed] = {}
    for words, name in phrases:
        for match in _phrase(words).finditer(text):
            start, end = match.span("number")
            other = found.get(start)
            if other is None or len(other.words) < len(words):
                found[start] = Typed(words, name, match["number"], start, end)
    yield from (found[start] for start in sorted(found))


def bind(text: str, typed: Iterable[Typed]) -> str:
    """The text with these of its typed numbers bound."""
    for one in sorted(typed, key=lambda t: -t.start):
        text = text[: one.start] + bound_text(one.name) + text[one.end :]
    return text
