"""Composing: what is printed where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from perfdesk.catalog import new_filing
from perfdesk.column_widths import fitted_widths
from perfdesk.commands.files import together
from perfdesk.compose import compose
from perfdesk.model.change import InsertRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.sample import sample_filings
from tests.making import catalog, counter, published


@pytest.fixture
def filing() -> Filing:
    return sample_filings(catalog(), counter())[0]


def texts(filing: Filing) -> list[list[list[str]]]:
    return [t.texts() for t in compose(catalog().form(filing.form), filing).document.tables]


def test_amounts_are_numbers_with_two_decimals_and_words_stay_words(filing: Filing) -> None:
    filing, _ = apply(filing, [SetCell("budget", "total", "9860.5"), SetCell("budget", "other", "待定")])
    upper = compose(catalog().form(filing.form), filing).document.tables[0]
    values = [c.value for c in upper.cells if c.style == "amount"]
    assert values == [Decimal("9860.5"), Decimal("2860.50"), "待定", Decimal("2105.30"), Decimal("7755.20")]
    assert next(c.text for c in upper.cells if c.style == "amount") == "9,860.50"


def test_zero_and_empty_are_different_on_paper(filing: Filing) -> None:
    filing, _ = apply(filing, [SetCell("budget", "fiscal", "0"), SetCell("budget", "other", "")])
    shown = [
        c.text
        for c in compose(catalog().form(filing.form), filing).document.tables[0].cells
        if c.style == "amount"
    ]
    assert shown[1:3] == ["0.00", ""]


def test_parents_are_merged_over_their_rows_and_the_head_repeats(filing: Filing) -> None:
    lower = compose(catalog().form(filing.form), filing).document.tables[1]
    parents = {c.text: c.rowspan for c in lower.cells if c.col < 2 and c.row > 0}
    assert parents["投入管理指标"] == 19
    assert parents["预算和财务管理"] == 12
    assert lower.header_rows == 1


def test_the_side_label_of_the_tasks_spans_head_and_rows(filing: Filing) -> None:
    upper = compose(catalog().form(filing.form), filing).document.tables[0]
    side = next(c for c in upper.cells if c.text == "年度主要任务")
    assert side.rowspan == 1 + len(filing.section("tasks"))


def test_a_form_without_tasks_prints_one_blank_line_for_them(filing: Filing) -> None:
    bare, _ = apply(filing, [RemoveRow(r.id) for r in filing.section("tasks")])
    upper = compose(catalog().form(bare.form), bare).document.tables[0]
    side = next(c for c in upper.cells if c.text == "年度主要任务")
    assert side.rowspan == 2


def test_every_entry_is_bound_to_the_cell_that_shows_it(filing: Filing) -> None:
    form = catalog().form(filing.form)
    composed = compose(form, filing)
    shown = {
        bound: composed.document.tables[t].at()[r, c].text for (t, r, c), bound in composed.bindings.items()
    }
    for row in filing.rows:
        for column, text in row.cells.items():
            assert shown[row.id, column].replace(",", "") == text


def test_a_parent_without_children_is_printed(filing: Filing) -> None:
    alone = Row("alone", "indicators", {"level1": "满意度指标"})
    last = [r.id for r in filing.children("indicators", None)][-1]
    more, _ = apply(filing, [InsertRow(alone, last)])
    assert texts(more)[1][-1] == ["满意度指标", "", "", "", ""]


def test_the_label_names_the_unit_that_the_filing_counts_in(filing: Filing) -> None:
    in_yuan = replace(filing, amount_unit="元")
    assert "部门预算总额（元）" in str(texts(in_yuan)) and "（万元）" not in str(texts(in_yuan))


def test_ordinary_forms_keep_the_widths_of_the_form(filing: Filing) -> None:
    form = catalog().form(filing.form)
    assert fitted_widths(form, filing) == form.paper.widths


def test_a_very_long_target_gets_room_and_the_sum_of_widths_stays(forms: Path) -> None:
    filing = published(forms, "z08")
    form = catalog().form(filing.form)
    widths = fitted_widths(form, filing)
    assert widths[3] > form.paper.widths[3] * 1.5
    assert sum(widths) == pytest.approx(sum(form.paper.widths))
    assert min(widths) >= 18


def test_filings_in_one_file_begin_on_a_page_of_their_own_kind(filing: Filing) -> None:
    budget = empty_filing(catalog().form("handan-2022/department-budget"), 2022)
    first, second, *_ = together([filing, budget, filing], catalog()).stretches()
    assert (first.page.numbered, second.page.numbered) == (True, False)
    assert (
        together([budget, filing], catalog()).stretches()[-1].page
        == compose(catalog().form(filing.form), filing).document.page
    )


def test_targets_of_two_periods_stand_alike() -> None:
    form = catalog().form("national-2015/project-target")
    filing = new_filing(form, 2022, "某局", counter())
    above = next(r for r in filing.rows if r.get("level2"))
    row = Row(
        "x", "indicators", MappingProxyType({"level3": "数量", "mid_target": "8", "target": "9"}), above.id
    )
    composed = compose(form, apply(filing, (InsertRow(row, None),))[0])
    tables = composed.document.tables
    at = {column: tables[n].at()[r, c] for (n, r, c), (of, column) in composed.bindings.items() if of == "x"}
    assert at["mid_target"].style == at["target"].style != at["level3"].style
