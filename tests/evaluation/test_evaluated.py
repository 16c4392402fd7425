"""What a self-evaluation computes for its empty cells, how it is shown, and what stays of a file in which everything is printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.evaluation.begin import evaluation_of
from perfdesk.evaluation.evaluated import Evaluated, computed_columns, evaluate, settled, shown
from perfdesk.model.change import SetCell
from perfdesk.model.filing import Filing, leaves
from tests.making import counter
from tests.rules import filings as f

D = Decimal
DEPARTMENT = f.form("jinshui-2021/self-evaluation")
TARGET = f.honest()


def begun() -> Filing:
    """Of the honest overall target; every quantity done as it was meant, the budget spent."""
    filing = evaluation_of(DEPARTMENT, f.form(), TARGET, counter("e"))
    rows = leaves(filing, "indicators")
    done = [SetCell(x.row.id, "actual", x.row.get("target").lstrip("≥≤=")) for x in rows]
    money = [SetCell("money", "adjusted", "100.5"), SetCell("money", "executed", "100.5")]
    return f.change(filing, *done, *money)


BEGUN = begun()
EXECUTION = f.leaf_id(BEGUN, "预算执行率")
CHANGED = f.leaf_id(BEGUN, "预算调整率")
OWN = f.leaf_id(BEGUN, "养护公园数量")
PLEASED = f.leaf_id(BEGUN, "游客满意度")


def of(filing: Filing, *cells: tuple[str, str, str]) -> Evaluated:
    found = evaluate(DEPARTMENT, with_cells(filing, *cells))
    assert found is not None
    return found


def with_cells(filing: Filing, *cells: tuple[str, str, str]) -> Filing:
    """(row, column, text)"""
    return f.change(filing, *(SetCell(*cell) for cell in cells))


def points(found: Evaluated, row: str) -> Decimal | None:
    item = found.item(row)
    assert item is not None
    return item.score


def test_a_year_as_it_was_meant_scores_a_hundred() -> None:
    found = of(BEGUN)
    assert found.cells["result", "total"] == "100"
    assert found.cells["result", "grade"] == "优"
    assert [(s.label, s.got) for s in found.sums] == [("投入管理", 20), ("产出指标", 40), ("效益指标", 30)]


def test_another_form_is_not_evaluated_and_is_shown_as_it_is() -> None:
    form = f.form()
    assert evaluate(form, TARGET) is None
    assert shown(form, TARGET) is TARGET
    assert settled(form, TARGET) is TARGET


# --- rates from facts -------------------------------------------------------------------------------------------------


def test_a_rate_is_the_result_where_none_was_typed() -> None:
    found = of(BEGUN, (EXECUTION, "actual", ""), ("money", "executed", "80.4"))
    assert found.cells[EXECUTION, "actual"] == "80%"
    item = found.item(EXECUTION)
    assert item is not None and item.actual == "80%"
    assert found.rates[EXECUTION].words == "执行数 80.4 ÷ 调整预算数 100.5 = 80.00%"


def test_a_typed_result_counts_and_the_computed_one_stays_beside_it() -> None:
    found = of(BEGUN, (EXECUTION, "actual", "50%"), ("money", "executed", "80.4"))
    item = found.item(EXECUTION)
    assert item is not None and item.actual == "50%"
    assert found.cells[EXECUTION, "actual"] == "80%"


def test_facts_that_are_fields_of_the_money_block_are_not_asked_twice() -> None:
    facts = {x.id for x in DEPARTMENT.section("facts").fields}
    assert not facts & {"initial", "adjusted", "executed"}
    found = of(
        BEGUN, (CHANGED, "actual", ""), ("money", "adjusted", "120"), ("money", "initial", "100"), ("facts", "excluded", "5")
    )  # fmt: skip
    assert found.cells[CHANGED, "actual"] == "15%"


def test_a_rate_of_no_base_does_not_apply_and_costs_nothing() -> None:
    three = f.leaf_id(BEGUN, "“三公经费”控制率")
    found = of(BEGUN, (three, "actual", ""), ("facts", "three_actual", "0"), ("facts", "three_budget", "0"))
    assert found.cells[three, "actual"] == "不适用"
    item = found.item(three)
    assert item is not None and item.score == item.weight


def test_a_rate_of_which_a_fact_is_missing_is_open() -> None:
    three = f.leaf_id(BEGUN, "“三公经费”控制率")
    found = of(BEGUN, (three, "actual", ""), ("facts", "three_actual", "0.59"))
    assert found.cells[three, "actual"] == ""
    assert points(found, three) is None
    assert found.cells["result", "grade"] == ""


@pytest.mark.parametrize(
    ("unit", "executed", "rate"),
    [("", "1,00.5", ""), ("", "50.25", "50%"), ("", "502500元", "50%"), ("元", "50.25万元", ""), ("", "全部", ""), ("", "33.5", "33.33%")],
)  # fmt: skip
def test_facts_are_read_in_the_unit_of_the_filing(unit: str, executed: str, rate: str) -> None:
    filing = replace(BEGUN, amount_unit=unit)
    if unit == "元":
        filing, rate = with_cells(filing, ("money", "adjusted", "1005000")), "50%"
    assert of(filing, ("money", "executed", executed)).cells["money", "rate"] == rate


def test_every_line_of_the_money_block_has_its_rate() -> None:
    found = of(BEGUN, ("money", "fiscal_adjusted", "40"), ("money", "fiscal_executed", "30"))
    assert found.cells["money", "fiscal_rate"] == "75%"
    assert found.cells["money", "other_rate"] == ""


# --- weights, scores by hand, schemes ---------------------------------------------------------------------------------


def test_a_typed_weight_stays_and_the_others_share_the_rest() -> None:
    group = [x.row.id for x in leaves(BEGUN, "indicators") if x.level1.get("level1") == "投入管理指标"]
    found = of(BEGUN, (group[0], "weight", "12.5分"))
    assert points(found, group[0]) == D("12.5")
    assert sum((D(found.cells[r, "weight"]) for r in group), D(0)) == 20


def test_a_score_by_hand_counts_with_its_reason() -> None:
    weight = D(of(BEGUN).cells[OWN, "weight"])
    refused = of(BEGUN, (OWN, "score", "1"))
    assert points(refused, OWN) == weight
    counted = of(BEGUN, (OWN, "score", "1"), (OWN, "note", "验收未完"))
    assert points(counted, OWN) == 1
    assert counted.cells[OWN, "score"] == refused.cells[OWN, "score"]
    assert D(counted.cells["result", "total"]) == 100 - weight + 1


def test_the_execution_of_the_budget_can_be_scored_by_hand_too() -> None:
    found = of(BEGUN, ("money", "score", "8"), ("money", "note", "年末集中支付"))
    assert (points(found, None), found.cells["money", "score"]) == (8, "10")  # type: ignore[arg-type]


def test_the_scheme_that_was_chosen_counts_and_an_unknown_one_is_the_forms_own() -> None:
    assert of(BEGUN).scheme.id == "jinshui-2021"
    assert of(BEGUN, ("result", "scheme", "hubei")).scheme.id == "hubei"
    assert of(BEGUN, ("result", "scheme", "hubei")).cells["money", "weight"] == "20"
    assert of(BEGUN, ("result", "scheme", "gone")).scheme.id == "jinshui-2021"


# --- shown and settled ------------------------------------------------------------------------------------------------


def test_paper_shows_what_is_computed_where_nothing_was_typed() -> None:
    filing = with_cells(BEGUN, (EXECUTION, "actual", ""), (OWN, "score", "1"), (OWN, "note", "验收未完"))
    on_paper = shown(DEPARTMENT, filing)
    assert on_paper.row(EXECUTION).get("actual") == "100%"  # type: ignore[union-attr]
    assert on_paper.row(OWN).get("score") == "1"  # type: ignore[union-attr]
    assert (on_paper.cell("money/rate"), on_paper.cell("money/score")) == ("100%", "10")
    assert (on_paper.cell("result/total"), on_paper.cell("result/grade")) == ("61", "中")
    columns = computed_columns(DEPARTMENT)
    for before, after in zip(filing.rows, on_paper.rows, strict=True):
        kept = {k: v for k, v in after.cells.items() if k not in columns.get(after.section, ())}
        assert kept == {k: v for k, v in before.cells.items() if k not in columns.get(before.section, ())}


@pytest.mark.parametrize(
    ("column", "printed", "stays"),
    [
        ("score", "10", False),
        ("score", "10.00", False),
        ("score", "10分", False),
        ("score", "8", True),
        ("score", "—", False),
        ("score", "满分", True),
        ("rate", "100%", False),
        ("rate", "100.00％", False),
        ("rate", "1", False),
        ("rate", "98%", True),
        ("weight", "10", True),
    ],
)
def test_of_a_printed_file_only_what_differs_stays(column: str, printed: str, stays: bool) -> None:
    read = settled(DEPARTMENT, with_cells(BEGUN, ("money", column, printed)))
    assert read.cell(f"money/{column}") == (printed if stays else "")


def test_a_printed_total_or_grade_that_is_not_the_computed_one_stays() -> None:
    read = settled(DEPARTMENT, with_cells(BEGUN, ("result", "total", "87"), ("result", "grade", "良")))
    assert (read.cell("result/total"), read.cell("result/grade")) == ("87", "良")
    same = settled(DEPARTMENT, with_cells(BEGUN, ("result", "total", "100.0"), ("result", "grade", "优")))
    assert (same.cell("result/total"), same.cell("result/grade")) == ("", "")


ROWS = [x.row.id for x in leaves(BEGUN, "indicators")]
TYPED = st.one_of(
    st.tuples(st.sampled_from(ROWS), st.just("actual"), st.sampled_from(["", "95%", "3", "良好", "不适用", "随便"])),
    st.tuples(st.sampled_from(ROWS), st.just("weight"), st.sampled_from(["", "2", "40", "1.5分", "-3", "多"])),
    st.tuples(st.sampled_from(ROWS), st.just("score"), st.sampled_from(["", "0", "1.05", "5.72", "99", "优"])),
    st.tuples(st.sampled_from(ROWS), st.just("note"), st.sampled_from(["", "有原因"])),
    st.tuples(st.just("money"), st.sampled_from(["adjusted", "executed", "score", "rate"]), st.sampled_from(["", "0", "10", "80.4"])),
    st.tuples(st.just("result"), st.sampled_from(["total", "grade", "scheme"]), st.sampled_from(["", "87", "良", "hubei", "优"])),
    st.tuples(st.just("facts"), st.sampled_from(["carried", "three_actual", "three_budget"]), st.sampled_from(["", "0", "1.5", "x"])),
)  # fmt: skip


def filled(cells: list[tuple[str, str, str]]) -> Filing:
    return with_cells(BEGUN, *cells)


@given(st.lists(TYPED, max_size=12))
def test_what_was_printed_and_read_is_printed_and_read_the_same_again(cells) -> None:
    """Reading a printed form once says all there is to say: a second time nothing changes, and no score differs from the first."""
    filing = filled(cells)
    read = settled(DEPARTMENT, shown(DEPARTMENT, filing))
    assert settled(DEPARTMENT, shown(DEPARTMENT, read)) == read
    assert settled(DEPARTMENT, read) == read
    one, two = of(filing), of(read)
    assert [i.score for i in one.scored.items] == [i.score for i in two.scored.items]
    assert (one.scored.total, one.scored.grade) == (two.scored.total, two.scored.grade)


@given(st.lists(TYPED, max_size=12))
def test_showing_twice_is_showing_once(cells) -> None:
    once = shown(DEPARTMENT, filled(cells))
    assert shown(DEPARTMENT, once) == once
