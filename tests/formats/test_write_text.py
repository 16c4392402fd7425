"""Plain text: tabs part cells, a line is a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.document.blocks import Heading, PageBreak, Paragraph, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.errors import ExportRefused
from perfdesk.formats.write import format_of, write, write_bytes
from tests.formats.written import paper, table


def test_rows_are_lines_and_blank_lines_part_the_blocks() -> None:
    spans = Table(
        grid((10, 10, 10), 2, [Cell(0, 0, "预算", 2), Cell(0, 1, "合计", 1, 2), Cell(1, 2, "9")]),
        attached=True,
    )
    document = paper(
        Paragraph("附件3"),
        Heading("表", 1),
        table(["甲", "乙"], ["", "丙"]),
        spans,
        PageBreak(),
        Paragraph("注"),
    )
    expected = "附件3\n\n# 表\n\n甲\t乙\n\t丙\n\n预算\t合计\t\n\t\t9\n\n注\n"
    assert write_bytes(document, "text").decode() == expected


def test_breaks_and_tabs_in_a_cell_become_blanks_so_that_rows_stay_rows() -> None:
    assert write_bytes(paper(table(["一\n二", "三\t四"])), "text").decode() == "一 二\t三 四\n"


def test_a_draft_says_so() -> None:
    assert write_bytes(paper(Paragraph("甲"), draft=True), "text").decode().startswith("（草稿）\n")


def test_the_ending_of_the_name_decides_the_format(tmp_path: Path) -> None:
    assert format_of(Path("表.DOCX")) == "docx"
    write(paper(Paragraph("甲")), tmp_path / "甲.txt")
    assert (tmp_path / "甲.txt").read_text("utf-8") == "甲\n"


def test_an_unknown_ending_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ExportRefused, match=r"\.docx、\.xlsx、\.pdf、\.txt"):
        format_of(Path("表.doc"))
