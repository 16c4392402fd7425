"""What part of a sum a unit is."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.bureau.proportions import proportions


def test_parts_are_percent_of_the_whole_rounded_half_up() -> None:
    assert proportions([1, 1, None, 6]) == (Decimal("12.5"), Decimal("12.5"), None, Decimal("75.0"))
    assert proportions([1, 2]) == (Decimal("33.3"), Decimal("66.7"))
    assert proportions([1, 1999]) == (Decimal("0.1"), Decimal("100.0"))


def test_what_is_no_part_of_a_whole_has_no_percentage() -> None:
    assert proportions([5, -2]) == (None, None)
    assert proportions([0, 0]) == (None, None)
    assert proportions([]) == () and proportions([None]) == (None,)
