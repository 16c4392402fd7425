"""Where each row of a filing stands: by id, by section, by parent. It knows no cells, so filings that differ in cells alone share it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.model.filing import Row


class RowIndex:
    """``places``: row id → position (of two rows with one id the first). The other tables are made when first asked for."""

    __slots__ = ("_below", "_sections", "places")

    def __init__(self, rows: Sequence[Row]) -> None:
        self.places = {rows[n].id: n for n in reversed(range(len(rows)))}
        self._sections: dict[str, Sequence[int]] | None = None
        self._below: dict[tuple[str, str | None], list[int]] | None = None

    def section(self, rows: Sequence[Row], section_id: str) -> Sequence[int]:
        """Positions of the section's rows; a ``range`` where they stand together."""
        if self._sections is None:
            self._sections = _sections(rows)
        return self._sections.get(section_id, range(0))

    def children(self, rows: Sequence[Row], section_id: str, parent: str | None) -> Sequence[int]:
        """Positions of the section's rows with that parent."""
        if self._below is None:
            self._below = {}
            for n, row in enumerate(rows):
                self._below.setdefault((row.section, row.parent), []).append(n)
        return self._below.get((section_id, parent), ())


def _sections(rows: Sequence[Row]) -> dict[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        found.setdefault(row.section, []).append(n)
    return {
        section: range(places[0], places[-1] + 1) if places[-1] - places[0] == len(places) - 1 else places
        for section, places in found.items()
    }
