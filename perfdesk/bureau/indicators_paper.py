"""Gathered indicators as a document's tables: put together, and unit by unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfdesk.bureau.gathered import Gathered, How, is_of
from perfdesk.bureau.indicators import YUAN
from perfdesk.bureau.whole import plain
from perfdesk.document.blocks import Block, Heading, Page, PageBreak, Paragraph
from perfdesk.document.listing import Line, Styled, listing
from perfdesk.model.bureau import UnitIndicator
from perfdesk.values import one_line

HOW: dict[How, str] = {"weighted": "按金额加权", "plain": "平均", "added": "相加"}
HEAD = ("一级指标", "二级指标", "三级指标", "合并方法", "表数", "指标值", "完成值", "不是数的")
WIDTHS = (28.0, 30.0, 60.0, 26.0, 14.0, 34.0, 34.0, 18.0)
UNIT_HEAD = ("三级指标", "单位", "指标值", "完成值", "预算总额（元）")
UNIT_WIDTHS = (70.0, 70.0, 40.0, 30.0, 36.0)


def indicator_blocks(
    title: str, of: str, page: Page, indicators: Sequence[Gathered], of_units: Sequence[UnitIndicator]
) -> Iterator[Block]:
    """``title``: of the form; ``of``: of whom, and of which year; ``of_units``: each unit's own, none where they are too many."""
    yield PageBreak()
    yield Heading(f"{title}　指标汇总", 2, "table_title")
    yield Paragraph(of, "table_line")
    lines = [_line(one) for one in indicators]
    yield listing(page, HEAD, lines, WIDTHS, ("三级指标", "一级指标", "二级指标"), name="指标汇总")
    yield Paragraph("比率按各单位的金额加权平均，绝对数相加；各单位的方向不一致时不合并指标值。", "note")
    if of_units:
        yield PageBreak()
        yield Heading(f"{title}　指标分单位", 2, "table_title")
        yield Paragraph(of, "table_line")
        rows = list(_of_units(indicators, of_units))
        yield listing(page, UNIT_HEAD, rows, UNIT_WIDTHS, UNIT_HEAD[:2], UNIT_HEAD[4:], "指标分单位")


def _line(one: Gathered) -> Line:
    words = Decimal(one.words) if one.words else ""
    how = HOW[one.target.how] if one.target else "文字"
    values = (one.target_text, one.actual_text)
    return [one.level1, one.level2, one.names[0], how, Decimal(one.papers), *values, words]


def _of_units(indicators: Sequence[Gathered], of_units: Sequence[UnitIndicator]) -> Iterator[Line]:
    """In the order of the indicators, the units of each in the tree's order."""
    by_name: dict[str, list[UnitIndicator]] = {}
    for unit in of_units:
        by_name.setdefault(one_line(unit.indicator.level3), []).append(unit)
    for one in indicators:
        for unit in by_name.get(one_line(one.level3), ()):
            if is_of(unit.indicator, one):
                money = "" if unit.weight is None else Decimal(plain(unit.weight, YUAN))
                texts = (one.level3, unit.unit_name, unit.indicator.target, unit.indicator.actual)
                yield [*texts, Styled(money, "amount")]
