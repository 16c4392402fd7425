"""Codes found as people type them."""

from __future__ import annotations

import pytest

from perfdesk.budget.find_codes import CodeIndex

NAMES = {
    "212": "城乡社区支出",
    "21201": "城乡社区管理事务",
    "2120101": "行政运行",
    "2120109": "住宅建设与房地产市场监管",
    "2120199": "其他城乡社区管理事务支出",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
INDEX = CodeIndex(NAMES)


def found(words: str) -> list[str]:
    return [c.code for c in INDEX.search(words, 4)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("21201", "2120101"),
        ("212 01 09", "2120109"),
        ("公积金", "2210201"),
        ("zfgjj", "2210201"),
        ("zhufanggongjijin", "2210201"),
        ("zzjs", "2120109"),
        ("住房公积金", "2210201"),
    ],
)
def test_a_code_is_found_by_its_beginning_its_name_and_its_pinyin(words: str, first: str) -> None:
    assert found(words)[0] == first


def test_codes_that_take_amounts_come_before_those_that_add_up() -> None:
    assert found("212") == ["2120101", "2120109", "2120199", "212"]


def test_a_code_knows_what_it_stands_under() -> None:
    assert INDEX.search("2120109", 1)[0].path == ("城乡社区支出", "城乡社区管理事务")


def test_nothing_is_found_for_nothing() -> None:
    assert found(" ") == []
