"""Sets of forms to choose from: what one place issued for some years, the newest first, and which one suits a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perfdesk.catalog import Catalog
from perfdesk.model.form import Form

PLANNING_BEGINS = 10
"""The month in which units begin to fill in next year's forms."""


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one scheme. ``years``: first and last budget year they are meant for (None: open)."""

    scheme: str
    name: str
    forms: tuple[Form, ...]
    years: tuple[int | None, int | None]

    @property
    def amount_units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f.amount_unit for f in self.forms))

    def suits(self, year: int) -> bool:
        first, last = self.years
        return (first is None or first <= year) and (last is None or year <= last)


def form_sets(catalog: Catalog) -> tuple[FormSet, ...]:
    """The newest first; of equally new ones by their id, last first, so that the order is always the same."""
    by_scheme: dict[str, list[Form]] = {}
    for form in sorted(catalog.forms.values(), key=lambda f: f.id):
        by_scheme.setdefault(form.scheme, []).append(form)
    sets = [_set(scheme, forms) for scheme, forms in by_scheme.items()]
    return tuple(sorted(sets, key=lambda s: (s.years[0] or 0, s.scheme), reverse=True))


def _set(scheme: str, forms: Sequence[Form]) -> FormSet:
    firsts, lasts = [f.years[0] for f in forms], [f.years[1] for f in forms]
    first = None if None in firsts else min(y for y in firsts if y is not None)
    last = None if None in lasts else max(y for y in lasts if y is not None)
    return FormSet(scheme, forms[0].scheme_name, tuple(forms), (first, last))


def proposed(sets: Sequence[FormSet], year: int) -> FormSet:
    """The newest that is meant for the year; where none is, the newest at all."""
    return next((s for s in sets if s.suits(year)), sets[0])


def year_at_work(today: date) -> int:
    """The budget year that forms are most likely filled in for."""
    return today.year + (today.month >= PLANNING_BEGINS)
