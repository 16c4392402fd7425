"""Who may see and do what. Asked in one place each: where filings and units are read, and where they are written. Inside the caller's
transaction, so that whoever loses a role loses it at once.

A file has one person with all rights. On a server a person is who the server let in; ``person`` says what for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sqlalchemy import ColumnElement, Connection, Text, func, insert, literal_column, or_, select, text, true

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.store import tables
from perfdesk.store.tables import person as table

if TYPE_CHECKING:
    from perfdesk.model.bureau import Scope

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


def is_mine(conn: Connection, who: str) -> bool:
    """Whether this person did it (``login@host``); in a file everything is whoever has it did."""
    me = person(conn)
    return me is ALONE or who.partition("@")[0] == me.login


def own_key(conn: Connection, key: str) -> str:
    """Of a setting: each person has his own."""
    me = person(conn)
    return key if me is ALONE else f"{me.login}/{key}"


# --- which units ---


def seen(conn: Connection) -> ColumnElement[bool]:
    """For a query of units: those that the person may see."""
    me, unit = person(conn), tables.unit.c
    if me.free:
        return true()
    node = tables.node.c
    keys, names = (select(column).where(_below(me.node)) for column in (node.key, node.name))
    return or_(unit.code == me.node, unit.name == me.node, unit.code.in_(keys), unit.name.in_(names))


def narrowed(conn: Connection, scope: Scope) -> Scope:
    """What is asked for, of what the person may see. ChangeRefused ``not-allowed`` where that is another node."""
    me = person(conn)
    if me.free:
        return scope
    if scope.node is None:
        return replace(scope, node=me.node)
    refuse_out_of_reach(conn, scope.node)
    return scope


def _below(key: str) -> ColumnElement[bool]:
    node, above = tables.node.c, tables.node.alias()
    start = select(above.c.path).where(above.c.key == key).scalar_subquery()
    return func.substr(node.path, 1, func.length(start)) == start


# --- refusals ---


def refuse_unseen(conn: Connection, filing_id: int) -> None:
    """StoreRefused ``unknown-filing`` where there is no such filing for this person."""
    if person(conn).free:
        return
    head = tables.filing.join(tables.unit, tables.unit.c.id == tables.filing.c.unit)
    query = select(tables.filing.c.id).select_from(head).where(tables.filing.c.id == filing_id, seen(conn))
    if conn.execute(query).first() is None:
        raise StoreRefused("unknown-filing", f"没有编号为 {filing_id} 的填报；用 list 可以查看全部编号。")


def refuse_filing(conn: Connection, filing_id: int) -> None:
    """ChangeRefused ``not-allowed`` for whoever only reads; ``unknown-filing`` as above."""
    _refuse_reader(conn)
    refuse_unseen(conn, filing_id)


def refuse_unit(conn: Connection, unit: int) -> None:
    """ChangeRefused ``not-allowed`` where the person may not have filings in that unit."""
    _refuse_reader(conn)
    me = person(conn)
    if (
        not me.free
        and conn.execute(select(tables.unit.c.id).where(tables.unit.c.id == unit, seen(conn))).first() is None
    ):
        raise not_allowed("您只能填报自己单位的表。")


def _refuse_reader(conn: Connection) -> None:
    if person(conn).role == "reviewer":
        raise not_allowed("审核人只能查看，不能改动单位的填报。")


def refuse_key(conn: Connection, key: str) -> None:
    """ChangeRefused ``not-allowed`` where the person does not judge what that unit handed in."""
    if person(conn).role == "unit":
        raise not_allowed("收取、审核由上级部门的审核人做。")
    refuse_out_of_reach(conn, key)


def refuse_out_of_reach(conn: Connection, key: str) -> None:
    """ChangeRefused ``not-allowed`` where the person has nothing to do with that node."""
    me, node = person(conn), tables.node.c
    if me.free or key == me.node:
        return
    if conn.execute(select(node.key).where(node.key == key, _below(me.node))).first() is None:
        raise not_allowed(f"“{key}”不在您负责的范围里。")


def need_administrator(conn: Connection) -> None:
    if person(conn).role != "administrator":
        raise not_allowed("这件事只有管理员能做。")


def need_all(conn: Connection) -> None:
    """For what shows everything."""
    if not person(conn).free:
        raise not_allowed("这件事要能看到全部单位的人来做。")


def not_allowed(why: str) -> ChangeRefused:
    return ChangeRefused("not-allowed", f"{why}没有改动；需要时请联系管理员。")


# --- the server's own door ---


def let_in(conn: Connection, login: str) -> None:
    """The server lets this login read and write the tables. ChangeRefused ``no-login`` where it does not know it."""
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :login AND rolcanlogin")
    if conn.execute(known, {"login": login}).first() is None:
        message = (
            f"服务器上还没有登录名“{login}”；请先在服务器上建立它（CREATE ROLE … LOGIN PASSWORD …），再登记。"
        )
        raise ChangeRefused("no-login", message)
    _grant(conn, "GRANT", "TO", login)


def keep_out(conn: Connection, login: str) -> None:
    """What was given is taken back."""
    _grant(conn, "REVOKE", "FROM", login)


def _grant(conn: Connection, verb: str, way: str, login: str) -> None:
    """Of the tables there are, and of those to come."""
    whom = f'{way} "{login.replace(chr(34), chr(34) * 2)}"'
    for what in ("SELECT, INSERT, UPDATE, DELETE ON {} TABLES", "USAGE ON {} SEQUENCES"):
        now, later = what.format("ALL"), what.format("").replace("ON  ", "ON ")
        conn.exec_driver_sql(f"{verb} {now} IN SCHEMA public {whom}")
        conn.exec_driver_sql(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public {verb} {later} {whom}")
