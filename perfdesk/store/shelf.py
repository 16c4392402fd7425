"""Filings, their rows and their units in the tables. Every function works inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import Insert, insert

from perfdesk.errors import StoreRefused
from perfdesk.model.filing import Filing
from perfdesk.store import tables
from perfdesk.store.codec import json_text, row_of, time_of
from perfdesk.store.infos import FilingInfo, UnitInfo
from perfdesk.store.order import Difference


def _write_row() -> Insert:
    new = insert(tables.row)
    taken = {name: new.excluded[name] for name in ("section", "parent", "place", "cells")}
    return new.on_conflict_do_update(index_elements=["filing", "id"], set_=taken)


# Made once: building a statement costs more than SQLite needs to run it.
_WRITE_ROW = _write_row()
_WRITE_HEAD = update(tables.filing).where(
    tables.filing.c.id == bindparam("of"), tables.filing.c.revision == bindparam("from")
)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A filing as it is on disk. ``places``: row id → order key. ``unit_named``: its unit does not follow what is typed."""

    filing: Filing
    places: Mapping[str, int]
    revision: int
    withdrawn: bool
    unit_named: bool

    @property
    def id(self) -> int:
        assert self.filing.id is not None
        return self.filing.id


def load(conn: Connection, filing_id: int) -> Shelved:
    """StoreRefused ``unknown-filing`` where there is none with that id."""
    found = conn.execute(select(tables.filing).where(tables.filing.c.id == filing_id)).one_or_none()
    if found is None:
        raise StoreRefused("unknown-filing", f"没有编号为 {filing_id} 的填报；用 list 可以查看全部编号。")
    table = tables.row.c
    query = select(table.id, table.section, table.parent, table.cells, table.place)
    records = conn.execute(query.where(table.filing == filing_id).order_by(table.place)).all()
    rows = tuple(row_of(r.id, r.section, r.parent, r.cells) for r in records)
    sections = tuple(json.loads(found.sections))
    filing = Filing(found.form, found.title, found.year, rows, sections, filing_id, found.amount_unit)
    places = {r.id: r.place for r in records}
    return Shelved(filing, places, found.revision, bool(found.withdrawn), bool(found.unit_named))


def create(conn: Connection, filing: Filing, unit_name: str | None, now: str) -> int:
    """Writes the filing's head and returns its id; the rows come with ``write_rows``."""
    values = {
        "unit": unit_id(conn, filing.unit_name if unit_name is None else unit_name),
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
    }
    result = conn.execute(insert(tables.filing).values(values))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def write_rows(conn: Connection, filing_id: int, change: Difference) -> None:
    """Only what differs is written."""
    table = tables.row
    if change.removed:
        gone = delete(table).where(table.c.filing == filing_id, table.c.id.in_(change.removed))
        conn.execute(gone)
    if change.written:
        conn.execute(_WRITE_ROW, [_record(filing_id, change, n) for n in range(len(change.written))])


def _record(filing_id: int, change: Difference, n: int) -> dict[str, Any]:
    row = change.written[n]
    return {
        "filing": filing_id,
        "id": row.id,
        "section": row.section,
        "parent": row.parent,
        "place": change.places[row.id],
        "cells": json_text(dict(row.cells)),
    }


def write_head(conn: Connection, old: Shelved, new: Shelved, now: str) -> Shelved:
    """The head after a change. StoreRefused ``overtaken`` where somebody else has changed the filing since ``old`` was read."""
    new = replace(new, revision=old.revision + 1)
    values: dict[str, Any] = {"changed_at": now, "revision": new.revision, "withdrawn": int(new.withdrawn)}
    if not new.unit_named and new.filing.unit_name != old.filing.unit_name:
        values["unit"] = unit_id(conn, new.filing.unit_name)
    if conn.execute(_WRITE_HEAD, {"of": old.id, "from": old.revision} | values).rowcount != 1:
        raise StoreRefused("overtaken", "这份填报刚被另一个程序改动，这一步没有保存；请看过新的内容后再试。")
    if "unit" in values:
        drop_unused_units(conn)
    return new


def unit_id(conn: Connection, name: str) -> int:
    """The unit of that name (blanks at the ends and line breaks do not count), made where there is none."""
    plain = plain_name(name)
    found = conn.execute(select(tables.unit.c.id).where(tables.unit.c.name == plain)).scalar_one_or_none()
    if found is not None:
        return found
    result = conn.execute(insert(tables.unit).values(name=plain, code=""))
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def plain_name(name: str) -> str:
    return " ".join(name.split())


def unit_name_of(conn: Connection, filing_id: int) -> str | None:
    query = select(tables.unit.c.name).join(tables.filing, tables.filing.c.unit == tables.unit.c.id)
    return conn.execute(query.where(tables.filing.c.id == filing_id)).scalar_one_or_none()


def drop_unused_units(conn: Connection) -> None:
    """A name that is being typed makes a unit with every save; those that no filing has any more go."""
    used = select(tables.filing.c.unit)
    conn.execute(delete(tables.unit).where(tables.unit.c.id.not_in(used), tables.unit.c.code == ""))


def units(conn: Connection) -> tuple[UnitInfo, ...]:
    """Units with a filing that is not withdrawn, by name."""
    live = select(tables.filing.c.unit).where(tables.filing.c.withdrawn == 0)
    query = select(tables.unit).where(tables.unit.c.id.in_(live)).order_by(tables.unit.c.name)
    return tuple(UnitInfo(u.id, u.name, u.code) for u in conn.execute(query))


def infos(conn: Connection, year: int | None) -> tuple[FilingInfo, ...]:
    """The filings that are not withdrawn, in the order they came; of one year or (None) of all."""
    head, done = tables.filing, tables.step
    count = select(func.count()).where(done.c.filing == head.c.id, done.c.state == "done").scalar_subquery()
    query = select(head, tables.unit.c.name.label("unit_name"), count.label("steps"))
    query = query.join(tables.unit, tables.unit.c.id == head.c.unit).where(head.c.withdrawn == 0)
    if year is not None:
        query = query.where(head.c.year == year)
    found = conn.execute(query.order_by(head.c.id)).all()
    return tuple(
        FilingInfo(f.id, f.unit_name, f.year, f.form, f.title, time_of(f.changed_at), f.steps) for f in found
    )


def setting(conn: Connection, key: str) -> str | None:
    table = tables.setting
    return conn.execute(select(table.c.value).where(table.c.key == key)).scalar_one_or_none()


def set_setting(conn: Connection, key: str, value: str) -> None:
    new = insert(tables.setting).values(key=key, value=value)
    conn.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value}))
