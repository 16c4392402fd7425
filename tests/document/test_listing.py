"""Plain lists as tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfdesk.document.blocks import Page
from perfdesk.document.grid import Term
from perfdesk.document.listing import Styled, listing

PAGE = Page()


def test_running_text_takes_the_room_that_is_left() -> None:
    table = listing(PAGE, ["序号", "名称", "金额"], [[Decimal(1), "甲", Decimal(5)]], [10, 20, 30], ("名称",))
    assert sum(table.grid.widths) == pytest.approx(PAGE.inner_width)
    assert table.grid.widths[0] == 10 and table.grid.widths[2] == 30


def test_what_is_too_wide_shrinks_to_the_page() -> None:
    table = listing(PAGE, ["甲", "乙"], [], [300, 100])
    assert sum(table.grid.widths) == pytest.approx(PAGE.inner_width)
    assert table.grid.widths[0] == pytest.approx(3 * table.grid.widths[1])


def test_money_stands_at_the_right_as_money_and_a_total_says_what_it_adds_up() -> None:
    total = Styled(Decimal("3.50"), "head", (0, 1))
    lines = [["甲", Decimal(1)], ["乙", Decimal("2.5")], ["合计", total]]
    table = listing(PAGE, ["单位", "金额"], lines, [20, 20], ("单位",), ("金额",))
    at = table.grid.at()
    assert (at[1, 1].style, at[1, 1].format, at[1, 1].text) == ("amount", "amount", "1.00")
    assert at[3, 1].style == "head" and at[3, 1].total_of == (Term(1, 1), Term(2, 1))
    assert table.grid.header_rows == 1
