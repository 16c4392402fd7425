"""What units handed in, added up by the database: whole numbers, so that every sum is exact. Inside the caller's transaction.

A sum may be larger than a database's whole number. So the whole ``STEP``s and what is over are added up apart, each far from its bound,
and put together here. Rows are ordered here, too: servers order texts by the words of their country.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, case, false, func, or_, select

from perfdesk.model.bureau import PaperInfo, Scope, Share, Sum
from perfdesk.store import handings, nodes, tables
from perfdesk.store.handings import counts

STEP = 10**9
Cell = tuple[str, str, str]
"""Section, line, field."""


def exact_sum(value: ColumnElement[int]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Two columns for ``sum_of``. Both databases cut a quotient toward 0 and give the rest the dividend's sign."""
    return func.sum(value // STEP), func.sum(value % STEP)


def sum_of(steps: Any, rest: Any) -> int:
    """Sums are NULL of nothing, and of PostgreSQL they are no integers."""
    return int(steps or 0) * STEP + int(rest or 0)


def meant(table: Table, year: int, forms: Sequence[str], scope: Scope) -> ColumnElement[bool]:
    """The rows of papers, or of what was counted of them, that are to be added up (see ``Scope``)."""
    one = table.c
    asked = (one.year == year) & one.form.in_(forms) & nodes.within(one.unit, scope)
    return asked if scope.units else asked & one.unit.not_in(_above_others(year, forms))


def _above_others(year: int, forms: Sequence[str]) -> Select[tuple[str]]:
    """Everything that stands above a unit with such a form."""
    paper, head, node = tables.paper.c, tables.handing.c, tables.node.c
    of_handing = (head.year == paper.year) & (head.unit == paper.unit) & (head.number == paper.handing)
    gave = select(paper.unit).select_from(tables.paper.join(tables.handing, of_handing))
    gave = gave.where(paper.year == year, paper.form.in_(forms), counts())
    first = select(node.parent.label("key")).where(node.key.in_(gave), node.parent.is_not(None))
    above = first.cte("above", recursive=True)
    further = select(node.parent).join(above, node.key == above.c.key).where(node.parent.is_not(None))
    return select(above.union(further).c.key)


def counted(conn: Connection, year: int, forms: Sequence[str], scope: Scope) -> tuple[PaperInfo, ...]:
    return handings.papers(conn, year, scope, None, meant(tables.paper, year, forms, scope))


def sums(conn: Connection, year: int, forms: Sequence[str], scope: Scope) -> tuple[Sum, ...]:
    one = tables.amount.c
    unread = func.sum(case((one.text != "", 1), else_=0))
    cell = (one.section, one.line, one.field)
    query = select(*cell, *exact_sum(one.value), func.count(one.value), unread)
    query = query.where(meant(tables.amount, year, forms, scope))
    found = (
        Sum(section, line, field, sum_of(steps, rest), int(papers), int(odd))
        for section, line, field, steps, rest, papers, odd in conn.execute(query.group_by(*cell))
    )
    return tuple(sorted(found, key=lambda s: (s.section, s.line, s.field)))


def shares(conn: Connection, year: int, forms: Sequence[str], cell: Cell, scope: Scope) -> tuple[Share, ...]:
    one, paper, head = tables.amount.c, tables.paper.c, tables.handing.c
    of_handing = (head.year == one.year) & (head.unit == one.unit) & counts()
    of_paper = (
        (paper.year == one.year)
        & (paper.unit == one.unit)
        & (paper.handing == head.number)
        & (paper.number == one.paper)
    )
    called = case((paper.name != "", paper.name), else_=paper.title)
    query = (
        select(one.unit, nodes.name_of(one.unit), one.paper, called, one.value, one.text)
        .select_from(tables.amount.join(tables.handing, of_handing).join(tables.paper, of_paper))
        .where(meant(tables.amount, year, forms, scope))
        .where(one.section == cell[0], one.line == cell[1], one.field == cell[2])
    )
    found = (Share(*columns) for columns in conn.execute(query))
    return tuple(sorted(found, key=lambda s: (-(s.value or 0), s.value is None, s.unit, s.paper)))


def per_unit(
    conn: Connection, year: int, forms: Sequence[str], cells: Sequence[Cell], scope: Scope
) -> dict[str, dict[Cell, int]]:
    """Unit → cell → what all its papers of these forms have there together; a cell without an amount is left out. Units in the tree's
    order."""
    one = tables.amount.c
    wanted = or_(false(), *((one.section == s) & (one.line == x) & (one.field == f) for s, x, f in cells))
    query = (
        select(one.unit, one.section, one.line, one.field, *exact_sum(one.value))
        .where(meant(tables.amount, year, forms, scope))
        .where(wanted, one.value.is_not(None))
        .group_by(one.unit, one.section, one.line, one.field)
        .order_by(nodes.place_of(one.unit), one.unit)
    )
    found: dict[str, dict[Cell, int]] = {}
    for unit, section, line, field, steps, rest in conn.execute(query):
        found.setdefault(unit, {})[section, line, field] = sum_of(steps, rest)
    return found
