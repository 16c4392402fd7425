"""Filings, their rows and their units in the tables. Every function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.model.filing import Filing, Row
from perfdesk.store import audit, bulk, remark_counts, rights, seals, several, tables
from perfdesk.store.codec import json_text, row_of, texts_of, time_of
from perfdesk.store.infos import FilingInfo, UnitInfo
from perfdesk.store.json_cell import text_of
from perfdesk.store.order import Difference
from perfdesk.store.scribe import Scribe

# Made once: building a statement costs more than SQLite needs to run it.
_NEW_FILING = insert(tables.filing)
_NEW_UNIT = insert(tables.unit)
_UNIT_NAMED = select(tables.unit.c.id, tables.unit.c.deleted).where(tables.unit.c.name == bindparam("of"))
_WRITE_ROW = update(tables.row).where(
    tables.row.c.filing == bindparam("of"), tables.row.c.id == bindparam("row")
)
_WRITE_HEAD = update(tables.filing).where(
    tables.filing.c.id == bindparam("of"), tables.filing.c.revision == bindparam("from")
)

_HEAD = tables.filing.c
_HOW_CLOSED = select(_HEAD.deleted, _HEAD.archived, seals.sealed_at(_HEAD.id).label("sealed")).where(
    _HEAD.id == bindparam("of")
)


Closed = Literal["sealed", "archived", "deleted", ""]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A filing as it is on disk. ``places``: row id → order key. ``unit_named``: its unit does not follow what is typed.
    ``closed``: handed in, archived or deleted, so that nothing is changed in it."""

    filing: Filing
    places: Mapping[str, int]
    revision: int
    withdrawn: bool
    unit_named: bool
    closed: Closed = ""

    @property
    def id(self) -> int:
        assert self.filing.id is not None
        return self.filing.id


def load(conn: Connection, filing_id: int) -> Shelved:
    """StoreRefused ``unknown-filing`` where there is none with that id."""
    rights.refuse_unseen(conn, filing_id)
    found = conn.execute(select(tables.filing).where(tables.filing.c.id == filing_id)).one_or_none()
    if found is None:
        raise unknown(filing_id)
    table = tables.row.c
    query = select(table.id, table.section, table.parent, table.cells, table.place)
    records = conn.execute(query.where(table.filing == filing_id).order_by(table.place)).all()
    rows = tuple(row_of(r.id, r.section, r.parent, r.cells) for r in records)
    sections = texts_of(found.sections)
    filing = Filing(found.form, found.title, found.year, rows, sections, filing_id, found.amount_unit)
    places = {r.id: r.place for r in records}
    closed = _closed(found.deleted, found.archived, seals.is_sealed(conn, filing_id))
    return Shelved(filing, places, found.revision, bool(found.withdrawn), bool(found.unit_named), closed)


def unknown(filing_id: int) -> StoreRefused:
    return StoreRefused("unknown-filing", f"没有编号为 {filing_id} 的填报；用 list 可以查看全部编号。")


def _closed(deleted: str, archived: int, sealed: bool) -> Closed:
    return "deleted" if deleted else "sealed" if sealed else "archived" if archived else ""


def closed(conn: Connection, filing_id: int) -> Closed:
    """Without reading the rows; StoreRefused ``unknown-filing`` where there is none with that id."""
    rights.refuse_unseen(conn, filing_id)
    found = conn.execute(_HOW_CLOSED, {"of": filing_id}).one_or_none()
    if found is None:
        raise unknown(filing_id)
    return _closed(found.deleted, found.archived, found.sealed is not None)


def refuse_closed(closed: Closed) -> None:
    """ChangeRefused where the filing is handed in, archived or deleted."""
    if closed == "sealed":
        raise seals.refusal()
    if closed == "archived":
        raise ChangeRefused("archived", "这份填报已归档，不能修改；取消归档后再改。")
    if closed == "deleted":
        raise ChangeRefused("deleted", "这份填报已删除，不能修改；可以在“最近删除”里恢复它。")


def create(conn: Connection, filing: Filing, unit_name: str | None, now: str) -> int:
    """Writes the filing's head and returns its id; the rows come with ``write_rows``."""
    unit = unit_id(conn, filing.unit_name if unit_name is None else unit_name)
    rights.refuse_unit(conn, unit)
    values = {
        "unit": unit,
        "unit_named": int(unit_name is not None),
        "form": filing.form,
        "year": filing.year,
        "title": filing.title,
        "amount_unit": filing.amount_unit,
        "sections": json_text(list(filing.sections)),
        "withdrawn": 0,
        "created_at": now,
        "changed_at": now,
        "revision": 0,
        "archived": 0,
        "deleted": "",
        "place": 0,
    }
    result = conn.execute(_NEW_FILING, values)
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def write_rows(conn: Connection, filing_id: int, change: Difference) -> None:
    """Only what differs is written."""
    table = tables.row
    if change.removed:
        gone = delete(table).where(table.c.filing == filing_id, table.c.id.in_(change.removed))
        conn.execute(gone)
    if new := [r for r in change.written if r.id in change.added]:
        keys = ({"filing": filing_id, "id": r.id} for r in new)
        bulk.add(conn, tables.row, [key | _record(r, change) for key, r in zip(keys, new, strict=True)])
    if old := [r for r in change.written if r.id not in change.added]:
        keys = ({"of": filing_id, "row": r.id} for r in old)
        conn.execute(_WRITE_ROW, [key | _record(r, change) for key, r in zip(keys, old, strict=True)])


def _record(row: Row, change: Difference) -> dict[str, Any]:
    return {
        "section": row.section,
        "parent": row.parent,
        "place": change.places[row.id],
        "cells": json_text(dict(row.cells)),
    }


