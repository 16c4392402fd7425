"""The numbered way from one schema to the next. Version 1 is the first schema; what is released here never changes again.

Each migration runs in one transaction of its own together with the new version number, so that a crash leaves the old
schema or the new one, never something between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from perfdesk.store import ddl

APPLICATION_ID = 0x50444B31  # "PDK1"


@dataclass(frozen=True, slots=True)
class Migration:
    """``run`` brings a store of version ``version - 1`` to ``version``; it neither begins nor commits."""

    version: int
    run: Callable[[Connection], None]


_VERSION_1 = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, code TEXT NOT NULL DEFAULT '')",
    """CREATE TABLE filing (
        id INTEGER PRIMARY KEY,
        unit INTEGER NOT NULL REFERENCES unit (id),
        unit_named INTEGER NOT NULL CHECK (unit_named IN (0, 1)),
        form TEXT NOT NULL,
        year INTEGER,
        title TEXT NOT NULL,
        amount_unit TEXT NOT NULL,
        sections TEXT NOT NULL,
        withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        revision INTEGER NOT NULL)""",
    "CREATE INDEX filing_unit ON filing (unit)",
    """CREATE TABLE row (
        filing INTEGER NOT NULL REFERENCES filing (id),
        id TEXT NOT NULL,
        section TEXT NOT NULL,
        parent TEXT,
        place INTEGER NOT NULL,
        cells TEXT NOT NULL,
        PRIMARY KEY (filing, id),
        FOREIGN KEY (filing, parent) REFERENCES row (filing, id) DEFERRABLE INITIALLY DEFERRED)""",
    "CREATE INDEX row_parent ON row (filing, parent)",
    """CREATE TABLE step (
        filing INTEGER NOT NULL REFERENCES filing (id),
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'replaced')),
        changes TEXT NOT NULL,
        inverse TEXT NOT NULL,
        PRIMARY KEY (filing, number))""",
    "CREATE INDEX step_state ON step (filing, state, number)",
)


def _version_1(conn: Connection) -> None:
    ddl.run(conn, _VERSION_1)
    if conn.dialect.name == ddl.FILE:  # a server keeps it among its rows (served.py)
        conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


_VERSION_2 = (
    "ALTER TABLE unit ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1))",
    "ALTER TABLE unit ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))",
    "ALTER TABLE unit ADD COLUMN deleted TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE filing ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))",
    "ALTER TABLE filing ADD COLUMN deleted TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE explanation (
        filing INTEGER NOT NULL REFERENCES filing (id),
        finding TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (filing, finding))""",
    """CREATE TABLE deed (
        number INTEGER PRIMARY KEY,
        label TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'replaced')),
        changes TEXT NOT NULL,
        inverse TEXT NOT NULL)""",
)


def _version_2(conn: Connection) -> None:
    """Units and filings can be archived and deleted (and brought back); warnings can be explained."""
    ddl.run(conn, _VERSION_2)


_VERSION_3 = (
    "ALTER TABLE step ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE step ADD COLUMN visit TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE step ADD COLUMN undone_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE deed ADD COLUMN undone_at TEXT NOT NULL DEFAULT ''",
)


def _version_3(conn: Connection) -> None:
    """A step says who made it and in which stay in a cell; steps and deeds say when they were taken back."""
    ddl.run(conn, _VERSION_3)


def _version_4(conn: Connection) -> None:
    """Filings can be put in another order."""
    ddl.run(conn, ("ALTER TABLE filing ADD COLUMN place INTEGER NOT NULL DEFAULT 0",))


_VERSION_5 = (
    """CREATE TABLE seal (
        number INTEGER PRIMARY KEY,
        filing INTEGER NOT NULL REFERENCES filing (id),
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        package TEXT NOT NULL,
        opened_at TEXT NOT NULL DEFAULT '',
        opened_by TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        CHECK ((opened_at = '') = (reason = '')))""",
    "CREATE INDEX seal_filing ON seal (filing)",
    "CREATE UNIQUE INDEX seal_closed ON seal (filing) WHERE opened_at = ''",
)


def _version_5(conn: Connection) -> None:
    """Filings that were handed in are sealed, and opened again with a reason."""
    ddl.run(conn, _VERSION_5)


