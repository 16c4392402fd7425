"""What a carried filing still has to say to its author: contents without a place, choices made for him, words to look at.

They are rows of the filing in the section ``carried``, which no form has: so they are kept, undone and written down like everything else,
and stand on no paper. The check tells them (``perfdesk.rules.carried``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from perfdesk.model.filing import Filing, Row

SECTION = "carried"
Kind = Literal["left", "group", "cell", "look"]


@dataclass(frozen=True, slots=True)
class Reminder:
    """``left``: ``text`` stood at ``where`` and has no place. ``group``: the indicator ``row`` was put below one of the headings
    ``options`` (``level 1/level 2``). ``cell``: ``text`` was put into the first of the cells ``options``. ``look``: the word ``text``
    stands in the cell ``row``/``column`` and may be last year's."""

    kind: Kind
    where: str
    text: str
    row: str = ""
    column: str = ""
    options: tuple[str, ...] = ()

    def as_row(self, row_id: str) -> Row:
        cells = {
            "kind": self.kind, "where": self.where, "text": self.text, "row": self.row, "column": self.column,
            "options": "\n".join(self.options),
        }  # fmt: skip
        return Row(row_id, SECTION, MappingProxyType({k: v for k, v in cells.items() if v}))

    @staticmethod
    def of_row(row: Row) -> Reminder:
        options = tuple(o for o in row.get("options").split("\n") if o)
        kind = cast(Kind, row.get("kind"))
        return Reminder(kind, row.get("where"), row.get("text"), row.get("row"), row.get("column"), options)


def reminders(filing: Filing) -> Iterator[tuple[Row, Reminder]]:
    """Each with its row, in order."""
    for row in filing.section(SECTION):
        yield row, Reminder.of_row(row)
