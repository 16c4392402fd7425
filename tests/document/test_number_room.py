"""Columns of a printed table hold their numbers on one line, whatever was typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfdesk.document.grid import Cell, Grid, Value, grid
from perfdesk.document.measure import text_width, wrapped
from perfdesk.document.number_room import with_room
from perfdesk.document.theme import style


def table(amount: Value, widths: tuple[float, ...] = (60, 14, 14)) -> Grid:
    head = [
        Cell(0, c, text, style="head_small") for c, text in enumerate(("项目名称", "合计", "财政拨款结转"))
    ]
    row = [Cell(1, 0, "办公楼维修经费", style="body_small")]
    row += [Cell(1, c, amount, format="amount", style="amount_small") for c in (1, 2)]
    return grid(widths, 2, [*head, *row], 1)


def lines(made: Grid, row: int, col: int) -> tuple[str, ...]:
    cell = made.at()[row, col]
    looks = style(cell.style)
    return wrapped(cell.text, looks, text_width(made, cell, looks.pad))


@pytest.mark.parametrize("amount", ["383.21", "32000", "-869918600.05"])
def test_no_number_is_broken(amount: str) -> None:
    made = with_room(table(Decimal(amount)))
    assert all(len(lines(made, 1, c)) == 1 for c in (1, 2))
    assert sum(made.widths) == pytest.approx(88)


def test_a_number_among_words_is_not_broken() -> None:
    made = with_room(table("约12345678.90万元"))
    assert any("12345678.90" in line for line in lines(made, 1, 1))


def test_widths_of_the_form_hold_where_all_numbers_have_room() -> None:
    assert with_room(table(Decimal("383.21"))).widths == (60, 14, 14)


def test_words_keep_room_for_some_characters() -> None:
    made = with_room(table(Decimal("123456789012345.67"), (26, 16, 16)))
    assert sum(made.widths) == pytest.approx(58)
    assert lines(made, 1, 0) == ("办公楼维修经费",)
