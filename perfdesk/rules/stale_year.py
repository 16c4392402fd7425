"""Last year's number left in a sentence about this year: texts copied from last year's form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdesk.model.filing import Leaf, Row, numbered_rows
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import LEVELS, Section
from perfdesk.rules.subject import Kind, Subject, cell_fix

STALE = Kind("stale-year", "warning", "留有上年的年度")
KINDS = (STALE,)

OF = ("overall-target", "project-target", "department-targets")
"""Budgets and reports speak of last year on purpose."""

_TEXTS = ("text", "name", "target")
_SENTENCE = re.compile(r"[^。；;\n]+")
_QUOTED = re.compile(r"《[^》]*》|[〔\[【（(]\s*20\d\d\s*[〕\]】）)]\s*\d*\s*号?")
_BACK = re.compile(
    r"结转|上年|去年|结余|延续|续建|跨年|提前下达|以来|相比|较|比|自|从|起|至|到|截至|截止|历年|建成于|建于|遗留|欠"
)
"""Words with which a sentence looks back."""


def find(subject: Subject) -> Iterator[Finding]:
    """In every row but the leaves."""
    if subject.form.kind not in OF:
        return
    for section in subject.form.sections:
        if section.kind in ("fields", "list", "goals"):
            for path, row in numbered_rows(subject.filing, section.id):
                yield from _of_row(subject, section, row, section.id if section.kind == "fields" else path)
    for row in subject.outline.headings:
        yield from _of_row(subject, subject.tree, row, "")


def each(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    if subject.form.kind in OF:
        yield from _of_row(subject, subject.tree, leaf.row, f"{subject.tree.id}/{leaf.number}")


def _of_row(subject: Subject, section: Section, row: Row, path: str) -> Iterator[Finding]:
    year = subject.filing.year
    if year is None:
        return
    for field in section.fields:
        text = row.get(field.id)
        if field.kind not in _TEXTS or field.id == "basis" or not (old := stale_year(text, year)):
            continue
        where, place = f"{path}/{field.id}", Place(row.id, field.id)
        if section.kind == "tree" and field.id in LEVELS[:2]:
            where, place = subject.at_heading(row, field.id)
        message = f"{field.name}里写的是“{old}”，这张表是 {year} 年度的，请核对是否照抄了上年。"
        new = re.sub(r"\d{4}", str(year), old)
        yield STALE.at(
            where, place, message, cell_fix(f"“{old}”改为“{new}”", row.id, field.id, text.replace(old, new))
        )


def stale_year(text: str, year: int) -> str:
    """The year before ``year`` as it is written (``2021年``, ``2021 年度``) in a sentence that neither names ``year`` nor looks back; empty
    where there is none."""
    if str(year - 1) not in text:
        return ""
    for sentence in _SENTENCE.findall(_QUOTED.sub("", text)):
        found = re.search(rf"(?<!\d){year - 1}\s*年度?", sentence)
        if found and str(year) not in sentence and not _BACK.search(sentence):
            return found[0]
    return ""
