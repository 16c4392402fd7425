"""Whether a change is on the server although the connection broke while it was asked to keep it.

Every change writes its number into the one row of its writer. When no answer comes, a new connection waits until the old change is over,
and reads the number: told as "not saved" it would be made twice, told as "saved" without a look it might be lost.
"""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from perfdesk.errors import StoreRefused
from perfdesk.store.tables import writer as table

_MESSAGE = "与服务器的连接断开时，上一步已经保存在服务器上，只是没有收到回音；请看过这一步的内容再继续。"
_MARK = update(table).where(table.c.id == bindparam("of"))
_ASK = select(table.c.change).where(table.c.id == bindparam("of")).with_for_update()


class Bare(Protocol):
    def __call__(self) -> AbstractContextManager[Connection]: ...


class Token:
    """``ask``: a transaction of its own on a new connection."""

    def __init__(self, ask: Bare) -> None:
        self._ask = ask
        self._id = secrets.token_hex(12)
        self._number = 0
        self._doubtful = False

    def register(self, conn: Connection, who: str, now: str, before: str) -> None:
        """Rows of writers that were last seen before the other time go."""
        conn.execute(delete(table).where(table.c.at < before))
        conn.execute(insert(table).values(id=self._id, who=who, at=now, change=0))

    def begin(self) -> None:
        """Before the next change: StoreRefused ``unconfirmed`` where the last one is there after all."""
        if self._doubtful and self._landed():
            raise StoreRefused("unconfirmed", _MESSAGE)

    def mark(self, conn: Connection) -> None:
        """First thing in a change."""
        self._number += 1
        conn.execute(_MARK, {"of": self._id, "change": self._number})

    def landed(self) -> bool:
        """After the connection was lost at the end of a change. Where nobody answers, the question stays open, and StoreRefused says
        that there is no server."""
        self._doubtful = True
        return self._landed()

    def _landed(self) -> bool:
        with self._ask() as conn:
            found = conn.execute(_ASK, {"of": self._id}).scalar_one_or_none()
        self._doubtful = False
        return found == self._number
