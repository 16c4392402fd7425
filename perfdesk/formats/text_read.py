"""Reading plain text: tabs (or, in .csv, commas) part cells, a run of such lines is a table, other lines are paragraphs."""

from __future__ import annotations

import csv
import io
import re

from perfdesk.document.grid import Cell, grid
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.errors import InputRefused
from perfdesk.values import clean_text

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


def read_text(path: str, data: bytes) -> Source:
    """The file as paragraphs and tables, in order. Texts of scans come this way, so the columns are taken as doubtful."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    text = decode(data, name)
    commas = name.lower().endswith(".csv") and "\t" not in text
    rows = list(csv.reader(io.StringIO(text))) if commas else [line.split("\t") for line in text.split("\n")]
    items: list[SourceText | SourceTable] = []
    run: list[list[str]] = []
    start = 0
    for number, row in enumerate([*rows, [""]], 1):
        cells = [clean_text(c) for c in row]
        if len(cells) > 1:
            start = start if run else number
            run.append(cells)
            continue
        if run:
            items += _table(run, start)
            run = []
        if cells and cells[0] and not _RULE.fullmatch(cells[0]):
            items.append(SourceText(_unmarked(cells[0]), f"第 {number} 行"))
    return Source(path, "text", tuple(items))


def _unmarked(line: str) -> str:
    """A paragraph without the marks that text converters put before headings."""
    return re.sub(r"^#{1,6}\s+", "", line)


def _table(rows: list[list[str]], start: int) -> list[SourceTable]:
    """The run as one table; lines that only rule (``--⇥---``) part columns for some converters and hold no text."""
    kept = [r for r in rows if not (any("--" in c for c in r) and all(_RULE.fullmatch(c) for c in r if c))]
    if not any(any(r) for r in kept):
        return []
    width = max(len(r) for r in kept)
    cells = [Cell(n, c, text) for n, row in enumerate(kept) for c, text in enumerate(row)]
    return [SourceTable(grid([0.0] * width, len(kept), cells), f"第 {start} 行起的表", scanned=True)]
