"""Title, unit and year of a report as the lines above its first heading tell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_YEAR = re.compile(r"[(（]?\s*(20\d{2})\s*(?:年度|年)\s*[)）]?")
_LABELLED = re.compile(r"^(?:部门|单位|填报|预算)[^:：]{0,8}(?:名称|单位|部门)?[:：]\s*(\S.*)$")
_SEAL = re.compile(r"[(（](?:盖章|公章|签章)[)）]")
_OFFICE = re.compile(
    r"^\S{2,30}(?:局|委员会|委|办公室|办|中心|厅|院|所|站|处|大队|支队|协会|联合会|街道|镇|乡|政府|学校|馆)$"
)
_PROJECT = ("项目", "资金", "工程", "经费", "补助", "政策")
_SUBJECT = re.compile(r"(?:部门|单位)(?:[(（](?:单位|部门)[)）])?$")
"""Says only whose report it is: 部门 before 整体支出绩效评价报告."""
_SENTENCE = re.compile(r"[，。；：]")
_LONGEST = 60


@dataclass(slots=True)
class Title:
    """``text`` as printed without unit and year; empty where that is the form's own."""

    text: str
    unit: str = ""
    year: int | None = None
    claimed: set[int] = field(default_factory=set[int])

    @property
    def is_of_project(self) -> bool:
        """What stands in the unit's place is a project's name."""
        return self.unit.endswith(_PROJECT)


def title_starts(lines: Sequence[Line], form: Form) -> list[int]:
    """Where the title of another unit's report begins, with the line above it that names the unit."""
    starts: list[int] = []
    current = ""
    for n, line in enumerate(lines):
        titled = len(line.filled) == 1 and len(line.text) <= _LONGEST and not _SENTENCE.search(line.text)
        both = _split(line.text, form) if titled else None
        if both is None:
            continue
        above = _YEAR.sub("", one_line(lines[n - 1].text)) if n else ""
        unit = one_line(both[0]) or (above if _OFFICE.match(above) else "")
        if unit and current and unit != current:
            starts.append(n if both[0] else n - 1)
        current = unit or current
    return starts


def title_of(lines: Sequence[Line], start: int, form: Form) -> Title | None:
    """Read in the lines above ``start``; the last title counts. None where there is none."""
    above = [line for line in lines[:start] if len(line.filled) == 1 and len(line.text) <= _LONGEST]
    at = next((n for n in reversed(range(len(above))) if _split(above[n].text, form)), None)
    if at is None:
        return None
    unit, text = _split(above[at].text, form) or ("", "")
    year = _YEAR.search(one_line(above[at].text))
    own = {label_key(t) for t in (form.title, *form.titles)}
    title = Title("" if label_key(text) in own else text, unit, int(year[1]) if year else None)
    title.claimed.add(id(above[at]))
    for line in (*reversed(above[:at]), *above[at + 1 :]):
        _take(title, line, form)
    return title


def _split(text: str, form: Form) -> tuple[str, str] | None:
    """Unit and title of a line that ends with a title of the form."""
    plain = _YEAR.sub("", text.strip().strip("#* ")).strip()
    key = label_key(plain)
    for known in sorted((form.title, *form.titles), key=len, reverse=True):
        for n in range(len(plain)) if key.endswith(label_key(known)) else ():
            if label_key(plain[n:]) == label_key(known):
                unit = _SUBJECT.sub("", plain[:n].strip()).strip()
                return unit, plain[len(unit) :].strip()
    return None


def _take(title: Title, line: Line, form: Form) -> None:
    """A line above or below the title that tells unit or year, or says the title again."""
    text = line.text.strip()
    plain = one_line(text)
    if year := _YEAR.fullmatch(plain):
        title.year = title.year or int(year[1])
    elif labelled := _LABELLED.match(_SEAL.sub("", text)):
        unit = labelled[1].strip()
        if title.unit and one_line(unit) != one_line(title.unit):
            return
        title.unit = unit
    elif not title.unit and _OFFICE.match(_YEAR.sub("", plain)):
        title.unit = _YEAR.sub("", text).strip()
        if year := _YEAR.search(plain):
            title.year = title.year or int(year[1])
    elif again := _split(text, form):
        title.unit = title.unit or again[0]
    else:
        return
    title.claimed.add(id(line))
