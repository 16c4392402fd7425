"""What stands above a department's targets: title, year, the unit's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.department.texts import text_of
from perfdesk.recognise.labels import YEAR
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_MOST = 5
"""A heading has so many lines at most."""


@dataclass(slots=True)
class Heading:
    """``cells`` of the section ``basic``; ``lines`` are those that were understood."""

    title: str = ""
    year: int | None = None
    cells: dict[str, str] = field(default_factory=dict[str, str])
    lines: list[Line] = field(default_factory=list[Line])

    @staticmethod
    def above(lines: Sequence[Line], start: int, forms: Sequence[Form], taken: AbstractSet[int]) -> Heading:
        """Read upwards from line ``start`` as far as every line is understood."""
        heading = Heading()
        for line in reversed(lines[max(0, start - _MOST) : start]):
            if id(line) in taken or not heading._take(line, forms):
                break
            heading.lines.append(line)
        return heading

    def _take(self, line: Line, forms: Sequence[Form]) -> bool:
        text = text_of(line)
        if text is None:
            return False
        number = text.number
        plain = number.rest if number else text.text
        if not plain:
            return bool(self.title)
        if re.fullmatch(r"[(（]?20\d{2}年度?[)）]?", one_line(plain)):
            self.year = _year(plain)
            return True
        return self._take_title(plain, forms) or self._take_cell(text.text, forms)

    def _take_title(self, plain: str, forms: Sequence[Form]) -> bool:
        titles = {label_key(t) for f in forms for t in (f.title, *f.titles)}
        without_year = YEAR.sub("", one_line(plain))
        if self.title or not any(label_key(without_year).endswith(t) for t in titles) or len(plain) > 40:
            return False
        self.title = plain
        self.year = self.year or _year(plain)
        return True

    def _take_cell(self, text: str, forms: Sequence[Form]) -> bool:
        match = re.match(r"([^:：]{2,20})[:：]\s*(.*)", text, re.S)
        basics = [s.fields for f in forms for s in f.sections if s.kind == "fields"]
        labels = {label_key(t): f.id for fields in basics for f in fields[:-1] for t in (f.label, *f.aliases)}
        column = labels.get(label_key(match[1])) if match else None
        if match and column and column not in self.cells:
            self.cells[column] = match[2].strip()
            return True
        return False


def _year(text: str) -> int | None:
    match = YEAR.search(one_line(text))
    return int(match[1]) if match else None
