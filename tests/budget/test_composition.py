"""Income by source and expenditure by class, from the summary of a small ledger."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.composition import Side, gathered, leading, sides
from tests.budget.forms import BUDGET
from tests.budget.ledgers import filing, row

D = Decimal


def of(*rows: object) -> tuple[Side, ...]:
    return sides(Budgeted.of(BUDGET, filing(rows), "万元"))  # type: ignore[arg-type]


def test_each_side_has_its_total_and_its_lines_without_their_numbers() -> None:
    income, expenditure = of(
        row("a", code="2080505", basic_general="180.76"),
        row("b", code="2120199", project_general="20", project_other="5.5"),
    )
    assert income == Side(D("206.26"), (("一般公共预算拨款收入", D("200.76")), ("其他收入", D("5.5"))))
    assert expenditure == Side(
        D("206.26"), (("社会保障和就业支出", D("180.76")), ("城乡社区支出", D("25.5")))
    )


def test_an_empty_budget_has_nothing_to_draw() -> None:
    assert [s.parts for s in of()] == [(), ()]
    assert [s.total for s in of()] == [None, None]


def test_a_printed_number_counts_as_long_as_it_is_shown() -> None:
    income, _ = of(
        row("a", code="2080505", basic_general="180.76"),
        row("d", "收支总表", row_="i1", income_amount="190"),
    )
    assert dict(income.parts)["一般公共预算拨款收入"] == D("190")


def test_two_years_have_the_same_colours_and_nothing_is_lost_in_the_rest() -> None:
    now = (("甲", D(5)), ("乙", D(30)), ("丙", D(1)), ("丁", D(2)))
    before = (("戊", D(40)), ("乙", D(10)), ("甲", D(3)))
    names = leading((now, before), 2)
    assert names == ("乙", "甲")
    assert gathered(now, names, "其余") == (("乙", D(30)), ("甲", D(5)), ("其余", D(3)))
    assert gathered(before, names, "其余") == (("乙", D(10)), ("甲", D(3)), ("其余", D(40)))
