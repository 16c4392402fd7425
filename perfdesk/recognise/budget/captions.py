"""The lines between a table's title and its heading: code and name of the unit, year, unit of amounts, date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_YEAR_LINE = re.compile(r"(?:预算)?年度\s*[:：]\s*(20\d{2})\s*年?|(20\d{2})\s*年度?(?:预算)?$")
_MONEY = re.compile(r"(?:金额)?单位\s*[:：]\s*(万元|元|千元|百元|亿元)")
_DATE = re.compile(r"(?:截止|截至)(?:时间|日期)?\s*[:：]\s*(\S+)")
_UNIT = re.compile(
    r"(?:(?:编制|填报|公开)?(?:单位|部门)(?:名称)?\s*[:：]\s*)?(?:(\d{3,9})\s*)?"
    r"((?![年月日个、.．)）万元%])[^\d\s，。；：:][^，。；：:]{0,40})?"
)
_LABEL = re.compile(r"(?:编制|填报|公开)?(?:单位|部门)(?:名称)?\s*[:：]")


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines say; ``whole``: every one of them says something of this kind and nothing else. ``unit`` is code and name folded, for
    comparing; ``date`` as printed."""

    code: str = ""
    name: str = ""
    year: int | None = None
    money: str = ""
    date: str = ""
    whole: bool = False

    @property
    def unit(self) -> str:
        return self.code + one_line(self.name)


def caption(lines: Iterable[Line]) -> Caption:
    """The lines read; titles among them say nothing. Not whole where there is no line."""
    found: dict[str, str] = {}
    whole = True
    count = 0
    for line in lines:
        count += 1
        for spot in line.filled:
            whole = _read(spot.own, found) and whole
        whole = whole and bool(line.filled) and not any(s.above and s.text for s in line.spots)
    year = int(found["year"]) if "year" in found else None
    return Caption(
        found.get("code", ""),
        found.get("name", ""),
        year,
        found.get("money", ""),
        found.get("date", ""),
        whole and count > 0,
    )


def _read(text: str, found: dict[str, str]) -> bool:
    """What one text says is put into ``found``; False where it says something else."""
    if len(text) > 80 or "\n" in text:
        return False
    rest = text
    for name, pattern in (("money", _MONEY), ("date", _DATE), ("year", _YEAR_LINE)):
        if match := pattern.search(rest):
            found.setdefault(name, next(g for g in match.groups() if g))
            rest = (rest[: match.start()] + " " + rest[match.end() :]).strip()
    if not rest:
        return True
    match = _UNIT.fullmatch(rest)
    labelled = _LABEL.match(rest)
    if match is None or not (match[1] or labelled or rest != text):
        return False
    if match[1] and match[2] is None:
        return False
    found.setdefault("code", match[1] or "")
    found.setdefault("name", match[2] or "")
    return True
