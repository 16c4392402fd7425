"""Budgets as people make them in Excel: codes in a column for each level, fewer columns, other labels, dashes, tables that no form has."""

from __future__ import annotations

from typing import Any

import pytest

from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.filing_json import filing_json
from perfdesk.recognise import Recognised, recognise
from tests.making import catalog, counter
from tests.recognise.budget_pages import FORM, drawn

SPENDING = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def read(*items: str | list[list[str]]) -> Recognised:
    made = tuple(SourceText(i, "段") if isinstance(i, str) else SourceTable(drawn(i), "表") for i in items)
    return recognise(Source("made", "xlsx", made), catalog(), counter())


def facts(found: Recognised) -> dict[str, dict[str, str]]:
    (one,) = found.filings
    rows: list[dict[str, Any]] = filing_json(FORM, one.filing)["sections"]["spending"]["rows"]
    return {r["code"]: {c: t for c, t in r.items() if "." in c} for r in rows}


def texts(found: Recognised) -> dict[str, str]:
    sections = filing_json(FORM, found.filings[0].filing)["sections"]
    return {k: v for k, v in sections["explanation"].items() if v}


@pytest.mark.parametrize(
    "codes",
    [
        [("205", "", ""), ("205", "02", ""), ("205", "02", "02"), ("205", "02", "03")],
        [("205", "", ""), ("", "02", ""), ("", "", "02"), ("", "", "03")],
        [("205", "", ""), ("", "20502", ""), ("", "", "2050202"), ("", "", "2050203")],
    ],
)
def test_codes_in_a_column_for_each_level_are_joined(codes: list[tuple[str, str, str]]) -> None:
    amounts = [
        ("教育支出", "9", "5", "4"),
        ("普通教育", "9", "5", "4"),
        ("小学教育", "5", "5", ""),
        ("初中教育", "4", "", "4"),
    ]
    table = [["科目编码", "", "", *SPENDING[1:]], ["类", "款", "项", "", "", "", ""]]
    table += [[*code, *rest] for code, rest in zip(codes, amounts, strict=True)]
    found = read("一般公共预算支出表", table)
    assert facts(found) == {"2050202": {"basic.general": "5"}, "2050203": {"project.general": "4"}}
    assert found.leftovers == () and not [r for r in found.filings[0].repairs if r.code == "code-joined"]


def test_a_title_and_few_columns_are_enough() -> None:
    head = ["科目编码", "科目名称", "合计", "事业收入", "其他收入"]
    found = read(
        "支出预算总表",
        [SPENDING, ["2100199", "其他卫生健康管理事务支出", "234.56", "-", "234.56"]],
        "收入预算总表",
        [head, ["2100199", "其他卫生健康管理事务支出", "234.56", "200", "34.56"]],
    )
    assert facts(found) == {"2100199": {"project.career": "200", "project.other": "34.56"}}


def test_a_dash_is_no_amount_and_no_deviation() -> None:
    found = read(
        "部门支出总表", [SPENDING, ["2100101", "行政运行", "8", "8", "—"], ["2100199", "其他", "-", "-", "-"]]
    )
    assert [r for r in found.filings[0].filing.rows if r.section == "支出总表" and len(r.cells) > 2] == []
    assert found.leftovers == ()


def test_labels_that_name_the_kind_of_code_are_known() -> None:
    head = ["功能分类科目编码", "功能分类科目名称", *SPENDING[2:]]
    found = read("一般公共预算支出预算表", [head, ["2100101", "行政运行", "8", "8", ""]])
    assert facts(found) == {"2100101": {"basic.general": "8"}}


def test_a_table_that_no_form_has_is_left_over_and_no_text_of_the_explanation() -> None:
    unknown = [["处室", "人数"], ["办公室", "12"], ["财务科", "5"]]
    found = read(
        "支出总表",
        [SPENDING, ["2100101", "行政运行", "8", "8", ""]],
        "部门预算信息公开情况说明",
        "现公开如下。",
        unknown,
    )
    assert texts(found) == {"opening": "现公开如下。"}
    assert {"处室 人数", "办公室 12", "财务科 5"} <= set(found.leftovers)


@pytest.mark.parametrize(
    ("unit", "written", "amount"),
    [("千元", "1,234.5", "123.45"), ("亿元", "0.3", "3000"), ("万元", "8.50", "8.5")],
)
def test_another_unit_of_amounts_is_converted_and_told(unit: str, written: str, amount: str) -> None:
    found = read(
        "一般公共预算支出表", f"单位：{unit}", [SPENDING, ["2100101", "行政运行", written, written, ""]]
    )
    assert facts(found) == {"2100101": {"basic.general": amount}}
    told = [r.message for r in found.filings[0].repairs if r.code == "unit-converted"]
    assert told == ([] if unit == "万元" else [f"本表的金额单位是{unit}，各数已换算为万元"])


def test_a_table_in_another_unit_than_the_others_agrees_with_them() -> None:
    rows = [["2100101", "行政运行", "8", "8", ""], ["2100199", "其他", "2", "", "2"]]
    yuan = [["2100101", "行政运行", "80000", "80000", ""], ["2100199", "其他", "20000", "", "20000"]]
    found = read(
        "支出总表", "单位：万元", [SPENDING, *rows], "一般公共预算支出表", "单位：元", [SPENDING, *yuan],
        "政府性基金预算支出表", "单位：万元", [SPENDING],
    )  # fmt: skip
    assert facts(found) == {"2100101": {"basic.general": "8"}, "2100199": {"project.general": "2"}}
    assert found.filings[0].filing.amount_unit in ("", "万元")
    assert [r.where for r in found.filings[0].repairs if r.code == "unit-converted"] == [
        "tables/一般公共预算财政拨款支出表"
    ]


def test_what_a_summary_names_comes_before_a_source_that_nobody_names() -> None:
    summary = [
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算拨款收入", "8", "", ""],
        ["四、财政专户管理资金收入", "2", "", ""],
    ]
    found = read("收支总表", summary, "支出总表", [SPENDING, ["2100101", "行政运行", "10", "8", "2"]])
    assert facts(found) == {"2100101": {"basic.general": "8", "project.special": "2"}}
