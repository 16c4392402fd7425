"""Which blocks of a document stand together on a sheet, and how the sheet is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from perfdesk.document.blocks import (
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Table,
)
from perfdesk.document.charts import values_table
from perfdesk.document.measure import fitted

LONGEST_NAME = 31

Numbered = tuple[int, Block]
"""A block with its number in the document."""


@dataclass(slots=True)
class Sheet:
    """What stands on one sheet, and the columns (mm) that its tables share; empty: no table yet."""

    page: Page
    name: str = ""
    widths: tuple[float, ...] = ()
    blocks: list[Numbered] = field(default_factory=list[Numbered])

    @property
    def tables(self) -> list[Table]:
        return [b for _, b in self.blocks if isinstance(b, Table)]


def sheets(document: Document) -> list[Sheet]:
    """At least one, each with a name of its own."""
    found = [
        sheet
        for page, blocks in _leaves(document)
        for sheet in _by_columns(page, blocks)
    ] or [Sheet(document.page)]  # fmt: skip
    taken: set[str] = set()
    for sheet in found:
        sheet.name = _name(sheet, document, taken)
    return found


def _leaves(document: Document) -> list[tuple[Page, list[Numbered]]]:
    """The blocks between page breaks, contents for themselves. Headings alone on their page go with what follows."""
    leaves: list[tuple[Page, list[Numbered]]] = []
    for stretch in document.stretches():
        leaves.append((stretch.page, []))
        for number, block in enumerate(stretch.blocks, stretch.first):
            if isinstance(block, PageBreak | Contents):
                leaves.append((stretch.page, []))
            if isinstance(block, Contents):
                leaves[-1][1].append((number, block))
                leaves.append((stretch.page, []))
            elif not isinstance(block, PageBreak):
                leaves[-1][1].append((number, values_table(block) if isinstance(block, Chart) else block))
    return _with_headings([leaf for leaf in leaves if leaf[1]])


def _with_headings(leaves: list[tuple[Page, list[Numbered]]]) -> list[tuple[Page, list[Numbered]]]:
    joined: list[tuple[Page, list[Numbered]]] = []
    waiting: list[Numbered] = []
    for number, (page, blocks) in enumerate(leaves):
        only_headings = all(isinstance(b, Heading) for _, b in blocks)
        if only_headings and number + 1 < len(leaves):
            waiting += blocks
        else:
            joined.append((page, [*waiting, *blocks]))
            waiting = []
    return joined


def _by_columns(page: Page, blocks: list[Numbered]) -> list[Sheet]:
    """A table of other columns or another name begins a sheet, with the headings and paragraphs before it."""
    found = [Sheet(page)]
    waiting: list[Numbered] = []
    for number, block in blocks:
        waiting.append((number, block))
        if isinstance(block, Table):
            widths = fitted(block.grid, page.inner_width).widths
            if found[-1].widths and not _goes_on(found[-1], block, widths):
                found.append(Sheet(page))
            found[-1].widths = widths
            found[-1].blocks += waiting
            waiting = []
    found[-1].blocks += waiting
    return found


def _goes_on(sheet: Sheet, table: Table, widths: tuple[float, ...]) -> bool:
    named = table.name in ("", sheet.tables[0].name) or table.attached
    return named and same_columns(sheet.widths, widths)


def same_columns(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    return len(first) == len(second) and all(abs(a - b) < 0.05 for a, b in zip(first, second, strict=True))


def _name(sheet: Sheet, document: Document, taken: set[str]) -> str:
    """From contents' title, the first table's name, the sheet's heading or the document's title: at most 31 characters, unique, none
    of those that Excel forbids."""
    wished = [b.title for _, b in sheet.blocks if isinstance(b, Contents)]
    wished += [table.name for table in sheet.tables]
    wished += [b.text for _, b in sheet.blocks if isinstance(b, Heading)]
    wanted = next((t for t in (*wished, document.title) if t.strip()), "")
    base = _cut(re.sub(r"[\[\]:*?/\\\s]+", " ", wanted).strip("' "), LONGEST_NAME).strip("' ") or "表"
    if base.lower() == "history":
        base += "_"
    name, number = base, 2
    while name.lower() in taken:
        ending = f"（{number}）"
        name, number = _cut(base, LONGEST_NAME - len(ending)) + ending, number + 1
    taken.add(name.lower())
    return name


def _cut(text: str, most: int) -> str:
    """Excel counts as UTF-16 does: a character beyond U+FFFF is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
