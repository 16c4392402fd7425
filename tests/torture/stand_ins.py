"""What the program would do without its guards: honest stand-ins, run where a control needs one. None of them is in the product."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from perfdesk.errors import UserError
from perfdesk.store import Store, database, lock
from perfdesk.store.migrations import MIGRATIONS
from tests.store.sample import set_goal


def answers_before_commit(talk: Any, folder: str) -> None:
    """An edit that is answered while it is still being written."""
    with Store.open(Path(folder)) as store:
        talk.gate()
        talk.say("OK")
        store.apply(1, set_goal("这一步"))


def faults_are_swallowed(talk: Any, folder: str) -> None:
    """An edit that is answered OK whatever came of it."""
    with Store.open(Path(folder)) as store:
        talk.gate()
        with contextlib.suppress(UserError):
            store.apply(1, set_goal("这一步"))
        talk.say("OK")


def without_journal(talk: Any, folder: str) -> None:
    """SQLite that writes into the store itself at once, with nothing to go back to."""
    database._SETTINGS = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")
    with Store.open(Path(folder)) as store:
        talk.gate()
        store.apply(1, set_goal("很长的目标" * 4000))
        talk.say("OK")


def with_usual_settings() -> None:
    """SQLite as it comes: a journal that is deleted, and a folder that is not flushed afterwards."""
    database._SETTINGS = ("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = FULL")


def migrates_without_transaction(talk: Any, folder: str) -> None:
    """The same migrations, every statement committed by itself."""
    path = Path(folder) / "perfdesk.db"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None), poolclass=StaticPool
    )
    talk.gate()
    with engine.connect() as conn:
        found = conn.exec_driver_sql("PRAGMA user_version").scalar_one()
        for migration in MIGRATIONS[found:]:
            migration.run(conn)
            conn.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
    talk.say("OK")


def writes_into_the_file(talk: Any, source: str, target: str) -> None:
    """An export that opens the old file and writes over it."""
    data = Path(source).read_bytes()
    talk.gate()
    Path(target).write_bytes(data)
    talk.say("OK")


def nothing_is_locked() -> None:
    lock._take = lambda _handle: None


JOBS: dict[str, Callable[..., None]] = {
    "answers-before-commit": answers_before_commit,
    "faults-are-swallowed": faults_are_swallowed,
    "without-journal": without_journal,
    "migrates-without-transaction": migrates_without_transaction,
    "writes-into-the-file": writes_into_the_file,
}
