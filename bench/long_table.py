"""One table of 10 000 indicators to each format: what doubling the rows costs."""

from __future__ import annotations

import gc

from bench import content
from bench.measured import Row, medians
from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.formats.write import FileFormat, write_bytes

ROWS = 10_000
NAMES: dict[FileFormat, str] = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}


def rows(rounds: int = 3) -> list[Row]:
    # What earlier measurements left behind would be looked through with every doubling, too.
    gc.collect()
    gc.freeze()
    documents = {count: _document(count) for count in (ROWS, ROWS // 2)}
    found: list[Row] = []
    for format, name in NAMES.items():
        written = {str(n): lambda d=made, f=format: write_bytes(d, f) for n, made in documents.items()}
        time = medians(rounds, written)
        work = f"{ROWS} 项指标的一张表写成 {name}，行数加倍"
        found.append(Row(work, time[str(ROWS)], "s", 2.2, f"{ROWS // 2} 项", time[str(ROWS // 2)]))
    return found


def _document(count: int) -> Document:
    filing = content.long(count)
    return compose(content.catalog().form(filing.form), filing).document
