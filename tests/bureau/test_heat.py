"""Shades tell where most lies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.bureau.heat import SHADES, shades
from perfdesk.document.theme import HEAT


def test_one_large_unit_does_not_leave_the_others_white() -> None:
    assert shades([1, 2, 3, 4, 1_000_000]) == (1, 2, 3, 4, 5)


def test_nothing_and_less_than_nothing_have_no_shade() -> None:
    assert shades([None, 0, -5, 7, 7]) == (0, 0, 0, 5, 5)
    assert shades([]) == ()


@given(st.lists(st.one_of(st.none(), st.integers(-10, 1000))))
def test_more_is_never_lighter_and_equal_is_equally_dark(values: list[int | None]) -> None:
    found = dict(zip(values, shades(values), strict=True))
    numbers = sorted(v for v in found if v is not None)
    assert [found[v] for v in numbers] == sorted(found[v] for v in numbers)
    assert all(0 <= shade <= SHADES for shade in found.values())
    assert not [v for v in numbers if v > 0] or found[numbers[-1]] == SHADES


def test_there_is_a_colour_for_every_shade() -> None:
    assert len(HEAT) == SHADES + 1
