"""Tables that are no tables: a column of single cells drawn to hold other tables in place, as pages from the web are laid out.

Their content is read as if the frame were not there; the text of an inner table would otherwise be one cell's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.formats.budget import Budget
from perfdesk.formats.docx_table import TableRows
from perfdesk.formats.docx_text import Words, blocks, cells, own_rows, paragraph_text
from perfdesk.formats.ooxml import child, short

if TYPE_CHECKING:
    from perfdesk.formats.ooxml import Element

Part = str | TableRows
"""A paragraph's text, or a table."""


class Frame:
    """Takes the rows of a table beside ``TableRows`` and tells at the end whether it was only a frame."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._parts: list[Part] | None = []

    def add(self, row: Element) -> None:
        if self._parts is None:
            return
        inside = framed(row, self._budget)
        if inside is None:
            self._parts = None
        else:
            self._parts += inside

    def parts(self) -> list[Part] | None:
        """What it holds; None where it is a table of its own right."""
        holds_table = any(isinstance(part, TableRows) for part in self._parts or ())
        return self._parts if holds_table else None


def framed(row: Element, budget: Budget) -> list[Part] | None:
    """Paragraphs and tables of a row that is one single cell; None for any other row."""
    inside = list(cells(row))
    if len(inside) != 1:
        return None
    found: list[Part] = []
    for block in blocks(inside[0]):
        found += [paragraph_text(block, Words())] if short(block.tag) == "w:p" else _parts(block, budget)
    return found


def _parts(table: Element, budget: Budget) -> list[Part]:
    frame, rows = Frame(budget), TableRows(budget)
    if (columns := child(table, "w:tblGrid")) is not None:
        rows.columns(columns)
    for row in own_rows(table):
        frame.add(row)
        rows.add(row, Words())
    inside = frame.parts()
    return [rows] if inside is None else inside
