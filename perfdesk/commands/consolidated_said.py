"""How sums, differences and standings are told: as JSON, and as lines for people. Amounts in JSON are exact decimal strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from perfdesk.bureau.consolidated import At, Consolidated, SumCell, SumRow, called
from perfdesk.bureau.differences import Difference, Differences
from perfdesk.bureau.gathered import Gathered
from perfdesk.bureau.standings import Standing, Standings
from perfdesk.bureau.summary import headline
from perfdesk.bureau.traced import Traced, share_names
from perfdesk.bureau.whole import plain, shown
from perfdesk.model.bureau import Share, UnitIndicator

Shares = Mapping[tuple[str, At], Sequence[Share]]
SCOPES = {"department": "整体自评", "project": "项目自评"}


def where(at: At) -> str:
    """As ``--trace`` takes it."""
    return "/".join(part for part in at if part)


# --- sums -------------------------------------------------------------------------------------------------------------


def consolidated_json(found: Consolidated, papers: int) -> dict[str, Any]:
    tables = [
        {
            "id": table.id,
            "title": table.title,
            "columns": [{"id": column, "label": label} for column, label in table.columns],
            "rows": [_row_json(row) for row in table.rows],
        }
        for table in found.tables
    ]
    head = {"form": found.form.id, "title": found.form.title, "amount_unit": found.unit, "papers": papers}
    return head | {"tables": tables}


def _row_json(row: SumRow) -> dict[str, Any]:
    cells = {column: _cell_json(cell) for column, cell in row.cells.items() if cell.papers or cell.unread}
    return {"key": row.key, "code": row.code, "name": row.name, "level": row.level, "cells": cells}


def _cell_json(cell: SumCell) -> dict[str, Any]:
    return {
        "value": cell.plain or None,
        "papers": cell.papers,
        "unread": cell.unread,
        "where": where(cell.at),
    }


def headline_lines(found: Consolidated, papers: int) -> Iterator[str]:
    """The form with its most important sums."""
    yield f"{found.form.title}（{found.form.id}）：{papers} 份"
    for at, label in headline(found):
        yield f"  {label}  {_amount(found.cell(at))}"


def table_lines(found: Consolidated, papers: int) -> Iterator[str]:
    yield f"{found.form.title}（{found.form.id}）：{papers} 份，单位：{found.unit}"
    for table in found.tables:
        yield f"{table.title}"
        labels = dict(table.columns)
        for row in table.rows:
            cells = [
                f"{labels[column]} {_amount(cell)}" if len(labels) > 1 else _amount(cell)
                for column, cell in row.cells.items()
                if cell.papers or cell.unread
            ]
            if cells:
                yield f"  {'  ' * row.level}{called(row)}：{'；'.join(cells)}"


def _amount(cell: SumCell) -> str:
    odd = f"，另有 {cell.unread} 份不是数" if cell.unread else ""
    return f"{cell.text or '—'}（{cell.papers} 份{odd}）"


# --- indicators -------------------------------------------------------------------------------------------------------


def indicators_json(indicators: Sequence[Gathered]) -> list[dict[str, Any]]:
    return [
        {
            "level1": one.level1,
            "level2": one.level2,
            "level3": one.level3,
            "unit": one.measure,
            "papers": one.papers,
            "words": one.words,
            "open": one.open,
            "target": one.target_text or None,
            "actual": one.actual_text or None,
            "how": combined.how if combined else None,
            "unweighed": combined.unweighed if combined else 0,
        }
        for one in indicators
        for combined in (one.target or one.actual,)
    ]


def units_json(one: Gathered, units: Sequence[UnitIndicator]) -> dict[str, Any]:
    (told,) = indicators_json([one])
    listed = [
        {
            "unit": unit.unit,
            "name": unit.unit_name,
            "paper": unit.paper,
            "target": unit.indicator.target,
            "actual": unit.indicator.actual,
            "money": None if unit.weight is None else plain(unit.weight, "元"),
        }
        for unit in units
    ]
    return told | {"units": listed}


def unit_lines(units: Sequence[UnitIndicator]) -> Iterator[str]:
    for unit in units:
        done = f"，完成 {unit.indicator.actual}" if unit.indicator.actual else ""
        money = (
            f"（预算总额 {shown(unit.weight, '元')} 元）" if unit.weight is not None else "（没有预算总额）"
        )
        yield f"    {unit.unit_name}  {unit.indicator.target}{done}{money}"


def indicator_lines(indicators: Sequence[Gathered]) -> Iterator[str]:
    for one in indicators:
        aim = one.target_text or "没有统一的指标值"
        done = f"，完成 {one.actual_text}" if one.actual_text else ""
        name = " · ".join(t for t in (one.level1, one.level2, one.level3) if t)
        yield f"  {name}：{aim}{done}（{'，'.join(_how(one))}）"


def _how(one: Gathered) -> Iterator[str]:
    words = {"weighted": "按预算总额加权平均", "plain": "算术平均，都没有预算总额", "added": "相加"}
    yield f"{one.papers} 份"
    combined = one.target or one.actual
    if combined is not None and one.papers > 1:
        yield words[combined.how]
    if one.words:
        yield f"{one.words} 份的指标值是文字"
    if combined is not None and combined.unweighed:
        yield f"{combined.unweighed} 份没有预算总额，未计入"


# --- a cell -----------------------------------------------------------------------------------------------------------


def traced_json(one: Traced) -> dict[str, Any]:
    cell = _cell_json(one.cell)
    names = {"table": one.table, "row": one.row, "column": one.column, "unit": one.cell.unit}
    shares = [_share_json(share, one.cell.unit) for share in one.shares]
    return {**cell, **names, "words": one.words, "shares": shares}


def _share_json(share: Share, unit: str) -> dict[str, Any]:
    value = None if share.value is None else plain(share.value, unit)
    known = {"unit": share.unit, "name": share.unit_name, "paper": share.paper, "title": share.title}
    return known | {"value": value, "text": share.text}


def share_lines(shares: Sequence[Share], unit: str) -> Iterator[str]:
    for name, share in zip(share_names(shares), shares, strict=True):
        amount = "" if share.value is None else shown(share.value, unit)
        odd = f"“{share.text}”" if share.text else ""
        yield "  ".join(t for t in (name, amount, odd) if t)


# --- differences ------------------------------------------------------------------------------------------------------


def differences_json(found: Differences, shares: Shares) -> dict[str, Any]:
    cells = [_difference_json(one, shares.get((found.form.id, one.at), ())) for one in found.cells]
    head = {"form": found.form.id, "title": found.form.title, "amount_unit": found.unit}
    return head | {"same": found.same, "cells": cells}


def _difference_json(one: Difference, shares: Sequence[Share]) -> dict[str, Any]:
    unit = one.own.unit
    return {
        "where": where(one.at),
        "table": one.table,
        "row": one.row,
        "column": one.column,
        "unit": unit,
        "own": one.own.plain or None,
        "below": one.below.plain or None,
        "by": None if one.by is None else plain(one.by, unit),
        "shares": [_share_json(share, unit) for share in shares],
    }


def difference_lines(found: Differences, shares: Shares) -> Iterator[str]:
    same = f"{found.same} 处相同" if found.same else "没有相同的"
    yield f"{found.form.title}（{found.form.id}）：{len(found.cells)} 处不同，{same}，单位：{found.unit}"
    for one in found.cells:
        by = f"，差 {one.by_text}" if one.by is not None else ""
        place = " · ".join(t for t in (one.table, one.row, one.column) if t)
        yield f"  {place}：本部门 {_side(one.own)}，下级合计 {_side(one.below)}{by}"
        for line in share_lines(shares.get((found.form.id, one.at), ()), one.own.unit):
            yield f"    {line}"


def _side(cell: SumCell) -> str:
    return f"{cell.text or '没有'}{'（有的不是数）' if cell.unread else ''}"


# --- standings --------------------------------------------------------------------------------------------------------


def standings_json(found: Standings) -> dict[str, Any]:
    rows = [
        {
            "place": one.place,
            "unit": one.unit,
            "name": one.unit_name,
            "paper": one.paper.number,
            "title": one.paper.title,
            "project": one.paper.name,
            "total": one.total or None,
            "grade": one.grade or None,
            "printed": one.printed or None,
        }
        for one in found.rows
    ]
    missing = [{"unit": node.key, "name": node.name} for node in found.missing]
    return {"scope": found.scope, "rows": rows, "grades": dict(found.grades), "missing": missing}


def standing_lines(found: Standings) -> Iterator[str]:
    grades = "，".join(f"{name} {count}" for name, count in found.grades.items())
    yield f"{SCOPES[found.scope]}：{len(found.rows)} 份{f'（{grades}）' if grades else ''}"
    yield from (_standing_line(one) for one in found.rows)
    if found.missing:
        yield f"没有报送的 {len(found.missing)} 个：{'、'.join(n.name for n in found.missing)}"


def _standing_line(one: Standing) -> str:
    scored = f"{one.total} 分  {one.grade}" if one.place else "没有评完"
    printed = f"  表上印的是 {one.printed}" if one.printed else ""
    name = "  ".join(t for t in (one.unit_name, one.paper.name) if t)
    return f"{one.place or '—':>4}  {scored}  {name}{printed}"
