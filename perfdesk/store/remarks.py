"""What the bureau sent back, beside the unit's own filings. Of a unit's year the newest return counts; those before stay, as what was
handed in stays. No undo takes a return away; a remark is done or open, with a word of the unit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from perfdesk.errors import ChangeRefused
from perfdesk.model.sent_back import KeptRemark, Remark, SentBack
from perfdesk.store import rights, several, shelf, tables
from perfdesk.store.scribe import Scribe, Stamp
from perfdesk.store.seam import Keeper
from perfdesk.values import clean_text

Change = Callable[[], AbstractContextManager[Connection]]
_RETURNED, _REMARK = tables.returned.c, tables.remark.c
_JOINED = tables.remark.join(tables.returned, _REMARK.returned == _RETURNED.number)


class Remarks:
    """``store.remarks``. ``change`` opens a change of the store."""

    def __init__(
        self, vault: Keeper, change: Change, guard: AbstractContextManager[object], scribe: Scribe
    ) -> None:
        self._vault = vault
        self._change = change
        self._guard = guard
        self._scribe = scribe

    @contextmanager
    def _read(self) -> Generator[Connection]:
        with self._guard, self._vault.database.read() as conn:
            yield conn

    @contextmanager
    def _write(self) -> Generator[Connection]:
        with self._guard:
            with self._change() as conn:
                several.take_turn(conn)
                yield conn
            self._vault.after_change()

    def take(self, sent: SentBack, unit: str, filings: Sequence[int | None], source: str) -> int | None:
        """Its number; None where the very same return is here already. ``unit``: the name of the unit of ours; ``filings``: for each filing
        that is meant its id here, None where there is none. It counts from now on, unless one that answers a later package, or was made
        later about the same, is here. Remarks that the unit was told about the same package before keep what was done about them.
        ChangeRefused ``unknown-unit``."""
        with self._write() as conn:
            return _take(conn, sent, unit, filings, source, self._scribe.stamp())

    def is_here(self, check_code: str) -> bool:
        with self._read() as conn:
            return (
                conn.execute(select(_RETURNED.number).where(_RETURNED.check_code == check_code)).first()
                is not None
            )

    def of(self, filing: int) -> tuple[KeptRemark, ...]:
        """What counts for a filing: remarks on it, then those on everything or on filings that are not here."""
        with self._read() as conn:
            rights.refuse_unseen(conn, filing)
            head = tables.filing.c
            unit, year = conn.execute(select(head.unit, head.year).where(head.id == filing)).one()
            mine = (_RETURNED.unit == unit) & (_RETURNED.year == year)
            meant = or_(_REMARK.filing == filing, _REMARK.filing.is_(None))
            return _listed(conn, _RETURNED.counts == 1, mine & meant)

    def of_year(self, unit: str, year: int) -> tuple[KeptRemark, ...]:
        """Of the return that counts, in the bureau's order."""
        with self._read() as conn:
            named = select(tables.unit.c.id).where(tables.unit.c.name == shelf.plain_name(unit))
            mine = _RETURNED.unit.in_(named.where(rights.seen(conn))) & (_RETURNED.year == year)
            return _listed(conn, _RETURNED.counts == 1, mine)

    def see_to(self, returned: int, number: int, done: bool, answer: str = "") -> None:
        """The remark is done or open again, with a word about it (empty: none). ChangeRefused ``unknown-remark``."""
        one = (_REMARK.returned == returned) & (_REMARK.number == number)
        with self._write() as conn:
            stamp = self._scribe.stamp()
            values = {
                "done": int(done),
                "answer": clean_text(answer),
                "seen_at": stamp.at,
                "seen_by": stamp.who,
            }
            if conn.execute(update(tables.remark).where(one).values(values)).rowcount == 0:
                raise ChangeRefused("unknown-remark", "没有这条意见。")
            whose = select(_RETURNED.unit).where(_RETURNED.number == returned)
            rights.refuse_unit(conn, conn.execute(whose).scalar_one())


def _listed(conn: Connection, *of: ColumnElement[bool]) -> tuple[KeptRemark, ...]:
    query = select(tables.remark, _RETURNED.check_code, _RETURNED.bureau, _RETURNED.made).select_from(_JOINED)
    query = query.where(*of).order_by(_REMARK.filing.is_(None), _REMARK.returned, _REMARK.number)
    return tuple(
        KeptRemark(
            r.returned,
            r.number,
            r.check_code,
            r.bureau,
            r.made,
            r.filing,
            r.about,
            Remark(None, r.kind, r.text, r.title, r.place, r.words, r.row_id, r.field, r.stood),
            bool(r.done),
            r.answer,
        )
        for r in conn.execute(query)
    )


