"""The proof that a store is whole: the database's own checks, every filing a proper forest, and the journal replayed both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.model.change import Change, InsertRow
from perfdesk.model.filing import Filing
from perfdesk.model.forest import flaws
from perfdesk.store import journal, rights, shelf, tables
from perfdesk.store.order import applied

if TYPE_CHECKING:
    from perfdesk.store.seam import Data

_UNREADABLE = (ChangeRefused, ValueError, KeyError, TypeError, AttributeError)


def problems(database: Data, version: int) -> tuple[str, ...]:
    """One sentence for each thing that is wrong; empty: the store is whole."""
    try:
        with database.read() as conn:
            rights.need_all(conn)
            found = list(database.faults(conn, version))
            for filing_id in (
                conn.execute(select(tables.filing.c.id).order_by(tables.filing.c.id)).scalars().all()
            ):
                found += (f"填报 {filing_id}：{problem}" for problem in _filing_problems(conn, filing_id))
            return tuple(found)
    except StoreRefused as error:
        if error.code != "damaged":
            raise
        return (f"{error.message}（{error.detail}）",)


def _filing_problems(conn: Connection, filing_id: int) -> list[str]:
    try:
        shelved = shelf.load(conn, filing_id)
        entries = journal.entries(conn, filing_id)
    except StoreRefused as error:
        if error.code != "damaged":
            raise
        return [f"内容读不出来（{error.detail}）"]
    except _UNREADABLE as error:
        return [f"内容读不出来（{error}）"]
    found = list(flaws(shelved.filing))
    if len(set(shelved.places.values())) != len(shelved.places):
        found.append("有两行的次序相同")
    if not shelved.unit_named and shelf.unit_name_of(conn, filing_id) != shelf.plain_name(
        shelved.filing.unit_name
    ):
        found.append("所属单位与表中的单位名称不一致")
    return found + _journal_problems(shelved, entries)


def _journal_problems(shelved: shelf.Shelved, entries: tuple[journal.Entry, ...]) -> list[str]:
    live = [e for e in entries if e.state != "replaced"]
    done = [e for e in live if e.state == "done"]
    if (
        not entries
        or live[: len(done)] != done
        or entries[0].number != journal.FIRST
        or entries[0] not in live
    ):
        return ["操作记录的次序不对"]
    if shelved.withdrawn != (not done):
        return ["撤销状态与操作记录不一致"]
    first = replace(shelved.filing, rows=tuple(c.row for c in entries[0].changes if isinstance(c, InsertRow)))
    later = live[1:]
    cut = max(len(done) - 1, 0)
    found = _path_problems("重放", first, shelved.filing, later[:cut])
    return found + _path_problems("重做", shelved.filing, None, later[cut:])


def _path_problems(verb: str, start: Filing, end: Filing | None, steps: list[journal.Entry]) -> list[str]:
    """From ``start`` through all steps to ``end`` (None: wherever they lead), back, and forth again."""
    try:
        there = _walk(start, (e.changes for e in steps))
        back = _walk(there, (e.inverse for e in reversed(steps)))
        again = _walk(back, (e.changes for e in steps))
    except _UNREADABLE as error:
        return [f"{verb}操作记录时出错（{error}）"]
    found = [f"{verb}操作记录得到的内容与保存的不同"] if end is not None and there.rows != end.rows else []
    if back.rows != start.rows:
        found.append(f"{verb}后全部撤销，没有回到起点")
    if again.rows != there.rows:
        found.append(f"{verb}、撤销、再重做，结果不同")
    return found


def _walk(filing: Filing, steps: Iterable[tuple[Change, ...]]) -> Filing:
    for changes in steps:
        filing, _ = applied(filing, changes)
    return filing
