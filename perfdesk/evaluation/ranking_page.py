"""The scores of many self-evaluations as a document: a table of totals, the grades, and the lines that lost most."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfdesk.document.blocks import Block, Document, Heading, Page, PageBreak, Paragraph, Table
from perfdesk.document.listing import Line, listing
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.evaluation.ranking import Ranked, Ranking
from perfdesk.values import round_half_up

TITLE = "绩效自评得分汇总"
PAGE = Page().turned()


def ranking_document(found: Ranking, title: str = TITLE) -> Document:
    """Pages lying on their side; in Excel each table has its sheet. Units and years have a column where there is more than one of them."""
    blocks: list[Block] = [Heading(title), Paragraph(_told(found), "table_line"), _totals(found)]
    blocks += [_grades(found)] if found.counted else []
    if found.worst:
        blocks += [PageBreak(), Heading("得分率最低的指标"), _worst(found)]
    return Document(PAGE, tuple(blocks), title)


def _totals(found: Ranking) -> Table:
    apart = _apart(found.rows)
    printed = any(r.printed for r in found.rows)
    head = ["序号", "名称", *apart, *found.labels, "总分", *(["表上总分"] if printed else []), "等级"]
    lines: list[Line] = []
    for number, row in enumerate(found.rows, 1):
        got = {level.label: _number(level.score) for level in row.scored.levels}
        own = [_place(row, column) for column in apart]
        parts = [got.get(label, "") for label in found.labels]
        total = [_number(row.scored.total), *([row.printed] if printed else [])]
        lines.append([Decimal(number), row.name, *own, *parts, *total, _grade(row)])
    widths = {"序号": 12.0, "名称": 62.0, "单位": 40.0, "年度": 14.0, "等级": 26.0}
    return listing(PAGE, head, lines, [widths.get(h, 22.0) for h in head], ("名称", "单位"), name="得分汇总")


def _apart(rows: Sequence[Ranked]) -> list[str]:
    return [c for c in ("单位", "年度") if len({_place(r, c) for r in rows}) > 1]


def _place(row: Ranked, column: str) -> str:
    return row.filing.unit_name if column == "单位" else str(row.filing.year or "")


def _grade(row: Ranked) -> str:
    return row.scored.grade if row.complete else f"有 {row.scored.open} 项未评"


def _told(found: Ranking) -> str:
    of = "个项目" if found.counted and found.counted[0].scope == "project" else "份自评"
    left = sum(not r.complete for r in found.rows)
    parts = [f"已评完 {len(found.counted)} {of}"]
    if found.average is not None:
        parts.append(f"平均 {shown_points(found.average)} 分")
    if left:
        parts.append(f"还有 {left} 份没有评完，不计入平均分")
    return "，".join(parts) + "。"


def _grades(found: Ranking) -> Table:
    whole = Decimal(len(found.counted))
    lines = [
        [name, Decimal(count), f"{shown_points(round_half_up(count * 100 / whole, 2))}%"]
        for name, count in found.grades.items()
    ]
    return listing(PAGE, ["等级", "个数", "占比"], lines, [26.0, 26.0, 26.0], name="等级")


def _worst(found: Ranking) -> Table:
    head = ["序号", "名称", "指标", "指标值", "实际完成值", "分值", "得分", "得分率", "偏差原因"]
    lines = [
        [
            Decimal(number),
            weak.of.name,
            weak.item.name,
            weak.item.target,
            weak.item.actual,
            _number(weak.item.weight),
            _number(weak.item.score or Decimal(0)),
            f"{shown_points(weak.rate)}%",
            weak.deviation,
        ]
        for number, weak in enumerate(found.worst, 1)
    ]
    widths = [12.0, 45.0, 45.0, 25.0, 25.0, 15.0, 15.0, 20.0, 55.0]
    return listing(PAGE, head, lines, widths, ("名称", "指标", "偏差原因"), name="得分率最低的指标")


def _number(value: Decimal) -> Decimal:
    """Without zeros at its end."""
    return Decimal(shown_points(value))
