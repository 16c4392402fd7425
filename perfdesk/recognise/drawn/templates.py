"""A form's drawing as rows to be found on a page: which labels stand in a row, and between them which values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfdesk.catalog import label_key
from perfdesk.model.form import Form, Part, Section
from perfdesk.recognise.labels import amount_label
from perfdesk.recognise.lines import Line, Spot

FILLER = "\u2060"
"""Tells two equal texts of a drawn row apart; it is seen nowhere."""


@dataclass(frozen=True, slots=True)
class Run:
    """A cell of a drawn row. ``text`` is what it prints itself (empty: it shows a value, whose ``address`` is ``section/column``).
    ``above``: it goes on from the row above."""

    col: int
    end: int
    text: str
    address: str = ""
    above: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A drawn row of part number ``part``. ``repeats``: it stands once for each row of its section; ``head``: it is the part's head."""

    part: int
    section: Section
    runs: tuple[Run, ...]
    width: int
    repeats: bool = False
    head: bool = False

    @property
    def labels(self) -> tuple[Run, ...]:
        return tuple(r for r in self.runs if r.text and not r.above)

    def fits(self, line: Line) -> bool:
        """All its labels stand in the line, in their order and, in a table of as many columns, in their places. A row without labels
        of its own fits none."""
        wanted = self.labels
        if not wanted:
            return False
        at = 0
        spots = line.filled
        for run in wanted:
            while at < len(spots) and not _same(run, spots[at], line.width == self.width):
                at += 1
            if at == len(spots):
                return False
            at += 1
        return True

    def values(self, line: Line) -> list[tuple[str, Spot]]:
        """Address → the spot that stands in its place: by their order where there are as many, else by their columns."""
        if len(line.spots) == len(self.runs):
            pairs = zip(self.runs, line.spots, strict=True)
            return [(run.address, spot) for run, spot in pairs if run.address]
        found: list[tuple[str, Spot]] = []
        for run in self.runs:
            spot = line.at(run.col * line.width // self.width) if run.address else None
            if spot is not None and not any(spot is s for _, s in found):
                found.append((run.address, spot))
        return found


def _same(run: Run, spot: Spot, placed: bool) -> bool:
    if placed and spot.col != run.col:
        return False
    said, wanted = spot.own.replace(FILLER, ""), run.text.replace(FILLER, "")
    return label_key(said) == label_key(wanted) or amount_label(said) == amount_label(wanted) != ""


@dataclass(frozen=True, slots=True)
class Drawing:
    form: Form
    templates: tuple[Template, ...]

    @property
    def labelled(self) -> int:
        """How many rows have labels of their own."""
        return sum(1 for t in self.templates if t.labels and not t.repeats)

    def begins(self, line: Line) -> bool:
        first = next((t for t in self.templates if t.labels), None)
        return first is not None and first.fits(line)

    def stands_first(self, lines: Sequence[Line], at: int, start: int) -> bool:
        """The form begins anew, and it is not a head that a new page repeats: something of the form has come in between."""
        first = next(t for t in self.templates if t.labels)
        others = [t for t in self.templates if t is not first and t.labels and not t.repeats]
        seen = sum(any(t.fits(line) for line in lines[start + 1 : at]) for t in others)
        return not first.head or (bool(others) and seen == len(others))

    def is_title(self, line: Line) -> bool:
        plain = label_key(line.text)
        return any(plain == label_key(t) for t in (self.form.title, self.form.paper.title, *self.form.titles))

    def notes(self, line: Line) -> bool:
        """The line is one that the form prints below its table."""
        return any(label_key(line.text) == label_key(note) for note in self.form.paper.notes)

    def prints(self, text: str) -> bool:
        """The text is a label of the drawing."""
        spot = Spot(text, 0, 1)
        return any(_same(run, spot, False) for t in self.templates for run in t.labels)


@lru_cache(maxsize=64)
def drawing_of(form: Form) -> Drawing:
    made: list[Template] = []
    above: tuple[str, ...] = ()
    for number, part in enumerate(form.paper.parts):
        section = form.section(part.section)
        for line, head in [*((a, True) for a in part.head), *((a, False) for a in part.rows)]:
            repeats = not head and section.kind in ("list", "tree")
            made.append(Template(number, section, _runs(form, part, line, above), len(line), repeats, head))
            above = line
    return Drawing(form, tuple(made))


def _runs(form: Form, part: Part, line: tuple[str, ...], above: tuple[str, ...]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for col, area in enumerate(line):
        if runs and line[col - 1] == area:
            runs[-1] = Run(runs[-1].col, col + 1, *_said(form, part, area), runs[-1].above)
        else:
            hangs = area[0] in "#=" and col < len(above) and above[col] == area
            runs.append(Run(col, col + 1, *_said(form, part, area), hangs))
    return tuple(runs)


def _said(form: Form, part: Part, area: str) -> tuple[str, str]:
    """What the area prints itself, else the address that it shows."""
    if area[0] == "=":
        return area[1:], ""
    if area[0] == "#":
        return form.section(area[1:]).label, ""
    section, _, column = area.lstrip("@").rpartition(".")
    section = section or part.section
    if area[0] == "@":
        field = form.section(section).field(column)
        return (field.label if field else column), ""
    return "", f"{section}/{column}"


def texts_of(lines: Iterable[Line]) -> list[str]:
    return [s.own for line in lines for s in line.filled]
