"""Sentences of the explanation against the tables."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from perfdesk.budget.quotes import quotable_budget
from perfdesk.catalog import load, new_filing
from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.model.change import apply
from perfdesk.model.chapter import Chapter
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.finding import Finding
from perfdesk.model.form import Field, Section
from perfdesk.quotable import bind_texts
from tests.budget.forms import BUDGET, FORM
from tests.budget.test_rules import ROWS
from tests.making import counter

CHAPTER = Chapter(
    "二、收入说明",
    text="explanation/income",
    starter="收入{{收支总表/收入总计}}万元。",
    phrases=(("预算收入", "收支总表/收入总计"), ("基本支出", "支出总表/total/basic")),
)
WITH_TEXT = replace(
    FORM,
    sections=(*FORM.sections, Section("explanation", "说明", "fields", (Field("income", "收入说明"),))),
    budget=replace(BUDGET, chapters=(CHAPTER,)),
)


def made(text: str) -> Filing:
    rows = (
        Row("basic", "basic", {"unit_name": "某局"}),
        *ROWS,
        Row("explanation", "explanation", {"income": text}),
    )
    return empty_filing(WITH_TEXT, 2022, rows)


def told(filing: Filing) -> list[Finding]:
    return [f for f in check(WITH_TEXT, filing) if f.code.startswith("budget-text")]


def test_a_number_that_the_table_contradicts_is_told_with_both_and_bound_in_one_click() -> None:
    one = made("本年预算收入4413.25万元。")
    (finding,) = told(one)
    assert "4413.25" in finding.message and "4413.52" in finding.message and "0.27" in finding.message
    after, _ = apply(one, finding.fixes[0].changes)
    assert after.cell("explanation/income") == "本年预算收入{{收支总表/收入总计}}万元。"
    assert told(after) == []


def test_a_number_that_agrees_is_right_in_any_unit_and_spelling() -> None:
    assert told(made("预算收入4,413.52万元，预算收入为 44135200 元，预算收入：0.441352亿元")) == []


def test_a_number_without_a_unit_of_amounts_may_count_something_else() -> None:
    assert told(made("预算收入12项")) == []


def test_a_bound_name_that_means_nothing_is_told() -> None:
    (finding,) = told(made("收入{{收支总表/没有}}万元"))
    assert finding.code == "budget-text-unknown" and "收支总表/没有" in finding.message


def test_what_agrees_is_bound_and_what_differs_stays_as_typed() -> None:
    one = made("预算收入4413.52万元，基本支出1000万元。")
    budgeted = derive(WITH_TEXT, one).budget
    assert budgeted is not None
    after, _ = apply(one, bind_texts(one, quotable_budget(WITH_TEXT, one, budgeted)))
    assert after.cell("explanation/income") == "预算收入{{收支总表/收入总计}}万元，基本支出1000万元。"


def test_a_number_in_another_unit_stays_as_typed_and_is_corrected_with_its_unit() -> None:
    one = made("预算收入44135200元，基本支出0.3亿元。")
    budgeted = derive(WITH_TEXT, one).budget
    assert budgeted is not None
    assert bind_texts(one, quotable_budget(WITH_TEXT, one, budgeted)) == ()
    (finding,) = told(one)
    after, _ = apply(one, finding.fixes[0].changes)
    assert after.cell("explanation/income").endswith("基本支出{{支出总表/total/basic}}万元。")


def test_a_new_filing_begins_with_the_forms_texts() -> None:
    filing = new_filing(WITH_TEXT, 2022, "某局", counter())
    assert filing.cell("explanation/income") == CHAPTER.starter
    assert filing.unit_name == "某局"
    assert told(filing) == []


def test_json_reads_as_it_is_printed_and_restores_what_was_bound() -> None:
    one = made("本年收入{{收支总表/收入总计}}万元，{{没有}}。")
    data = filing_json(WITH_TEXT, one)
    assert data["sections"]["explanation"]["income"] == "本年收入4413.52万元，{{没有}}。"
    assert data["written"]["explanation/income"] == one.cell("explanation/income")
    catalog = replace(load(), forms=MappingProxyType({WITH_TEXT.id: WITH_TEXT}))
    (again,) = filings_from_json(data, catalog, counter(), "x.json")
    assert again.cell("explanation/income") == one.cell("explanation/income")


def test_a_limit_is_for_what_is_printed() -> None:
    def too_long(limit: int) -> list[str]:
        section = Section("explanation", "说明", "fields", (Field("income", "收入说明", limit=limit),))
        form = replace(WITH_TEXT, sections=(*FORM.sections, section))
        found = check(form, made("收入{{收支总表/收入总计}}万元"))
        return [f.message for f in found if f.code == "too-long"]

    assert too_long(len("收入4413.52万元")) == []
    assert "11 字" in too_long(len("收入4413.52万元") - 1)[0]
