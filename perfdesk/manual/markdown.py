"""The little of Markdown that the pages use: headings, paragraphs, lists, tables, pictures; bold and code inside of texts.

Lines of one paragraph or item stand on one line of the file. Anything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,3}) +(.*)")
_ITEM = re.compile(r"( *)(-|\d+\.) +(.*)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_RULE = re.compile(r"\|[\s:|-]+\|")
_QUESTION = re.compile(r"\*\*([^*]+？)\*\* *(.+)")
_INK = re.compile(r"\*\*|`")


@dataclass(frozen=True, slots=True)
class Title:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """``mark``: ``-`` or the number with its full stop; ``depth`` from 0."""

    mark: str
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; its first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture; ``file`` as the page names it."""

    caption: str
    file: str


Part = Title | Text | Item | Rows | Shown


def parsed(page: str) -> Iterator[Part]:
    """What the page is made of, from top to bottom."""
    rows: list[tuple[str, ...]] = []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            if not _RULE.fullmatch(line.strip()):
                rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            yield Rows(tuple(rows))
            rows = []
        if line.strip():
            yield _part(line)


def _part(line: str) -> Part:
    if heading := _HEADING.fullmatch(line):
        return Title(len(heading[1]), heading[2].strip())
    if item := _ITEM.fullmatch(line):
        return Item(item[2], min(len(item[1]) // 2, 1), item[3].strip())
    if picture := _PICTURE.fullmatch(line.strip()):
        return Shown(picture[1], picture[2])
    return Text(line.strip())


def asked(text: str) -> tuple[str, str]:
    """A bold question that a text begins with, and what follows; the question empty where there is none."""
    found = _QUESTION.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)


def plain(text: str) -> str:
    """Without the marks for bold and code."""
    return _INK.sub("", text)
