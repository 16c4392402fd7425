"""Everything in the store as plain data in a fixed order, for comparing two stores and for a look from outside."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from perfdesk.store import tables


def everything(conn: Connection, version: int) -> dict[str, Any]:
    """The same content gives the same data, however it came about; order keys and revisions are not content."""
    explanation = tables.explanation
    filings = _records(conn, select(tables.filing).order_by(tables.filing.c.id))
    return {
        "version": version,
        "units": _records(conn, select(tables.unit).order_by(tables.unit.c.id)),
        "filings": [_filing(conn, head) for head in filings],
        "explanations": _records(
            conn, select(explanation).order_by(explanation.c.filing, explanation.c.finding)
        ),
        "seals": _records(conn, select(tables.seal).order_by(tables.seal.c.number)),
        "returned": _in_order(conn, tables.returned),
        "remarks": _in_order(conn, tables.remark),
        "deeds": _records(conn, select(tables.deed).order_by(tables.deed.c.number)),
        "bureau": {f"{table.name}s": _in_order(conn, table) for table in tables.BUREAU},
        "persons": _in_order(conn, tables.person),
        "settings": {
            s["key"]: s["value"]
            for s in _records(conn, select(tables.setting).order_by(tables.setting.c.key))
        },
    }


def _in_order(conn: Connection, table: Table) -> list[dict[str, Any]]:
    return _records(conn, select(table).order_by(*table.primary_key))


def _filing(conn: Connection, head: dict[str, Any]) -> dict[str, Any]:
    row, step = tables.row, tables.step
    rows = select(row.c.id, row.c.section, row.c.parent, row.c.cells).where(row.c.filing == head["id"])
    steps = select(step).where(step.c.filing == head["id"]).order_by(step.c.number)
    kept = {key: value for key, value in head.items() if key != "revision"}
    return {
        **kept,
        "sections": json.loads(head["sections"]),
        "withdrawn": bool(head["withdrawn"]),
        "unit_named": bool(head["unit_named"]),
        "rows": [r | {"cells": json.loads(r["cells"])} for r in _records(conn, rows.order_by(row.c.place))],
        "steps": [_step(s) for s in _records(conn, steps)],
    }


def _step(record: dict[str, Any]) -> dict[str, Any]:
    both = {name: json.loads(record[name]) for name in ("changes", "inverse")}
    return {key: value for key, value in record.items() if key != "filing"} | both


def _records(conn: Connection, query: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(record) for record in conn.execute(query).mappings()]