def _take(
    conn: Connection, sent: SentBack, unit: str, filings: Sequence[int | None], source: str, stamp: Stamp
) -> int | None:
    if conn.execute(select(_RETURNED.number).where(_RETURNED.check_code == sent.check_code)).first():
        return None
    named = select(tables.unit.c.id).where(tables.unit.c.name == shelf.plain_name(unit))
    unit_id = conn.execute(named).scalar_one_or_none()
    if unit_id is None:
        raise ChangeRefused("unknown-unit", f"本机没有单位“{unit}”。")
    rights.refuse_unit(conn, unit_id)
    mine = (_RETURNED.unit == unit_id) & (_RETURNED.year == sent.year)
    before = conn.execute(select(tables.returned).where(mine, _RETURNED.counts == 1)).first()
    order = _order(conn, unit_id)
    answers = sent.answers or _content(sent)
    here = (order.get(answers, 0), sent.made)
    counts = before is None or (order.get(before.answers, 0), before.made) <= here
    if counts:
        conn.execute(update(tables.returned).where(mine).values(counts=0))
    number = (conn.execute(select(func.max(_RETURNED.number))).scalar_one() or 0) + 1
    receipt = sent.receipt
    signed = {"signer": receipt.signer, "fingerprint": receipt.fingerprint} if receipt else {}
    values = {"number": number, "unit": unit_id, "year": sent.year, "decision": sent.decision}
    values |= {key: getattr(sent, key) for key in ("bureau", "made", "handed_in", "check_code")}
    values |= {
        "answers": answers,
        "signer": "",
        "fingerprint": "",
        "source": source,
        "at": stamp.at,
        "who": stamp.who,
    }
    conn.execute(insert(tables.returned).values(values | signed | {"counts": int(counts)}))
    known = _known(conn, mine, answers)
    rows = [_row(n, remark, sent, filings, known) for n, remark in enumerate(sent.remarks, 1)]
    if rows:
        conn.execute(insert(tables.remark), [row | {"returned": number} for row in rows])
    return number


def _content(sent: SentBack) -> str:
    """What tells the content of plain files, which have no check code."""
    return hashlib.sha256("".join(f.digest for f in sent.filings).encode()).hexdigest()


def _order(conn: Connection, unit_id: int) -> dict[str, int]:
    """Check code → which of the unit's packages it was, from 1."""
    seal, head = tables.seal.c, tables.filing.c
    query = select(seal.package).join(tables.filing, head.id == seal.filing).where(head.unit == unit_id)
    codes = conn.execute(query.order_by(seal.number)).scalars()
    return {code: n for n, code in enumerate(dict.fromkeys(codes), 1)}


Same = tuple[int | None, str, str, str, str]


def _known(
    conn: Connection, mine: ColumnElement[bool], answers: str
) -> dict[Same, tuple[int, str, str, str]]:
    """What was done about remarks on the same package; the last word counts."""
    query = select(tables.remark).select_from(_JOINED).where(mine, _RETURNED.answers == answers)
    found = conn.execute(query.order_by(_REMARK.returned))
    return {
        (r.filing, r.kind, r.place, r.title, r.text): (r.done, r.answer, r.seen_at, r.seen_by) for r in found
    }


def _row(
    number: int,
    remark: Remark,
    sent: SentBack,
    filings: Sequence[int | None],
    known: dict[Same, tuple[int, str, str, str]],
) -> dict[str, object]:
    meant = None if remark.filing is None else sent.filings[remark.filing]
    filing = None if remark.filing is None else filings[remark.filing]
    about = "" if meant is None else meant.name or meant.title
    same = (filing, remark.kind, remark.place, remark.title, remark.text)
    done, answer, at, by = known.get(same, (0, "", "", ""))
    told = {key: getattr(remark, key) for key in ("kind", "place", "title", "text", "stood")}
    where = {"words": remark.where, "row_id": remark.row, "field": remark.column}
    seen = {"done": done, "answer": answer, "seen_at": at, "seen_by": by}
    return {"number": number, "filing": filing, "about": about, **told, **where, **seen}
