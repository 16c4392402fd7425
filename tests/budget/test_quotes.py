"""What a text can quote of a small budget: in words, once each, and as a place to go to."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.quotes import place_of, quotes, words_of
from perfdesk.budget.words import resolver
from perfdesk.model.finding import Place
from tests.budget.forms import BUDGET, FORM
from tests.budget.ledgers import filing, row
from tests.budget.test_texts import CHAPTER

FILING = filing([row("a", code="2080505", basic_general="180.76")])
BUDGETED = Budgeted.of(replace(BUDGET, chapters=(CHAPTER,)), FILING, "万元")


def test_the_chapters_own_phrases_come_first_and_no_value_twice() -> None:
    found = quotes(FORM, BUDGETED, CHAPTER)
    assert [(q.words, q.where) for q in found[:2]] == [
        ("预算收入", "收支总表 收入总计"),
        ("基本支出", "支出总表 合计 基本支出"),
    ]
    assert len({q.where for q in found}) == len(found)


def test_everything_that_is_offered_has_a_value_and_says_where_it_is() -> None:
    resolve = resolver(FORM, FILING, BUDGETED)
    assert [q.name for q in quotes(FORM, BUDGETED) if resolve(q.name) is None] == []
    assert words_of(FORM, BUDGETED, "支出总表/208/basic") == "支出总表 208 基本支出"
    assert words_of(FORM, BUDGETED, "没有/这个") == "没有/这个"


def test_a_name_leads_to_its_cell() -> None:
    assert place_of(FORM, BUDGETED, "收支总表/收入总计") == Place("收支总表!income", "income_amount")
    assert place_of(FORM, BUDGETED, "支出总表/total/project") == Place("支出总表!total", "project")
    assert place_of(FORM, BUDGETED, "增减 支出总表/total/basic 支出总表/total/project") == Place(
        "支出总表!total", "basic"
    )
    assert place_of(FORM, BUDGETED, "basic/unit_name") == Place("basic", "unit_name")
    assert place_of(FORM, BUDGETED, "年度") is None
