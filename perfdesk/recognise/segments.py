"""Which stretch of the stream belongs to which form: heads, pages that follow, pages out of order, and what belongs to none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.recognise.labels import (
    ANNEX,
    YEAR,
    Words,
    amount_label,
    group_of,
    labelled,
    level1_of,
    title_in,
)
from perfdesk.recognise.lines import Line

_NOISE = 24
"""A paragraph of at most so many characters between two pieces of a form is a page's mark, not the end of the form."""


@dataclass(slots=True)
class Fragment:
    """Rows of one table without a break, and the paragraphs just before them."""

    lines: list[Line]
    before: list[Line] = field(default_factory=list[Line])
    head: bool = False
    moved: bool = False


@dataclass(slots=True)
class Draft:
    """The fragments of one form, in the order to read them."""

    heading: list[Line]
    fragments: list[Fragment]


def columns_of(words: Words, line: Line) -> dict[str, tuple[int, int]]:
    """Field id → index and column of the cell, where the row is the header of an indicator table; empty where it is not."""
    found: dict[str, tuple[int, int]] = {}
    for n, spot in enumerate(line.spots):
        name = words.columns.get(label_key(spot.own)) if spot.own else None
        if name and name not in found:
            found[name] = (n, spot.col)
    return found if len(found) >= 3 and "level3" in found and "target" in found else {}


def task_columns(words: Words, line: Line) -> dict[str, int]:
    """``name``/``content`` → table column, where the row is the header of the tasks; empty where it is not."""
    found = {words.tasks[k]: s.col for s in line.filled if (k := label_key(s.own)) in words.tasks}
    return found if {"name", "content"} <= found.keys() else {}


def foreign_columns(words: Words, line: Line) -> frozenset[int]:
    """Columns of a tasks' header that carry a label of their own which the form does not know."""
    known = words.tasks.keys() | words.sections.keys()
    return frozenset(c for s in line.filled if label_key(s.own) not in known for c in range(s.col, s.end))


def field_of(words: Words, line: Line) -> str | None:
    """The field whose label the row begins with (``unit_name``, ``goal``), None where it begins with something else."""
    first = next((s for s in line.spots if s.text), None)
    if first is None or first.above or line.table < 0:
        return None
    both = labelled(words.fields, first.text)
    return both[0] if both else words.fields.get(label_key(first.text))


def has_total(words: Words, line: Line) -> bool:
    return any(words.amounts.get(amount_label(s.own)) == "total" for s in line.filled[:2])


def fragments(lines: Iterable[Line], words: Words) -> tuple[list[Fragment], list[Line]]:
    """The stream cut into fragments, and the paragraphs after the last one."""
    found: list[Fragment] = []
    texts: list[Line] = []
    for line in lines:
        if line.table < 0:
            texts.append(line)
            continue
        new = not found or bool(texts) or found[-1].lines[-1].table != line.table
        heads = field_of(words, line) == "unit_name"
        if new:
            found.append(Fragment([], texts))
            texts = []
        elif heads and found[-1].lines:
            found.append(Fragment(_pull_heading(found[-1], words)))
        found[-1].lines.append(line)
        found[-1].head = found[-1].head or heads or (field_of(words, line) == "goal" and new)
    return [f for f in found if f.lines], texts


def _pull_heading(fragment: Fragment, words: Words) -> list[Line]:
    """Title rows at the end of a fragment that belong to the form that begins below them."""
    at = len(fragment.lines)
    while at and is_heading(words, fragment.lines[at - 1]):
        at -= 1
    pulled, fragment.lines[at:] = fragment.lines[at:], []
    return pulled


def is_heading(words: Words, line: Line) -> bool:
    """An annex mark, a title or a year line: a single text of a heading's shape that has the row to itself."""
    if len(line.filled) != 1 or len(line.text) > 80 or any(s.above for s in line.spots):
        return False
    if not line.scanned and line.filled[0].end < line.width and line.filled[0].col > 0:
        return False
    text = line.text.strip()
    return bool(ANNEX.fullmatch(text) or title_in(words, text) or (YEAR.search(text) and len(text) <= 16))


def drafts(found: list[Fragment], words: Words) -> tuple[list[Draft], list[Fragment]]:
    """Fragments put together to forms, and those that belong to none."""
    heads = [n for n, f in enumerate(found) if f.head]
    forms = {n: Draft(_heading(found[n], words), [found[n]]) for n in heads}
    loose: list[Fragment] = []
    late: dict[int, list[Fragment]] = {}
    for n, fragment in enumerate(found):
        if fragment.head:
            continue
        before = max((h for h in heads if h < n), default=None)
        after = min((h for h in heads if h > n), default=None)
        owner = _owner(fragment, forms, before, after, words)
        if owner is None:
            loose.append(fragment)
        elif owner == before:
            forms[owner].fragments.append(fragment)
        else:
            fragment.moved = True
            late.setdefault(owner, []).append(fragment)
    for owner, moved in late.items():
        forms[owner].fragments += moved
    good = [d for d in forms.values() if _is_form(d, words)]
    loose += [f for d in forms.values() if not _is_form(d, words) for f in d.fragments]
    return good, loose


def _heading(fragment: Fragment, words: Words) -> list[Line]:
    near: list[Line] = []
    for line in reversed(fragment.before):
        if len(near) >= 6:
            break
        near.insert(0, line)
    return [*near, *(line for line in fragment.lines if is_heading(words, line))]


def _owner(
    fragment: Fragment, forms: dict[int, Draft], before: int | None, after: int | None, words: Words
) -> int | None:
    """The form that the fragment continues: the one before it, or the one after it where the one before has these rows already."""
    names = _standards(fragment, words)
    if before is not None and _continues(fragment, forms[before], words, names):
        had = {k for f in forms[before].fragments for k in _standards(f, words)}
        if after is None or not names or len(names & had) * 2 <= len(names):
            return before
    if (
        after is not None
        and len(names) >= 2
        and not names & {k for f in forms[after].fragments for k in _standards(f, words)}
    ):
        return after
    return (
        before if before is not None and names and _continues(fragment, forms[before], words, names) else None
    )


def _standards(fragment: Fragment, words: Words) -> set[str]:
    """Standard indicators named in the fragment, by the name of the first spelling."""
    keys = (label_key(s.own) for line in fragment.lines for s in line.filled if len(s.own) <= 40)
    return {words.standards[k].standard.name for k in keys if k in words.standards}


def _continues(fragment: Fragment, draft: Draft, words: Words, names: set[str]) -> bool:
    if any(columns_of(words, line) or has_total(words, line) for line in fragment.lines) or len(names) >= 2:
        return True
    last = draft.fragments[-1]
    near = len(fragment.before) <= 2 and all(len(line.text) <= _NOISE for line in fragment.before)
    same = fragment.lines[0].width == last.lines[-1].width or not _has_columns(draft, words)
    known = any(
        level1_of(words, s.own) or group_of(words, s.own) for line in fragment.lines for s in line.filled[:2]
    )
    return near and (same or bool(names) or known)


def _has_columns(draft: Draft, words: Words) -> bool:
    return any(columns_of(words, line) for f in draft.fragments for line in f.lines)


def _is_form(draft: Draft, words: Words) -> bool:
    """At least two of: goal, header of tasks, total of the budget, header of indicators."""
    lines = [line for f in draft.fragments for line in f.lines]
    return sum((
        any(field_of(words, line) == "goal" for line in lines),
        any(task_columns(words, line) for line in lines),
        any(has_total(words, line) for line in lines),
        any(columns_of(words, line) for line in lines),
    )) >= 2  # fmt: skip
