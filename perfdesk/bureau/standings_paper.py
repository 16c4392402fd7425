"""Standings as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfdesk.bureau.standings import Standing, Standings
from perfdesk.document.blocks import Block, Document, Heading, Page, PageBreak, Paragraph
from perfdesk.document.listing import Line, listing

HEAD = ("名次", "单位", "名称", "总分", "等级", "表上总分")
WIDTHS = (16.0, 70.0, 80.0, 24.0, 20.0, 24.0)
OF = {"department": "部门（单位）整体自评", "project": "项目自评"}


def standings_document(of: str, year: int, found: Sequence[Standings]) -> Document:
    """Each ranking on a sheet of its own. ``of``: whose units they are."""
    title = f"{of}{year}年度自评得分排名"
    page = Page().turned()
    blocks: list[Block] = [Heading(title)]
    for number, one in enumerate(found):
        if number:
            blocks.append(PageBreak())
        blocks += standings_blocks(one, page)
        if one.missing:
            blocks.append(Paragraph(f"没有报送：{'、'.join(node.name for node in one.missing)}。", "note"))
    return Document(page, tuple(blocks), title)


def standings_blocks(found: Standings, page: Page) -> Iterator[Block]:
    told = "，".join(f"{grade} {count} 份" for grade, count in found.grades.items())
    missing = f"未报 {len(found.missing)} 家" if found.missing else ""
    yield Heading(f"{OF[found.scope]}得分排名", 2, "table_title")
    yield Paragraph("；".join(part for part in (told, missing) if part), "table_line")
    yield listing(page, HEAD, [_line(one) for one in found.rows], WIDTHS, ("名称", "单位"), name="得分排名")


def _line(one: Standing) -> Line:
    place = "" if one.place is None else Decimal(one.place)
    name = one.paper.name or one.paper.title
    return [place, one.unit_name, name, one.total, one.grade or "未评完", one.printed]
