"""Raw text ⇄ typed value: every spelling the field page lists, and that no number is ever read as another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.values import (
    MONEY_UNITS,
    amount_json,
    clean_text,
    one_line,
    parse_amount,
    parse_target,
    round_half_up,
    show_amount,
    show_target,
    target_json,
    unkept,
)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("13034.7", "13034.7"),
        ("15,897,000.0", "15897000.0"),
        ("１２３．４５", "123.45"),
        ("1，234.50", "1234.50"),
        ("(56.70)", "-56.70"),
        ("（56.70）", "-56.70"),
        ("－8.90", "-8.90"),
        ("−8.90", "-8.90"),
        (" 1 200 ", "1200"),
        ("0", "0"),
        (".5", "0.5"),
    ],
)
def test_usual_spellings_of_an_amount_are_read(raw: str, value: str) -> None:
    amount = parse_amount(raw, "万元")
    assert amount.value == Decimal(value)
    assert amount.problem is None


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("537.3万元", "537.3", "unit-in-amount"),
        ("537.3 万", "537.3", "unit-in-amount"),
        ("5373000元", "537.3", "unit-in-amount"),
        ("0.3亿元", "3000", "unit-in-amount"),
        ("财政性资金", None, "word-in-amount"),
        ("约12", None, "mark-in-amount"),
        ("10％", None, "mark-in-amount"),
        ("12.3x", None, "mark-in-amount"),
        ("1,23", None, "mark-in-amount"),
        ("1.2.3", None, "mark-in-amount"),
        ("①", None, "mark-in-amount"),
        ("5²", None, "mark-in-amount"),
        ("/", None, "dash-in-amount"),
        ("—", None, "dash-in-amount"),
        ("0.30000000000000004", "0.30000000000000004", "too-precise"),
        ("", None, None),
    ],
)
def test_what_is_not_a_plain_amount_is_told(raw: str, value: str | None, problem: str | None) -> None:
    amount = parse_amount(raw, "万元")
    assert amount.value == (None if value is None else Decimal(value))
    assert amount.problem == problem


def test_a_currency_sign_in_a_form_that_counts_in_ten_thousands_is_asked_about() -> None:
    assert parse_amount("¥12.00", "元").value == 12
    assert parse_amount("¥12.00", "万元").problem == "mark-in-amount"


def test_a_thousandth_of_a_yuan_is_too_precise_and_zeros_at_the_end_are_not() -> None:
    assert parse_amount("5.123", "元").problem == "too-precise"
    assert parse_amount("5.120000", "元").problem is None
    assert parse_amount("5.123456", "万元").problem is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.sampled_from(sorted(MONEY_UNITS)))
def test_converting_a_glued_unit_loses_no_digit(value: Decimal, unit: str) -> None:
    amount = parse_amount(f"{value:f}{unit}", "元")
    assert amount.value is not None
    assert Fraction(amount.value) == Fraction(value) * int(MONEY_UNITS[unit])


@pytest.mark.parametrize(
    ("raw", "op", "value", "unit"),
    [
        ("≥90%", "≥", "90", "%"),
        ("≥90百分比", "≥", "90", "%"),
        ("≥90百分百", "≥", "90", "%"),
        ("≥95 百分号", "≥", "95", "%"),
        ("≤1百分号", "≤", "1", "%"),
        ("= 1 个", "=", "1", "个"),
        ("12 个", "=", "12", "个"),
        ("≥128.22 万元", "≥", "128.22", "万元"),
        ("0.3 亿元", "=", "0.3", "亿元"),
        ("100 百分号（完成）", "=", "100", "%"),
        ("≥5 百分号（差异率）", "≥", "5", "%"),
        ("$\\geq 95$", "≥", "95", ""),
        (">=95%", "≥", "95", "%"),
        ("±10%", "±", "10", "%"),
        ("1600元/亩", "=", "1600", "元/亩"),
        ("160万m²", "=", "160", "万m2"),
        ("≥1,500幢", "≥", "1500", "幢"),
        ("＞９９％", ">", "99", "%"),
    ],
)
def test_targets_are_read_as_people_write_them(raw: str, op: str, value: str, unit: str) -> None:
    target = parse_target(raw)
    assert (target.op, target.value, target.unit, target.kind) == (op, Decimal(value), unit, "number")
    assert target.text == raw


@pytest.mark.parametrize(
    "raw",
    [
        "合规",
        "11月底前",
        "2021年6月底",
        "10-20天",
        "95%～98%",
        "1:3",
        "1、完成改造",
        "1.完成改造",
        "（1）完成",
        "①完成",
    ],
)
def test_a_date_a_range_a_ratio_and_a_numbered_sentence_are_words(raw: str) -> None:
    assert parse_target(raw).kind == "words"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("≥", "bare"), (">", "bare"), ("≥%", "bare"), ("", "empty"), ("  ", "empty"), ("是/否", "yes-no"),
     ("≥90是/否", "mixed"), ("≥90全部分配", "mixed"), ("90%以上", "mixed")],
)  # fmt: skip
def test_what_is_no_measurable_target_has_a_kind_of_its_own(raw: str, kind: str) -> None:
    assert parse_target(raw).kind == kind


def test_the_unit_column_counts_where_the_target_has_no_unit() -> None:
    assert parse_target("≥3000", "万平方米").unit == "万平方米"
    assert parse_target("≥98", "百分号").unit == "%"
    assert parse_target("≥98%", "件").unit == "%"


@given(st.text())
def test_no_text_at_all_stops_the_parsers(raw: str) -> None:
    assert parse_target(raw).text == raw
    amount = parse_amount(raw, "万元")
    assert (amount.value is None) or amount.problem in (None, "unit-in-amount", "too-precise")
    show_target(parse_target(raw))
    target_json(parse_target(raw))
    amount_json(raw, "元")


@given(st.text())
def test_cleaned_text_stays_as_it_is_when_cleaned_again(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once
    assert one_line(once) == one_line(one_line(once))


def test_what_cannot_be_kept_is_counted_line_ends_are_kept() -> None:
    raw = "甲\x00\r\n乙\x0b丙\ud800\x85\ufeff\t丁\uffff"
    assert clean_text(raw) == "甲\n乙\n丙\t丁"
    assert unkept(raw) == 4
    assert unkept(clean_text(raw)) == 0


def test_half_a_fen_rounds_away_from_zero() -> None:
    assert round_half_up(Decimal("0.125"), 2) == Decimal("0.13")
    assert round_half_up(Decimal("-0.125"), 2) == Decimal("-0.13")
    assert round_half_up(Decimal("2.5"), 0) == Decimal("3")


def test_amounts_are_shown_with_separators_and_without_losing_a_digit() -> None:
    assert show_amount(Decimal("13034.7")) == "13,034.70"
    assert show_amount(Decimal("0.123456")) == "0.123456"
    assert show_amount(Decimal("1E+3")) == "1,000.00"


def test_an_amount_in_json_is_a_number_or_the_word_as_written() -> None:
    assert amount_json("15,897,000.0", "元") == "15897000"
    assert [amount_json(t, "万元") for t in ("13,034.70", "0.00", "100")] == ["13034.7", "0", "100"]
    assert amount_json("财政性资金", "万元") == "财政性资金"
