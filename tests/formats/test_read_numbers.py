"""Numbers in sheets as text: exact, without exponent, in the words of their format."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.formats.xlsx_numbers import built_in, shape, show


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("988.6799999999999", "", "988.68"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "0.00", "0.3"),
        ("15897000.0", "#,##0.00", "15897000"),
        ("1.5897E7", "", "15897000"),
        ("1E-5", "", "0.00001"),
        ("-12.5", "#,##0.00;[Red]-#,##0.00", "-12.5"),
        ("-0", "", "0"),
        ("0.95", "0%", "95%"),
        ("0.9525", "0%", "95.25%"),
        ("0.07", "0.00%", "7%"),
        ("0.95", '"≥"0%', "≥95%"),
        ("12", '0"个"', "12个"),
        ("12", "0个", "12个"),
        ("12", 'General"万元"', "12万元"),
        ("90", r"\≥0", "≥90"),
        ("12.5", '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ', "12.5"),
        ("12.5", "[$¥-804]#,##0.00", "12.5"),
        ("123456", '0!.0,"万元"', "123456"),
        ("123456", '#,##0.00,"千元"', "123456"),
        ("123", "000000", "000123"),
        ("44260", "yyyy/m/d", "2021-03-05"),
        ("44260.5", "yyyy-mm-dd hh:mm", "2021-03-05 12:00"),
        ("44260", 'yyyy"年"m"月"d"日"', "2021年3月5日"),
        ("44260", "yyyy年mm月", "2021年03月"),
        ("44260", 'm"月"d"日"', "3月5日"),
        ("44260", "yyyy-mm", "2021-03"),
        ("0.75", "h:mm", "18:00"),
        ("0.75", 'h"时"mm"分"', "18时00分"),
        ("60", "yyyy-m-d", "1900-02-28"),
        ("59", "yyyy-m-d", "1900-02-28"),
        ("1", "yyyy-m-d", "1900-01-01"),
        ("-5", "yyyy-m-d", "-5"),
        ("99999999", "yyyy-m-d", "99999999"),
        ("44260", "@", "44260"),
        ("1e999", "", "1e999"),
        ("1e200", "", "1e200"),
        ("nan", "", "nan"),
        ("约12", "0", "约12"),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_says(raw: str, code: str, text: str) -> None:
    assert show(raw, shape(code)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(9, "4426000%"), (14, "2021-03-05"), (31, "2021年3月5日"), (57, "2021年3月"), (4, "44260")],
)
def test_formats_that_have_only_a_number_are_known(number: int, text: str) -> None:
    assert show("44260", shape(built_in(number))) == text


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_every_sum_of_fen_comes_back_from_the_nearest_float(value: Decimal) -> None:
    assert Decimal(show(repr(float(value)), shape("#,##0.00"))) == value


@given(st.text(max_size=12), st.text(max_size=30))
def test_no_number_and_no_format_breaks_the_reader(raw: str, code: str) -> None:
    assert isinstance(show(raw, shape(code)), str)


@given(
    st.floats(allow_nan=False),
    st.sampled_from(["", "0%", "yyyy-m-d", 'yyyy"年"m"月"', "h:mm:ss", "0000", '"≥"0"个"']),
)
def test_no_float_breaks_the_reader(number: float, code: str) -> None:
    assert isinstance(show(repr(number), shape(code)), str)
