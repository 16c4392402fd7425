"""What units handed in. Inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, func, insert, select, update

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.model.bureau import Handing, HandingInfo, HandingState, PaperInfo, Scope, Told
from perfdesk.model.filing import Filing, Row
from perfdesk.store import bulk, nodes, tables
from perfdesk.store import years as years_apart
from perfdesk.store.codec import json_text, time_of, unreadable_is_damaged
from perfdesk.store.scribe import Stamp
from perfdesk.submission.whole import whole_json

Records = list[dict[str, Any]]
_COUNTED = (tables.amount, tables.indicator, tables.finding)


def take(conn: Connection, one: Handing, stamp: Stamp) -> int:
    nodes.refuse_unknown(conn, one.unit)
    years_apart.keep_apart(conn, one.year)
    head = tables.handing.c
    mine = (head.year == one.year) & (head.unit == one.unit)
    number = (conn.execute(select(func.max(head.number)).where(mine)).scalar_one() or 0) + 1
    conn.execute(update(tables.handing).where(mine, head.state != "replaced").values(state="replaced"))
    for table in _COUNTED:
        conn.execute(delete(table).where(table.c.year == one.year, table.c.unit == one.unit))
    key = {"year": one.year, "unit": one.unit}
    conn.execute(insert(tables.handing).values(_head(one, stamp) | key | {"number": number}))
    _papers(conn, one, key, number)
    return number


def _head(one: Handing, stamp: Stamp) -> dict[str, Any]:
    told = {"made": one.made, "check_code": one.check_code, "program": one.program, "signer": one.signer}
    came = {"at": stamp.at, "who": stamp.who, "source": one.source, "digest": one.digest}
    return told | came | {"draft": int(one.draft), "state": "taken"}


def _papers(conn: Connection, one: Handing, key: dict[str, Any], handing: int) -> None:
    papers: Records = []
    amounts: Records = []
    indicators: Records = []
    findings: Records = []
    for number, paper in enumerate(one.papers, 1):
        of = key | {"paper": number}
        form = {"form": paper.filing.form}
        kept = {"kind": paper.kind, "title": paper.filing.title, "name": paper.name}
        scored = {"total": paper.total, "grade": paper.grade, "printed": paper.printed}
        data = {"data": json_text(whole_json(paper.filing))}
        papers.append(key | {"handing": handing, "number": number} | form | kept | scored | data)
        amounts += [of | form | _plain(a) for a in paper.amounts]
        indicators += [of | form | _plain(i) for i in paper.indicators]
        findings += [of | {"number": n} | _plain(f) for n, f in enumerate(paper.findings, 1)]
    rows = (papers, amounts, indicators, findings)
    for table, some in zip((tables.paper, *_COUNTED), rows, strict=True):
        bulk.add(conn, table, some)


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def counts() -> ColumnElement[bool]:
    return tables.handing.c.state != "replaced"


def listed(conn: Connection, year: int, replaced: bool, scope: Scope) -> tuple[HandingInfo, ...]:
    head, paper, said, note = tables.handing, tables.paper.c, tables.finding.c, tables.note.c
    papers = select(func.count()).where(
        paper.year == head.c.year, paper.unit == head.c.unit, paper.handing == head.c.number
    )
    waiting = (said.explanation == "") | (said.severity == "error")
    per_unit = (
        select(
            said.unit.label("unit"),
            func.sum(case((said.severity == "error", 1), else_=0)).label("errors"),
            func.sum(case(((said.severity == "warning") & waiting, 1), else_=0)).label("warnings"),
        )
        .where(said.year == year)
        .group_by(said.unit)
        .subquery()
    )
    open_notes = select(func.count()).where(
        note.year == head.c.year, note.unit == head.c.unit, note.handing == head.c.number, note.sent == ""
    )
    query = (
        select(
            head,
            papers.scalar_subquery().label("papers"),
            func.coalesce(per_unit.c.errors, 0).label("errors"),
            func.coalesce(per_unit.c.warnings, 0).label("warnings"),
            open_notes.scalar_subquery().label("notes"),
        )
        .outerjoin(per_unit, (per_unit.c.unit == head.c.unit) & counts())
        .where(head.c.year == year, nodes.within(head.c.unit, scope))
    )
    if not replaced:
        query = query.where(counts())
    found = conn.execute(query.order_by(nodes.place_of(head.c.unit), head.c.unit, head.c.number.desc()))
    return tuple(_info(one) for one in found)


def _info(one: Any) -> HandingInfo:
    return HandingInfo(
        one.unit,
        one.year,
        one.number,
        time_of(one.at),
        one.who,
        one.source,
        one.made,
        one.check_code,
        one.program,
        bool(one.draft),
        one.signer,
        one.digest,
        one.state,
        one.papers,
        int(one.errors),
        int(one.warnings),
        one.notes,
    )


def years(conn: Connection) -> tuple[int, ...]:
    query = select(tables.handing.c.year).distinct().order_by(tables.handing.c.year.desc())
    return tuple(conn.execute(query).scalars())


def number_of(conn: Connection, year: int, unit: str) -> int:
    """Of the handing that counts; ChangeRefused ``not-handed-in`` where there is none."""
    head = tables.handing.c
    query = select(head.number).where(head.year == year, head.unit == unit, counts())
    number = conn.execute(query).scalar_one_or_none()
    if number is None:
        raise ChangeRefused("not-handed-in", f"“{unit}”{year} 年度还没有报送。")
    return number


def decide(conn: Connection, year: int, unit: str, state: HandingState) -> None:
    number_of(conn, year, unit)
    head = tables.handing.c
    conn.execute(
        update(tables.handing).where(head.year == year, head.unit == unit, counts()).values(state=state)
    )


def papers(
    conn: Connection, year: int, scope: Scope, handing: int | None, also: ColumnElement[bool] | None = None
) -> tuple[PaperInfo, ...]:
    """``also``: what else must be true of a paper."""
    paper, head = tables.paper.c, tables.handing.c
    same = (head.year == paper.year) & (head.unit == paper.unit) & (head.number == paper.handing)
    columns = (
        paper.unit,
        paper.year,
        paper.handing,
        paper.number,
        paper.form,
        paper.kind,
        paper.title,
        paper.name,
        paper.total,
        paper.grade,
        paper.printed,
    )
    query = select(*columns).select_from(tables.paper.join(tables.handing, same))
    which = counts() if handing is None else paper.handing == handing
    query = query.where(paper.year == year, which, nodes.within(paper.unit, scope))
    if also is not None:
        query = query.where(also)
    query = query.order_by(nodes.place_of(paper.unit), paper.unit, paper.number)
    return tuple(PaperInfo(*one) for one in conn.execute(query))


def forms(conn: Connection, year: int, scope: Scope) -> tuple[str, ...]:
    paper, head = tables.paper.c, tables.handing.c
    same = (head.year == paper.year) & (head.unit == paper.unit) & (head.number == paper.handing)
    query = select(paper.form).distinct().select_from(tables.paper.join(tables.handing, same))
    query = query.where(paper.year == year, counts(), nodes.within(paper.unit, scope))
    return tuple(sorted(conn.execute(query).scalars()))


def filing(conn: Connection, key: tuple[int, str, int, int]) -> Filing:
    paper = tables.paper.c
    mine = [column == value for column, value in zip(tables.paper.primary_key, key, strict=True)]
    found = conn.execute(select(paper.data).where(*mine)).scalar_one_or_none()
    if found is None:
        raise StoreRefused("unknown-paper", f"“{key[1]}”{key[0]} 年度没有这份表。")
    with unreadable_is_damaged():
        data = json.loads(found)
        rows = tuple(
            Row(r["id"], r["section"], MappingProxyType(dict(r["cells"])), r["parent"]) for r in data["rows"]
        )
        head = (data["form"], data["title"], data["year"], rows, tuple(data["sections"]))
        return Filing(*head, None, data["amount_unit"])


def findings(conn: Connection, year: int, scope: Scope) -> Mapping[tuple[str, int], tuple[Told, ...]]:
    said = tables.finding.c
    query = select(tables.finding).where(said.year == year, nodes.within(said.unit, scope))
    found: dict[tuple[str, int], tuple[Told, ...]] = {}
    for one in conn.execute(query.order_by(said.unit, said.paper, said.number)):
        told = Told(one.code, one.severity, one.place, one.title, one.message, one.explanation)
        found[one.unit, one.paper] = (*found.get((one.unit, one.paper), ()), told)
    return found
