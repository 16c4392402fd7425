"""The document of a budget, over the small form: tables as printed, totals that say what they add up, texts with bound numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfdesk.budget.words import formula, resolver
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.document.blocks import Contents, Heading, Paragraph, Table
from perfdesk.document.grid import Cell, Grid
from perfdesk.model.chapter import Chapter
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Field, Section
from tests.budget.forms import BUDGET, FORM
from tests.budget.test_rules import ROWS, made, printed

TEXT = (
    "收入{{收支总表/收入总计}}万元，其中基本支出{{支出总表/total/基本支出}}万元，"
    "较{{上年}}年{{增减 支出总表/total/total last_year/total}}。"
)
WITH_TEXT = replace(
    FORM,
    sections=(
        *FORM.sections,
        Section("last_year", "上年", "fields", (Field("total", "支出", "money"),)),
        Section("explanation", "说明", "fields", (Field("income", "收入说明"),)),
    ),
    budget=replace(BUDGET, chapters=(Chapter("一、收入说明", text="explanation/income"),)),
)


def tables(filing: Filing) -> dict[str, Grid]:
    blocks = compose(FORM, filing).document.blocks
    return {b.name: b.grid for b in blocks if isinstance(b, Table)}


def cell(grid: Grid, row: int, col: int) -> Cell:
    return grid.at()[row, col]


def test_each_table_is_printed_with_its_heading_rows_and_computed_rows() -> None:
    grid = tables(made())["支出总表"]
    assert grid.header_rows == 1
    assert [line[0] for line in grid.texts()[1:]] == [
        "",
        "208",
        "20805",
        "2080501",
        "212",
        "21201",
        "2120109",
        "2120199",
    ]
    assert cell(grid, 1, 2).value == Decimal("4413.52")


def test_lines_stand_at_their_places_on_both_sides() -> None:
    texts = tables(made())["收支总表"].texts()
    assert texts[2] == ["二、其他收入", "1,550.98", "二、城乡社区支出", "4,388.74"]
    assert texts[3] == ["收入总计", "4,413.52", "支出总计", "4,413.52"]


def test_totals_say_what_they_add_up() -> None:
    grid = tables(made())["支出总表"]
    for one in (c for c in grid.cells if c.total_of):
        parts = [cell(grid, t.row, t.col).value for t in one.total_of]
        assert sum((p for p in parts if isinstance(p, Decimal)), Decimal(0)) == (one.value or Decimal(0))
    assert cell(grid, 1, 2).total_of and cell(grid, 7, 2).total_of and not cell(grid, 7, 3).total_of


def test_a_printed_number_that_differs_is_printed_until_it_is_settled() -> None:
    grid = tables(made(printed("p", "支出总表", "2120199", total="3313.52")))["支出总表"]
    assert cell(grid, 8, 2).value == Decimal("3313.52")


def test_cells_are_bound_to_their_places() -> None:
    composed = compose(FORM, made())
    assert composed.bindings[1, 2, 2] == ("支出总表!208", "total")


def test_the_explanation_follows_the_numbers() -> None:
    rows = (
        Row("basic", "basic", {"unit_name": "某局"}),
        *ROWS,
        Row("last_year", "last_year", {"total": "4500"}),
        Row("explanation", "explanation", {"income": TEXT}),
    )
    filing = empty_filing(WITH_TEXT, 2022, rows)
    blocks = compose(WITH_TEXT, filing).document.blocks
    wanted = "收入4413.52万元，其中基本支出1093.93万元，较2021年减少86.48万元。"
    assert Paragraph(wanted) in blocks
    assert any(isinstance(b, Contents) for b in blocks)
    assert "一、收入说明" in [b.text for b in blocks if isinstance(b, Heading)]


def test_names_that_mean_nothing_resolve_to_nothing() -> None:
    values = derive(FORM, made())
    assert values.budget is not None
    resolve = resolver(FORM, made(), values.budget)
    assert [
        resolve(n) for n in ("没有", "支出总表", "支出总表/合计", "收支总表/没有", "增减 甲 乙", "basic/没有")
    ] == [None] * 6
    assert resolve("支出总表/9999999/total") == "0"


def test_a_formula_names_what_is_added_up() -> None:
    budgeted = derive(FORM, made()).budget
    assert budgeted is not None
    view = budgeted.view("支出总表")
    assert formula(view, "21201", "total") == "＝ 2120109 1,069.15 ＋ 2120199 3,319.59"
    assert formula(view, "2120199", "total") == "＝ 项目支出 3,319.59"
    assert (
        formula(view, "2120199", "project")
        == "＝ 项目支出·一般公共预算 1,768.61 ＋ 项目支出·其他收入 1,550.98"
    )


def test_the_unit_of_amounts_stands_at_the_right_edge_of_the_line_above_a_table() -> None:
    rows = (Row("basic", "basic", {"unit_code": "502", "unit_name": "某局"}), *ROWS)
    lines = [
        b.text
        for b in compose(FORM, empty_filing(FORM, 2022, rows)).document.blocks
        if isinstance(b, Paragraph) and b.style == "table_line"
    ]
    assert set(lines) == {"502 某局　　预算年度：2022\t单位：万元"}


def test_a_table_of_a_closing_date_shows_it_in_the_years_place() -> None:
    dated = replace(BUDGET, tables=tuple(replace(t, date="basic/asset_date") for t in BUDGET.tables[:1]))
    form = replace(FORM, budget=dated)

    def above(date: str) -> list[str]:
        rows = (Row("basic", "basic", {"asset_date": date} if date else {}), *ROWS)
        blocks = compose(form, empty_filing(form, 2022, rows)).document.blocks
        return [b.text for b in blocks if isinstance(b, Paragraph) and b.style == "table_line"]

    assert above("2021-12-31") == ["截止时间：2021-12-31\t单位：万元"]
    assert above("") == ["预算年度：2022\t单位：万元"]
