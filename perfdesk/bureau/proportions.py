"""How much of a sum one unit is: for a bar, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


def proportions(values: Sequence[int | None]) -> tuple[Decimal | None, ...]:
    """Each value in percent of all of them, rounded half-up to one decimal. None where there is no number, where some are negative (they
    are no parts of a whole then), and where all of them are 0."""
    given = [v for v in values if v is not None]
    whole = sum(given)
    if not whole or min(given) < 0:
        return (None,) * len(values)
    return tuple(
        None if v is None else (Decimal(v) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP) for v in values
    )
