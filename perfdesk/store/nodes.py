"""The tree of units. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import Node, Scope
from perfdesk.store.tables import handing
from perfdesk.store.tables import node as table

SLASH = "/"


def listed(conn: Connection) -> tuple[Node, ...]:
    found = conn.execute(select(table).order_by(table.c.place))
    return tuple(Node(n.key, n.code, n.name, n.kind, n.parent, bool(n.expected)) for n in found)


def put_all(conn: Connection, tree: Sequence[Node]) -> None:
    paths = _paths(tree)
    here = {one["key"]: dict(one) for one in conn.execute(select(table).order_by(table.c.place)).mappings()}
    gone = [key for key in here if key not in paths]
    handed_in = set(conn.execute(select(handing.c.unit).distinct()).scalars())
    if lost := sorted(handed_in.intersection(gone)):
        message = f"单位“{lost[0]}”已经报过数据，新的单位树里却没有它，没有改动。请补上它，或先改正它的编码。"
        raise ChangeRefused("node-handed-in", message)
    records = [_record(one, paths[one.key], place) for place, one in enumerate(tree, 1)]
    if fresh := [r for r in records if r["key"] not in here]:
        conn.execute(insert(table), fresh)
    if changed := [r for r in records if r["key"] in here and r != here[r["key"]]]:
        # The key itself is not written: a database would look for all that refers to it.
        values: dict[str, Any] = {name: bindparam(name) for name in changed[0] if name != "key"}
        rows = [{**r, "known": r["key"]} for r in changed]
        conn.execute(update(table).where(table.c.key == bindparam("known")).values(values), rows)
    # Nothing hangs under a row that goes but others that go, and those stood behind it.
    for key in reversed(gone):
        conn.execute(delete(table).where(table.c.key == key))


def _record(one: Node, path: str, place: int) -> dict[str, object]:
    return {
        "key": one.key,
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "parent": one.parent,
        "path": path,
        "place": place,
        "expected": int(one.expected),
    }


def _paths(tree: Sequence[Node]) -> dict[str, str]:
    """Key → path; ChangeRefused where it is no tree with the parents first."""
    paths: dict[str, str] = {}
    for one in tree:
        if one.key in paths or not one.key or SLASH in one.key:
            raise ChangeRefused(
                "node-twice", f"单位树里“{one.key}”出现了两次，或编码不能用，没有改动。", one.key
            )
        if one.parent is not None and one.parent not in paths:
            message = f"单位“{one.name}”的上级“{one.parent}”不在它前面，没有改动。"
            raise ChangeRefused("node-parent", message, one.parent)
        above = SLASH if one.parent is None else paths[one.parent]
        paths[one.key] = f"{above}{one.key}{SLASH}"
    return paths


def refuse_unknown(conn: Connection, key: str) -> None:
    if conn.execute(select(table.c.key).where(table.c.key == key)).first() is None:
        raise ChangeRefused("unknown-node", f"单位树里没有“{key}”，没有保存。请先把它加进单位树。", key)


def within(unit: ColumnElement[str], scope: Scope) -> ColumnElement[bool]:
    """Whether ``unit`` (a key) is meant by the scope."""
    parts: list[ColumnElement[bool]] = []
    if scope.units:
        parts.append(unit.in_(scope.units))
    if scope.node is not None:
        above = table.alias()
        start = select(above.c.path).where(above.c.key == scope.node).scalar_subquery()
        below = func.substr(table.c.path, 1, func.length(start)) == start
        parts.append(unit.in_(select(table.c.key).where(below)))
    if not parts:
        return true()
    return parts[0] if len(parts) == 1 else parts[0] & parts[1]


def name_of(unit: ColumnElement[str]) -> ColumnElement[str]:
    return func.coalesce(select(table.c.name).where(table.c.key == unit).scalar_subquery(), unit)


def place_of(unit: ColumnElement[str]) -> ColumnElement[int]:
    return func.coalesce(select(table.c.place).where(table.c.key == unit).scalar_subquery(), literal(0))
