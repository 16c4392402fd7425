"""Blocks of cells to and from Excel: tab-separated text, and what of a pasted block goes where."""

from __future__ import annotations

from dataclasses import dataclass

Block = list[list[str]]


def parse_block(text: str) -> Block:
    """Rows of cells as Excel and WPS put them on the clipboard: a cell with line breaks or tabs stands in double quotes."""
    rows: Block = [[]]
    at, text = 0, text.replace("\r\n", "\n").replace("\r", "\n")
    while at <= len(text):
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    while rows and rows[-1] in ([], [""]):
        rows.pop()
    return rows


def parse_lines(text: str) -> Block | None:
    """Rows of cells as a PDF viewer puts them on the clipboard: blanks between the cells. None where the lines have fewer than three
    pieces, are not all alike, or none of their columns holds numbers: then it is text."""
    rows = [line.split() for line in text.splitlines() if line.strip()]
    if len(rows) < 2 or "\t" in text or len({len(row) for row in rows}) != 1 or len(rows[0]) < 3:
        return None
    numbers = any(
        all(any(c.isdigit() for c in cell) for cell in column) for column in zip(*rows, strict=True)
    )
    return rows if numbers else None


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at ``at`` and the place of the mark after it."""
    if at < len(text) and text[at] == '"':
        end, found = at + 1, ""
        while end < len(text):
            if text[end] != '"':
                found += text[end]
            elif text[end : end + 2] == '""':
                found += '"'
                end += 1
            elif end + 1 == len(text) or text[end + 1] in "\t\n":
                return found, end + 1
            else:
                break
            end += 1
    end = at
    while end < len(text) and text[end] not in "\t\n":
        end += 1
    return text[at:end], end


def show_block(block: Block) -> str:
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def _quoted(cell: str) -> str:
    if any(c in cell for c in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@dataclass(frozen=True, slots=True)
class Fitted:
    """A block laid on a grid. ``cells``: (place of the row in the block, grid column, text) in reading order; ``cut_columns``
    that stood beyond the right edge and held something."""

    cells: tuple[tuple[int, int, str], ...]
    rows: int
    cut_columns: int


def fit(block: Block, first: int, columns: int, skip: int | None = None) -> Fitted:
    """The block with its left edge at grid column ``first``; ``skip`` is a grid column that the block does not have."""
    places = [c for c in range(first, columns) if c != skip]
    width = max((len(row) for row in block), default=0)
    over = {n for row in block for n, cell in enumerate(row) if n >= len(places) and cell.strip()}
    cells = tuple(
        (n, places[m], cell) for n, row in enumerate(block) for m, cell in enumerate(row) if m < len(places)
    )
    return Fitted(cells, len(block), min(len(over), width))
