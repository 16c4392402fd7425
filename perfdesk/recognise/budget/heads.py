"""Which budget table a title or a heading means, and which printed column is which of the form's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfdesk.catalog import label_key
from perfdesk.model.form import Form, Part
from perfdesk.model.ledger import BudgetTable
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_BEFORE_TITLE = 24
"""A title may have so many characters before it (``附件1：2022年某局``)."""
_YEAR = re.compile(r"20\d{2}年度?")
_CHANGING = re.compile(r"(?:20\d{2}|\{year\})年度?|[(（]?(?:金额)?单位[:：](?:\{unit\}|[百千万亿]?元)[)）]?")
"""What of a heading is another in another year or unit."""
_KIND_OF_CODE = re.compile(r"^(?:支出)?(?:部门)?(?:预算)?(?:功能|经济)分类(?=科目(?:编码|名称|代码)$)")
"""Where one row of labels says what another heading says in two."""
_NUMBER_ROW = ("栏次", "档次", "行次", "列次")
_CODE_LEVELS = ("类", "款", "项")
"""A code that is printed in a column for each level."""

Paths = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Heads:
    """A table with its words. ``paths``: of each printed column the labels above it, from the top; ``columns``: what each holds (ids of
    the form's columns, or of the section's fields where the rows are drawn); ``words``: all labels."""

    table: BudgetTable
    columns: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    titles: frozenset[str]
    words: frozenset[str]


def heads_of(form: Form) -> tuple[Heads, ...]:
    """The words of every table of the form's budget."""
    tables = form.budget.tables if form.budget else ()
    return tuple(_heads(form, table) for table in tables)


def _heads(form: Form, table: BudgetTable) -> Heads:
    rows = [list(row) for row in table.heads]
    if table.part is not None:
        columns = _drawn_columns(table.part, len(table.widths))
        rows = rows or [[_area_label(form, table.part, a) for a in row] for row in table.part.head]
    else:
        columns = tuple(c.id for c in table.columns)
    titles = frozenset(label_key(t) for t in (table.title, table.id, *table.titles))
    paths = tuple(_paths(rows, len(columns)))
    return Heads(table, columns, paths, titles, frozenset(k for path in paths for k in path))


def _drawn_columns(part: Part, width: int) -> tuple[str, ...]:
    """The field that the first row of a drawn part has in each column; empty where it draws a text of its own."""
    row = part.rows[0] if part.rows else ()
    return tuple("" if n >= len(row) or row[n][:1] in "@#" else row[n] for n in range(width))


def _area_label(form: Form, part: Part, area: str) -> str:
    section = form.section(part.section)
    field = section.field(area.lstrip("@"))
    return section.label if area.startswith("#") else field.label if field else area


def _paths(rows: Sequence[Sequence[str]], width: int) -> Paths:
    kept = [row for row in rows if not _is_number_row(row)]
    return [_path([row[c] if c < len(row) else "" for row in kept]) for c in range(width)]


def _path(labels: Sequence[str]) -> tuple[str, ...]:
    keys = [k for label in labels if (k := head_key(label)) and k not in _CODE_LEVELS]
    return tuple(k for n, k in enumerate(keys) if n == 0 or keys[n - 1] != k)


@lru_cache(maxsize=1 << 14)
def head_key(text: str) -> str:
    """A column's label folded for comparing."""
    return label_key(_KIND_OF_CODE.sub("", _CHANGING.sub("", one_line(text))))


def _is_number_row(row: Sequence[str]) -> bool:
    """``栏次 1 2 3``: the row that numbers the columns."""
    texts = [one_line(t) for t in row if t.strip()]
    numbers = texts[1:] if texts and not texts[0].isdecimal() else texts
    if texts and texts[0] in _NUMBER_ROW:
        return all(t.isdecimal() for t in numbers)
    return len(numbers) >= 3 and [int(t) if t.isdecimal() else 0 for t in numbers] == list(
        range(1, len(numbers) + 1)
    )


def is_number_row(line: Line) -> bool:
    return line.table >= 0 and _is_number_row([s.own for s in line.filled])


