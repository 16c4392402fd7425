"""Documents to write, for the tests of the writers: a form in our layout by hand, and any document at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from perfdesk.document.blocks import (
    Bar,
    Block,
    Chart,
    Contents,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Table,
)
from perfdesk.document.charts import values_table
from perfdesk.document.grid import Cell, Grid, Term, Value, covered, grid
from perfdesk.document.theme import STYLES
from perfdesk.values import parse_amount

COLUMNS = (25.0, 35.0, 50.0, 35.0, 25.0)
WITH_NOTES = (22.0, 26.0, 36.0, 22.0, 64.0)
BUDGET_LABELS = {"total": "部门预算总额", "fiscal": "财政性资金", "special_account": "财政专户管理资金", "unit_funds": "单位资金",
                 "other": "其他资金", "basic": "基本支出", "project": "项目支出"}  # fmt: skip


class Rows:
    """Cells collected row by row."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.height = 0

    def add(self, *cells: tuple[int, Value, int, str]) -> None:
        for col, value, colspan, style in cells:
            kind = "amount" if style == "amount" else "text"
            self.cells.append(Cell(self.height, col, value, 1, colspan, kind, style))
        self.height += 1

    def beside(self, first: int, col: int, label: str, style: str = "label") -> None:
        """A label over all rows from ``first`` to here."""
        self.cells.append(Cell(first, col, label, self.height - first, 1, "text", style))


def overall_target(data: dict[str, Any]) -> Document:
    """The whole paper of an overall target from what a careful person read off it."""
    unit, sections = str(data["amount_unit"]), data["sections"]
    upper = Table(_upper(sections, unit), name="整体绩效目标")
    lower = Table(_indicators(sections["indicators"]), attached=True, name="绩效指标")
    blocks = (
        Paragraph("附件3", "annex"), Heading(data["title"]), Paragraph(f"（{data['year']}年度）", "year"),
        Paragraph(f"单位：{unit}", "unit_line"), upper, lower, Paragraph("注：本表一式三份。", "note"),
    )  # fmt: skip
    return Document(Page(), blocks, data["title"])


def _upper(sections: dict[str, Any], unit: str) -> Grid:
    rows = Rows()
    rows.add((0, "部门（单位）名称", 1, "label"), (1, sections["basic"]["unit_name"], 4, "body"))
    rows.add((0, "年度履职目标", 1, "label"), (1, sections["basic"]["goal"], 4, "body"))
    first = rows.height
    rows.add((1, "任务名称", 1, "head"), (2, "主要内容", 3, "head"))
    for task in sections["tasks"]:
        rows.add((1, task["name"], 1, "body"), (2, task["content"], 3, "body"))
    rows.beside(first, 0, "年度主要任务")
    first = rows.height
    for key, raw in sections["budget"].items():
        value = parse_amount(raw, unit).value
        rows.add((1, BUDGET_LABELS[key], 2, "label_left"), (3, raw if value is None else value, 2, "amount"))
    rows.beside(first, 0, "预算情况")
    return grid(COLUMNS, rows.height, rows.cells)


def _indicators(indicators: Sequence[dict[str, str]]) -> Grid:
    last = "unit" if "unit" in indicators[0] else "note"
    heads = ("一级指标", "二级指标", "三级指标", "指标值", "度量单位" if last == "unit" else "指标值说明")
    cells = [Cell(0, col, text, style="head") for col, text in enumerate(heads)]
    for col, depth in ((0, ("level1",)), (1, ("level1", "level2"))):
        for first, end in _runs([tuple(i[k] for k in depth) for i in indicators]):
            cells.append(Cell(first + 1, col, indicators[first][depth[-1]], end - first, style="level"))
    for row, indicator in enumerate(indicators, 1):
        cells.append(Cell(row, 2, indicator["level3"]))
        cells.append(Cell(row, 3, indicator["target"], style="value"))
        cells.append(Cell(row, 4, indicator[last], style="value" if last == "unit" else "body"))
    return grid(COLUMNS if last == "unit" else WITH_NOTES, len(indicators) + 1, cells, 1)


def _runs(keys: Sequence[object]) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(keys) + 1):
        if at == len(keys) or keys[at] != keys[first]:
            yield first, at
            first = at


def published(forms: Path, name: str) -> Document:
    return overall_target(json.loads((forms / "expected" / f"{name}.json").read_text(encoding="utf-8")))


def table(*rows: Sequence[Value], widths: Sequence[float] = (), style: str = "body") -> Table:
    """A plain table of these values; Decimals are amounts."""
    cells = [
        Cell(r, c, value, format="amount" if isinstance(value, Decimal) else "text", style=style)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
    ]
    return Table(grid(widths or [170 / len(rows[0])] * len(rows[0]), len(rows), cells))


def paper(*blocks: Block, draft: bool = False, title: str = "表") -> Document:
    return Document(Page(), blocks, title, draft)


def texts_of(document: Document) -> list[str]:
    """Every text of the document, in no particular order."""
    found: list[str] = []
    for block in document.blocks:
        match block:
            case Table():
                found += [cell.text for cell in block.grid.cells if cell.text]
            case Chart():
                found += [cell.text for cell in values_table(block).grid.cells if cell.text]
            case Contents():
                found += [block.title, *(heading.text for _, heading in document.listed(block.levels))]
            case Heading() | Paragraph():
                found.append(block.text)
            case PageBreak():
                pass
    return found


