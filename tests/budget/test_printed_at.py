"""Where an amount that was typed once is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.printed_at import printed_at
from perfdesk.model.finding import Place
from perfdesk.model.ledger import Budget, Column
from tests.budget.ledgers import LEDGER, SPENDING, SUMMARY, filing, row

OWN = "一般公共预算支出表"
GENERAL = replace(
    SPENDING,
    id=OWN,
    columns=(
        *SPENDING.columns[:3],
        Column("basic", "基本支出", "money", facts=("basic.general",)),
        Column("project", "项目支出", "money", facts=("project.general",)),
    ),
)
ROWS = (
    row("a", code="2120109", **{"basic.general": "1"}),
    row("b", code="2120199", **{"project.other": "2"}),
)
BUDGETED = Budgeted.of(Budget((LEDGER,), (SUMMARY, SPENDING, GENERAL)), filing(ROWS), "万元")


@pytest.mark.parametrize(
    ("code", "column", "places"),
    [
        ("2120109", "basic.general", {"支出总表!2120109": "basic", f"{OWN}!2120109": "basic"}),
        ("2120199", "project.other", {"支出总表!2120199": "project"}),
        ("212", "name", {"支出总表!212": "name", f"{OWN}!212": "name"}),
        ("212", "total", {"支出总表!212": "total", f"{OWN}!212": "total"}),
        ("2120109", "basic.fund", {"支出总表!2120109": "basic"}),
        ("2240101", "basic.general", {}),
    ],
)
def test_an_amount_is_printed_in_every_table_of_codes_that_adds_it_up(
    code: str, column: str, places: dict[str, str]
) -> None:
    assert printed_at(BUDGETED, "spending", code, column) == tuple(Place(r, c) for r, c in places.items())


def test_another_ledger_is_printed_elsewhere() -> None:
    assert printed_at(BUDGETED, "economic", "2120109", "basic.general") == ()
