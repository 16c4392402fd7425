"""Which lines stand below which heading of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfdesk.model.chapter import Chapter
from perfdesk.recognise.lines import Line
from perfdesk.recognise.report.headings import Headings


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines ``at`` (the heading) … ``end`` - 1 of chapter ``number``."""

    number: int
    chapter: Chapter
    at: int
    end: int


def stretches(lines: Sequence[Line], headings: Headings) -> list[Stretch]:
    """In the order of the page. Rows of tables with several cells are no headings."""
    heads = [(n, known) for n, line in enumerate(lines) if (known := headings.chapter(line)) is not None]
    ends = [at for at, _ in heads[1:]] + [len(lines)] * bool(heads)
    return [Stretch(k, headings.chapters[k], at, end) for (at, k), end in zip(heads, ends, strict=True)]
