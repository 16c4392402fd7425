"""Numbers as shades: where in a table of units most lies, seen at a glance."""

from __future__ import annotations

from collections.abc import Sequence

SHADES = 5


def shades(values: Sequence[int | None]) -> tuple[int, ...]:
    """For each value 1 … ``SHADES`` by its rank among the different values above zero, the largest being the darkest; equal values are
    equally dark. 0: nothing, zero or less. By rank, for one large unit would leave all others white."""
    different = sorted({v for v in values if v is not None and v > 0})
    shade = {v: -(-(n * SHADES) // len(different)) for n, v in enumerate(different, 1)}
    return tuple(0 if v is None else shade.get(v, 0) for v in values)