def write_head(conn: Connection, old: Shelved, new: Shelved, now: str) -> Shelved:
    """The head after a change. StoreRefused ``overtaken`` where somebody else has changed the filing since ``old`` was read."""
    rights.refuse_filing(conn, old.id)
    new = replace(new, revision=old.revision + 1)
    values: dict[str, Any] = {"changed_at": now, "revision": new.revision, "withdrawn": int(new.withdrawn)}
    if not new.unit_named and new.filing.unit_name != old.filing.unit_name:
        values["unit"] = unit_id(conn, new.filing.unit_name)
        rights.refuse_unit(conn, values["unit"])
    if conn.execute(_WRITE_HEAD, {"of": old.id, "from": old.revision} | values).rowcount != 1:
        raise several.overtaken()
    if "unit" in values:
        drop_unused_units(conn)
    return new


def unit_id(conn: Connection, name: str) -> int:
    """The unit of that name (blanks at the ends and line breaks do not count), made where there is none."""
    plain = plain_name(name)
    table = tables.unit
    found = conn.execute(_UNIT_NAMED, {"of": plain}).one_or_none()
    if found is not None:
        if found.deleted:  # a filing of a deleted unit brings the unit back
            conn.execute(update(table).where(table.c.id == found.id).values(deleted=""))
        return found.id
    new = {"name": plain, "code": "", "kept": 0, "archived": 0, "deleted": ""}
    result = conn.execute(_NEW_UNIT, new)
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def plain_name(name: str) -> str:
    return " ".join(name.split())


def unit_name_of(conn: Connection, filing_id: int) -> str | None:
    query = select(tables.unit.c.name).join(tables.filing, tables.filing.c.unit == tables.unit.c.id)
    return conn.execute(query.where(tables.filing.c.id == filing_id)).scalar_one_or_none()


def drop_unused_units(conn: Connection) -> None:
    """A name that is being typed makes a unit with every save; those that no filing has any more go."""
    unit = tables.unit.c
    used = select(tables.filing.c.unit)
    conn.execute(delete(tables.unit).where(unit.id.not_in(used), unit.code == "", unit.kept == 0))


def units(conn: Connection) -> tuple[UnitInfo, ...]:
    """Units with a filing that is in the list, and those that a person made; by name."""
    unit = tables.unit.c
    query = select(tables.unit).where(
        or_(unit.id.in_(select(tables.filing.c.unit).where(_listed())), unit.kept == 1)
    )
    found = conn.execute(query.where(unit.deleted == "", rights.seen(conn)).order_by(unit.name))
    return tuple(UnitInfo(u.id, u.name, u.code, bool(u.archived)) for u in found)


def _listed() -> ColumnElement[bool]:
    return and_(tables.filing.c.withdrawn == 0, tables.filing.c.deleted == "")


def place_of() -> ColumnElement[int]:
    """Where a filing stands in the list; see ``tables.filing``."""
    head = tables.filing.c
    return func.coalesce(func.nullif(head.place, 0), head.id)


def place(conn: Connection, filing_id: int) -> int:
    """The number by which it stands in the list."""
    return conn.execute(select(place_of()).where(tables.filing.c.id == filing_id)).scalar_one()


def _infos_of() -> Select[Any]:
    head, done, row = tables.filing, tables.step, tables.row
    count = select(func.count()).where(done.c.filing == head.c.id, done.c.state == "done").scalar_subquery()
    first = select(done.c.label).where(done.c.filing == head.c.id, done.c.number == 1).scalar_subquery()
    named = select(text_of(row.c.cells, "name")).where(row.c.filing == head.c.id, row.c.id == "basic")
    query = select(
        head,
        tables.unit.c.name.label("unit_name"),
        count.label("steps"),
        first.label("origin"),
        named.scalar_subquery().label("name"),
        seals.sealed_at(head.c.id).label("sealed"),
        remark_counts.waiting(head.c).label("remarks"),
        remark_counts.decided(head.c).label("decision"),
    )
    query = query.join(tables.unit, tables.unit.c.id == head.c.unit).where(_listed())
    return query.order_by(place_of(), head.c.id)


_INFOS = _infos_of()
_INFOS_OF_YEAR = _INFOS.where(_HEAD.year == bindparam("year"))


def infos(conn: Connection, year: int | None) -> tuple[FilingInfo, ...]:
    """The filings that are neither withdrawn nor deleted, in the order they came or were put in; of one year or (None) of all."""
    asked = _INFOS if year is None else _INFOS_OF_YEAR
    if not rights.person(conn).free:
        asked = asked.where(rights.seen(conn))
    found = conn.execute(asked, {"year": year}).all()
    return tuple(
        FilingInfo(
            f.id,
            f.unit_name,
            f.year,
            f.form,
            f.title,
            time_of(f.changed_at),
            f.steps,
            bool(f.archived),
            f.origin or "",
            " ".join((f.name or "").split()),
            time_of(f.sealed) if f.sealed else None,
            f.remarks,
            f.decision,
        )
        for f in found
    )


def setting(conn: Connection, key: str) -> str | None:
    table = tables.setting
    mine = table.c.key == rights.own_key(conn, key)
    return conn.execute(select(table.c.value).where(mine)).scalar_one_or_none()


def set_setting(conn: Connection, key: str, value: str, scribe: Scribe) -> None:
    """What is checked is of interest to more than the person who sets it."""
    several.take_turn(conn)
    several.put(conn, tables.setting, {"key": rights.own_key(conn, key)}, {"value": value})
    if key.startswith("checks/"):
        audit.note(conn, scribe.stamp(), "setting", key, value)
