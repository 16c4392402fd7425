"""Find and replace over a whole filing: where words stand, and the one step that replaces them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.model.change import SetCell, Step
from perfdesk.model.form import LEVELS
from perfdesk.values import clean_text
from ui import messages as say
from ui.form.edits import name_of
from ui.messages import library as words_of
from ui.models.locks import locked_rows

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing, Row
    from perfdesk.model.form import Form


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell that holds the words ``times`` times; ``at`` is where in ``before`` they begin first; ``after``: with them replaced."""

    row: str
    column: str
    where: str
    before: str
    after: str
    times: int
    at: int

    @property
    def key(self) -> tuple[str, str]:
        return self.row, self.column


@dataclass(frozen=True, slots=True)
class Spots:
    """``fixed``: names that the form fixes and that hold the words; they are left alone."""

    cells: tuple[Spot, ...]
    fixed: int = 0


def find(form: Form, filing: Filing, words: str, by: str, case: bool) -> Spots:
    """All text cells in printed order; amounts are no texts."""
    if not words:
        return Spots(())
    pattern = re.compile(re.escape(words), 0 if case else re.IGNORECASE)
    locked = locked_rows(form, filing)
    cells: list[Spot] = []
    fixed = 0
    for row in filing.rows:
        for column, name in _columns(form, row):
            before = row.get(column)
            first = pattern.search(before)
            if first is None:
                continue
            if column in LEVELS and row.id in locked:
                fixed += 1
                continue
            after, times = pattern.subn(lambda _match: by, before)
            where = _where(form, row, column, name)
            cells.append(Spot(row.id, column, where, before, clean_text(after), times, first.start()))
    return Spots(tuple(cells), fixed)


def _columns(form: Form, row: Row) -> list[tuple[str, str]]:
    """(id, name) of the row's text columns that hold something."""
    if not form.has(row.section):
        return []
    fields = form.section(row.section).fields
    return [(f.id, f.name) for f in fields if f.kind != "money" and row.get(f.id)]


def _where(form: Form, row: Row, column: str, name: str) -> str:
    section = form.section(row.section)
    if section.kind == "fields" or column in LEVELS or column == section.fields[0].id:
        return section.label + say.SEPARATOR + name
    return name_of(form, row) + say.SEPARATOR + name


def replace(spots: Iterable[Spot], words: str, by: str) -> Step | None:
    """One step for all of them; None where nothing would change."""
    changes = tuple(SetCell(s.row, s.column, s.after) for s in spots if s.after != s.before)
    return Step(words_of.step_replace(words, by, len(changes)), changes) if changes else None
