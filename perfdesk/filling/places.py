"""The places of a blank: which item a mark stands for, and where a text of the form's own stands."""

from __future__ import annotations

from collections.abc import Iterable

from perfdesk.filling.blank import Blank, Item, Slot
from perfdesk.filling.marks import Room, marks_in
from perfdesk.model.filing import Filing
from perfdesk.values import clean_text, one_line


class Places:
    def __init__(self, blank: Blank) -> None:
        self.blank = blank
        self.years = tuple(s for s in blank.slots if s.room and s.room.year)
        self._rows: dict[int, list[Item]] = {}
        for item in blank.items:
            self._rows.setdefault(item.row, []).append(item)

    def text(self, item: int) -> str:
        return self.blank.items[item].text

    def where(self, item: int) -> str:
        return self.blank.items[item].where

    def room_of(self, filing: Filing) -> int:
        """How many marks the filing holds."""
        return sum(len(marks_in(text)) for row in filing.rows for text in row.cells.values())

    def slot(self, text: str) -> Slot | None:
        """The place that a text which was read is the mark of; None where it is a text of the blank's own."""
        numbers = [n for n in marks_in(text) if n < len(self.blank.slots)]
        return self.blank.slots[numbers[0]] if numbers else None

    def in_rooms(self, values: Iterable[tuple[int, str]]) -> list[tuple[Room, str]]:
        found = ((self.blank.slots[number].room, text) for number, text in values)
        return [(room, text) for room, text in found if room is not None]

    def row_of(self, beside: Iterable[str]) -> int:
        """The row in which these texts stand together: the row of a mark among them, else the only one that holds them all; -1: none."""
        texts = [t for t in beside if t]
        for text in texts:
            if (slot := self.slot(text)) and self.blank.items[slot.item].row >= 0:
                return self.blank.items[slot.item].row
        rows = [
            n
            for n, items in self._rows.items()
            if n >= 0 and texts and all(self._holding(t, items) for t in texts)
        ]
        return rows[0] if len(rows) == 1 else -1

    def printed_item(self, text: str, beside: Iterable[str]) -> int | None:
        """The item that holds this text of the blank's own: in the row of ``beside``, else the only one in the blank."""
        row = self.row_of(beside)
        found = self._holding(text, self._rows[row] if row >= 0 else self.blank.items)
        return found[0] if len(found) == 1 else None

    def item_in(self, text: str, row: int) -> int | None:
        """The item of the row that is marked or holds this text."""
        slot = self.slot(text)
        if slot is not None:
            return slot.item if self.blank.items[slot.item].row == row else None
        found = self._holding(text, self._rows.get(row, ()))
        return found[0] if text and found else None

    def _holding(self, text: str, items: Iterable[Item]) -> list[int]:
        wanted = one_line(clean_text(text))
        return [i.id for i in items if wanted and one_line(clean_text(i.text)) == wanted]
