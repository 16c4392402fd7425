"""A plain list as a table: one head row, one line below the other, the room that is left given to the first column of running text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perfdesk.document.blocks import Page, Table
from perfdesk.document.grid import Cell, Format, Term, Value, grid
from perfdesk.document.number_room import with_room


@dataclass(frozen=True, slots=True)
class Styled:
    """A value with looks of its own; ``total_of``: lines (from 0) of the same column that it adds up."""

    value: Value
    style: str
    total_of: tuple[int, ...] = ()


Line = Sequence[Value | Styled]


def listing(
    page: Page,
    head: Sequence[str],
    lines: Sequence[Line],
    widths: Sequence[float],
    texts: Collection[str] = (),
    amounts: Collection[str] = (),
    name: str = "",
    small: bool = False,
) -> Table:
    """``widths`` in mm, shrunk where they are more than the page has. ``texts``: heads of columns of running text, which stand at the left;
    ``amounts``: of columns of money, which stand at the right. ``small``: in small letters."""
    size = "_small" if small else ""
    cells = [Cell(0, n, text, style=f"head{size}") for n, text in enumerate(head)]
    for r, line in enumerate(lines, 1):
        for c, value in enumerate(line):
            money = head[c] in amounts
            one = value if isinstance(value, Styled) else Styled(value, _style(head[c] in texts, money))
            cells.append(_cell(r, c, replace(one, style=one.style + size), money))
    whole = grid(_fitted(page, head, widths, texts), len(lines) + 1, cells, header_rows=1)
    return Table(with_room(whole), name=name)


def _style(text: bool, money: bool) -> str:
    return "body" if text else "amount" if money else "value"


def _cell(row: int, col: int, one: Styled, money: bool) -> Cell:
    number = isinstance(one.value, Decimal)
    form: Format = "text" if not number else "amount" if money else "number"
    parts = tuple(Term(line + 1, col) for line in one.total_of)
    return Cell(row, col, one.value, format=form, style=one.style, total_of=parts)


def _fitted(page: Page, head: Sequence[str], widths: Sequence[float], texts: Collection[str]) -> list[float]:
    room = page.inner_width - sum(widths)
    shrink = min(page.inner_width / sum(widths), 1.0)
    first = next((h for h in head if h in texts), None)
    return [w + room if room > 0 and h == first else w * shrink for h, w in zip(head, widths, strict=True)]
