"""The order keys: always rising, and as few rows as possible get a new one."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.store.order import GAP, placed

ROWS = st.lists(st.integers(0, 60).map(str), unique=True, max_size=30)
KEYS = st.lists(st.integers(-100, 100), unique=True, min_size=30, max_size=30)


def rising(order: list[str], keys: dict[str, int]) -> bool:
    found = [keys[row] for row in order]
    return found == sorted(set(found)) and len(keys) == len(order)


@given(ROWS, ROWS, KEYS)
def test_keys_rise_in_the_order_of_the_rows_whatever_was_there(
    order: list[str], old: list[str], keys: list[int]
) -> None:
    assert rising(order, placed(order, dict(zip(old, keys, strict=False))))


@given(ROWS, st.data())
def test_an_inserted_row_gets_a_key_and_no_other_row_a_new_one(order: list[str], data: st.DataObject) -> None:
    places = placed(order, {})
    at = data.draw(st.integers(0, len(order)))
    longer = [*order[:at], "new", *order[at:]]
    keys = placed(longer, places)
    assert rising(longer, keys)
    assert {row: keys[row] for row in order} == places


@given(ROWS.filter(lambda rows: len(rows) > 1), st.data())
def test_a_moved_row_is_the_only_one_with_a_new_key(order: list[str], data: st.DataObject) -> None:
    places = placed(order, {})
    moved = data.draw(st.sampled_from(order))
    rest = [row for row in order if row != moved]
    at = data.draw(st.integers(0, len(rest)))
    after = [*rest[:at], moved, *rest[at:]]
    keys = placed(after, places)
    assert rising(after, keys)
    assert sum(keys[row] != places[row] for row in order) <= 1


@given(ROWS, st.data())
def test_removing_rows_changes_no_key(order: list[str], data: st.DataObject) -> None:
    places = placed(order, {})
    left = [row for row in order if data.draw(st.booleans())]
    assert placed(left, places) == {row: places[row] for row in left}


def test_when_the_gap_runs_out_all_get_new_keys_and_there_is_room_again() -> None:
    order, places = ["first", "last"], placed(["first", "last"], {})
    renumbered = 0
    for n in range(100):
        order.insert(1, f"r{n}")
        keys = placed(order, places)
        assert rising(order, keys)
        renumbered += keys["last"] != places["last"]
        places = keys
    assert 1 <= renumbered <= 100 // (GAP.bit_length() - 1) + 1


def test_ten_thousand_rows_shuffled_still_get_rising_keys() -> None:
    order = [str(n) for n in range(10_000)]
    places = placed(order, {})
    random.Random(1).shuffle(order)
    assert rising(order, placed(order, places))
