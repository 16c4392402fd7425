"""What stands above a project's table: its title, the year, the unit and the unit of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from perfdesk.model.form import Form
from perfdesk.recognise.labels import ANNEX, UNIT_LINE, YEAR
from perfdesk.recognise.lines import Line
from perfdesk.recognise.projects.sheets import is_title, unnumbered
from perfdesk.values import one_line

_UNIT = re.compile(r"(?:金额)?\s*单位\s*[:：]\s*(?:万元|元)\s*$")
_NAMED = re.compile(r"\s*(?:单位名称|实施单位|填报单位|预算单位|编制单位)\s*[:：]\s*")


@dataclass(slots=True)
class Heading:
    """``title`` without the number of the list it stands in, ``printed`` with it. ``unused``: texts that tell nothing of this;
    ``mended``: what was mended in the title."""

    title: str = ""
    printed: str = ""
    year: int | None = None
    unit_name: str = ""
    amount_unit: str = ""
    unused: list[str] = field(default_factory=list[str])
    mended: tuple[str, ...] = ()


def heading_of(lines: Iterable[Line]) -> Heading:
    """The lines above one table, from its title on."""
    heading = Heading()
    for line in lines:
        if is_title(line) and not heading.title:
            heading.printed = line.filled[0].own
            heading.title = unnumbered(heading.printed)
            heading.mended = line.filled[0].mended
        else:
            for spot in line.filled:
                _take(heading, spot.own)
    return heading


def _take(heading: Heading, text: str) -> None:
    plain = one_line(text)
    year = YEAR.search(plain)
    if ANNEX.fullmatch(text.strip()):
        return
    if year and len(plain) <= 16 and not heading.year:
        heading.year = int(year[1])
        return
    if unit := UNIT_LINE.search(plain):
        heading.amount_unit = unit[1]
        text = _UNIT.sub("", text)
    name = _NAMED.sub("", text).strip()
    if name and heading.unit_name:
        heading.unused.append(name)
    elif name:
        heading.unit_name = name


def name_in(form: Form, title: str) -> str:
    """The project's name that the form's title has in it, empty where the title is another or names none."""
    if "{name}" not in form.paper.title:
        return ""
    before, _, after = form.paper.title.partition("{name}")
    match = re.fullmatch(f"{re.escape(before)}(.+?){re.escape(after)}", title.strip())
    return match[1].strip() if match and title.strip() not in (form.title, *form.titles) else ""
