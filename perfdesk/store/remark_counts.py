"""For queries of filings: how many of the bureau's remarks wait, and what it decided. Columns of ``filing`` come in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, cast, func, or_, select

from perfdesk.store import tables

_RETURNED, _REMARK, _SEAL = tables.returned.c, tables.remark.c, tables.seal.c


def waiting(filing: Any) -> ScalarSelect[int]:
    """On the filing or on everything of its year; NULL where there are none at all, seen to or not."""
    everything = _REMARK.filing.is_(None) & (_RETURNED.unit == filing.unit) & (_RETURNED.year == filing.year)
    joined = tables.remark.join(tables.returned, _REMARK.returned == _RETURNED.number)
    query = (
        select(cast(func.sum(1 - _REMARK.done), tables.WHOLE))
        .select_from(joined)
        .where(_RETURNED.counts == 1)
    )
    return query.where(or_(_REMARK.filing == filing.id, everything)).scalar_subquery()


def decided(filing: Any) -> ScalarSelect[str]:
    """NULL where the filing is open, or the bureau has said nothing about the package that it is closed with."""
    joined = tables.returned.join(tables.seal, _SEAL.package == _RETURNED.answers)
    mine = (_RETURNED.unit == filing.unit) & (_RETURNED.year == filing.year) & (_RETURNED.counts == 1)
    query = select(_RETURNED.decision).select_from(joined)
    return query.where(mine, _SEAL.filing == filing.id, _SEAL.opened_at == "").scalar_subquery()
