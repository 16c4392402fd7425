"""What was handed in is closed until somebody opens it with a reason; both are written down for good. Inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, insert, select, update

from perfdesk.errors import ChangeRefused
from perfdesk.store import rights
from perfdesk.store.codec import time_of
from perfdesk.store.infos import Seal
from perfdesk.store.scribe import Stamp
from perfdesk.store.tables import filing
from perfdesk.store.tables import seal as table

_IS_SEALED = select(table.c.number).where(table.c.filing == bindparam("filing"), table.c.opened_at == "")


def is_sealed(conn: Connection, filing_id: int) -> bool:
    return conn.execute(_IS_SEALED, {"filing": filing_id}).first() is not None


def sealed_at(filing: ColumnElement[int]) -> ScalarSelect[str]:
    """For a query of filings: when each was closed, NULL where it is open."""
    return select(table.c.at).where(table.c.filing == filing, table.c.opened_at == "").scalar_subquery()


def refusal() -> ChangeRefused:
    return ChangeRefused("sealed", "这份填报已报送，不能修改或删除；先写明理由解除封存，再改。")


def refuse_sealed(conn: Connection, filing_id: int) -> None:
    """ChangeRefused where it is closed."""
    if is_sealed(conn, filing_id):
        raise refusal()


def close(conn: Connection, filings: Sequence[int], package: str, stamp: Stamp) -> None:
    """Those that are closed already stay as they are."""
    for filing_id in filings:
        rights.refuse_filing(conn, filing_id)
    new = [f for f in filings if not is_sealed(conn, f)]
    if new:
        _turn_over(conn, new)
        values = {"at": stamp.at, "who": stamp.who, "package": package}
        values |= {"opened_at": "", "opened_by": "", "reason": ""}
        conn.execute(insert(table), [{"filing": f, **values} for f in new])


def open_again(conn: Connection, filings: Sequence[int], reason: str, stamp: Stamp) -> None:
    """ChangeRefused without a reason, or where one of them is not closed."""
    plain = " ".join(reason.split())
    if not plain:
        raise ChangeRefused("no-reason", "请写明解除封存的理由，它会留在修改记录里。")
    for filing_id in filings:
        rights.refuse_filing(conn, filing_id)
        if not is_sealed(conn, filing_id):
            raise ChangeRefused("not-sealed", f"填报 {filing_id} 没有封存，不用解除。")
    _turn_over(conn, filings)
    closed = table.c.filing.in_(filings) & (table.c.opened_at == "")
    values = {"opened_at": stamp.at, "opened_by": stamp.who, "reason": plain}
    conn.execute(update(table).where(closed).values(values))


def _turn_over(conn: Connection, filings: Sequence[int]) -> None:
    """Who has read one of them before has been overtaken."""
    one = update(filing).where(filing.c.id.in_(filings))
    conn.execute(one.values(revision=filing.c.revision + 1))


def listed(conn: Connection, filing_id: int) -> tuple[Seal, ...]:
    """Of one filing, the first first."""
    rights.refuse_unseen(conn, filing_id)
    found = conn.execute(select(table).where(table.c.filing == filing_id).order_by(table.c.number))
    return tuple(
        Seal(
            s.filing,
            time_of(s.at),
            s.who,
            s.package,
            time_of(s.opened_at) if s.opened_at else None,
            s.opened_by,
            s.reason,
        )
        for s in found
    )
