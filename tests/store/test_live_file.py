"""The file of an open store: its settings, and that the program itself never opens it, which would drop the locks of SQLite."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from perfdesk.store import Store, backups_of
from tests.store.sample import Clock, sample_filing, set_goal

OPENED: list[str] = []
WATCHED: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHED and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        path = os.fsdecode(arguments[0])
        if path in WATCHED:
            OPENED.append(path)


sys.addaudithook(_watch)  # nothing takes a hook away again: it listens only while a path is watched


def test_nothing_that_is_done_with_an_open_store_opens_its_file(
    folder: Path, tmp_path: Path, clock: Clock
) -> None:
    live = folder / "perfdesk.db"
    with Store.open(folder, clock=clock) as store:
        WATCHED.append(str(live))
        try:
            filing = store.add(sample_filing(), "导入")
            store.apply(filing, set_goal("一"))
            store.undo(filing)
            copy = store.backup()
            store.backup(tmp_path / "copy.db")
            store.restore(copy)
            store.verify()
            store.dump()
            backups_of(folder)
            with Store.open(folder, read_only=True) as reader:
                reader.filing(filing)
        finally:
            WATCHED.clear()
    assert OPENED == []
    open(live, "rb").close()
    WATCHED.append(str(live))
    open(live, "rb").close()
    WATCHED.clear()
    assert [str(live)] == OPENED  # the hook does hear


def test_a_store_that_is_opened_again_has_all_its_settings(folder: Path) -> None:
    """A new store has some of them from the migrations that made it."""
    wanted = {"journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0}
    Store.open(folder).close()
    with Store.open(folder) as store, store.vault.database.raw() as conn:
        assert {name: conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
