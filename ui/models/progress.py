"""How much of a form is filled in by people: what the form itself brings does not count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from perfdesk.catalog import new_filing
from perfdesk.derive import Values, derive
from perfdesk.model.form import Form


@dataclass(frozen=True, slots=True)
class Progress:
    """Required cells: filled by people, and wanted from them. ``by_code``: rows of a budget's ledgers, none of which is required."""

    filled: int = 0
    wanted: int = 0
    by_code: int = 0

    @property
    def untouched(self) -> bool:
        return self.filled == 0 and self.by_code == 0


def progress(form: Form, values: Values) -> Progress:
    given = 0 if form.report else _given(form)  # a report is made of what people entered elsewhere
    by_code = sum(len(f.parsed) for f in values.budget.facts.values()) if values.budget else 0
    return Progress(max(0, values.filled - given), max(0, values.wanted - given), by_code)


@lru_cache(maxsize=64)
def _given(form: Form) -> int:
    """Required cells that a new filing has already: the names of fixed rows and the unit's name."""
    numbers = count()
    return derive(form, new_filing(form, None, "-", lambda: str(next(numbers)))).filled
