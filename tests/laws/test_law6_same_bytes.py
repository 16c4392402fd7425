"""Law 6: the same document gives the same bytes, whenever and in whatever process it is written."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from perfdesk.document.blocks import Document
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import FORMATS, FileFormat, write_bytes
from tests.formats.written import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]
WRITE_ALL = """
import datetime, hashlib, os, time

ahead, now, local = float(os.environ["AHEAD"]), time.time, time.localtime
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(now() + ahead, tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(now() + ahead)
datetime.datetime = Later
time.time = lambda: now() + ahead
time.localtime = lambda seconds=None: local(now() + ahead if seconds is None else seconds)
assert Later.now().year != local(now()).tm_year or not ahead

from decimal import Decimal
from perfdesk.document.blocks import Bar, Chart, Contents, Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.grid import Cell, Term, grid
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import FORMATS, write_bytes

of, number = (Term(0, 2),), Decimal("1234.50")
cells = [Cell(0, 0, "合计", style="head"), Cell(0, 1, number, format="amount", style="amount", total_of=of), Cell(0, 2, number)]
chart = Chart(("2022年",), (Bar("合计", (number,)),), "收入")
table = Table(grid((50, 50, 50), 1, cells, 1))
blocks = (
    Contents(), PageBreak(Page(297, 210, first_number=1)), chart, Heading("表"), Paragraph("万元", "unit_line"), table,
    Paragraph("注：𝑥".replace("𝑥", "镕"), "note"),
)
for name in FORMATS:
    data = write_bytes(Document(Page(), blocks, "表", True), name, Fonts.shipped())
    print(name, hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25)
@given(document=DOCUMENTS)
def test_written_twice_the_bytes_are_the_same(name: FileFormat, document: Document) -> None:
    first, second = (hashlib.sha256(write_bytes(document, name, Fonts.shipped())).digest() for _ in range(2))
    assert first == second


def test_neither_process_nor_clock_nor_zone_nor_user_shows_in_the_bytes() -> None:
    runs = [
        _run(PYTHONHASHSEED="1", AHEAD="0", TZ="Asia/Shanghai", USER="甲", LANG="zh_CN.UTF-8"),
        _run(PYTHONHASHSEED="2", AHEAD="40000000", TZ="America/New_York", USER="b", LANG="C"),
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) == len(FORMATS)


def _run(**environment: str) -> str:
    inherited = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "SYSTEMROOT")}
    done = subprocess.run(
        [sys.executable, "-c", WRITE_ALL],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
