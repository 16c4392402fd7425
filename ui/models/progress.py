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
    """Required cells: filled by people, and wanted from them."""

    filled: int = 0
    wanted: int = 0

    @property
    def untouched(self) -> bool:
        return self.filled == 0


def progress(form: Form, values: Values) -> Progress:
    given = _given(form)
    return Progress(max(0, values.filled - given), max(0, values.wanted - given))


@lru_cache(maxsize=64)
def _given(form: Form) -> int:
    """Required cells that a new filing has already: the names of fixed rows and the unit's name."""
    numbers = count()
    return derive(form, new_filing(form, None, "-", lambda: str(next(numbers)))).filled
