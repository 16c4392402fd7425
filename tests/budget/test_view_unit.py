"""Looking at amounts in another unit loses no digit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.budget.view_unit import edit_in, is_only_rounding, kept_text, show_in
from perfdesk.values import parse_amount

AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


@given(AMOUNTS, st.sampled_from([("元", "万元"), ("万元", "元"), ("元", "元"), ("万元", "万元")]))
def test_what_an_editor_holds_is_kept_as_the_same_amount(amount: Decimal, units: tuple[str, str]) -> None:
    unit, view = units
    assert parse_amount(kept_text(edit_in(amount, unit, view), unit, view), unit).value == amount


def test_a_coarser_view_is_rounded_and_a_finer_one_exact() -> None:
    assert show_in(Decimal("123456.78"), "元", "万元") == "12.35"
    assert show_in(Decimal("-0.76"), "元", "万元") == "0.00"
    assert show_in(Decimal("1.234567"), "万元", "元") == "12,345.67"
    assert show_in(Decimal("1.234567"), "万元", "万元") == "1.234567"


def test_typing_the_rounded_number_again_would_only_lose_digits() -> None:
    assert is_only_rounding(Decimal("123456.78"), "12.35", "元", "万元")
    assert not is_only_rounding(Decimal("123456.78"), "12.36", "元", "万元")
    assert not is_only_rounding(Decimal("123500"), "12.35", "元", "万元")
    assert not is_only_rounding(Decimal("123456.78"), "123456.78", "元", "元")


def test_words_and_amounts_with_their_own_unit_stay_what_they_say() -> None:
    assert kept_text("待定", "万元", "元") == "待定"
    assert kept_text("5万元", "元", "万元") == "50000"
    assert kept_text("5000元", "元", "万元") == "5000"
    assert kept_text("", "元", "万元") == ""
    assert kept_text("1,234.50", "万元", "万元") == "1,234.50"
