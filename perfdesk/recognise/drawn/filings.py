"""What was read of one form as a filing, with what the lines above its table tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from perfdesk.model.filing import Row, empty_filing
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form
from perfdesk.recognise.claim import RecognisedFiling
from perfdesk.recognise.drawn.rows import Read, read_rows
from perfdesk.recognise.drawn.templates import Drawing, texts_of
from perfdesk.recognise.labels import ANNEX, UNIT_LINE, YEAR, words_of
from perfdesk.recognise.lines import Line
from perfdesk.recognise.tree import place_leaves, tree_rows
from perfdesk.values import one_line

_HEADING = 6
"""So many lines above a table may belong to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """``heading``: the lines above the table that were used."""

    recognised: RecognisedFiling
    heading: tuple[Line, ...]


def filing_of(
    drawing: Drawing, before: Sequence[Line], lines: Sequence[Line], new_id: Callable[[], str]
) -> tuple[Found, list[str]]:
    """The filing, and the texts of its lines that found no place."""
    form = drawing.form
    lines = [line for line in lines if not drawing.notes(line)]
    read = read_rows(drawing, lines)
    heading = _Heading(drawing)
    for line in reversed(before[-_HEADING:]):
        if not heading.take(line):
            break
    if heading.unit_name:
        read.cells.setdefault("basic/unit_name", heading.unit_name)
    place_leaves(read.parts.leaves, words_of((form,)))
    rows, repairs = _rows(form, read, new_id)
    unit = heading.unit if heading.unit != form.amount_unit else ""
    filing = replace(empty_filing(form, heading.year, rows), amount_unit=unit)
    one = RecognisedFiling(filing, (*read.parts.repairs, *repairs), lines[0].where)
    left = [*read.leftovers, *read.parts.leftovers]
    said = {t for row in rows for t in row.cells.values()}
    everything = "\n".join([*said, *left])
    left += [t for t in texts_of(lines) if t not in everything and not drawing.prints(t)]
    return Found(one, tuple(heading.used)), [t for t in left if not drawing.prints(t)]


def _rows(form: Form, read: Read, new_id: Callable[[], str]) -> tuple[tuple[Row, ...], list[Repair]]:
    fields: dict[str, dict[str, str]] = {}
    for address, text in read.cells.items():
        section, _, column = address.partition("/")
        fields.setdefault(section, {})[column] = text
    rows = [Row(section, section, MappingProxyType(cells)) for section, cells in fields.items()]
    for section, found in read.lists.items():
        rows += [Row(new_id(), section, MappingProxyType(cells)) for cells in found]
    tree, repairs = tree_rows(read.parts.leaves, form.tree.id, new_id) if read.parts.leaves else ([], [])
    return (*rows, *tree), repairs


def _unit_name(form: Form, text: str) -> str:
    """What stands behind the label that the form's line above the table has for the unit; empty where it is another line."""
    label, found, _ = form.paper.unit_line.partition("：{unit_name}")
    if not found:
        return ""
    pattern = "".join(re.escape(c) + r"\s*" for c in one_line(label))
    match = re.match(
        rf"\s*{pattern}[:：](.*?)(?:\s*(?:金额)?单位[:：]\s*(?:万元|元))?\s*$", _folded(text), re.S
    )
    return text[match.start(1) : match.end(1)].strip() if match else ""


def _folded(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


class _Heading:
    """Title, year, unit and unit of amounts, as the lines above the table tell them."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.year: int | None = None
        self.unit = ""
        self.unit_name = ""
        self.used: list[Line] = []

    def take(self, line: Line) -> bool:
        """Whether the line belongs to the form; told from the table upwards."""
        plain, taken = one_line(line.text), self.drawing.is_title(line)
        taken = taken or bool(ANNEX.fullmatch(line.text.strip()))
        if (year := YEAR.search(plain)) and len(plain) <= 16:
            self.year, taken = int(year[1]), True
        if unit := UNIT_LINE.search(plain):
            self.unit, taken = unit[1], True
        if name := _unit_name(self.drawing.form, line.text):
            self.unit_name, taken = name, True
        if taken:
            self.used.append(line)
        return taken
