"""What typing in a ledger or a printed table means, as steps on the filing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.edits import add_code, change_code, read_code, rename, row_before, set_amount
from perfdesk.model.change import Step, apply
from perfdesk.model.filing import Filing
from perfdesk.model.ledger import Budget
from tests.budget.ledgers import LEDGER, SPENDING, SUMMARY, filing, row
from tests.making import counter

NAMES = {"2120109": "住宅建设", "2120199": "其他支出", "21201": "城乡社区管理事务", "212": "城乡社区支出"}
NAMED = replace(LEDGER, names=NAMES)
BUDGET = Budget((NAMED,), (SPENDING, SUMMARY))


def budgeted(one: Filing) -> Budgeted:
    return Budgeted.of(BUDGET, one, "万元")


def typed(one: Filing, table: str, key: str, column: str, text: str) -> Step | None:
    return set_amount(one, budgeted(one), table, key, column, text, counter("n"))


def after(one: Filing, step: Step | None) -> Filing:
    assert step is not None
    return apply(one, step.changes)[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2120109", ("2120109", "")),
        ("21201 09", ("2120109", "")),
        ("２１２０１０９", ("2120109", "")),
        ("2120109 住宅建设", ("2120109", "")),
        ("2120109 保障房建设", ("2120109", "保障房建设")),
        ("住宅建设", ("2120109", "")),
        ("没有的科目", ("", "没有的科目")),
        ("9990101", ("9990101", "")),
    ],
)
def test_a_code_or_a_name_says_which_code_is_meant(text: str, meant: tuple[str, str]) -> None:
    assert read_code(text, NAMES) == meant


def test_a_new_code_comes_to_its_place_among_the_rows() -> None:
    one = filing([row("a", code="208"), row("b", code="2120199"), row("c", name="没有编码")])
    step, new = add_code(one, NAMED, "2120109", "", counter("n"))
    assert [r.id for r in after(one, step).rows] == ["a", new, "b", "c"]
    assert step.label == "增加 2120109 住宅建设"
    assert row_before(one, NAMED, "101") is None
    assert row_before(one, NAMED, "") == "c"


def test_an_amount_in_a_table_changes_the_one_fact_behind_it() -> None:
    one = filing([row("a", code="2120109", basic_general="1")])
    step = typed(one, "支出总表", "2120109", "project", "12.5")
    done = after(one, step)
    assert dict(done.rows[0].cells) == {
        "code": "2120109",
        "basic.general": "1",
        "project.general": "12.5",
    }
    assert step and step.label == "修改 支出总表 2120109 项目支出"
    assert budgeted(done).view("收支总表").cell("e2", "expenditure_amount").computed == Decimal("13.5")


def test_what_a_cell_shows_already_is_no_step_and_what_is_a_sum_cannot_be_typed() -> None:
    one = filing([row("a", code="2120109", basic_general="1"), row("b", code="2120199", basic_general="2")])
    assert typed(one, "支出总表", "2120109", "basic", "1") is None
    assert typed(one, "支出总表", "2120109", "total", "9") is None
    assert typed(one, "支出总表", "212", "basic", "9") is None
    assert typed(one, "支出总表", "total", "basic", "9") is None


def test_typing_over_a_printed_number_settles_it() -> None:
    one = filing(
        [
            row("a", code="2120109", basic_general="1"),
            row("d", "支出总表", row_="2120109", basic="3", total="7"),
        ]
    )
    done = after(one, typed(one, "支出总表", "2120109", "basic", "2"))
    view = budgeted(done).view("支出总表")
    assert (view.cell("2120109", "basic").text, view.cell("2120109", "total").text) == ("2", "7")


def test_a_summary_line_of_one_code_without_a_row_gets_one() -> None:
    one = filing([row("a", code="2120109", basic_general="1")])
    cell = budgeted(one).view("收支总表").cell("e1", "expenditure_amount")
    assert cell.fact == ("208", "basic.general")
    done = after(one, typed(one, "收支总表", "e1", "expenditure_amount", "5"))
    assert dict(done.rows[0].cells) == {"code": "208", "basic.general": "5"}


def test_a_code_that_is_changed_keeps_its_amounts_and_loses_the_old_standard_name() -> None:
    one = filing([row("a", code="2120109", name="住宅建设", basic_general="1")])
    done = after(one, change_code(one, NAMED, "a", "2120199"))
    assert (done.rows[0].get("code"), done.rows[0].get("name")) == ("2120199", "")
    assert done.rows[0].get("basic.general") == "1"
    own = filing([row("a", code="2120109", name="自己的名称")])
    assert after(own, change_code(own, NAMED, "a", "2120199")).rows[0].get("name") == "自己的名称"
    assert change_code(one, NAMED, "a", "2120109") is None


def test_a_parent_is_given_a_row_to_hold_its_own_name_and_the_standard_name_is_none() -> None:
    one = filing([row("a", code="2120109", basic_general="1")])
    done = after(one, rename(one, NAMED, "212", None, "自己的名称", counter("n")))
    assert budgeted(done).view("支出总表").row("212").name == "自己的名称"
    assert budgeted(done).view("支出总表").cell("212", "total").computed == Decimal(1)
    new = next(r.id for r in done.rows if r.get("code") == "212")
    back = after(done, rename(done, NAMED, "212", new, "城乡社区支出", counter("m")))
    assert budgeted(back).view("支出总表").row("212").name == "城乡社区支出"
    assert rename(one, NAMED, "212", None, "城乡社区支出", counter("n")) is None
