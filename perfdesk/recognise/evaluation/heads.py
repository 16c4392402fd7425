"""The header of scored indicators: in one row or in two, with weights of whole levels beside the names or without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from perfdesk.recognise.labels import Words
from perfdesk.recognise.leaf_rows import Columns
from perfdesk.recognise.lines import Line, Spot
from perfdesk.recognise.projects.names import label_keys

WEIGHT = "weight"
NAME = "名称"
"""What the second row of a header says below 一级指标, beside the weight."""


@dataclass(frozen=True, slots=True)
class Head:
    """``columns``: field id → index and column of the cell in ``line``; ``levels``: table columns with the weights of whole levels,
    which are sums and are not read."""

    line: Line
    columns: Columns
    levels: frozenset[int] = frozenset()

    def without_levels(self, line: Line) -> Line:
        """The row without the weights of whole levels."""
        if not self.levels:
            return line
        return replace(line, spots=tuple(s for s in line.spots if s.col not in self.levels))


def head_of(words: Words, line: Line, above: Line | None = None) -> Head | None:
    """None where the row is no header. ``above``: the first row of a header of which ``line`` is the second."""
    if not any(column_of(words, s.own) for s in line.spots):
        return None
    names = [(s.col, _name(words, s, above)) for s in line.spots]
    found: dict[str, int] = {}
    for column, name in names:
        if name == WEIGHT or name not in found:
            found[name] = column
    found.pop("", None)
    scored = "score" in found or "actual" in found
    if len(found) < 3 or "level3" not in found or not scored:
        return None
    levels = frozenset(c for c, name in names if name == WEIGHT and c != found[WEIGHT])
    kept = [s for s in line.spots if s.col not in levels]
    columns = {name: (n, s.col) for n, s in enumerate(kept) for name, c in found.items() if c == s.col}
    return Head(replace(line, spots=tuple(kept)), columns, levels)


def heads_in(words: Words, lines: Iterable[Line]) -> bool:
    """Whether one of the rows, or two that follow each other, are a header."""
    above: Line | None = None
    for line in lines:
        if head_of(words, line) or second_row(words, line, above):
            return True
        above = line
    return False


def second_row(words: Words, line: Line, above: Line | None) -> Head | None:
    """The header whose second row this is, below ``above``; None where it is none."""
    return head_of(words, line, above) if above and is_second_row(words, line) else None


def _name(words: Words, spot: Spot, above: Line | None) -> str:
    """The column that a cell of the header names, empty where it names none."""
    if own := column_of(words, spot.text):
        return own
    upper = above.at(spot.col) if above and spot.own in ("", NAME) else None
    return column_of(words, upper.text) if upper else ""


def column_of(words: Words, text: str) -> str:
    """The column of that label, empty where it is none; what stands in brackets behind it (``实际完成值（B）``) does not count."""
    return next((words.columns[k] for k in label_keys(text) if k in words.columns), "") if text else ""


def is_second_row(words: Words, line: Line) -> bool:
    """A row of nothing but names of columns: below a header it is the header's second row."""
    return all(column_of(words, s.own) or s.own == NAME for s in line.filled)
