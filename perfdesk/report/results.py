"""The results of a self-evaluation in sentences: what was reached, what lost points, how the total moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.model.filing import Filing, leaves
from perfdesk.model.form import Form
from perfdesk.model.scheme import Scheme
from perfdesk.naming import label_key
from perfdesk.report.companions import YearTotal
from perfdesk.score import Item


def lost(evaluated: Evaluated) -> tuple[str, ...]:
    """Names of the indicators that did not get all their points."""
    items = evaluated.scored.items
    return tuple(i.name for i in items if i.row is not None and (i.score is None or i.score < i.weight))


def parts_of(
    scheme: Scheme, form: Form, filing: Filing, evaluated: Evaluated
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """The indicators of each part that the evaluation was scored by; of the report's ``scheme`` those below the level-1 heading of each
    part that the evaluation has none of that name for."""
    own = [level.label for level in evaluated.scored.levels]
    for label in own:
        yield label, tuple(i for i in evaluated.scored.items if i.part == label and i.row is not None)
    headings = {leaf.row.id: label_key(leaf.path[0]) for leaf in leaves(filing, form.tree.id)}
    for part in (p for p in scheme.parts if p.level1 and p.label not in own):
        key = label_key(part.level1)
        yield part.label, tuple(i for i in evaluated.scored.items if i.row and headings.get(i.row) == key)


def results_of(filing: Filing, evaluated: Evaluated, items: Sequence[Item]) -> str:
    """A line for each of the indicators."""
    return "\n".join(_said(filing, evaluated, item) for item in items)


def _said(filing: Filing, evaluated: Evaluated, item: Item) -> str:
    row = filing.row(item.row) if item.row else None
    actual = item.actual.strip() or evaluated.cells.get((item.row or "", "actual"), "")
    points = "未评分" if item.score is None else f"得 {shown_points(item.score)} 分"
    reason = " ".join(row.get("deviation").split()) if row else ""
    why = f"偏差原因：{reason}{'' if reason.endswith('。') else '。'}" if reason else ""
    return (
        f"{item.name}：指标值 {item.target.strip() or '未填'}，完成 {actual or '未填'}，"
        f"权重 {shown_points(item.weight)} 分，{points}。{why}"
    )


def change_of(earlier: Sequence[YearTotal], total: Decimal | None) -> str:
    """How the total differs from that of the newest earlier year; empty where there is none."""
    if not earlier or total is None:
        return ""
    last = earlier[-1]
    by = total - last.total
    if by == 0:
        return f"与{last.year}年度持平。"
    return f"比{last.year}年度{'提高' if by > 0 else '降低'} {shown_points(abs(by))} 分。"
