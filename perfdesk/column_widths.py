"""Column widths for long texts: the form's own widths, unless a narrow column would hold a very long text."""

from __future__ import annotations

from math import ceil

from perfdesk.model.filing import Filing, leaves
from perfdesk.model.form import Form

MANY_LINES = 7
"""A cell of more lines than this at the form's widths makes the columns move."""
_STEP = 3.0
_EM = 3.7
_PAD = 2.4
_LEAST = 7 * _EM + _PAD
"""mm: seven characters, so that the usual labels and values stay on one line."""


def fitted_widths(form: Form, filing: Filing) -> tuple[float, ...]:
    """Widths in mm with the form's sum. Columns give way to the one with the longest text as long as the table gets shorter; a
    column never gives more than down to seven characters, and one narrower than that gives nothing."""
    widths = form.paper.widths
    part = next((p for p in form.paper.parts if p.section == form.tree.id and len(p.rows) == 1), None)
    if part is None or len(set(part.rows[0])) != len(widths):
        return widths
    rows = [[len(leaf.row.get(column)) for column in part.rows[0]] for leaf in leaves(filing, form.tree.id)]
    rows = [row for row in rows if any(row)]
    if not rows or _most_lines(rows, widths) <= MANY_LINES:
        return widths
    best, cost = widths, _height(rows, widths)
    while True:
        tried = [(c, w) for w in _moved(rows, best) if (c := _height(rows, w)) < cost]
        if not tried:
            return best
        cost, best = min(tried)


def _lines(length: int, width: float) -> int:
    return max(1, ceil(length * _EM / (width - _PAD)))


def _most_lines(rows: list[list[int]], widths: tuple[float, ...]) -> int:
    return max(_lines(n, w) for row in rows for n, w in zip(row, widths, strict=True))


def _height(rows: list[list[int]], widths: tuple[float, ...]) -> int:
    """Lines of all rows together."""
    return sum(max(_lines(n, w) for n, w in zip(row, widths, strict=True)) for row in rows)


def _moved(rows: list[list[int]], widths: tuple[float, ...]) -> list[tuple[float, ...]]:
    """The widths with one step moved from each column that can give to the column that needs it most."""
    need = [max(_lines(row[c], w) for row in rows) for c, w in enumerate(widths)]
    taker = need.index(max(need))
    found: list[tuple[float, ...]] = []
    for giver, width in enumerate(widths):
        if giver != taker and width - _STEP >= _LEAST:
            found.append(tuple(w + _STEP * ((c == taker) - (c == giver)) for c, w in enumerate(widths)))
    return found
