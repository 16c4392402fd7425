"""Sums by code: from scratch and edit by edit, against integers."""

from __future__ import annotations

import random
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.budget.facts import ROOT, Facts
from perfdesk.model.change import Change, InsertRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from tests.budget.ledgers import LEDGER, fen, filing, row

CODES = st.one_of(
    st.sampled_from(
        ("208", "20805", "2080501", "2080505", "212", "21201", "2120101", "2120199", "22102", "2210201", "")
    ),
    st.integers(201, 234).map(str),
    st.integers(20101, 23499).map(str),
    st.integers(2010101, 2349999).map(str),
)
AMOUNTS = st.one_of(
    st.just(""), st.integers(-(10**12), 10**14).map(lambda n: format(Decimal(n).scaleb(-2), "f"))
)
FACTS = ("basic.general", "project.general", "project.fund", "project.other")


@st.composite
def rows(draw: Any, most: int = 30) -> list[Row]:
    made = draw(
        st.lists(
            st.tuples(CODES, st.dictionaries(st.sampled_from(FACTS), AMOUNTS, max_size=3)), max_size=most
        )
    )
    return [
        Row(f"r{n}", "spending", MappingProxyType({"code": code, **cells}))
        for n, (code, cells) in enumerate(made)
    ]


def brute(one: Filing) -> dict[str, dict[str, int]]:
    """Code → fact → sum in 10⁻⁶, straight from the rows: a row counts where no other code begins with its own."""
    codes = {r.get("code") for r in one.rows}
    every = {c[:n] for c in codes for n in (3, 5, len(c)) if n <= len(c)} | codes
    found: dict[str, dict[str, int]] = {"": {}}
    for r in one.rows:
        code = r.get("code")
        if code and any(c != code and c.startswith(code) and len(code) in (3, 5, 7) for c in every):
            continue
        for above in {"", *(code[:n] for n in (3, 5) if n < len(code)), *([code] if code else [])}:
            at = found.setdefault(above, {})
            for fact, amount in fen(r.cells).items():
                at[fact] = at.get(fact, 0) + amount
    return found


def summed(facts: Facts) -> dict[str, dict[str, int]]:
    found = {
        c: {f: int(a.scaleb(6)) for f, a in n.facts.items()} for c, n in facts.nodes.items() if c[:1] != "#"
    }
    return {c: amounts for c, amounts in found.items() if amounts}


@given(rows())
def test_every_code_holds_the_sum_of_the_leaves_below_it(some: list[Row]) -> None:
    one = filing(some)
    assert summed(Facts.of(LEDGER, one, "万元")) == {c: a for c, a in brute(one).items() if a}


@given(rows(15), st.data())
def test_edit_by_edit_gives_what_adding_up_from_scratch_gives(some: list[Row], data: st.DataObject) -> None:
    one = filing(some)
    facts = Facts.of(LEDGER, one, "万元")
    for number in range(data.draw(st.integers(1, 6))):
        change = _change(data.draw, one, f"n{number}")
        one, _ = apply(one, (change,))
        facts = facts.after(one, (change.row.id if isinstance(change, InsertRow) else change.row,))
        assert facts == Facts.of(LEDGER, one, "万元")


def _change(draw: Any, one: Filing, new_id: str) -> Change:
    if not one.rows or draw(st.booleans()):
        cells = {"code": draw(CODES), draw(st.sampled_from(FACTS)): draw(AMOUNTS)}
        return InsertRow(Row(new_id, "spending", MappingProxyType(cells)), None)
    some = draw(st.sampled_from(one.rows))
    match draw(st.sampled_from(("amount", "code", "remove"))):
        case "amount":
            return SetCell(some.id, draw(st.sampled_from(FACTS)), draw(AMOUNTS))
        case "code":
            return SetCell(some.id, "code", draw(CODES))
        case _:
            return RemoveRow(some.id)


def test_missing_parents_appear_and_go_again_with_their_last_code() -> None:
    one = filing([row("a", code="2120109", basic_general="1.00"), row("b", code="208", project_other="2")])
    facts = Facts.of(LEDGER, one, "万元")
    assert facts.codes == ("208", "212", "21201", "2120109")
    after, _ = apply(one, (RemoveRow("a"),))
    assert facts.after(after, ("a",)).codes == ("208",)


def test_an_amount_beside_a_code_with_others_below_it_is_not_counted_and_told() -> None:
    one = filing([row("a", code="21201", basic_general="5"), row("b", code="2120109", basic_general="1")])
    facts = Facts.of(LEDGER, one, "万元")
    assert facts.amount("212", ("basic.general",)) == Decimal(1)
    assert facts.overfull == ("a",)


def test_a_row_without_a_code_counts_in_the_total() -> None:
    one = filing([row("a", basic_general="5"), row("b", code="2120109", basic_general="1")])
    assert Facts.of(LEDGER, one, "万元").amount(ROOT, ("basic.general",)) == Decimal(6)


def test_an_amount_that_cannot_be_read_counts_as_none_and_is_kept_as_such() -> None:
    one = filing([row("a", code="2120109", basic_general="约12")])
    facts = Facts.of(LEDGER, one, "万元")
    assert facts.amount(ROOT, ("basic.general",)) is None
    assert facts.parsed["a"][1]["basic.general"].problem == "mark-in-amount"


def test_amounts_glued_to_another_unit_are_converted() -> None:
    one = filing([row("a", code="2120109", basic_general="1200元")])
    assert Facts.of(LEDGER, one, "万元").amount("212", ("basic.general",)) == Decimal("0.12")


@pytest.mark.parametrize("seed", [1, 2])
def test_five_thousand_codes_edited_at_random_add_up_to_the_cent(seed: int) -> None:
    chance = random.Random(seed)
    codes = sorted(
        {
            f"{chance.randint(201, 234)}{chance.randint(1, 30):02d}{chance.randint(1, 20):02d}"
            for _ in range(9000)
        }
    )[:5000]
    cells = [{"code": c, chance.choice(FACTS): f"{chance.randint(0, 10**8) / 100:.2f}"} for c in codes]
    one = filing([Row(f"r{n}", "spending", MappingProxyType(c)) for n, c in enumerate(cells)])
    facts = Facts.of(LEDGER, one, "万元")
    for number in range(120):
        row_id = chance.choice(one.rows).id
        change: Change = SetCell(row_id, chance.choice(FACTS), f"{chance.randint(0, 10**8) / 100:.2f}")
        if number % 10 == 3:
            change = RemoveRow(row_id)
        elif number % 10 == 6:
            change = SetCell(row_id, "code", f"{chance.randint(201, 234)}{chance.randint(1, 30):02d}77")
        one, _ = apply(one, (change,))
        facts = facts.after(one, (row_id,))
    assert facts == Facts.of(LEDGER, one, "万元")
    assert summed(facts)[""] == brute_total(one)


def brute_total(one: Filing) -> dict[str, int]:
    """All codes have seven digits: the total is the sum of every row."""
    found: dict[str, int] = {}
    for r in one.rows:
        for fact, amount in fen(r.cells).items():
            found[fact] = found.get(fact, 0) + amount
    return found