def whole_set(projects: int, rows: int = 14) -> Document:
    """A year's set as it is published: cover, contents, two parts, a wide table on its side, running text, a table for each project."""
    body = Page(first_number=1)
    blocks: list[Block] = [
        Paragraph("某某市某某管理服务中心\n2022年部门预算", "cover_title"),
        Paragraph("某某市某某管理服务中心", "cover_unit"),
        Paragraph("2022年1月", "cover_date"),
        PageBreak(), Contents(), PageBreak(body),
        Heading("第一部分 部门预算公开表", 1, "part"),
        Heading("部门预算收入总表", 2, "caption"), Paragraph("单位：万元", "unit_line"),
        Table(ledger(20, 8), name="收入总表"), PageBreak(body.turned()),
        Heading("部门预算支出总表", 2, "caption"), Paragraph("单位：万元", "unit_line"),
        Table(ledger(60, 12, 257), name="支出总表"), PageBreak(Page()),
        Heading("第二部分 预算项目绩效目标", 1, "part"),
        Heading("一、总体绩效目标", 2, "heading1"), Paragraph("围绕中心任务，完成预算执行率≥95%等各项指标。" * 30),
    ]  # fmt: skip
    for number in range(1, projects + 1):
        blocks += [PageBreak(), Heading(f"{number}、第{number}号设施维修改造经费绩效目标表", 2, "caption")]
        heads = ["二级指标", "三级指标", "指标值", "依据"]
        texts = [
            [f"{number}之{row}", "维修改造设施数量", "≥12个", "年度工作计划" * (row % 3 + 1)]
            for row in range(rows)
        ]
        blocks.append(Table(table(heads, *texts, widths=(25, 55, 30, 60)).grid, name=f"项目{number}"))
    return Document(Page(numbered=False), tuple(blocks), "2022年部门预算")


def ledger(rows: int, columns: int, width: float = 170) -> Grid:
    """Codes, names and amounts by column; the first row below the header is the sum of the others."""
    narrow = (14.0, 40.0)
    cells = [Cell(0, 0, "科目编码", style="head_small"), Cell(0, 1, "科目名称", style="head_small")]
    cells += [Cell(0, col, f"第{col - 1}列", style="head_small") for col in range(2, columns)]
    cells.append(Cell(1, 1, "合计", style="name1_small"))
    for row in range(2, rows + 2):
        cells.append(Cell(row, 0, str(2010000 + row), style="code_small"))
        cells.append(Cell(row, 1, f"第{row}项支出", style=f"name{row % 3 + 1}_small"))
    for col in range(2, columns):
        amounts = [Decimal(row * col * 137) / 100 for row in range(2, rows + 2)]
        terms = tuple(Term(row, col) for row in range(2, rows + 2))
        cells.append(
            Cell(1, col, sum(amounts, Decimal(0)), format="amount", style="amount_small", total_of=terms)
        )
        cells += [
            Cell(row, col, a, format="amount", style="amount_small") for row, a in enumerate(amounts, 2)
        ]
    rest = (width - sum(narrow)) / (columns - 2)
    return grid((*narrow, *(rest for _ in range(2, columns))), rows + 2, cells, 1)


# --- any document ----------------------------------------------------------------------------------------------------

WORDS = st.text("预算绩效目标完成率，。（）“”≥95%ABCxyz =+-@<>&\"'\n\t年月、/", max_size=40)
AMOUNTS = st.decimals(min_value=-(10**10), max_value=10**10, allow_nan=False, allow_infinity=False, places=2)
CELL_STYLES = st.sampled_from(["body", "label", "label_left", "head", "level", "value", "amount"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    widths = draw(st.lists(st.sampled_from([15.0, 25.0, 40.0]), min_size=1, max_size=4))
    height = draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(height):
        for col in range(len(widths)):
            value = draw(st.one_of(WORDS, AMOUNTS))
            cell = Cell(row, col, value, draw(st.integers(1, min(3, height - row))), draw(st.integers(1, min(2, len(widths) - col))),
                        "amount" if isinstance(value, Decimal) else "text", draw(CELL_STYLES))  # fmt: skip
            if not taken & set(covered(cell)):
                taken.update(covered(cell))
                cells.append(cell)
    return Table(
        grid(widths, height, cells, draw(st.integers(0, 1))),
        draw(st.booleans()),
        draw(st.sampled_from(["", "表/一", "表二"])),
    )


CHARTS = st.builds(
    lambda series, bars, name, kind: Chart(
        tuple(series), tuple(Bar(label, values[: len(series)]) for label, values in bars), name, kind
    ),
    st.lists(WORDS, min_size=1, max_size=2),
    st.lists(st.tuples(WORDS, st.tuples(AMOUNTS | st.none(), AMOUNTS | st.none())), max_size=4),
    WORDS,
    st.sampled_from(["bars", "line"]),
)
PAGES = st.sampled_from([None, Page(), Page(297, 210), Page(numbered=False), Page(first_number=7)])
BLOCKS = st.one_of(
    tables(),
    st.builds(Paragraph, WORDS, st.sampled_from(sorted(STYLES))),
    st.builds(Heading, WORDS, st.integers(1, 3)),
    st.builds(PageBreak, PAGES),
    st.builds(Contents, WORDS, st.integers(1, 3)),
    CHARTS,
)
DOCUMENTS = st.builds(
    Document,
    st.sampled_from([Page(), Page(297, 210), Page(numbered=False)]),
    st.lists(BLOCKS, max_size=6).map(tuple),
    WORDS.map(lambda t: t.replace("\t", " ")),
    st.booleans(),
)