_VERSION_6 = (
    """CREATE TABLE node (
        key TEXT PRIMARY KEY,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('province', 'city', 'county', 'department', 'unit')),
        parent TEXT REFERENCES node (key),
        path TEXT NOT NULL,
        place INTEGER NOT NULL,
        expected INTEGER NOT NULL CHECK (expected IN (0, 1)))""",
    "CREATE INDEX node_name ON node (name)",
    """CREATE TABLE handing (
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        source TEXT NOT NULL,
        made TEXT NOT NULL,
        check_code TEXT NOT NULL,
        program TEXT NOT NULL,
        draft INTEGER NOT NULL CHECK (draft IN (0, 1)),
        signer TEXT NOT NULL,
        digest TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('taken', 'accepted', 'returned', 'replaced')),
        PRIMARY KEY (year, unit, number))""",
    "CREATE UNIQUE INDEX handing_counts ON handing (year, unit) WHERE state <> 'replaced'",
    """CREATE TABLE paper (
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        handing INTEGER NOT NULL,
        number INTEGER NOT NULL,
        form TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        name TEXT NOT NULL,
        total TEXT NOT NULL,
        grade TEXT NOT NULL,
        printed TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (year, unit, handing, number),
        FOREIGN KEY (year, unit, handing) REFERENCES handing (year, unit, number))""",
    """CREATE TABLE amount (
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        paper INTEGER NOT NULL,
        section TEXT NOT NULL,
        line TEXT NOT NULL,
        field TEXT NOT NULL,
        form TEXT NOT NULL,
        value INTEGER,
        text TEXT NOT NULL,
        PRIMARY KEY (year, unit, paper, section, line, field))""",
    "CREATE INDEX amount_cell ON amount (year, form, section, line, field)",
    """CREATE TABLE indicator (
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        paper INTEGER NOT NULL,
        number INTEGER NOT NULL,
        form TEXT NOT NULL,
        level1 TEXT NOT NULL,
        level2 TEXT NOT NULL,
        level3 TEXT NOT NULL,
        target TEXT NOT NULL,
        op TEXT NOT NULL,
        value INTEGER,
        measure TEXT NOT NULL,
        actual TEXT NOT NULL,
        actual_value INTEGER,
        weight TEXT NOT NULL,
        score TEXT NOT NULL,
        PRIMARY KEY (year, unit, paper, number))""",
    """CREATE TABLE finding (
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        paper INTEGER NOT NULL,
        number INTEGER NOT NULL,
        code TEXT NOT NULL,
        severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'hint')),
        place TEXT NOT NULL,
        title TEXT NOT NULL,
        message TEXT NOT NULL,
        explanation TEXT NOT NULL,
        PRIMARY KEY (year, unit, paper, number))""",
    """CREATE TABLE note (
        year INTEGER NOT NULL,
        unit TEXT NOT NULL,
        number INTEGER NOT NULL,
        handing INTEGER NOT NULL,
        paper INTEGER NOT NULL,
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        sent TEXT NOT NULL,
        PRIMARY KEY (year, unit, number),
        FOREIGN KEY (year, unit, handing) REFERENCES handing (year, unit, number))""",
)


def _version_6(conn: Connection) -> None:
    """The bureau's side: the tree of units, and what they handed in."""
    ddl.run(conn, _VERSION_6)


_VERSION_7 = (
    """CREATE TABLE person (
        login TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('unit', 'reviewer', 'administrator')),
        node TEXT NOT NULL,
        CHECK (role <> 'unit' OR node <> ''))""",
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        verb TEXT NOT NULL,
        what TEXT NOT NULL,
        detail TEXT NOT NULL)""",
    "CREATE INDEX audit_at ON audit (at)",
    """CREATE TABLE writer (
        id TEXT PRIMARY KEY,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        change INTEGER NOT NULL)""",
    "ALTER TABLE deed ADD COLUMN who TEXT NOT NULL DEFAULT ''",
)


def _version_7(conn: Connection) -> None:
    """Many people: who may do what, who did what, and whose change came through."""
    ddl.run(conn, _VERSION_7)


_VERSION_8 = (
    """CREATE TABLE returned (
        number INTEGER PRIMARY KEY,
        unit INTEGER NOT NULL REFERENCES unit (id),
        year INTEGER NOT NULL,
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'returned')),
        bureau TEXT NOT NULL,
        made TEXT NOT NULL,
        answers TEXT NOT NULL,
        handed_in TEXT NOT NULL,
        check_code TEXT NOT NULL UNIQUE,
        signer TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        source TEXT NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        counts INTEGER NOT NULL CHECK (counts IN (0, 1)))""",
    "CREATE UNIQUE INDEX returned_counts ON returned (unit, year) WHERE counts = 1",
    """CREATE TABLE remark (
        returned INTEGER NOT NULL REFERENCES returned (number),
        number INTEGER NOT NULL,
        filing INTEGER REFERENCES filing (id),
        kind TEXT NOT NULL CHECK (kind IN ('note', 'error', 'warning')),
        about TEXT NOT NULL,
        place TEXT NOT NULL,
        words TEXT NOT NULL,
        row_id TEXT NOT NULL,
        field TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        stood TEXT NOT NULL,
        done INTEGER NOT NULL CHECK (done IN (0, 1)),
        answer TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        seen_by TEXT NOT NULL,
        PRIMARY KEY (returned, number))""",
    "CREATE INDEX remark_filing ON remark (filing)",
)


def _version_8(conn: Connection) -> None:
    """What the bureau sends back stays beside the filings that it is about."""
    ddl.run(conn, _VERSION_8)


_VERSION_9 = (
    "ALTER TABLE note ADD COLUMN done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))",
    "ALTER TABLE note ADD COLUMN answer TEXT NOT NULL DEFAULT ''",
)


def _version_9(conn: Connection) -> None:
    """What units say about the bureau's notes comes back with what they hand in next."""
    ddl.run(conn, _VERSION_9)


MIGRATIONS: Sequence[Migration] = (
    Migration(1, _version_1),
    Migration(2, _version_2),
    Migration(3, _version_3),
    Migration(4, _version_4),
    Migration(5, _version_5),
    Migration(6, _version_6),
    Migration(7, _version_7),
    Migration(8, _version_8),
    Migration(9, _version_9),
)


def newest(migrations: Sequence[Migration]) -> int:
    """The version that this program writes."""
    return migrations[-1].version
