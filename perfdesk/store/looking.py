"""What a window shows first, asked of SQLite itself: the library of the store is imported while somebody reads already.

A look proves what opening proves of a store that this very program left in order: the place is safe, nobody else writes, every page is
read and whole. Where anything is otherwise there is no look, and opening the store says what is the matter.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from perfdesk import VERSION
from perfdesk.errors import StoreRefused
from perfdesk.model.filing import Filing
from perfdesk.store.codec import row_of, texts_of, time_of
from perfdesk.store.faults import sqlite_refusal
from perfdesk.store.infos import Explanation, FilingInfo, UnitInfo
from perfdesk.store.lock import Lock
from perfdesk.store.places import unsafe_place

if TYPE_CHECKING:
    from perfdesk.store.store import Store

_ELSEWHERE = "PERFDESK_STORE", "store.toml"
"""The variable and the file that may name a server: then the data are not in the folder."""
_LISTED = "withdrawn = 0 AND deleted = ''"
_INFOS = f"""SELECT id, (SELECT name FROM unit WHERE unit.id = head.unit), year, form, title, changed_at,
    (SELECT count(*) FROM step WHERE step.filing = head.id AND state = 'done'), archived,
    (SELECT label FROM step WHERE step.filing = head.id AND number = 1),
    (SELECT json_extract(cells, '$.name') FROM "row" AS line WHERE line.filing = head.id AND line.id = 'basic'),
    (SELECT at FROM seal WHERE seal.filing = head.id AND opened_at = ''),
    (SELECT sum(1 - done) FROM remark JOIN returned ON remark.returned = returned.number WHERE counts = 1 AND (
        remark.filing = head.id OR remark.filing IS NULL AND returned.unit = head.unit AND returned.year = head.year)),
    (SELECT decision FROM returned JOIN seal ON seal.package = returned.answers WHERE counts = 1
        AND returned.unit = head.unit AND returned.year = head.year AND seal.filing = head.id AND opened_at = '')
    FROM filing AS head WHERE {_LISTED} ORDER BY coalesce(nullif(place, 0), id), id"""
_UNITS = f"""SELECT id, name, code, archived FROM unit
    WHERE (kept = 1 OR id IN (SELECT unit FROM filing WHERE {_LISTED})) AND deleted = '' ORDER BY name"""


class FirstLook:
    """Answers as ``Store`` does; nobody else writes until it is closed. Of one thread."""

    def __init__(self, folder: Path, conn: sqlite3.Connection, lock: Lock) -> None:
        self.folder = folder
        self._conn = conn
        self._lock = lock
        self._settings: dict[str, str] = dict(conn.execute("SELECT key, value FROM setting"))
        self._infos = tuple(_info(*found) for found in conn.execute(_INFOS))
        found = conn.execute(_UNITS)
        self._units = tuple(UnitInfo(number, name, code, bool(gone)) for number, name, code, gone in found)
        asked = conn.execute("SELECT filing, finding, text, at FROM explanation ORDER BY filing, at, finding")
        self._said = tuple((of, Explanation(finding, text, time_of(at))) for of, finding, text, at in asked)
        self._filings: dict[int, Filing] = {}

    @property
    def office(self) -> Self:
        return self

    @property
    def vault(self) -> Self:
        return self

    def close(self) -> None:
        """A second call does nothing."""
        self._conn.close()
        self._lock.release()

    def filings(self) -> tuple[FilingInfo, ...]:
        return self._infos

    def units(self) -> tuple[UnitInfo, ...]:
        return self._units

    def setting(self, key: str) -> str | None:
        return self._settings.get(key)

    def explanations(self, filing: int) -> tuple[Explanation, ...]:
        return tuple(one for of, one in self._said if of == filing)

    def all_explanations(self) -> tuple[tuple[int, Explanation], ...]:
        return self._said

    def new_id(self) -> str:
        import secrets  # and with it the system's cryptography; hardly ever asked for before the store is open

        return secrets.token_hex(6)

    def filing(self, filing_id: int) -> Filing:
        """StoreRefused as ``Store.filing``."""
        if filing_id not in self._filings:
            try:
                self._filings[filing_id] = self._read(filing_id)
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise sqlite_refusal(error) from error
        return self._filings[filing_id]

    def agrees_with(self, store: Store) -> bool:
        """Whether all that was told is so in the store, too."""
        same = self._infos == store.filings() and self._units == store.units()
        return same and all(store.filing(number) == told for number, told in self._filings.items())

    def _read(self, filing_id: int) -> Filing:
        head = "SELECT form, title, year, sections, amount_unit FROM filing WHERE id = ?"
        form, title, year, sections, amount_unit = self._conn.execute(head, (filing_id,)).fetchone()
        lines = 'SELECT id, section, parent, cells FROM "row" WHERE filing = ? ORDER BY place'
        rows = tuple(row_of(*found) for found in self._conn.execute(lines, (filing_id,)))
        return Filing(form, title, year, rows, texts_of(sections), filing_id, amount_unit)


def first_look(folder: Path) -> FirstLook | None:
    """None where the store has to be opened to know more. Nothing is made or changed."""
    path = folder / "perfdesk.db"
    variable, file = _ELSEWHERE
    if variable in os.environ or (folder / file).exists() or not path.exists() or unsafe_place(folder):
        return None
    try:
        lock = Lock(folder)
    except StoreRefused:
        return None
    try:
        return FirstLook(folder, _proven(path), lock)
    except (sqlite3.Error, OSError, UnicodeDecodeError, ValueError, StoreRefused):
        lock.release()
        return None


def _proven(path: Path) -> sqlite3.Connection:
    """Whole, and left by this version of the program; ValueError where it is not. What a crash left half-written is not looked at."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size:
        raise ValueError(journal)
    # Nobody writes while the lock is held, so that SQLite may leave the file and what lies beside it alone.
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        program = conn.execute("SELECT value FROM meta WHERE key = 'program'").fetchone()
        pages, size = (conn.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
        whole = conn.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if program != (VERSION,) or not whole or path.stat().st_size < pages * size:
            raise ValueError(path)
        if conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise ValueError(path)
    except BaseException:
        conn.close()
        raise
    return conn


def _info(*found: Any) -> FilingInfo:
    number, unit, year, form, title, changed_at, steps, archived, origin, name, sealed, *heard = found
    return FilingInfo(
        number, unit, year, form, title, time_of(changed_at), steps, bool(archived), origin or "",
        " ".join((name or "").split()), time_of(sealed) if sealed else None, *heard,
    )  # fmt: skip
