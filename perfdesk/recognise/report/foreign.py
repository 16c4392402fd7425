"""Which lines below a heading are the report's own text, and which belong to another form that stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perfdesk.catalog import label_key
from perfdesk.model.form import Form
from perfdesk.recognise.department.texts import Text, text_of
from perfdesk.recognise.labels import ANNEX, YEAR
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_NEAR = 4
"""The title of a form stands so many lines above its table at most."""
_SHORT = 60
_BULLET = re.compile(r"^[-•●▪]\s+")
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,3}[-—–\s]*")


def own_texts(below: Sequence[Line], form: Form, others: Sequence[Form]) -> list[Line]:
    """The paragraphs among the lines, without the titles above tables of other forms and what stands between these tables."""
    titles = {label_key(t) for f in others for t in (f.title, f.paper.title, *f.titles)}
    tables = [n for n, line in enumerate(below) if paragraph(line) is None]
    foreign = set(tables)
    for at in tables:
        for n in range(at - 1, max(at - 1 - _NEAR, -1), -1):
            if n in foreign or not _heads(below[n], titles):
                break
            foreign.add(n)
    if tables:
        between = range(tables[0], tables[-1])
        foreign |= {n for n in between if len(below[n].text) <= _SHORT and not below[n].text.endswith("。")}
    return [line for n, line in enumerate(below) if n not in foreign and not _is_furniture(line)]


def _heads(line: Line, titles: set[str]) -> bool:
    """A title, a year, an annex mark, a line with the unit above a table."""
    text = line.text.strip()
    key = label_key(YEAR.sub("", one_line(text)))
    known = any(key.endswith(t) for t in titles if len(t) >= 5)
    year = bool(YEAR.search(one_line(text))) and len(text) <= 16
    return len(text) <= _SHORT and (known or year or bool(ANNEX.fullmatch(text)))


def _is_furniture(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text.strip())) or label_key(line.text) == "目录"


def paragraph(line: Line) -> Text | None:
    """The line as running text; None where it is a row of a table."""
    spots = line.filled
    if line.table >= 0 and not (len(spots) == 1 and spots[0].end - spots[0].col == line.width):
        return None
    text = text_of(line)
    return replace(text, text=_BULLET.sub("", text.text)) if text else None
