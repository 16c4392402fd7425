"""Who may see and do what. Asked in one place each: where filings and units are read, and where they are written. Inside the caller's
transaction, so that whoever loses a role loses it at once.

A file has one person with all rights. On a server a person is who the server let in; ``person`` says what for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Text, insert, literal_column, select

from perfdesk.errors import StoreRefused
from perfdesk.store.tables import person as table

Role = Literal["unit", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = ("unit", "reviewer", "administrator")
_LOGIN = literal_column("session_user", Text)
_ME = select(table.c.login, table.c.role, table.c.node).where(table.c.login == _LOGIN)
_OPTION = "person"


@dataclass(frozen=True, slots=True)
class Person:
    """``node``: the key of the unit (role ``unit``) or of the node (``reviewer``) that the person is there for; empty: all of them."""

    login: str
    role: Role
    node: str = ""
    name: str = ""

    @property
    def free(self) -> bool:
        """Sees everything."""
        return self.role == "administrator" or (self.role == "reviewer" and not self.node)


ALONE = Person("", "administrator")
"""Whoever has a file."""


def login(conn: Connection) -> str:
    """As the server knows who is there."""
    return str(conn.execute(select(_LOGIN)).scalar_one())


def found(conn: Connection) -> None:
    """Who makes the database administers it."""
    conn.execute(insert(table).values(login=_LOGIN, name="", role="administrator", node=""))


def come_in(conn: Connection) -> None:
    """First thing in every transaction on a server. StoreRefused ``no-person`` where nobody put this login down."""
    me = conn.execute(_ME).one_or_none()
    if me is None:
        message = "服务器上没有登记您可以做什么；请管理员用 perfdesk person --set 登记您的登录名。"
        raise StoreRefused("no-person", message)
    conn.execution_options(**{_OPTION: Person(me.login, me.role, me.node)})


def person(conn: Connection) -> Person:
    return conn.get_execution_options().get(_OPTION, ALONE)


def refuse_unseen(conn: Connection, filing_id: int) -> None:
    """StoreRefused ``unknown-filing`` where there is no such filing for this person."""
