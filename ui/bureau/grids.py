"""What the sums' views show, as rows of texts: which cell stands where, and what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfdesk.bureau.proportions import proportions
from perfdesk.bureau.whole import shown
from perfdesk.model.bureau import Share, UnitIndicator
from ui.bureau.grid import Grid, Row
from ui.messages import bureau_sums as words

if TYPE_CHECKING:
    from perfdesk.bureau.consolidated import SumTable
    from perfdesk.bureau.differences import Differences
    from perfdesk.bureau.gathered import Gathered
    from perfdesk.bureau.standings import Standings
    from perfdesk.bureau.summary import Heat
    from perfdesk.bureau.traced import Traced

NARROW, AMOUNT, NAME = 90, 130, 240


def of_table(table: SumTable) -> Grid:
    """As on paper; rows in which nobody has anything are left out."""
    lead = 2 if table.coded else 1
    rows: list[Row] = []
    for row in table.rows:
        cells = [row.cells.get(column) for column, _ in table.columns]
        if all(cell is None or (cell.value is None and not cell.unread) for cell in cells):
            continue
        texts = [words.cell(cell.text, cell.unread) if cell else "" for cell in cells]
        to = [None] * lead + [cell.at if cell and (cell.papers or cell.unread) else None for cell in cells]
        head = [row.code, row.name] if table.coded else [row.name]
        rows.append(Row([*head, *texts], None, row.level <= 1 and table.coded, max(row.level - 1, 0), to))
    heads = [*([words.CODE] if table.coded else []), words.NAME, *(label for _, label in table.columns)]
    widths = [*([NARROW] if table.coded else []), NAME, *([AMOUNT] * len(table.columns))]
    return Grid(heads, rows, frozenset(range(lead, len(heads))), lead - 1, widths)


def of_indicators(found: Sequence[Gathered]) -> Grid:
    rows = [
        Row(
            (
                one.level1,
                one.level2,
                one.names[0],
                str(one.papers),
                one.target_text,
                one.actual_text,
                words.HOW[one.target.how] if one.target else words.IN_WORDS,
            ),
            one,
        )
        for one in found
    ]
    return Grid(words.INDICATOR_HEADS, rows, frozenset((3, 4, 5)), 2, (110, 130, NAME, 60, 120, 120, 110))


def of_unit_indicators(units: Sequence[UnitIndicator]) -> Grid:
    rows = [
        Row((u.unit_name, words.wanted(u.indicator.target, u.indicator.actual)), (u.unit, u.paper))
        for u in units
    ]
    return Grid((words.UNIT, words.TARGET_ACTUAL), rows, frozenset((1,)), 0, (110, 150))


def of_standings(found: Standings) -> Grid:
    rows = [
        Row(
            (
                str(one.place or ""),
                one.unit_name,
                one.paper.name or one.paper.title,
                one.total,
                one.grade or words.UNFINISHED,
                one.printed,
            ),
            (one.unit, one.paper.number),
            quiet=one.place is None,
        )
        for one in found.rows
    ]
    rows += [
        Row(("", node.name, words.NOT_HANDED_IN, "", "", ""), (node.key, 0), quiet=True)
        for node in found.missing
    ]
    return Grid(words.STANDING_HEADS, rows, frozenset((0, 3, 5)), 1, (60, NAME, NAME, 80, 90, 100))


def of_differences(found: Differences) -> Grid:
    rows = [
        Row(
            (d.table, d.row, d.column, d.own.text, d.below.text, d.by_text),
            d.at,
        )
        for d in found.cells
    ]
    return Grid(
        words.DIFFERENCE_HEADS, rows, frozenset((3, 4, 5)), 1, (150, 200, 120, AMOUNT, AMOUNT, AMOUNT)
    )


def of_heat(found: Heat, unit: str) -> Grid:
    """``unit``: of the amounts."""
    rows = [
        Row(
            (row.name, *("" if v is None else shown(v, unit) for v in row.values)),
            (row.unit, 0),
            shades=(0, *row.shades),
        )
        for row in found.rows
    ]
    totals = ["" if v is None else shown(v, unit) for v in found.totals]
    at = [None, *(at for at, _ in found.columns)]
    rows.insert(0, Row((words.TOGETHER, *totals), None, bold=True, cells=at))
    heads = (words.UNIT, *(label for _, label in found.columns))
    return Grid(heads, rows, frozenset(range(1, len(heads))), 0, (NAME, *([AMOUNT] * len(found.columns))))


def of_shares(traced: Traced) -> Grid:
    """The units behind a total, the largest first; then those that have something there that is no number."""
    parts = proportions([share.value for share in traced.shares])
    largest = max((part for part in parts if part), default=None)
    rows = [
        Row(
            (share.unit_name, _value(share, traced.cell.unit), words.percent(part)),
            (share.unit, share.paper),
            bar=None if part is None or largest is None else float(part / largest),
            quiet=share.value is None,
        )
        for share, part in zip(traced.shares, parts, strict=True)
    ]
    return Grid((words.UNIT, words.AMOUNT, words.PART), rows, frozenset((1, 2)), 0, (90, 116, 84))


def _value(share: Share, unit: str) -> str:
    """A number, or what stands there instead."""
    return words.instead(share.text) if share.value is None else shown(share.value, unit)
