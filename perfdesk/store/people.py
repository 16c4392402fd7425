"""``store.people``: who may see and do what on a server, and what was done by whom."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, delete, func, select

from perfdesk.errors import ChangeRefused
from perfdesk.store import audit, rights, several
from perfdesk.store.infos import Done
from perfdesk.store.rights import ALONE, ROLES, Person
from perfdesk.store.scribe import Scribe
from perfdesk.store.seam import Keeper
from perfdesk.store.tables import person as table

Change = Callable[[], AbstractContextManager[Connection]]


class People:
    """``change`` opens a change of the store."""

    def __init__(
        self, vault: Keeper, change: Change, guard: AbstractContextManager[object], scribe: Scribe
    ) -> None:
        self._vault = vault
        self._change = change
        self._guard = guard
        self._scribe = scribe

    def me(self) -> Person:
        """In a file: one without a login, who may do everything."""
        with self._guard, self._vault.database.read() as conn:
            return rights.person(conn)

    def all(self) -> tuple[Person, ...]:
        """By login. In a file there is nobody to name."""
        with self._guard, self._vault.database.read() as conn:
            return _listed(conn)

    def put(self, one: Person) -> None:
        """The person has this role from now on, and may come in. ChangeRefused ``no-login`` where the server does not know the login,
        ``bad-person`` where the role needs a node, ``last-administrator``, ``not-allowed``, ``one-person`` in a file."""
        if one.role not in ROLES or (one.role == "unit" and not one.node) or not one.login.strip():
            raise ChangeRefused("bad-person", "单位填报人要写明是哪个单位（--node），登录名不能是空的。")
        with self._administering() as conn:
            rights.let_in(conn, one.login)
            values = {"name": one.name, "role": one.role, "node": one.node}
            several.put(conn, table, {"login": one.login}, values)
            _refuse_without_administrator(conn)
            audit.note(
                conn, self._scribe.stamp(), "person", one.login, " ".join((one.role, one.node)).strip()
            )

    def remove(self, login: str) -> None:
        """ChangeRefused ``unknown-person``, ``last-administrator``, ``not-allowed``. What the person did stays told."""
        with self._administering() as conn:
            if conn.execute(delete(table).where(table.c.login == login)).rowcount == 0:
                raise ChangeRefused("unknown-person", f"没有登记过“{login}”。")
            _refuse_without_administrator(conn)
            rights.keep_out(conn, login)
            audit.note(conn, self._scribe.stamp(), "person-gone", login, "")

    def done(self, since: str = "", most: int = 1000) -> tuple[Done, ...]:
        """What was done by whom, the newest first: steps, deeds, seals, and what the audit alone tells. ``since``: a day or a moment (ISO);
        empty: from the beginning. ChangeRefused ``not-allowed`` for who does not see all units."""
        with self._guard, self._vault.database.read() as conn:
            rights.need_all(conn)
            return audit.told(conn, since, most)

    @contextmanager
    def _administering(self) -> Generator[Connection]:
        with self._guard, self._change() as conn:
            if rights.person(conn) is ALONE:
                raise ChangeRefused(
                    "one-person", "数据在本机的文件里，只有用这台电脑的人，不分角色；没有改动。"
                )
            rights.need_administrator(conn)
            several.take_turn(conn)
            yield conn


def _listed(conn: Connection) -> tuple[Person, ...]:
    found = conn.execute(select(table).order_by(table.c.login))
    return tuple(Person(p.login, p.role, p.node, p.name) for p in found)


def _refuse_without_administrator(conn: Connection) -> None:
    left = select(func.count()).select_from(table).where(table.c.role == "administrator")
    if conn.execute(left).scalar_one() == 0:
        raise ChangeRefused("last-administrator", "至少要有一个管理员，没有改动；请先登记另一个。")
