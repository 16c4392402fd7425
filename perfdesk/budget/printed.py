"""Budget tables as an imported file prints them: texts by row and column, before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """``key``: the code, ``total``, or the line's id. ``cells``: column → text as printed (a line's label stands under its line
    column); empty cells are not in it."""

    key: str
    cells: Mapping[str, str] = field(default_factory=dict[str, str])


Printed = Mapping[str, tuple[PrintedRow, ...]]
"""Table id → its rows in printed order; a table that the file does not have is not in it, one that it prints empty has no rows."""