def is_level_row(line: Line) -> bool:
    """``类 款 项`` and nothing else."""
    return all(one_line(s.own) in _CODE_LEVELS for s in line.filled)


# --- titles -----------------------------------------------------------------------------------------------------------


def titled(heads: Sequence[Heads], line: Line) -> Heads | None:
    """The table whose title the line is: alone in its row, with at most a unit's name, a year and a number before it."""
    if len(line.filled) != 1 or any(s.above for s in line.spots if s.text):
        return None
    key = label_key(_YEAR.sub("", one_line(line.text)))
    best: tuple[int, Heads] | None = None
    for one in heads:
        for title in one.titles:
            fits = key == title or (key.endswith(title) and len(key) <= len(title) + _BEFORE_TITLE)
            if fits and (best is None or len(title) > best[0]):
                best = len(title), one
    return best[1] if best else None


# --- columns ----------------------------------------------------------------------------------------------------------


def head_score(heads: Heads, line: Line, strict: bool = True) -> int:
    """How many labels of the table the row holds; 0 where it holds much else besides (more than a quarter of its texts; half where not
    ``strict``)."""
    texts = [head_key(s.text) for s in line.spots if s.text]
    if any(t.isdecimal() for t in texts):
        return 0
    known = sum(t in heads.words for t in texts)
    return known if known and (len(texts) - known) * (4 if strict else 2) <= len(texts) else 0


def columns_at(heads: Heads, lines: Sequence[Line]) -> Mapping[str, int]:
    """Column id → table column, told by the labels above it, else by the number under it, else by its place between two known ones."""
    width = lines[0].width if lines else 0
    numbers = next((line for line in lines if is_number_row(line)), None)
    printed = _printed_paths([line for line in lines if line is not numbers], width)
    found: dict[int, int] = {}
    for same in (_same_path, _same_label):
        for n, path in enumerate(heads.paths):
            if n not in found and heads.columns[n]:
                free = (c for c in range(width) if c not in found.values() and same(printed[c], path))
                if (c := next(free, None)) is not None:
                    found[n] = c
    _by_number(heads, numbers, found, printed)
    _between(heads, found, width)
    places = [found[n] for n in sorted(found)]
    if width == len(heads.columns) and places != sorted(places):
        # Labels out of order in a heading of as many columns as the form has: a scan moved them.
        found = {n: n for n in range(width)}
    return {heads.columns[n]: c for n, c in sorted(found.items()) if heads.columns[n]}


def _printed_paths(lines: Sequence[Line], width: int) -> Paths:
    rows = [[_covering(line, c) for c in range(width)] for line in lines]
    for n, row in enumerate(rows[:-1]):
        below = rows[n + 1 :]
        for c in range(1, width):
            # A scan has no spans: an empty cell beside a label, with a label of its own below, is under that label.
            if not row[c] and any(r[c] for r in below):
                row[c] = row[c - 1]
    return _paths(rows, width)


def _covering(line: Line, column: int) -> str:
    spot = line.at(column)
    return spot.text if spot else ""


def _same_path(printed: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return bool(path) and printed == path


def _same_label(printed: tuple[str, ...], path: tuple[str, ...]) -> bool:
    return bool(path) and bool(printed) and printed[-1] == path[-1]


def _by_number(heads: Heads, numbers: Line | None, found: dict[int, int], printed: Paths) -> None:
    """The first column that is numbered is the one after the column of row numbers."""
    if numbers is None:
        return
    for spot in numbers.filled:
        n = int(one_line(spot.own)) if one_line(spot.own).isdecimal() else -1
        if 0 < n < len(heads.columns) and n not in found and spot.col not in found.values():
            found[n] = spot.col


def _between(heads: Heads, found: dict[int, int], width: int) -> None:
    """A column whose heading is damaged, where exactly one place is left for it between its neighbours."""
    for n in range(len(heads.columns)):
        if n in found or not heads.columns[n]:
            continue
        before = max((c for k, c in found.items() if k < n), default=-1)
        after = min((c for k, c in found.items() if k > n), default=width)
        if (
            after - before == 2
            and (n == 0 or n - 1 in found)
            and (after < width or n + 1 == len(heads.columns))
        ):
            found[n] = before + 1
