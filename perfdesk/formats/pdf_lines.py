"""Lines of text in place: broken to a width, aligned between two edges, on their baseline. In pt; no reportlab."""

from __future__ import annotations

from dataclasses import dataclass

from perfdesk.document.lines import HANGING, Measure, break_lines
from perfdesk.document.theme import Align, Face, Style
from perfdesk.formats.fonts import Fonts

MOST_SPREAD = 0.1
"""In em: a line that would need more between its characters stays ragged."""


@dataclass(frozen=True, slots=True)
class Line:
    """``spread``: extra room after each character in pt, for lines that fill the width (两端对齐)."""

    x: float
    baseline: float
    text: str
    spread: float = 0.0


def filled_lines(text: str, looks: Style, width: float, measure: Measure) -> tuple[tuple[str, bool], ...]:
    """The lines of a text in ``width`` pt, each with whether it goes on in the next one."""
    lines: list[tuple[str, bool]] = []
    for paragraph in text.split("\n"):
        broken = break_lines(paragraph, width / looks.size - looks.inset, measure, looks.indent, looks.hang)
        lines += [(line, number < len(broken)) for number, line in enumerate(broken, 1)]
    return tuple(lines)


def aligned(
    text: str,
    filled: bool,
    looks: Style,
    measure: Measure,
    between: tuple[float, float],
    baseline: float,
    align: Align | None = None,
) -> Line:
    """A line between two edges by the style's alignment (or another); of left-aligned texts the filled lines reach both edges."""
    left, right = between[0] + looks.inset * looks.size, between[1]
    align = align or looks.align
    if align == "left" and not filled:
        return Line(left, baseline, text)
    spare = right - left - measure(text) * looks.size
    match align:
        case "right":
            return Line(left + spare, baseline, text)
        case "center":
            return Line(left + spare / 2, baseline, text)
        case "left":
            gaps = len(text) - 1
            if spare < 0 and text[-1] in HANGING:
                spare, gaps = spare + measure(text[-1]) * looks.size, gaps - 1
            spread = spare / max(1, gaps)
            return Line(left, baseline, text, spread if 0 < spread <= MOST_SPREAD * looks.size else 0.0)


def baseline(fonts: Fonts, looks: Style, top: float) -> float:
    """Where letters stand in a line that begins at ``top``: the face's own height in the middle of the line."""
    face = fonts.typeface(looks.face)
    tall = (face.ascent - face.descent) * looks.size
    return top + (looks.size * looks.leading - tall) / 2 + face.ascent * looks.size


def tabular(fonts: Fonts, face: Face) -> Measure:
    """Like the face's own measure, but every digit is as wide as the widest."""
    plain, digit = fonts.measure(face), fonts.digit(face)
    return lambda text: sum([digit if char in "0123456789" else plain(char) for char in text])
