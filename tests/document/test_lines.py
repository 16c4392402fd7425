"""避头尾: what may stand at the ends of a line, and what stays whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.document.lines import BLANKS, NOT_FIRST, NOT_LAST, break_lines, chunks
from perfdesk.document.measure import approximate_width

TEXTS = st.text(
    "预算绩效目标（）《》“”，。、；：？！％%·…—/≥≤=+-0123456789.,ABCabc \u3000$￥【】", max_size=60
)
WIDTHS = st.integers(3, 20).map(float)


def visible(text: str) -> str:
    return re.sub(rf"[{BLANKS}\n]", "", text)


@given(TEXTS, WIDTHS)
def test_nothing_but_blanks_is_lost_by_breaking(text: str, width: float) -> None:
    assert visible("".join(break_lines(text, width, approximate_width))) == visible(text)


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_width(text: str, width: float) -> None:
    for line in break_lines(text, width, approximate_width):
        assert approximate_width(line.strip(BLANKS)) <= width + 1e-6 or len(line) == 1


@given(TEXTS, WIDTHS)
def test_no_line_begins_with_a_closing_mark_nor_ends_with_an_opening_one(text: str, width: float) -> None:
    pieces = list(chunks(text))
    if any(approximate_width(piece.strip(BLANKS)) > width for piece in pieces):
        return  # a run of marks wider than the line has to be cut somewhere
    lines = break_lines(text, width, approximate_width)
    for before, after in pairwise(lines):
        if before.strip(BLANKS) and after.strip(BLANKS) and not before.endswith(tuple(BLANKS)):
            assert after[0] not in NOT_FIRST or _after_blank(text, before)
            assert before[-1] not in NOT_LAST or _after_blank(text, before)


def _after_blank(text: str, line: str) -> bool:
    """The author put a blank there himself."""
    return any(line + blank in text for blank in BLANKS)


@pytest.mark.parametrize(
    "whole",
    [
        "13,034.70",
        "≥95%",
        "元/亩",
        "2021/01/31",
        "COVID-19",
        "80000",
        "±10%",
        "12:30",
        "１２３．４５",
        "……",
        "——",
        "≤0.5‰",
    ],
)
@pytest.mark.parametrize("width", [6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0])
def test_numbers_and_words_stay_whole(whole: str, width: float) -> None:
    lines = break_lines(f"预算执行的完成情况为{whole}以上的各项任务", width, approximate_width)
    assert sum(whole in line for line in lines) == 1


def test_a_closing_mark_takes_the_character_before_it_along() -> None:
    assert break_lines("完成全部工作。", 6, approximate_width) == ("完成全部工", "作。")


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    assert break_lines("开展工作（二）", 5, approximate_width) == ("开展工作", "（二）")


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines = break_lines("http" * 10, 5, approximate_width)
    assert "".join(lines) == "http" * 10
    assert all(approximate_width(line) <= 5 for line in lines)


def test_no_closing_mark_is_left_alone_where_a_long_word_is_cut() -> None:
    width = approximate_width("a" * 10)
    assert break_lines("a" * 20 + "。", width, approximate_width) == ("a" * 10, "a" * 9, "a。")


def test_a_line_break_of_the_author_always_breaks() -> None:
    assert break_lines("一\n\n二", 10, approximate_width) == ("一", "", "二")


def test_the_indent_shortens_the_first_line_of_each_paragraph() -> None:
    assert break_lines("一二三四五\n一二三四五", 4, approximate_width, indent=2) == (
        "一二",
        "三四五",
        "一二",
        "三四五",
    )


def test_a_single_character_wider_than_the_width_stands_alone() -> None:
    assert break_lines("预算", 0.5, approximate_width) == ("预", "算")


def test_one_mark_may_hang_over_the_edge_where_the_text_is_running() -> None:
    assert break_lines("甲乙丙，丁戊", 3, approximate_width, hang=True) == ("甲乙丙，", "丁戊")
    assert break_lines("甲乙丙，丁戊", 3, approximate_width) == ("甲乙", "丙，丁", "戊")
    assert break_lines("甲乙丙”，丁", 3, approximate_width, hang=True) == ("甲乙", "丙”，", "丁")
    assert break_lines("甲乙丙）丁", 3, approximate_width, hang=True) == ("甲乙", "丙）丁")
