"""Entries of the contents: a heading's text, dots, and the number of its page, which is known when all pages are laid out."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

from perfdesk.document.blocks import Heading
from perfdesk.document.theme import contents_style, contents_style_name, style
from perfdesk.formats.fonts import Fonts, drawable
from perfdesk.formats.pdf_lines import Line, aligned, baseline, filled_lines
from perfdesk.formats.pdf_placed import LaidPage, PlacedText, numbers_of
from perfdesk.units import mm_to_pt

NUMBER_ROOM = 3.0
"""Kept free for dots and number at the end of an entry's lines, in em."""
DOTS = 0.36
"""From dot to dot, in em."""
GAP = 0.4
"""Between text, dots and number, in em."""


def entry(
    heading: Heading, block: int, target: int, between: tuple[float, float], top: float, fonts: Fonts
) -> PlacedText:
    """The entry without its number; ``between`` are the edges of the page's text."""
    looks = contents_style(heading.level)
    measure, step = fonts.measure(looks.face), looks.size * looks.leading
    text = drawable(" ".join(heading.text.split()))
    left, right = between
    broken = filled_lines(text, looks, right - left - NUMBER_ROOM * looks.size, measure)
    lines = tuple(
        aligned(line, False, looks, measure, between, baseline(fonts, looks, top + step * number))
        for number, (line, _) in enumerate(broken)
    )
    return PlacedText(block, contents_style_name(heading.level), top, step * len(lines), lines, target=target)


def with_numbers(pages: tuple[LaidPage, ...], fonts: Fonts) -> tuple[LaidPage, ...]:
    """The pages with the numbers of the headings' pages filled in, right-aligned, dots between."""
    numbers = numbers_of(pages)
    return tuple(
        replace(page, texts=tuple(_numbered(t, page, numbers, fonts) for t in page.texts))
        if any(t.target is not None for t in page.texts)
        else page
        for page in pages
    )


def _numbered(text: PlacedText, page: LaidPage, numbers: dict[int, int], fonts: Fonts) -> PlacedText:
    if text.target is None:
        return text
    looks, number = style(text.style), str(numbers[text.target])
    measure, last = fonts.measure(looks.face), text.lines[-1]
    right = mm_to_pt(page.page.width - page.page.right)
    end = right - measure(number) * looks.size
    step = DOTS * looks.size
    first = ceil((last.x + (measure(last.text) + GAP) * looks.size) / step) * step
    count = max(0, floor((end - GAP * looks.size - first) / step))
    dots = Line(first, last.baseline, "." * count, step - measure(".") * looks.size)
    return replace(text, lines=(*text.lines, dots, Line(end, last.baseline, number)))
