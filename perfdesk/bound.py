"""Texts with numbers in them that follow the data: ``本年收入 {{收支总表/收入总计}} 万元``. What stands in double braces is bound.

The raw text with its braces is what is kept and edited; paper and screen show the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Resolve = Callable[[str], str | None]
"""Name of a bound value → what stands there now; None where there is no such value."""

_BOUND = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_NUMBER = r"(?P<number>-?\d[\d,]*(?:\.\d+)?)"
_BETWEEN = r"[为是共计约安排：:\s*]*"
"""What may stand between the words of a phrase and their number; asterisks are marks of a converter for bold type."""


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


def typed_numbers(text: str, phrases: Iterable[tuple[str, str]]) -> Iterator[Typed]:
    """Numbers typed right behind the words of a phrase (words, name of the bound value). Of two phrases that end at one number the longer
    counts."""
    found: dict[int, Typed] = {}
    for words, name in phrases:
        for match in re.finditer(re.escape(words) + _BETWEEN + _NUMBER, text):
            start, end = match.span("number")
            other = found.get(start)
            if other is None or len(other.words) < len(words):
                found[start] = Typed(words, name, match["number"], start, end)
    yield from (found[start] for start in sorted(found))


def bind(text: str, phrases: Iterable[tuple[str, str]], same: Callable[[str, str], bool]) -> str:
    """The text with typed numbers bound where ``same(name, number as typed)`` says that they are the value of today."""
    for one in reversed([t for t in typed_numbers(text, phrases) if same(t.name, t.text)]):
        text = text[: one.start] + bound_text(one.name) + text[one.end :]
    return text
