"""Which label a text is: the words of the forms, met in any spelling (numbering, brackets, width and blanks do not count)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.model.form import Fixed, Form, Section
from perfdesk.values import one_line

_LEAD = re.compile(
    r"^(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）]?[、.．:：]?)(?=\D)|^(?:资金来源|资金结构|其中|按资金来源分|按资金结构分)[:：]?"
)
_MONEY_TAIL = re.compile(r"[(（]?(?:单位[:：])?(百元|千元|万元|亿元|元)[)）]?$")
YEAR = re.compile(r"(20\d{2})年度?(?!\d)")
UNIT_LINE = re.compile(r"单位[:：](万元|元)(?!/)")
_UNIT_ALONE = re.compile(r"[(（]?(?:金额)?单位:(万元|元)[)）]?")
_SEAL = re.compile(r"[(（](?:盖章|公章|签章|全称)[)）]")
ANNEX = re.compile(r"附(?:件|表)\d{0,3}(?:-\d)?[:：]?")


@lru_cache(maxsize=1 << 16)
def amount_label(text: str) -> str:
    """A money label without numbering, heading and unit: ``1、资金来源：（1）财政性资金`` → ``财政性资金``."""
    rest = one_line(text)
    while (shorter := _LEAD.sub("", rest, count=1)) != rest and shorter:
        rest = shorter
    return label_key(_MONEY_TAIL.sub("", rest))


def unit_alone(text: str) -> str:
    """The unit of amounts where the text tells nothing else (``金额单位：元``), else empty."""
    match = _UNIT_ALONE.fullmatch(one_line(text))
    return match[1] if match else ""


def amount_unit(text: str) -> str:
    """The unit of amounts that a label names (``部门预算总额（万元）``), empty where it names none."""
    match = _MONEY_TAIL.search(one_line(text))
    return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of one form or of several: folded text → id. ``groups``: level-2 name → its level 1; ``standards``: level-3 name →
    where the form has it."""

    titles: frozenset[str]
    sections: Mapping[str, str]
    fields: Mapping[str, str]
    tasks: Mapping[str, str]
    amounts: Mapping[str, str]
    columns: Mapping[str, str]
    level1: Mapping[str, str]
    groups: Mapping[str, tuple[str, str]]
    standards: Mapping[str, Fixed]


def words_of(forms: Iterable[Form]) -> Words:
    """The labels of all ``forms`` together; the first form wins where two disagree."""
    maps: dict[str, dict[str, object]] = {
        n: {} for n in ("sections", "fields", "tasks", "amounts", "columns", "level1", "groups", "standards")
    }
    titles: set[str] = set()
    for form in forms:
        titles |= {label_key(t) for t in (form.title, form.paper.title, *form.titles)}
        for section in form.sections:
            _add_section(maps, section)
    frozen = {name: MappingProxyType(values) for name, values in maps.items()}
    return Words(frozenset(titles), **frozen)  # type: ignore[arg-type]


def _add_section(maps: dict[str, dict[str, object]], section: Section) -> None:
    for text in (section.label, *section.aliases):
        maps["sections"].setdefault(label_key(text), section.id)
    for field in section.fields:
        kind = {"list": "tasks", "tree": "columns"}.get(
            section.kind, "amounts" if field.kind == "money" else "fields"
        )
        key = amount_label if kind == "amounts" else label_key
        for text in (field.label, *([field.short] if field.short else ()), *field.aliases):
            maps[kind].setdefault(key(text), field.id)
    for group in section.groups:
        maps["level1"].setdefault(_level_key(group.level1), group.level1)
        for text in (group.level2, *group.aliases):
            maps["groups"].setdefault(_level_key(text), (group.level1, group.level2))
    for fixed in section.fixed:
        for text in (fixed.standard.name, *fixed.standard.aliases):
            maps["standards"].setdefault(label_key(text), fixed)


def _level_key(text: str) -> str:
    return label_key(text).removesuffix("指标")


def level1_of(words: Words, text: str) -> str | None:
    """The form's level-1 name that the text is, None where it is none."""
    return words.level1.get(_level_key(text)) if text else None


def group_of(words: Words, text: str) -> tuple[str, str] | None:
    """Level-1 and level-2 name of the form's group that the text is, None where it is none."""
    return words.groups.get(_level_key(text)) if text else None


def labelled(labels: Mapping[str, str], text: str) -> tuple[str, str] | None:
    """Field and value where label and value share a cell (``部门（单位）名称：某局``); None where the text is nothing like it."""
    match = re.match(r"([^:：]{2,20})[:：]\s*(.+)", text, re.S)
    name = labels.get(label_key(_SEAL.sub("", match[1]))) if match else None
    return (name, match[2].strip()) if match and name else None


def is_label(words: Words, text: str) -> bool:
    """A word that the form prints itself."""
    key = label_key(text)
    printed = (words.sections, words.fields, words.tasks, words.columns)
    return any(key in labels for labels in printed) or amount_label(text) in words.amounts


def title_in(words: Words, text: str) -> str | None:
    """The title as printed where the text holds a known title (alone, or with the year beside it); None otherwise."""
    if len(text) > 80:
        return None
    plain = re.sub(r"[(（]?\s*20\d{2}\s*年度?\s*[)）]?", "", text).strip()
    key = label_key(plain)
    known = any(key == t or (key.endswith(t) and len(key) <= len(t) + 30) for t in words.titles)
    shaped = re.fullmatch(r".{0,30}(?:部门|单位).{0,8}整体(?:支出)?绩效目标(?:申报)?表", key)
    return plain if known or shaped else None
