"""Forms that a user took in, in a stream of lines: read by their own drawing, which says of every row where labels and values stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfdesk.model.form import Form
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.drawn.filings import filing_of
from perfdesk.recognise.drawn.rows import read_rows
from perfdesk.recognise.drawn.templates import Drawing, drawing_of
from perfdesk.recognise.lines import Line

KINDS = frozenset({
    "department-budget", "department-targets", "overall-target", "project-target", "self-evaluation", "self-evaluation-report",
})  # fmt: skip
"""Kinds that are read in ways of their own."""
_ENOUGH = 0.8
"""So large a share of the labelled rows of a drawing must be there."""


def drawn_forms(lines: Sequence[Line], forms: Sequence[Form], new_id: Callable[[], str]) -> Claim:
    """Every form of a user's that the lines hold, each once or many times."""
    own = [drawing_of(f) for f in forms if f.kind not in KINDS and f.paper.parts]
    recognised: list[RecognisedFiling] = []
    left: list[str] = []
    rest = list(lines)
    for drawing in own:
        while found := _find(drawing, rest):
            start, end = found
            one, texts = filing_of(drawing, rest[:start], rest[start:end], new_id)
            recognised.append(one.recognised)
            left += texts
            used = {id(line) for line in (*one.heading, *rest[start:end])}
            used |= {id(line) for line in rest[end:] if drawing.notes(line)}
            rest = [line for line in rest if id(line) not in used]
    return Claim(tuple(recognised), tuple(rest), tuple(left))


def _find(drawing: Drawing, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Where the form begins and ends, None where it does not stand there."""
    for start, line in enumerate(lines):
        if line.table < 0 or not drawing.begins(line):
            continue
        end = _end(drawing, lines, start)
        read = read_rows(drawing, lines[start:end])
        if read.matched >= max(1.0, _ENOUGH * drawing.labelled):
            return start, end
    return None


def _end(drawing: Drawing, lines: Sequence[Line], start: int) -> int:
    """Behind the last row before the form begins again or a longer text comes."""
    end = start
    for n in range(start, len(lines)):
        line = lines[n]
        if n > start and line.table >= 0 and drawing.begins(line) and drawing.stands_first(lines, n, start):
            break
        if line.table >= 0:
            end = n + 1
        elif drawing.is_title(line):
            break
    return end
