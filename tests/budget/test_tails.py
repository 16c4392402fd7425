"""What is missing between a rounded total and its rounded parts is known, whole and by column."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.tails import Tail, tails
from perfdesk.model.filing import Row, empty_filing
from tests.budget.forms import BUDGET, FORM


def budgeted(*rows: tuple[str, str, str]) -> Budgeted:
    cells = [{"code": c, "basic.general": basic, "project.general": project} for c, basic, project in rows]
    made = tuple(Row(f"r{n}", "spending", MappingProxyType(one)) for n, one in enumerate(cells))
    return Budgeted.of(BUDGET, empty_filing(FORM, 2023, made), "元")


def test_a_total_that_its_shown_parts_miss_is_known_down_and_across() -> None:
    view = budgeted(("2010101", "140", "140"), ("2050101", "140", "")).view("支出总表")
    assert set(tails(view, "元", "万元")) == {
        Tail("total", "basic", Decimal("0.01")),  # 280 is 0.03, and 140 twice 0.01
        Tail("201", "total", Decimal("0.01")),
    }


def test_whole_hundreds_and_the_kept_unit_leave_nothing() -> None:
    view = budgeted(("2010101", "100", "300"), ("2050101", "12300", "")).view("支出总表")
    assert tails(view, "元", "万元") == ()
    view = budgeted(("2010101", "140.01", "0.02"), ("2050101", "140", "")).view("支出总表")
    assert tails(view, "元", "元") == ()
