"""Words of years in a text: which are moved on, which are only named, which are nobody's business."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.carry.words import replaced, year_words


def moved(text: str, year: int = 2021, to: int = 2022) -> str:
    return replaced(text, [w for w in year_words(text, year, to) if w.sure])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2021年改造小区 75 个", "2022年改造小区 75 个"),
        ("2021 年度、2021年6月底前", "2022 年度、2022年6月底前"),
        ("二〇二一年完成，二○二一年验收", "二〇二二年完成，二○二二年验收"),
        ("截至2021-12-31", "截至2022-12-31"),
        ("2021年12月底，成立于2015年", "2022年12月底，成立于2015年"),
        ("编号12021年", "编号12021年"),
        ("按财预〔2021〕101号执行", "按财预〔2021〕101号执行"),
        ("{{年度}}年", "{{年度}}年"),
    ],
)
def test_the_own_year_moves_on_and_nothing_else(text: str, after: str) -> None:
    assert moved(text) == after


def test_a_year_two_years_on_moves_by_two() -> None:
    assert moved("2021年目标", 2021, 2023) == "2023年目标"


def test_years_beside_it_are_proposed_but_not_sure() -> None:
    assert [(w.text, w.after, w.sure) for w in year_words("2020年结转，2022年完工", 2021, 2022)] == [
        ("2020年", "2021年", False),
        ("2022年", "2023年", False),
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("与上年持平，去年启动", ["上年", "去年"]),
        ("第三届运动会、第七次普查、建校50周年", ["第三届", "第七次", "50周年"]),
        ("“十四五”规划", ["“十四五”"]),
        ("2021-2023年行动计划", ["2021"]),
        ("按财预〔2021〕101号执行", []),
        ("预算 2021 万元，2015年成立", []),
    ],
)
def test_what_only_the_author_knows_is_named(text: str, named: list[str]) -> None:
    assert [w.text for w in year_words(text, 2021, 2022) if not w.after] == named


@given(st.text("2021年度上一届第 -至〔〕{}五十", max_size=30))
def test_words_stand_where_they_say_and_never_overlap(text: str) -> None:
    words = list(year_words(text, 2021, 2022))
    assert [text[w.start : w.end] for w in words] == [w.text for w in words]
    assert all(a.end <= b.start for a, b in pairwise(words))
