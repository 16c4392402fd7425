"""Lines outside of tables → paragraphs: a line that fills the page's text width goes on with the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from perfdesk.formats.pdf_words import Written, joined

_MARGIN = 0.15
"""Part of a page's width that is left free at most on either side."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``page`` from 0; ``box``: left, top, right, bottom in pt."""

    text: str
    page: int
    box: tuple[float, float, float, float]


def paragraphs(lines: Sequence[Written], page: int, page_width: float) -> list[Paragraph]:
    """Paragraphs of lines that stand below each other."""
    left = min(page_width * _MARGIN, *(line.left for line in lines))
    right = max(page_width * (1 - _MARGIN), *(line.right for line in lines))
    found: list[Paragraph] = []
    for run in _runs(lines, left, _usual_gap(lines)):
        for text in joined(run, left, right, 0.0).text.split("\n"):
            found.append(Paragraph(text, page, _box(run)))
    return found


def _usual_gap(lines: Sequence[Written]) -> float:
    """What most lines leave free above them; 0 where there are too few to tell."""
    gaps = sorted(b.top - a.bottom for a, b in pairwise(lines))
    return gaps[len(gaps) // 2] if len(gaps) > 5 else 0.0


def _runs(lines: Iterable[Written], left: float, gap: float) -> Iterable[list[Written]]:
    """Lines of one face, close below each other; a line that is indented, or does not begin at the left, begins anew."""
    run: list[Written] = []
    for line in lines:
        if run and not _below(run[-1], line, left, gap):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _below(above: Written, line: Written, left: float, gap: float) -> bool:
    near = (
        line.top - above.bottom < max(line.size, 1.15 * gap) and abs(line.size - above.size) < 0.2 * line.size
    )
    in_the_middle = abs((line.left + line.right) - (above.left + above.right)) < 2
    return near and (line.left - left < 0.8 * line.size or in_the_middle)


def _box(lines: Sequence[Written]) -> tuple[float, float, float, float]:
    edges = [(line.left, line.top, line.right, line.bottom) for line in lines]
    return (
        min(e[0] for e in edges),
        min(e[1] for e in edges),
        max(e[2] for e in edges),
        max(e[3] for e in edges),
    )
