"""A comparison as a document: a list of what differs, or of everything."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.compare.lines import Comparison, Kind, Line
from perfdesk.document.blocks import Document, Heading, Page, Paragraph, Table
from perfdesk.document.grid import Cell, Grid, Value, grid

TITLE = "比较结果"
HEADS = ("部分", "内容", "差别", "增减")
WIDTHS = (34.0, 58.0, 62.0, 62.0, 18.0, 23.0)
KINDS: dict[Kind, str] = {"same": "相同", "changed": "不同", "left": "仅左", "right": "仅右"}


def comparison_document(comparison: Comparison, title: str, everything: bool = False) -> Document:
    """``title``: whose and which form it is. ``everything``: what is the same, too."""
    lines = comparison.lines if everything else comparison.differences
    said = f"左：{comparison.left}　右：{comparison.right}　金额单位：{comparison.unit}　不同 {len(comparison.differences)} 处"
    page = Page().turned()
    blocks = (
        Heading(f"{title}{TITLE}", 1, "caption"),
        Paragraph(said, "unit_line"),
        Table(_grid(comparison, lines), name=TITLE),
    )
    return Document(page, blocks, f"{title}{TITLE}")


def _grid(comparison: Comparison, lines: tuple[Line, ...]) -> Grid:
    heads = (*HEADS[:2], comparison.left, comparison.right, *HEADS[2:])
    cells = [Cell(0, n, text, style="head") for n, text in enumerate(heads)]
    for row, line in enumerate(lines, 1):
        cells += [
            Cell(row, 0, line.part), Cell(row, 1, line.where), Cell(row, 2, line.left), Cell(row, 3, line.right),
            Cell(row, 4, KINDS[line.kind], style="label"), _more(row, line.more),
        ]  # fmt: skip
    if not lines:
        cells.append(Cell(1, 0, "没有不同。", colspan=len(heads)))
    return grid(WIDTHS, max(len(lines), 1) + 1, cells, header_rows=1)


def _more(row: int, more: Decimal | None) -> Cell:
    value: Value = more if more else ""
    return Cell(row, 5, value, format="amount" if more else "text", style="amount")
