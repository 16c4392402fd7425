"""What stands above the table of a self-evaluation: its title, the year, the unit and the unit of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from perfdesk.recognise.labels import ANNEX, UNIT_LINE, YEAR
from perfdesk.recognise.lines import Line
from perfdesk.recognise.projects import heading as projects
from perfdesk.recognise.projects.sheets import unnumbered
from perfdesk.values import one_line

_TITLE = re.compile(r".*自评[^表，。；：]{0,8}表(?:[(（]?20\d{2}年度?[)）]?)?")
_LONGEST = 120
_OWN_YEAR = re.compile(r"[(（]?\s*20\d{2}\s*年度?\s*[)）]?")
_UNIT = re.compile(r"(?:金额)?\s*单位\s*[:：]\s*(?:万元|元)\s*$")
_NAMED = re.compile(r"\s*(?:单位名称|部门名称|实施单位|填报单位|填报部门|预算单位|编制单位)\s*[:：]\s*")


@dataclass(slots=True)
class Heading:
    """``unused``: texts that tell nothing of this; ``mended``: what was mended in the title."""

    title: str = ""
    year: int | None = None
    unit_name: str = ""
    amount_unit: str = ""
    unused: list[str] = field(default_factory=list[str])
    mended: tuple[str, ...] = ()

    @property
    def as_project(self) -> projects.Heading:
        """For choosing the edition."""
        return projects.Heading(self.title, self.title, self.year, self.unit_name, self.amount_unit)


def is_title(line: Line) -> bool:
    """The title of a self-evaluation: alone in its row."""
    if len(line.filled) != 1 or len(line.text) > _LONGEST or any(s.above for s in line.spots):
        return False
    return _TITLE.fullmatch(one_line(line.text)) is not None


def is_annex(text: str) -> bool:
    return ANNEX.fullmatch("".join(text.split())) is not None


def heading_of(lines: Iterable[Line]) -> Heading:
    """The lines above one table."""
    heading = Heading()
    for line in lines:
        if is_title(line) and not heading.title:
            text = unnumbered(line.filled[0].own)
            year = YEAR.search(one_line(text))
            heading.year = int(year[1]) if year else heading.year
            heading.title = _OWN_YEAR.sub("", text).strip()
            heading.mended = line.filled[0].mended
        else:
            for spot in line.filled:
                _take(heading, spot.own)
    return heading


def _take(heading: Heading, text: str) -> None:
    plain = one_line(text)
    if is_annex(text):
        return
    if (year := YEAR.search(plain)) and len(plain) <= 16 and not heading.year:
        heading.year = int(year[1])
        return
    if unit := UNIT_LINE.search(plain):
        heading.amount_unit = unit[1]
        text = _UNIT.sub("", text)
    named = _NAMED.match(text)
    rest = text[named.end() :].strip() if named else text.strip()
    if named and not heading.unit_name:
        heading.unit_name = rest
    elif rest:
        heading.unused.append(rest)
