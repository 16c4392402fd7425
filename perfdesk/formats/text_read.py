"""Reading plain text: tabs (or, in .csv, commas) part cells, a run of such lines is a table, other lines are paragraphs.

Some converters write each cell on a line of its own, begun with a tab, and a blank line after each row: these are rows too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from perfdesk.document.grid import Cell, grid
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget
from perfdesk.values import clean_text, unkept

_RULE = re.compile(r"[-:|\s]+")


def decode(data: bytes, name: str) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8, else GB 18030 (what older office programs save). InputRefused otherwise."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputRefused(
        "not-text", f"“{name}”不是文本文件，或用了不认识的编码。请另存为 UTF-8 编码的文本后再试。"
    )


def read_text(path: str, data: bytes, budget: Budget | None = None) -> Source:
    """The file as paragraphs and tables, in order. Texts of scans come this way, so the columns are taken as doubtful."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    budget = budget or Budget(name)
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    commas = name.lower().endswith(".csv") and "\t" not in text
    rows = list(_comma_rows(text)) if commas else _rows(text.split("\n"))
    items: list[SourceText | SourceTable] = []
    run: list[list[str]] = []
    start = 0
    for number, row in enumerate([*rows, [""]], 1):
        if row is None:
            continue
        _count(row, len(run) + 1, budget)
        cells = [clean_text(c) for c in row]
        if len(cells) > 1:
            start = start if run else number
            run.append(cells)
            continue
        if run:
            items += _table(run, start, budget)
            run = []
        if cells and cells[0] and not _RULE.fullmatch(cells[0]):
            items.append(SourceText(_unmarked(cells[0]), f"第 {number} 行"))
    gone = unkept(text)
    told = (f"文件里有 {gone} 个看不见的控制字符，已去掉",) if gone else ()
    return Source(path, "text", tuple(items), told)


def _comma_rows(text: str) -> Iterator[list[str]]:
    csv.field_size_limit(len(text) + 1)
    return csv.reader(io.StringIO(text))


def _count(row: Sequence[str], rows: int, budget: Budget) -> None:
    """Before any of it is looked at; ``rows``: how many its table has with it."""
    budget.progress()
    budget.rows(rows)
    budget.columns(len(row))
    for text in row:
        budget.cell(text)


def _rows(lines: Sequence[str]) -> list[list[str] | None]:
    """The cells of each line. Where every cell has a line of its own, begun with a tab, a block of such lines is one row: its other
    lines are None, as are the blank lines between two such blocks."""
    rows: list[list[str] | None] = [line.split("\t") for line in lines]
    below = False
    start = 0
    for end in (n for n, line in enumerate([*lines, ""]) if _is_blank(line)):
        first = next((n for n in range(start, end) if lines[n].startswith("\t")), end)
        plain = not any("\t" in line for line in lines[start:first])
        cells = _cells(lines[first:end], 1 if below and first == start else 2) if plain else []
        if cells:
            rows[first:end] = [cells, *[None] * (end - first - 1)]
            if below and first == start:
                rows[_blanks_above(lines, start) : start] = [None] * (start - _blanks_above(lines, start))
        below = bool(cells) or (below and end == start)
        start = end + 1
    return rows


def _cells(block: Sequence[str], least: int) -> list[str]:
    """The cells of a row written one a line; a line without a tab goes on with the cell above. Empty where the block is no such row:
    fewer than ``least`` cells (a lone cell may stand below other rows, where a page cut it off its own)."""
    begun = [line for line in block if "\t" in line]
    if len(begun) < least or any(line.rindex("\t") for line in begun):
        return []
    cells: list[str] = []
    for line in block:
        if line.startswith("\t"):
            cells.append(line[1:])
        else:
            cells[-1] += f"\n{line}"
    return cells if len(cells) > 1 else [*cells, ""]


def _blanks_above(lines: Sequence[str], at: int) -> int:
    while at and _is_blank(lines[at - 1]):
        at -= 1
    return at


def _is_blank(line: str) -> bool:
    """Nothing but blanks; a lone tab is an empty cell."""
    return not line.strip(" \u3000")


def _unmarked(line: str) -> str:
    """A paragraph without the marks that text converters put before headings."""
    return re.sub(r"^#{1,6}\s+", "", line)


def _table(rows: list[list[str]], start: int, budget: Budget) -> list[SourceTable]:
    """The run as one table; lines that only rule (``--⇥---``) part columns for some converters and hold no text."""
    kept = [r for r in rows if not (any("--" in c for c in r) and all(_RULE.fullmatch(c) for c in r if c))]
    if not any(any(r) for r in kept):
        return []
    width = max(len(r) for r in kept)
    budget.places(sum(width - len(r) for r in kept))
    cells = [Cell(n, c, text) for n, row in enumerate(kept) for c, text in enumerate(row)]
    return [SourceTable(grid([0.0] * width, len(kept), cells), f"第 {start} 行起的表", scanned=True)]
