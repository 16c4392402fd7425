"""Reading one form: PerfDesk's reader, its child process already up, beside libraries that merely load and walk the same file."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter

from bench import content
from bench.measured import Row, medians
from perfdesk.errors import InputRefused
from perfdesk.formats.read import read_many
from perfdesk.formats.write import write_bytes

MORE = 20
"""So many files more through one child: what each of them costs when the child is up."""


def rows(rounds: int = 5) -> list[Row]:
    document = content.document()
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for format, peer, walk in (("docx", "python-docx", _walk_docx), ("xlsx", "openpyxl", _walk_xlsx)):
            data = write_bytes(document, format)
            path = Path(name) / f"form.{format}"
            path.write_bytes(data)
            theirs = medians(rounds, {peer: lambda w=walk, d=data: w(d)})[peer]
            ours = _each(path, rounds)
            found.append(Row(f"读入一张 {format} 表", ours * 1000, "ms", 1.0, peer, theirs * 1000))
    return found


def _each(path: Path, rounds: int) -> float:
    """Seconds a file takes once the child is there: the shortest of the rounds, as starting the child varies."""
    times: list[float] = []
    for _ in range(rounds):
        one, many = _through_child([path]), _through_child([path] * (1 + MORE))
        times.append((many - one) / MORE)
    return sorted(times)[len(times) // 2]


def _through_child(paths: list[Path]) -> float:
    start = perf_counter()
    for source in read_many(paths):
        if isinstance(source, InputRefused):
            raise source
    return perf_counter() - start


def _walk_docx(data: bytes) -> int:
    from docx import Document

    return sum(
        len(cell.text) for table in Document(BytesIO(data)).tables for row in table.rows for cell in row.cells
    )


def _walk_xlsx(data: bytes) -> int:
    from openpyxl import load_workbook

    return sum(
        len(str(cell.value or ""))
        for sheet in load_workbook(BytesIO(data)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    )
