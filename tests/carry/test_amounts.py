"""Last year's amounts: kept in their spelling, emptied, or a percentage whose sums hold."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.carry.amounts import EMPTIED, KEPT, Amounts, carried_amounts, scaled
from perfdesk.check import check
from perfdesk.model.change import SetCell
from perfdesk.model.filing import Filing
from tests.rules.filings import change, form, honest

CITY = form()


def with_budget(**cells: str) -> Filing:
    return change(honest(), *(SetCell("budget", c, t) for c, t in cells.items()))


def budget(filing: Filing) -> dict[str, str]:
    row = filing.row("budget")
    assert row is not None
    return {c: t for c, t in row.cells.items() if t}


def test_kept_amounts_keep_their_spelling() -> None:
    last = with_budget(total="１３,034.70")
    assert carried_amounts(CITY, last, KEPT) is last


def test_emptied_amounts_are_empty_and_texts_are_not() -> None:
    after = carried_amounts(CITY, honest(), EMPTIED)
    assert budget(after) == {}
    assert after.cell("basic/goal") == honest().cell("basic/goal")


def test_a_percentage_rounds_half_up_to_the_fen() -> None:
    assert scaled("100.05", "万元", Decimal(90)) == "90.05"  # 90.045
    assert scaled("0.000005", "万元", Decimal(90)) == "0.000005"
    assert scaled("537.3万元", "万元", Decimal(200)) == "1074.6"
    assert scaled("财政性资金", "万元", Decimal(90)) == "财政性资金"


def test_what_rounding_leaves_goes_to_the_largest_part() -> None:
    last = with_budget(total="0.03", fiscal="0.01", other="0.02", basic="0.02", project="0.01")
    after = carried_amounts(CITY, last, Amounts(Decimal(50)))
    # 0.015 → 0.02; 0.005 → 0.01 and 0.01, which add up; 0.01 and 0.005 → 0.01.
    assert budget(after) == {
        "total": "0.02",
        "fiscal": "0.01",
        "other": "0.01",
        "basic": "0.01",
        "project": "0.01",
    }


amounts = st.integers(0, 10**9).map(lambda fen: str(Decimal(fen) / 100))


@given(amounts, amounts, st.integers(1, 300))
def test_sums_that_held_hold_again(one: str, other: str, percent: int) -> None:
    total = str(Decimal(one) + Decimal(other))
    last = with_budget(total=total, fiscal=one, other=other, basic=other, project=one)
    after = carried_amounts(CITY, last, Amounts(Decimal(percent)))
    assert not [f for f in check(CITY, after) if f.code == "unbalanced"]
    assert all(MappingProxyType(budget(after)).values())


def test_a_sum_that_was_wrong_is_not_made_right() -> None:
    last = with_budget(total="100", fiscal="60", basic="50", project="40")
    after = carried_amounts(CITY, last, Amounts(Decimal(110)))
    assert budget(after) == {"total": "110", "fiscal": "66", "basic": "55", "project": "44"}
