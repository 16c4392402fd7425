"""Marks of a model text that nobody filled in: ``…``, ``XX``, empty brackets, a lone ``/``, ``____``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdesk.bound import show_bound
from perfdesk.model.filing import Leaf, Row, numbered_rows
from perfdesk.model.finding import Finding, Place
from perfdesk.model.form import LEVELS, Field, FieldKind, Section, Severity
from perfdesk.quoted import quotable
from perfdesk.rules.subject import Kind, Subject

LEFTOVER = Kind("leftover", "error", "留有未填的占位符")
TOO_LONG = Kind("too-long", "warning", "超过规定字数")
KINDS = (LEFTOVER, TOO_LONG)

_DOTS = re.compile(r"[.…。·]+|…+")
_MARKS = re.compile(
    r"(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z])|20[Xx]{2}|[Ｘ×]{2,}|○{2,}|[（(]\s*[)）]|《\s*》|【\s*】|_{2,}|＿{2,}|\.{3,}|…+|。{3,}"
)
_ELLIPSIS = re.compile(r"(?:\.{3,}|…+|。{3,})")


def find(subject: Subject) -> Iterator[Finding]:
    """In every row but the leaves. Codes and amounts of a budget have rules of their own."""
    for section in subject.form.sections:
        if section.kind in ("fields", "list", "goals"):
            for path, row in numbered_rows(subject.filing, section.id):
                yield from _of_row(subject, section, row, path)
    for row in subject.outline.headings:
        yield from _of_row(subject, subject.tree, row, "")


def each(subject: Subject, leaf: Leaf) -> Iterator[Finding]:
    yield from _of_row(subject, subject.tree, leaf.row, f"{subject.tree.id}/{leaf.number}")


def _of_row(subject: Subject, section: Section, row: Row, path: str) -> Iterator[Finding]:
    for field in section.fields:
        # A note is the bureau's own explanation; money has rules of its own.
        if field.kind not in ("note", "money") and field.id in row.cells:
            yield from _of_cell(subject, section, field, row, path)


def _of_cell(subject: Subject, section: Section, field: Field, row: Row, path: str) -> Iterator[Finding]:
    text = row.get(field.id)
    mark, severity = leftover(text, field.kind)
    if mark:
        what = f"{field.name}只填了“{mark}”" if mark == text.strip() else f"{field.name}里有没填完的“{mark}”"
        yield LEFTOVER.at(
            *_spot(subject, section, field, row, path), f"{what}，请填实或删去。", severity=severity
        )
    length = len(_printed(subject, text))
    if field.limit is not None and length > field.limit:
        message = f"{field.name}有 {length} 字，表样最多 {field.limit} 字。"
        yield TOO_LONG.at(*_spot(subject, section, field, row, path), message)


def _printed(subject: Subject, text: str) -> str:
    """With the values of the data in place of their names."""
    quotes = quotable(subject.form, subject.filing, subject.values) if "{{" in text else None
    return show_bound(text, quotes.resolve) if quotes else text


def _spot(subject: Subject, section: Section, field: Field, row: Row, path: str) -> tuple[str, Place]:
    if section.kind == "fields":
        return f"{section.id}/{field.id}", Place(row.id, field.id)
    if section.kind == "tree" and field.id in LEVELS[:2]:
        return subject.at_heading(row, field.id)
    return f"{path}/{field.id}", Place(row.id, field.id)


def leftover(text: str, kind: FieldKind = "text") -> tuple[str, Severity]:
    """The first mark in ``text`` (``""``: none) and how grave it is: a cell of nothing else is certainly unfilled, and so is
    a target with a mark. A lone stroke for "no unit" is usual beside words, so in a unit it is a hint.

    An ellipsis inside running text is punctuation; only at the end of a short name does it mean "to be filled in".
    """
    whole = text.strip()
    if whole in ("/", "／"):
        return whole, "hint" if kind == "unit" else "warning"
    if whole and (_DOTS.fullmatch(whole) or _MARKS.fullmatch(whole)):
        return whole, "error"
    for match in _MARKS.finditer(whole):
        running = _ELLIPSIS.fullmatch(match[0]) and (len(whole) > 30 or match.end() < len(whole))
        if not running:
            return match[0], "error" if kind == "target" else "warning"
    return "", "hint"
