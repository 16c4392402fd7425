"""What the check says of a budget: relations of printed numbers, and the ledger's own cells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.ledger_files import budget_sections
from perfdesk.model.change import Step, apply
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.finding import Finding, Place
from perfdesk.model.ledger import Agreement
from tests.budget.forms import BUDGET, FORM
from tests.budget.ledgers import LEDGER, SPENDING, row

ROWS = (
    row("a", code="2080501", basic_general="24.78"),
    row("b", code="2120109", basic_general="1069.15"),
    row("c", code="2120199", project_general="1768.61", project_other="1550.98"),
)


def made(*rows: Row) -> Filing:
    return empty_filing(FORM, 2022, (Row("basic", "basic", {"unit_name": "某局"}), *ROWS, *rows))


def printed(row_id: str, table: str, key: str, **cells: str) -> Row:
    return Row(row_id, table, {"row": key, **cells})


def found(filing: Filing) -> list[tuple[str, str]]:
    return [(f.code, f.where) for f in check(FORM, filing) if f.code.startswith("budget")]


def test_computed_tables_have_no_findings() -> None:
    assert found(made()) == []


def test_a_printed_leaf_that_is_not_the_sum_of_its_columns_is_told_once_for_every_level_it_breaks() -> None:
    one = made(printed("p", "支出总表", "2120199", total="3313.52"))
    assert found(one) == [
        ("budget-children", "tables/支出总表/21201/total"),
        ("budget-columns", "tables/支出总表/2120199/total"),
    ]


def test_parents_printed_with_the_same_mistake_are_broken_in_their_rows() -> None:
    one = made(
        printed("p", "支出总表", "2120199", total="3313.52"),
        printed("q", "支出总表", "21201", total="4382.67"),
        printed("r", "支出总表", "212", total="4382.67"),
    )
    assert found(one) == [
        ("budget-children", "tables/支出总表/total/total"),
        ("budget-columns", "tables/支出总表/212/total"),
        ("budget-tables", "tables/支出总表/212/total"),
        ("budget-columns", "tables/支出总表/21201/total"),
        ("budget-columns", "tables/支出总表/2120199/total"),
    ]
    across = next(f for f in check(FORM, one) if f.code == "budget-tables")
    assert (
        "4,382.67" in across.message and "4,388.74" in across.message and "二、城乡社区支出" in across.message
    )


def test_a_column_broken_by_a_cell_below_the_total_is_told_at_that_cell_alone() -> None:
    one = made(printed("p", "支出总表", "21201", project="9999.00"))
    assert ("budget-columns", "tables/支出总表/21201/total") not in found(one)
    assert ("budget-children", "tables/支出总表/21201/project") in found(one)


def test_agreements_hold_whatever_is_printed() -> None:
    one = made(printed("p", "支出总表", "total", total="1.00"))
    assert ("budget-tables", "tables/支出总表/total/total") in found(one)


def test_taking_the_computed_number_settles_the_cell() -> None:
    one = made(printed("p", "支出总表", "2120199", total="3313.52"))
    assert found(apply(one, _fix(one, "budget-columns", 0).changes)[0]) == []


def test_taking_the_printed_number_changes_the_money_of_the_units_own() -> None:
    one = made(printed("p", "支出总表", "2120199", total="3313.52"))
    after, _ = apply(one, _fix(one, "budget-columns", 1).changes)
    assert after.row("c").get("project.other") == "1544.91"  # type: ignore[union-attr]
    assert found(after) == []
    budgeted = derive(FORM, after).budget
    assert budgeted and budgeted.view("支出总表").cell("2120199", "total").computed == Decimal("3313.52")


def _fix(filing: Filing, code: str, number: int) -> Step:
    return next(f for f in check(FORM, filing) if f.code == code).fixes[number]


def test_a_printed_number_that_keeps_every_relation_is_a_warning() -> None:
    one = made(printed("p", "支出总表", "208", basic="24.78元"))
    assert _at(one, "budget-printed").where == "tables/支出总表/208/basic"


def _at(filing: Filing, code: str) -> Finding:
    return next(f for f in check(FORM, filing) if f.code == code)


def test_cells_of_the_ledger_are_looked_at() -> None:
    word = made(row("x", code="2210201", basic_general="约12"))
    assert _at(word, "budget-amount").place == Place("x", "basic.general")
    glued = made(row("x", code="2120110", basic_general="3万元"))
    assert _at(glued, "budget-amount").fixes[0].changes[0].text == "3"  # type: ignore[union-attr]
    assert _at(made(row("x", code="2120110", basic_general="-3")), "budget-negative").severity == "warning"
    assert _at(made(row("x", basic_general="3")), "budget-code").severity == "error"
    assert _at(made(row("x", code="2120199", basic_general="3")), "budget-code-twice").severity == "warning"


def test_an_amount_on_a_parent_can_be_cleared() -> None:
    one = made(row("x", code="21201", basic_general="3"))
    after, _ = apply(one, _at(one, "budget-overfull").fixes[0].changes)
    assert found(after) == []


def test_money_of_a_class_that_the_summary_does_not_list_is_an_error() -> None:
    assert _at(made(row("x", code="2990101", basic_general="3")), "budget-class").severity == "error"


def test_the_total_of_an_empty_table_is_called_by_its_printed_name() -> None:
    rows = printed("p", "收支总表", "expenditure", expenditure_amount="5")
    empty = empty_filing(FORM, 2022, (Row("basic", "basic", {"unit_name": "某局"}), rows))
    one = next(f for f in check(FORM, empty) if f.where == "tables/支出总表/total/total")
    assert one.title.startswith("支出总表 合计：")


def test_a_ledger_that_nobody_has_begun_is_something_left_to_do_not_a_mistake() -> None:
    other = replace(LEDGER, id="economic", label="经济分类")
    basic = replace(SPENDING, id="基本支出表", ledger="economic")
    both = replace(
        BUDGET,
        ledgers=(LEDGER, other),
        tables=(SPENDING, basic),
        agreements=(Agreement("basic", "基本支出表/total/basic", "支出总表/total/basic"),),
    )
    form = replace(FORM, sections=(FORM.sections[0], *budget_sections(both)), budget=both)

    def severities(*more: Row) -> list[str]:
        filing = empty_filing(form, 2022, (Row("basic", "basic", {"unit_name": "某局"}), *ROWS, *more))
        return [f.severity for f in check(form, filing) if f.code == "budget-tables"]

    assert severities() == ["warning"]
    assert severities(row("e", "economic", code="30101", basic_general="1")) == ["error"]
