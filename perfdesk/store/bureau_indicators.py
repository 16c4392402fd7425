"""Indicators of many units, gathered by the database: values added up, rates weighted by money, in whole numbers. Inside the caller's
transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Subquery, case, func, select

from perfdesk.model.bureau import RATES, Indicator, IndicatorSum, Result, Scope, UnitIndicator
from perfdesk.store import nodes, tables
from perfdesk.store.bureau_sums import STEP, exact_sum, meant, sum_of

Cell = tuple[str, str, str]
LARGEST_RATE = STEP
"""100 000 %: what is larger is a slip of the pen and has no part in an average. Times a step of money it is still a whole number that a
database keeps."""

TARGET, ACTUAL = "value", "actual_value"


def gathered(
    conn: Connection, year: int, forms: Sequence[str], scope: Scope, money: tuple[Sequence[str], Cell]
) -> tuple[IndicatorSum, ...]:
    """``money``: in which cell of which forms the money of a unit stands."""
    one = tables.indicator.c
    weights = _weights(year, money)
    names = (one.level1, one.level2, one.level3, one.measure, one.op)
    columns: list[ColumnElement[Any]] = [*names, func.count(), func.min(one.number)]
    columns += [*_result(one[TARGET], weights.c.weight), *_result(one[ACTUAL], weights.c.weight)]
    query = (
        select(*columns)
        .select_from(tables.indicator.outerjoin(weights, weights.c.unit == one.unit))
        .where(meant(tables.indicator, year, forms, scope))
        .group_by(*names)
    )
    found: list[IndicatorSum] = []
    for row in _rows(conn, query):
        level1, level2, level3, measure, op, papers, place, *results = row
        target, actual = _read(results[:10]), _read(results[10:])
        found.append(IndicatorSum(level1, level2, level3, measure, op, papers, place, target, actual))
    return tuple(sorted(found, key=lambda i: (i.place, i.level1, i.level2, i.level3, i.measure, i.op)))


def _rows(conn: Connection, query: Executable) -> Iterable[Any]:
    return conn.execute(query)


def _weights(year: int, money: tuple[Sequence[str], Cell]) -> Subquery:
    """Unit → its money; the larger where it handed in two such forms. Units without any are not in it."""
    one, (forms, (section, line, field)) = tables.amount.c, money
    query = select(one.unit, func.max(one.value).label("weight"))
    query = query.where(one.year == year, one.form.in_(forms), one.value > 0)
    query = query.where(one.section == section, one.line == line, one.field == field)
    return query.group_by(one.unit).subquery()


def _result(value: ColumnElement[Any], weight: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """Ten columns for ``_read``. A product of rate and money is made in two: with the whole steps of the money and with what is over."""
    rate = value.between(-LARGEST_RATE, LARGEST_RATE) & tables.indicator.c.measure.in_(RATES)
    counted = rate & weight.is_not(None)
    one, money = case((counted, value)), case((counted, weight))
    steps, rest = one * (money // STEP), one * (money % STEP)
    return (
        func.count(value),
        *exact_sum(value),
        func.count(one),
        *exact_sum(steps),
        *exact_sum(rest),
        *exact_sum(money),
    )


def _read(columns: Sequence[Any]) -> Result:
    """What the columns of ``_result`` say."""
    papers, v1, v0, weighed, s1, s0, r1, r0, w1, w0 = columns
    weighted = sum_of(s1, s0) * STEP + sum_of(r1, r0)
    return Result(int(papers), sum_of(v1, v0), int(weighed), weighted, sum_of(w1, w0))


def by_unit(
    conn: Connection,
    year: int,
    forms: Sequence[str],
    scope: Scope,
    money: tuple[Sequence[str], Cell],
    names: Sequence[str],
) -> tuple[UnitIndicator, ...]:
    """Those whose level 3 is written as one of ``names`` (none: all), in the tree's order."""
    one = tables.indicator.c
    weights = _weights(year, money)
    columns: list[ColumnElement[Any]] = [one.unit, nodes.name_of(one.unit), one.paper, weights.c.weight]
    columns += [one[name] for name in Indicator.__slots__]
    query = (
        select(*columns)
        .select_from(tables.indicator.outerjoin(weights, weights.c.unit == one.unit))
        .where(meant(tables.indicator, year, forms, scope))
        .order_by(nodes.place_of(one.unit), one.unit, one.paper, one.number)
    )
    if names:
        query = query.where(one.level3.in_(names))
    found: list[UnitIndicator] = []
    for row in _rows(conn, query):
        unit, name, paper, weight, *rest = row
        found.append(UnitIndicator(unit, name, paper, Indicator(*rest), weight))
    return tuple(found)
