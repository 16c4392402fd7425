"""Units and whole filings: made, named, archived, deleted, brought back. Each is a deed that can be undone; nothing is erased. What was
handed in is closed by a seal, which no undo opens."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, func, insert, or_, select, update

from perfdesk.errors import ChangeRefused
from perfdesk.store import deeds, explanations, rights, seals, several, shelf, tables
from perfdesk.store.codec import time_of, time_text
from perfdesk.store.deeds import Put
from perfdesk.store.infos import DeletedInfo, Explanation, Seal
from perfdesk.store.scribe import Scribe
from perfdesk.store.seam import Keeper

Change = Callable[[], AbstractContextManager[Connection]]


class Office:
    """The part of the store that knows units and years; ``store.office``. ``change`` opens a change of the store; ``forget``
    lets it read again what it knows of the filings."""

    def __init__(
        self,
        vault: Keeper,
        change: Change,
        forget: Callable[[], object],
        guard: AbstractContextManager[object],
        scribe: Scribe,
    ) -> None:
        self._vault = vault
        self._database = vault.database
        self._change = change
        self._forget = forget
        self._guard = guard
        self._scribe = scribe
        self._now = scribe.now
        self._stamp = scribe.stamp

    @contextmanager
    def _begin(self) -> Generator[Connection]:
        with self._guard:
            with self._change() as conn:
                several.take_turn(conn)
                yield conn
            self._forget()
            self._vault.after_change()

    # --- units ---

    def create_unit(self, name: str, code: str = "") -> int:
        """ChangeRefused where the name is empty or taken."""
        plain = _plain(name)
        with self._begin() as conn:
            table = tables.unit
            deeds.free(conn, None, plain)
            # Before its deed the row has a name that nobody types, so that taking the deed back sets the real name free.
            blank = f"\u2060{(conn.execute(select(func.max(table.c.id))).scalar_one() or 0) + 1}"
            new = insert(table).values(name=blank, code="", kept=0, archived=0, deleted=self._now())
            key = conn.execute(new).inserted_primary_key
            assert key is not None
            values = {"name": plain, "code": code.strip(), "kept": 1, "deleted": ""}
            deeds.do(conn, f"新建单位“{plain}”", self._stamp(), (Put("unit", int(key[0]), values),))
            return int(key[0])

    def rename_unit(self, unit: int, name: str) -> None:
        """The unit's filings stay with it, whatever name is written in them; their cells are not touched."""
        plain = _plain(name)
        with self._begin() as conn:
            # Bound for good: taking the name back must not set free what somebody typed in the meantime.
            of_unit = tables.filing.c.unit == unit
            conn.execute(
                update(tables.filing)
                .where(of_unit)
                .values(unit_named=1, revision=tables.filing.c.revision + 1)
            )
            named = Put("unit", unit, {"name": plain, "kept": 1})
            deeds.do(conn, f"单位改名为“{plain}”", self._stamp(), (named,))

    def set_code(self, unit: int, code: str) -> None:
        with self._begin() as conn:
            put = Put("unit", unit, {"code": code.strip(), "kept": 1})
            deeds.do(conn, "修改单位编码", self._stamp(), (put,))

    def archive_unit(self, unit: int, archived: bool = True) -> None:
        """The unit and all its filings; archived ones cannot be changed until they are taken out again."""
        with self._begin() as conn:
            puts = [Put("filing", f, {"archived": int(archived)}) for f in _filings(conn, unit)]
            label = f"{_verb(archived)}单位“{_name(conn, unit)}”"
            deeds.do(conn, label, self._stamp(), (Put("unit", unit, {"archived": int(archived)}), *puts))

    def delete_unit(self, unit: int) -> None:
        """The unit with its filings goes to what was deleted last."""
        with self._begin() as conn:
            stamp = self._stamp()
            gone = {"deleted": stamp.at}
            puts = [Put("filing", f, gone) for f in _filings(conn, unit)]
            deeds.do(conn, f"删除单位“{_name(conn, unit)}”", stamp, (Put("unit", unit, gone), *puts))

    # --- years and filings ---

    def archive_year(self, unit: int, year: int | None, archived: bool = True) -> None:
        """All filings of the unit for that year (None: those whose year is not known)."""
        with self._begin() as conn:
            head = tables.filing.c
            query = select(head.id).where(
                head.id.in_(_filings(conn, unit)), head.year.is_not_distinct_from(year)
            )
            puts = [Put("filing", f, {"archived": int(archived)}) for f in conn.execute(query).scalars()]
            if not puts:
                raise ChangeRefused("nothing-there", "这一年度没有填报。")
            said = "未定年度" if year is None else f"{year} 年度"
            deeds.do(conn, f"{_verb(archived)} {said}", self._stamp(), puts)

    def delete_filings(self, filings: Sequence[int]) -> None:
        """They leave the list; their rows and journal stay, and ``bring_back`` returns them."""
        with self._begin() as conn:
            titles = {shelf.load(conn, f).filing.title for f in filings}
            stamp = self._stamp()
            label = f"删除“{titles.pop()}”" if len(titles) == 1 else f"删除 {len(filings)} 份填报"
            deeds.do(conn, label, stamp, [Put("filing", f, {"deleted": stamp.at}) for f in filings])

    def put_in_order(self, filings: Sequence[int]) -> None:
        """They share out among themselves, in this order, the places they have in the list."""
        head = tables.filing.c
        with self._begin() as conn:
            query = select(head.id, shelf.place_of()).where(head.id.in_(filings))
            here: dict[int, int] = {row[0]: row[1] for row in conn.execute(query)}
            new = zip(filings, sorted(here.values()), strict=True)
            moved = [Put("filing", number, {"place": at}) for number, at in new if here[number] != at]
            if moved:
                deeds.do(conn, "调整项目顺序", self._stamp(), moved)

    # --- handed in ---

    def seal(self, filings: Sequence[int], package: str) -> None:
        """They were handed in with the package of that check code, and are closed; those that are already stay as they are."""
        with self._begin() as conn:
            seals.close(conn, filings, package, self._scribe.stamp())

    def unseal(self, filings: Sequence[int], reason: str) -> None:
        """ChangeRefused without a reason, or where one is not sealed; then all stay closed. No undo closes them again."""
        with self._begin() as conn:
            seals.open_again(conn, filings, reason, self._scribe.stamp())

    def seals(self, filing: int) -> tuple[Seal, ...]:
        """When it was handed in, and why it was opened again, the first first."""
        with self._guard, self._database.read() as conn:
            return seals.listed(conn, filing)

    # --- back ---

    def deleted(self) -> tuple[DeletedInfo, ...]:
        """What was deleted, the last first. Filings that went with their unit are not named one by one."""
        with self._guard, self._database.read() as conn:
            unit, head = tables.unit.c, tables.filing.c
            real = or_(unit.kept == 1, unit.id.in_(select(head.unit)))
            units = conn.execute(select(tables.unit).where(unit.deleted != "", real, rights.seen(conn))).all()
            query = select(tables.filing, unit.name.label("unit_name")).join(
                tables.unit, unit.id == head.unit
            )
            lone = conn.execute(
                query.where(head.deleted != "", head.withdrawn == 0, unit.deleted == "", rights.seen(conn))
            ).all()
            found = [DeletedInfo(u.id, u.name, None, None, "", time_of(u.deleted)) for u in units]
            found += [
                DeletedInfo(f.unit, f.unit_name, f.id, f.year, f.title, time_of(f.deleted)) for f in lone
            ]
            return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def bring_back(self, one: DeletedInfo) -> None:
        """A filing; or a unit with the filings that went with it."""
        with self._begin() as conn:
            if one.filing is not None:
                deeds.do(
                    conn, f"恢复“{one.title}”", self._stamp(), (Put("filing", one.filing, {"deleted": ""}),)
                )
                return
            head = tables.filing.c
            query = select(head.id).where(head.unit == one.unit, head.deleted == time_text(one.at))
            puts = [Put("filing", f, {"deleted": ""}) for f in conn.execute(query).scalars()]
            label = f"恢复单位“{one.unit_name}”"
            deeds.do(conn, label, self._stamp(), (Put("unit", one.unit, {"deleted": ""}), *puts))

    def undo(self) -> str | None:
        """Takes back the last deed; its label, None where there is none."""
        with self._begin() as conn:
            return deeds.turn(conn, "undo", self._stamp())

    def redo(self) -> str | None:
        with self._begin() as conn:
            return deeds.turn(conn, "redo", self._stamp())

    def can_undo(self) -> str | None:
        with self._guard, self._database.read() as conn:
            return deeds.label_of(conn, "undo")

    def can_redo(self) -> str | None:
        with self._guard, self._database.read() as conn:
            return deeds.label_of(conn, "redo")

    # --- explanations ---

    def explanations(self, filing: int) -> tuple[Explanation, ...]:
        """What the user said about findings of the filing; what was said about findings that are gone stays."""
        with self._guard, self._database.read() as conn:
            return explanations.listed(conn, filing)

    def all_explanations(self) -> tuple[tuple[int, Explanation], ...]:
        """Of every filing, with its id."""
        with self._guard, self._database.read() as conn:
            return explanations.of_all(conn)

    def explain(self, filing: int, finding: str, text: str) -> None:
        """``finding``: the key of the finding (``perfdesk.explained``); an empty text takes the explanation away."""
        with self._begin() as conn:
            shelf.refuse_closed(shelf.closed(conn, filing))
            explanations.put(conn, filing, finding, text, self._now())


def _plain(name: str) -> str:
    plain = shelf.plain_name(name)
    if not plain:
        raise ChangeRefused("no-name", "请填写单位名称。")
    return plain


def _verb(archived: bool) -> str:
    return "归档" if archived else "取消归档"


def _name(conn: Connection, unit: int) -> str:
    found = conn.execute(select(tables.unit.c.name).where(tables.unit.c.id == unit)).scalar_one_or_none()
    if found is None:
        raise ChangeRefused("unknown-unit", f"没有编号为 {unit} 的单位。")
    return found


def _filings(conn: Connection, unit: int) -> list[int]:
    """Ids of the unit's filings that are in the list."""
    head = tables.filing.c
    query = select(head.id).where(head.unit == unit, head.withdrawn == 0, head.deleted == "")
    return list(conn.execute(query.order_by(head.id)).scalars())
