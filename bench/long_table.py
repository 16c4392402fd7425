"""One table of 10 000 indicators to each format: what doubling the rows costs."""

from __future__ import annotations

from time import perf_counter

from bench import content
from bench.measured import Row
from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.formats.write import FileFormat, write_bytes

ROWS = 10_000
NAMES: dict[FileFormat, str] = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}


def rows(rounds: int = 3) -> list[Row]:
    documents = {count: _document(count) for count in (ROWS, ROWS // 2)}
    found: list[Row] = []
    for format, name in NAMES.items():
        best = {
            count: min(_seconds(made, format) for _ in range(rounds)) for count, made in documents.items()
        }
        work = f"{ROWS} 项指标的一张表写成 {name}，行数加倍"
        found.append(Row(work, best[ROWS], "s", 2.2, f"{ROWS // 2} 项", best[ROWS // 2]))
    return found


def _document(count: int) -> Document:
    filing = content.long(count)
    return compose(content.catalog().form(filing.form), filing).document


def _seconds(document: Document, format: FileFormat) -> float:
    start = perf_counter()
    write_bytes(document, format)
    return perf_counter() - start
