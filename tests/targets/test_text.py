"""Numbers before headings, and indicators as running text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfdesk.model.form import Numbering
from perfdesk.targets.indicator_text import Indicator, read_indicators, show_indicators
from perfdesk.targets.numbering import chinese, numbered, read_number, ringed
from tests.laws.strategies import in_lines, names, targets, texts

WORDS = ("指标值", "目标值")


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"),
     (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (215, "二百一十五")],
)  # fmt: skip
def test_numerals_are_written_as_people_write_them(number: int, text: str) -> None:
    assert chinese(number) == text


@given(st.sampled_from(["一、", "（一）", "1、"]), st.integers(1, 999))
def test_a_written_number_is_read_again(style: Numbering, number: int) -> None:
    found = read_number(f"{numbered(style, number)}名称")
    assert found is not None
    assert (found.style, found.number, found.rest) == (style, number, "名称")


@pytest.mark.parametrize(
    ("line", "style", "rest"),
    [
        ("第一部分 部门整体绩效目标", "第", "部门整体绩效目标"),
        ("(三)保障措施", "（一）", "保障措施"),
        ("2．住房保障", "1、", "住房保障"),
        ("（2）住房保障", "（1）", "住房保障"),
    ],
)
def test_other_styles_of_numbers_are_known(line: str, style: str, rest: str) -> None:
    found = read_number(line)
    assert found is not None
    assert (found.style, found.rest) == (style, rest)


@pytest.mark.parametrize("line", ["3.5万元", "2021年目标", "一致", "（市级）", ""])
def test_other_lines_have_no_number(line: str) -> None:
    assert read_number(line) is None


def test_indicators_are_printed_as_in_the_public_texts() -> None:
    shown = show_indicators(
        [Indicator("办结率", "办结数占比", "≥90%"), Indicator("制度", "", "健全")], "指标值"
    )
    assert shown == "①办结率：办结数占比，指标值≥90%。②制度，指标值为健全。"


@pytest.mark.parametrize(
    "text",
    [
        "①办结率： 办结数占比,指标值≥90%。②制度：建立；健全，目标值为健全。",
        "①办结率:办结数占比；指标值：≥90%；②制度：建立；健全，指标值：健全",
        "①办结率：办结数占比，指标值≥90% ②制度：建立；健全。指标值 健全。",
    ],
)
def test_other_punctuation_is_read_as_well(text: str) -> None:
    assert read_indicators(text, WORDS) == (
        Indicator("办结率", "办结数占比", "≥90%"),
        Indicator("制度", "建立；健全", "健全"),
    )


def test_text_without_numbers_is_one_indicator() -> None:
    assert read_indicators("办结率：办结数占比，指标值≥90%。", WORDS) == (
        Indicator("办结率", "办结数占比", "≥90%"),
    )


def test_marks_inside_texts_are_no_marks_between_them() -> None:
    one = [
        Indicator("甲：乙", "分①②两类；其一：好，其二：更好", "≥1个"),
        Indicator("丙", "上年指标值85%，指标值应提高", ""),
        Indicator("丁", "", "为民服务"),
        *(Indicator(f"第{n}", "说明", "≥2") for n in range(4, 30)),
    ]
    assert list(read_indicators(show_indicators(one, "指标值"), WORDS)) == one


def test_numbers_beyond_the_ringed_ones_are_in_brackets() -> None:
    assert (ringed(20), ringed(21)) == ("⑳", "（21）")


@given(
    st.lists(
        st.builds(Indicator, names.map(in_lines), texts.map(in_lines), targets.map(in_lines)), min_size=1
    )
)
def test_any_indicators_are_read_as_they_were(indicators: list[Indicator]) -> None:
    """But for what the module declares."""
    assume(not any("“" in i.name and "：" in i.name for i in indicators))
    assert list(read_indicators(show_indicators(indicators, "指标值"), WORDS)) == indicators
