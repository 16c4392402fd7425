"""Names of exported files after a pattern: ``{年度}{单位}{表名}`` is the bureau's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from perfdesk.model.filing import Filing

PATTERN = "{年度}{单位}{表名}"
SET_TITLE = "绩效目标合订本"
FIELDS = ("年度", "单位", "表名")
LONGEST = 80
"""Characters of a name without its ending: longer ones break some shares and archives."""
LONGEST_BYTES = 220
"""Of the same, in UTF-8: Linux takes 255 with the ending and what tells a draft or a second file apart."""

_FIELD = re.compile(r"\{([^{}]*)\}")
_REFUSED = re.compile(r'[\x00-\x1f\x7f\ud800-\udfff\\/:*?"<>|]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


def unknown_fields(pattern: str) -> tuple[str, ...]:
    """What stands in braces and is no field."""
    return tuple(name for name in _FIELD.findall(pattern) if name not in FIELDS)


def file_stem(pattern: str, filing: Filing, draft: bool = False) -> str:
    """The name without its ending. What a file system refuses is left out; an empty name is 填报; drafts say so at the end. The 表名
    of a project begins with the project's name."""
    fields = {
        "年度": f"{filing.year}年度" if filing.year is not None else "",
        "单位": "".join(filing.unit_name.split()),
        "表名": "".join(f"{filing.cell('basic/name')}{filing.title}".split()),
    }
    stem = plain_stem(_FIELD.sub(lambda m: fields.get(m[1], m[0]), pattern))
    return f"{stem}（草稿）" if draft else stem


def plain_stem(name: str) -> str:
    """Without what a file system refuses; 填报 where nothing is left."""
    stem = _REFUSED.sub("", name).strip(" .")[:LONGEST]
    stem = stem.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(" .")
    return f"{stem}填报" if not stem or _RESERVED.fullmatch(stem) else stem


def set_stem(pattern: str, filing: Filing, draft: bool = False) -> str:
    """The same for the document of all filings of this one's unit and year."""
    head = tuple(r.with_cell("name", "") if r.id == "basic" else r for r in filing.rows)
    return file_stem(pattern, replace(filing, rows=head, title=SET_TITLE), draft)


def distinct(stems: Sequence[str]) -> tuple[str, ...]:
    """The same names in the same order, the second of two equal ones with （2）; capitals make no difference on most disks."""
    taken: set[str] = set()
    made: list[str] = []
    for stem in stems:
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}（{number}）", number + 1
        taken.add(name.casefold())
        made.append(name)
    return tuple(made)
