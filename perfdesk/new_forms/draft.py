"""A form as it is being taken in: what the blank proposes and the user corrects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from perfdesk.model.form import FieldKind

Kind = Literal["fields", "list", "tree"]
Areas = tuple[str, ...]
"""One drawn row, one area for each column of the table (see ``model.form.Part``)."""


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    label: str
    kind: FieldKind = "text"
    required: bool = False


@dataclass(frozen=True, slots=True)
class DraftSection:
    """``groups``: the headings of a tree as they are printed, level 1 and level 2; ``rows``: for each the indicators that are printed
    below it, with which a new filing begins."""

    id: str
    label: str
    kind: Kind
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPart:
    """See ``model.form.Part``."""

    section: str
    rows: tuple[Areas, ...]
    head: tuple[Areas, ...] = ()
    min_rows: int = 1


@dataclass(frozen=True, slots=True)
class FormDraft:
    """``scheme`` and ``kind`` are made when it is kept. ``year`` from which it is meant (None: not said)."""

    title: str
    scheme_name: str
    amount_unit: str
    sections: tuple[DraftSection, ...]
    parts: tuple[DraftPart, ...]
    widths: tuple[float, ...]
    annex: str = ""
    year_line: str = ""
    unit_line: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    year: int | None = None
    source: str = ""

    def section(self, section_id: str) -> DraftSection:
        return next(s for s in self.sections if s.id == section_id)


# --- what the user corrects -------------------------------------------------------------------------------------------------


def with_section(draft: FormDraft, section_id: str, label: str) -> FormDraft:
    """The section under another name."""
    return _changed(draft, section_id, lambda s: replace(s, label=label))


def with_column(draft: FormDraft, section_id: str, column: Column) -> FormDraft:
    """The column with another label, kind or duty; a label that the drawing prints as it was becomes the new one."""
    old = next(c for c in draft.section(section_id).columns if c.id == column.id)

    def change(section: DraftSection) -> DraftSection:
        return replace(section, columns=tuple(column if c.id == column.id else c for c in section.columns))

    was, now = printed(old.label), printed(column.label)
    parts = tuple(_renamed(p, was, now) if p.section == section_id else p for p in draft.parts)
    return replace(_changed(draft, section_id, change), parts=parts)


def without_column(draft: FormDraft, section_id: str, column_id: str) -> FormDraft:
    """A cell in which nothing is to be filled: its place stays empty on paper. The levels of a tree and the last column stay."""
    section = draft.section(section_id)
    if len(section.columns) < 2 or (section.kind == "tree" and column_id.startswith("level")):
        return draft

    def change(one: DraftSection) -> DraftSection:
        return replace(one, columns=tuple(c for c in one.columns if c.id != column_id))

    label = next(c.label for c in section.columns if c.id == column_id)
    names = {column_id: "=", f"@{column_id}": printed(label)}
    parts = tuple(_drawn(p, lambda a: names.get(a, a)) if p.section == section_id else p for p in draft.parts)
    return replace(_changed(draft, section_id, change), parts=parts)


def as_kind(draft: FormDraft, section_id: str, kind: Kind) -> FormDraft:
    """A list whose rows were cells, or cells that were a list with one row. Anything else is not to be had: the draft as it is."""
    section = draft.section(section_id)
    own = [p for p in draft.parts if p.section == section_id]
    if section.kind == kind or "tree" in (section.kind, kind) or len(own) != 1:
        return draft
    (part,) = own
    if kind == "list":
        labels, cells = part.rows[:-1], part.rows[-1:]
        whole = (
            {c.id for c in section.columns} == {a for a in cells[0] if a[0] not in "@#=-"} if cells else False
        )
        if not labels or not whole:
            return draft
        changed = replace(part, head=labels, rows=cells)
    else:
        changed = replace(part, head=(), rows=(*part.head, *part.rows), min_rows=1)
    parts = tuple(changed if p is part else p for p in draft.parts)
    return replace(_changed(draft, section_id, lambda s: replace(s, kind=kind)), parts=parts)


def printed(text: str) -> str:
    """The area that prints this text."""
    return "=" + "".join(text.split())


def _changed(draft: FormDraft, section_id: str, change: Callable[[DraftSection], DraftSection]) -> FormDraft:
    return replace(draft, sections=tuple(change(s) if s.id == section_id else s for s in draft.sections))


def _renamed(part: DraftPart, was: str, now: str) -> DraftPart:
    return _drawn(part, lambda area: now if area == was else area)


def _drawn(part: DraftPart, change: Callable[[str], str]) -> DraftPart:
    head, rows = (tuple(tuple(change(a) for a in line) for line in lines) for lines in (part.head, part.rows))
    return replace(part, head=head, rows=rows)
