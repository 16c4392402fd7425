"""Lines of ``apply`` for a budget: rows of a ledger by their code, cells of a printed table by the amount they show."""

from __future__ import annotations

from typing import Any

import pytest

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import apply
from perfdesk.model.filing import Filing
from perfdesk.step_lines import step_from_json
from tests.budget.forms import FORM
from tests.budget.test_rules import made, printed
from tests.making import counter

DEVIATION = "tables/支出总表/2120199/total"


def after(filing: Filing, data: Any) -> Filing:
    return apply(filing, step_from_json(FORM, filing, data, counter("n")).changes)[0]


def cell(filing: Filing, row: str, column: str) -> str:
    found = filing.row(row)
    assert found is not None
    return found.get(column)


def test_a_fact_is_named_by_its_code() -> None:
    assert (
        cell(after(made(), {"set": "spending/2120199/project.other", "to": "1"}), "c", "project.other") == "1"
    )


def test_a_code_is_inserted_at_its_place() -> None:
    one = after(made(), {"insert": "spending", "values": {"code": "2101101", "basic.general": "74"}})
    assert [r.get("code") for r in one.section("spending")] == ["2080501", "2101101", "2120109", "2120199"]


def test_a_cell_of_a_table_sets_the_one_amount_that_it_shows() -> None:
    assert (
        cell(after(made(), {"set": "tables/支出总表/2120109/basic", "to": "1000"}), "b", "basic.general")
        == "1000"
    )
    same = after(made(), {"set": "tables/支出总表/2120109/basic", "to": "1069.15"})
    assert cell(same, "b", "basic.general") == "1069.15"


@pytest.mark.parametrize("to", ["3319.59", "3,319.590", ""])
def test_the_computed_number_at_a_printed_one_lets_it_stand(to: str) -> None:
    one = after(made(printed("p", "支出总表", "2120199", total="3313.52")), {"set": DEVIATION, "to": to})
    assert one.row("p") is None
    assert cell(one, "c", "project.other") == "1550.98"


def test_the_printed_number_makes_the_fact_behind_it_so() -> None:
    filing = made(printed("p", "支出总表", "2120199", total="3313.52"))
    one = after(filing, {"set": DEVIATION, "to": "3313.52"})
    assert one.row("p") is None
    assert cell(one, "c", "project.other") == "1544.91"


def test_a_third_number_is_refused_and_so_is_any_where_nothing_is_printed() -> None:
    for filing in (made(printed("p", "支出总表", "2120199", total="3313.52")), made()):
        with pytest.raises(ChangeRefused, match="不能直接填写"):
            after(filing, {"set": DEVIATION, "to": "3000"})


def test_a_row_is_removed_by_its_code() -> None:
    assert [r.id for r in after(made(), {"remove": "spending/2120109"}).section("spending")] == ["a", "c"]


@pytest.mark.parametrize(
    "where",
    [
        "tables/支出总表/212/total",
        "tables/支出总表/2120199/project",
        "tables/没有/212/total",
        "tables/支出总表/212/colour",
        "tables/支出总表/999/total",
        "tables/收支总表/收入总计/income_amount",
        "tables/收支总表/收入总计/expenditure_amount",
    ],
)
def test_what_is_computed_or_not_there_is_refused_in_words(where: str) -> None:
    with pytest.raises(ChangeRefused) as caught:
        after(made(), {"set": where, "to": "1"})
    assert caught.value.message.endswith("。")
