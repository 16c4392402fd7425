"""What units handed in, added up by the database: whole numbers, so that every sum is exact. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, false, func, or_, select

from perfdesk.model.bureau import Scope, Share, Sum
from perfdesk.store import nodes, tables
from perfdesk.store.handings import counts


def sums(conn: Connection, year: int, forms: Sequence[str], scope: Scope) -> tuple[Sum, ...]:
    one = tables.amount.c
    cell = (one.section, one.line, one.field)
    total = func.coalesce(func.sum(one.value), 0)
    query = select(*cell, total, func.count(one.value), func.count() - func.count(one.value))
    query = query.where(one.year == year, one.form.in_(forms), nodes.within(one.unit, scope))
    found = conn.execute(query.group_by(*cell).order_by(*cell))
    return tuple(
        Sum(section, line, field, int(value), int(papers), int(unread))
        for section, line, field, value, papers, unread in found
    )


def shares(
    conn: Connection, year: int, forms: Sequence[str], cell: tuple[str, str, str], scope: Scope
) -> tuple[Share, ...]:
    one, paper, head = tables.amount.c, tables.paper.c, tables.handing.c
    of_handing = (head.year == one.year) & (head.unit == one.unit) & counts()
    of_paper = (
        (paper.year == one.year)
        & (paper.unit == one.unit)
        & (paper.handing == head.number)
        & (paper.number == one.paper)
    )
    query = (
        select(one.unit, nodes.name_of(one.unit), one.paper, paper.title, one.value, one.text)
        .select_from(tables.amount.join(tables.handing, of_handing).join(tables.paper, of_paper))
        .where(one.year == year, one.form.in_(forms), nodes.within(one.unit, scope))
        .where(one.section == cell[0], one.line == cell[1], one.field == cell[2])
        .order_by(func.coalesce(one.value, 0).desc(), one.unit, one.paper)
    )
    return tuple(Share(*found) for found in conn.execute(query))


def per_unit(
    conn: Connection, year: int, forms: Sequence[str], cells: Sequence[tuple[str, str, str]], scope: Scope
) -> dict[str, dict[tuple[str, str, str], int]]:
    """Unit → cell → what all its papers of these forms have there together; a cell without an amount is left out. Units in the tree's
    order."""
    one = tables.amount.c
    wanted = or_(false(), *((one.section == s) & (one.line == x) & (one.field == f) for s, x, f in cells))
    query = (
        select(one.unit, one.section, one.line, one.field, func.sum(one.value))
        .where(one.year == year, one.form.in_(forms), nodes.within(one.unit, scope))
        .where(wanted, one.value.is_not(None))
        .group_by(one.unit, one.section, one.line, one.field)
        .order_by(nodes.place_of(one.unit), one.unit)
    )
    found: dict[str, dict[tuple[str, str, str], int]] = {}
    for unit, section, line, field, value in conn.execute(query):
        found.setdefault(unit, {})[section, line, field] = int(value)
    return found
