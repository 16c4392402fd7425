"""What two things that a unit handed in say differently, form by form."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from perfdesk.catalog import Catalog
from perfdesk.compare.filings import Side, compare
from perfdesk.compare.lines import Line
from perfdesk.model.filing import Filing
from perfdesk.values import one_line


@dataclass(frozen=True, slots=True)
class Differing:
    """A form that differs, or (no ``lines``) stands only at one side. ``name``: of the project it is about, else empty."""

    title: str
    name: str
    kind: Literal["changed", "left", "right"]
    lines: tuple[Line, ...] = ()


def differing(left: Sequence[Filing], right: Sequence[Filing], forms: Catalog) -> Iterator[Differing]:
    """In the order of the left, then what only the right has."""
    here, there = _by_key(left), _by_key(right)
    for key in dict.fromkeys((*here, *there)):
        one, other = here.get(key), there.get(key)
        if one is None or other is None:
            only = one or other
            assert only is not None
            yield _said(only, forms, "left" if one else "right")
        elif lines := _lines(one, other, forms):
            yield _said(other, forms, "changed", lines)


def _by_key(filings: Sequence[Filing]) -> Mapping[tuple[str, str, int], Filing]:
    """By edition, project and, of several alike, their order."""
    counts: dict[tuple[str, str], int] = {}
    found: dict[tuple[str, str, int], Filing] = {}
    for filing in filings:
        key = filing.form, one_line(filing.cell("basic/name"))
        found[*key, counts.get(key, 0)] = filing
        counts[key] = counts.get(key, 0) + 1
    return found


def _lines(left: Filing, right: Filing, forms: Catalog) -> tuple[Line, ...]:
    form, numbers = forms.form(left.form), itertools.count(1)
    found = compare(Side(form, left, ""), Side(form, right, ""), {}, lambda: f"n{next(numbers)}")
    return found.differences


def _said(
    filing: Filing, forms: Catalog, kind: Literal["changed", "left", "right"], lines: tuple[Line, ...] = ()
) -> Differing:
    title = filing.title or forms.form(filing.form).title
    return Differing(title, " ".join(filing.cell("basic/name").split()), kind, lines)
