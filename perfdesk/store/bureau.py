"""``store.bureau``: the tree of units and what they handed in. A handing is never changed: the next one replaces it and both stay; what is
added up (amounts, indicators, findings) is kept of the one that counts alone."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection

from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import (
    EVERYONE,
    Handing,
    HandingInfo,
    HandingState,
    IndicatorSum,
    Node,
    Note,
    PaperInfo,
    Scope,
    Share,
    Sum,
    Told,
    UnitIndicator,
)
from perfdesk.model.filing import Filing
from perfdesk.store import audit, bureau_indicators, bureau_sums, handings, nodes, notes, rights, several
from perfdesk.store.scribe import Scribe, Stamp
from perfdesk.store.seam import Keeper

Change = Callable[[], AbstractContextManager[Connection]]


class Bureau:
    """The part of the store that a bureau uses. ``change`` opens a change of the store. Reading methods see one moment each."""

    def __init__(
        self, vault: Keeper, change: Change, guard: AbstractContextManager[object], scribe: Scribe
    ) -> None:
        self._vault = vault
        self._database = vault.database
        self._change = change
        self._guard = guard
        self._scribe = scribe

    @contextmanager
    def _read(self) -> Generator[Connection]:
        with self._guard, self._database.read() as conn:
            yield conn

    @contextmanager
    def _look(self, scope: Scope) -> Generator[tuple[Connection, Scope]]:
        with self._read() as conn:
            yield conn, rights.narrowed(conn, scope)

    @contextmanager
    def _write(self) -> Generator[Connection]:
        with self._guard:
            with self._change() as conn:
                several.take_turn(conn)
                yield conn
            self._vault.after_change()

    # --- the tree ---

    def nodes(self) -> tuple[Node, ...]:
        """Parents before their children, in the order they were put in."""
        with self._read() as conn:
            return nodes.listed(conn)

    def put_nodes(self, tree: Sequence[Node]) -> None:
        """The tree becomes this one (parents first). ChangeRefused ``node-handed-in`` where one that handed something in would go;
        ``node-twice``, ``node-parent`` where it is no tree."""
        with self._write() as conn:
            rights.need_administrator(conn)
            nodes.put_all(conn, tree)
            audit.note(conn, self._scribe.stamp(), "tree", "", f"{len(tree)} 个")

    # --- what was handed in ---

    def take(self, handing: Handing) -> int:
        """Its number. It counts from now on; the one before is kept as replaced. ChangeRefused ``unknown-node`` where the unit is not in
        the tree."""
        return self.take_all((handing,))[0]

    def take_all(self, some: Sequence[Handing]) -> tuple[int, ...]:
        """All or none, in one transaction. The store is backed up before, once for a run of them."""
        with self._guard:
            self._vault.before_import()
            with self._write() as conn:
                for one in some:
                    rights.refuse_key(conn, one.unit)
                return tuple(_taken(conn, one, self._scribe.stamp()) for one in some)

    def handings(self, year: int, replaced: bool = False, scope: Scope = EVERYONE) -> tuple[HandingInfo, ...]:
        """Those that count, by the tree's order; ``replaced``: the others, too, the newest first within a unit."""
        with self._look(scope) as (conn, scope):
            return handings.listed(conn, year, replaced, scope)

    def years(self) -> tuple[int, ...]:
        """For which something was handed in, the newest first."""
        with self._read() as conn:
            return handings.years(conn)

    def forms(self, year: int, scope: Scope = EVERYONE) -> tuple[str, ...]:
        """Ids of the forms of which somebody's handing that counts has a paper."""
        with self._look(scope) as (conn, scope):
            return handings.forms(conn, year, scope)

    def papers(self, year: int, scope: Scope = EVERYONE, handing: int | None = None) -> tuple[PaperInfo, ...]:
        """Of the handings that count, or of those with this number."""
        with self._look(scope) as (conn, scope):
            return handings.papers(conn, year, scope, handing)

    def filing(self, year: int, unit: str, handing: int, paper: int) -> Filing:
        """The filing as it was handed in; StoreRefused ``unknown-paper``."""
        with self._read() as conn:
            rights.refuse_out_of_reach(conn, unit)
            return handings.filing(conn, (year, unit, handing, paper))

    def findings(self, year: int, scope: Scope = EVERYONE) -> Mapping[tuple[str, int], tuple[Told, ...]]:
        """(unit, paper's number) → what the bureau's check says of it."""
        with self._look(scope) as (conn, scope):
            return handings.findings(conn, year, scope)

    def decide(self, year: int, unit: str, state: HandingState) -> None:
        """``accepted`` or ``returned`` (or ``taken`` again) for the handing that counts; ChangeRefused ``not-handed-in``."""
        if state == "replaced":
            raise ChangeRefused("bad-state", "只有新的一份才能替换旧的。")
        with self._write() as conn:
            rights.refuse_key(conn, unit)
            handings.decide(conn, year, unit, state)
            audit.note(conn, self._scribe.stamp(), state, f"{year} {unit}", "")

    # --- notes ---

    def notes(self, year: int, unit: str) -> tuple[Note, ...]:
        with self._read() as conn:
            rights.refuse_out_of_reach(conn, unit)
            return notes.listed(conn, year, unit)

    def put_note(self, year: int, unit: str, text: str, paper: int = 0, place: str = "") -> int:
        """A note about the handing that counts; its number."""
        with self._write() as conn:
            rights.refuse_key(conn, unit)
            return notes.put(conn, (year, unit), (paper, place, text), self._scribe.stamp())

    def drop_note(self, year: int, unit: str, number: int) -> None:
        """ChangeRefused ``note-sent`` where it went out already."""
        with self._write() as conn:
            rights.refuse_key(conn, unit)
            notes.drop(conn, year, unit, number)

    def notes_sent(self, year: int, unit: str, numbers: Sequence[int], day: str) -> None:
        with self._write() as conn:
            rights.refuse_key(conn, unit)
            notes.sent(conn, (year, unit), numbers, day)

    # --- sums ---

    def sums(self, year: int, forms: Sequence[str], scope: Scope = EVERYONE) -> tuple[Sum, ...]:
        """Of every cell of these forms that some paper has, added up by the database."""
        with self._look(scope) as (conn, scope):
            return bureau_sums.sums(conn, year, forms, scope)

    def counted(self, year: int, forms: Sequence[str], scope: Scope = EVERYONE) -> tuple[PaperInfo, ...]:
        """The papers that are in these sums."""
        with self._look(scope) as (conn, scope):
            return bureau_sums.counted(conn, year, forms, scope)

    def shares(
        self,
        year: int,
        forms: Sequence[str],
        cell: tuple[str, str, str],
        scope: Scope = EVERYONE,
    ) -> tuple[Share, ...]:
        """What each paper adds to the sum of one cell (section, line, field), the largest first."""
        with self._look(scope) as (conn, scope):
            return bureau_sums.shares(conn, year, forms, cell, scope)

    def per_unit(
        self,
        year: int,
        forms: Sequence[str],
        cells: Sequence[tuple[str, str, str]],
        scope: Scope = EVERYONE,
    ) -> Mapping[str, Mapping[tuple[str, str, str], int]]:
        """Unit → cell (section, line, field) → what it has there, by the tree's order."""
        with self._look(scope) as (conn, scope):
            return bureau_sums.per_unit(conn, year, forms, cells, scope)

    def gathered(
        self,
        year: int,
        forms: Sequence[str],
        money: tuple[Sequence[str], tuple[str, str, str]],
        scope: Scope = EVERYONE,
    ) -> tuple[IndicatorSum, ...]:
        """The indicators of these forms, those of the same names, measure and direction as one. ``money``: in which forms' cell (section,
        line, field) the money of a unit stands by which its rates weigh."""
        with self._look(scope) as (conn, scope):
            return bureau_indicators.gathered(conn, year, forms, scope, money)

    def indicators(
        self,
        year: int,
        forms: Sequence[str],
        money: tuple[Sequence[str], tuple[str, str, str]],
        scope: Scope = EVERYONE,
        names: Sequence[str] = (),
    ) -> tuple[UnitIndicator, ...]:
        """One by one by the tree's order; of those alone whose level 3 is written as one of ``names`` where there are any."""
        with self._look(scope) as (conn, scope):
            return bureau_indicators.by_unit(conn, year, forms, scope, money, names)


def _taken(conn: Connection, one: Handing, stamp: Stamp) -> int:
    """With what the unit says about notes on what it handed in before."""
    notes.answered(conn, (one.year, one.unit), one.answers)
    return handings.take(conn, one, stamp)
