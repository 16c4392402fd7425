"""The headings of a report, in any numbering and several wordings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from perfdesk.catalog import label_key
from perfdesk.model.chapter import Chapter
from perfdesk.model.form import Form
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章)[、.．:：]?|[一二三四五六七八九十]{1,3}[、.．]|"
    r"[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|\d{1,2}[、.．](?!\d))"
)
_PAGE = re.compile(r"[.…·]*\d{1,3}$")
_SUBJECT = re.compile(r"^(?:本|我|各)?(?:部门|单位)(?:[(（](?:单位|部门)[)）])?")
_LONGEST = 40
_ALONE = 6
"""A shorter heading counts only with a number before it."""


@dataclass(frozen=True, slots=True)
class Headings:
    """``keys``: folded heading → number of its chapter."""

    chapters: tuple[Chapter, ...]
    keys: Mapping[str, int]

    @staticmethod
    def of(form: Form) -> Headings:
        keys: dict[str, int] = {}
        for number, chapter in enumerate(form.chapters):
            for text in (chapter.heading, *chapter.aliases):
                keys.setdefault(_key(text)[0], number)
        return Headings(form.chapters, keys)

    def chapter(self, line: Line) -> int | None:
        """Number of the chapter that the line is the heading of."""
        if len(line.filled) != 1 or len(line.text) > _LONGEST:
            return None
        text = line.text.strip().strip("*").strip()
        key, numbered = _key(text)
        known = self.keys.get(key)
        if known is None and (shorter := _PAGE.sub("", key)) != key:
            known = self.keys.get(shorter)
        return known if known is not None and (numbered or len(key) >= _ALONE) else None


def _key(text: str) -> tuple[str, bool]:
    """Folded, without number and without the words for the department; whether there was a number."""
    plain = one_line(text)
    bare = _ORDINAL.sub("", plain)
    key = label_key(bare)
    return _SUBJECT.sub("", key) or key, bare != plain
