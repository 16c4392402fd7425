"""The findings as a document for the file: form, place, finding, explanation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perfdesk.check import check
from perfdesk.document.blocks import Document, Heading, Paragraph, Table
from perfdesk.findings_paper import Reviewed, compose_findings, place_words
from perfdesk.formats.child import read_file
from perfdesk.formats.write import write
from perfdesk.model.change import SetCell
from tests.rules import filings as f


def reviewed(*names: tuple[str, str]) -> Reviewed:
    """The honest filing with the targets of these indicators changed."""
    filing = f.honest()
    for name, target in names:
        filing = f.change(filing, SetCell(f.leaf_id(filing, name), "target", target))
    return Reviewed(f.form(), filing, check(f.form(), filing))


def cells(document: Document) -> list[list[str]]:
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    rows: dict[int, list[str]] = {}
    for cell in table.grid.cells:
        rows.setdefault(cell.row, []).append(str(cell.value))
    return [rows[n] for n in sorted(rows)]


def test_each_finding_is_a_row_with_its_place_in_words() -> None:
    document = compose_findings([reviewed(("游客满意度", "≤100%"), ("养护公园数量", "≥"))])
    rows = cells(document)
    assert rows[0] == ["序号", "轻重", "位置", "问题", "说明"]
    assert [(r[1], r[2]) for r in rows[1:]] == [
        ("错误", "绩效指标 “养护公园数量” 指标值"),
        ("提醒", "绩效指标 “游客满意度” 指标值"),
    ]
    assert rows[1][3].startswith("只有符号没有数值：") and rows[1][3].endswith("（财预〔2015〕88号）")


def test_what_was_settled_stands_with_its_explanation_and_is_counted_apart() -> None:
    one = reviewed(("游客满意度", "≤100%"))
    settled = replace(one, waiting=(), settled=((one.waiting[0], "上级规定的写法"),))
    document = compose_findings([settled])
    assert cells(document)[1][4] == "上级规定的写法"
    told = next(b.text for b in document.blocks if isinstance(b, Paragraph) and "共" in b.text)
    assert told == "共 1 张表：错误 0 处，提醒 0 处，提示 0 处；已写明说明 1 处。"


def test_forms_without_findings_are_named_and_have_no_table() -> None:
    document = compose_findings([reviewed()])
    assert not [b for b in document.blocks if isinstance(b, Table)]
    assert any(isinstance(b, Paragraph) and b.text.startswith("没有发现问题：") for b in document.blocks)
    assert [b.text for b in document.blocks if isinstance(b, Heading)] == ["绩效填报审核结果"]


def test_a_finding_of_the_whole_section_is_placed_by_its_name() -> None:
    one = reviewed()
    filing = f.change(one.filing, SetCell("budget", "total", "1"))
    (finding,) = check(f.form(), filing)
    assert place_words(f.form(), filing, finding).startswith("预算")


def test_it_is_written_in_every_format(tmp_path: Path) -> None:
    document = compose_findings([reviewed(("养护公园数量", "≥"))])
    for ending in ("docx", "xlsx", "pdf"):
        path = tmp_path / f"审核结果.{ending}"
        write(document, path)
        assert path.stat().st_size > 1000
    assert any(
        "只有符号没有数值" in c.text for t in read_file(tmp_path / "审核结果.docx").tables for c in t.cells
    )
