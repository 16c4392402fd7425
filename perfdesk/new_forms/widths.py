"""One drawing for tables of different columns: the edges of all of them, and how wide what lies between is."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from perfdesk.document.grid import Grid

Edges = tuple[Fraction, ...]
_LEAST, _MOST = 4, 14
"""Characters of a column that count."""


def common_edges(tables: Sequence[Grid]) -> Edges:
    """Where columns begin and end, as parts of the whole width."""
    return tuple(sorted({Fraction(n, t.width) for t in tables for n in range(t.width + 1)}))


def widths_of(tables: Sequence[Grid], edges: Edges, whole: float) -> tuple[float, ...]:
    """mm. Of a single table by its labels; of several each table's columns are equal."""
    if len({t.width for t in tables}) > 1:
        return _rounded([float(b - a) for a, b in pairwise(edges)], whole)
    longest = [_LEAST] * tables[0].width
    for cell in (c for t in tables for c in t.cells if c.colspan == 1):
        lines = max((len(line) for line in cell.text.split("\n")), default=0)
        longest[cell.col] = max(longest[cell.col], min(_MOST, lines))
    return _rounded([float(n) for n in longest], whole)


def _rounded(shares: Sequence[float], whole: float) -> tuple[float, ...]:
    total = sum(shares)
    return tuple(round(whole * s / total, 2) for s in shares)
