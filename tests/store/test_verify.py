"""verify finds what is broken: each test breaks one thing behind the store's back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from perfdesk.model.change import MoveRow, RemoveRow, Step
from perfdesk.store import Store
from tests.postgres import Postgres
from tests.store.sample import Clock, insert_task, sample_filing, set_goal


@pytest.fixture
def used(folder: Path, clock: Clock) -> Path:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        for step in (
            set_goal("一"),
            insert_task("t3", "t2"),
            Step("移", (MoveRow("b", None, None),)),
            Step("删", (RemoveRow("a1"),)),
        ):
            store.apply(1, step)
        store.undo(1)
        store.undo(1)
        store.undo(store.add(sample_filing(year=2025), "撤销的"))
        assert store.verify() == ()
    return folder


BREAKS = {
    "a cell": "UPDATE row SET cells = '{\"goal\": \"别的\"}' WHERE filing = 1 AND id = 'basic'",
    "a row gone": "DELETE FROM row WHERE filing = 1 AND id = 'b11'",
    "a row too many": "INSERT INTO row VALUES (1, 'x', 'tasks', NULL, 9999999, '{}')",
    "a parent gone": "DELETE FROM row WHERE filing = 1 AND id = 'b1'",
    "order": "UPDATE row SET place = -5 WHERE filing = 1 AND id = 't3'",
    "order across parents": "UPDATE row SET place = 99999999999 WHERE filing = 1 AND id = 'a'",
    "one place twice": "UPDATE row SET place = (SELECT place FROM row WHERE filing = 1 AND id = 't1') WHERE filing = 1 AND id = 't2'",
    "cells that are no JSON": "UPDATE row SET cells = '{' WHERE filing = 1 AND id = 'basic'",
    "cells that are a list": "UPDATE row SET cells = '[]' WHERE filing = 1 AND id = 'basic'",
    "another parent": "UPDATE row SET parent = 'a1' WHERE filing = 1 AND id = 'b11'",
    "a done step's changes": "UPDATE step SET changes = '[]' WHERE filing = 1 AND number = 2",
    "a done step's inverse": "UPDATE step SET inverse = '[]' WHERE filing = 1 AND number = 2",
    "an undone step's changes": 'UPDATE step SET changes = \'[{"remove": "nobody"}]\' WHERE filing = 1 AND number = 5',
    "an undone step's inverse": "UPDATE step SET inverse = '[]' WHERE filing = 1 AND number = 4",
    "a step gone": "DELETE FROM step WHERE filing = 1 AND number = 2",
    "the first step gone": "DELETE FROM step WHERE filing = 1 AND number = 1",
    "the journal gone": "DELETE FROM step WHERE filing = 1",
    "the order of states": "UPDATE step SET state = 'undone' WHERE filing = 1 AND number = 2",
    "a replaced step among the done": "UPDATE step SET state = 'replaced' WHERE filing = 1 AND number = 3",
    "withdrawn": "UPDATE filing SET withdrawn = 1 WHERE id = 1",
    "not withdrawn": "UPDATE filing SET withdrawn = 0 WHERE id = 2",
    "the unit": "INSERT INTO unit (id, name, code) VALUES (9, '别的', ''); UPDATE filing SET unit = 9 WHERE id = 1",
    "a unit that is not there": "UPDATE filing SET unit = 77 WHERE id = 1",
    "sections": 'UPDATE filing SET sections = \'["indicators", "tasks", "budget", "basic"]\' WHERE id = 1',
    "sections that are no JSON": "UPDATE filing SET sections = 'x' WHERE id = 1",
    "rows of no filing": "INSERT INTO row VALUES (99, 'x', 'tasks', NULL, 1, '{}')",
}
THE_INDEX = "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 2 WHERE name = 'row_parent'"


ON_SERVER = ("a cell", "order", "a done step's changes", "the journal gone", "sections that are no JSON")
"""What is found does not hang on where the rows are; these few show that they are read there, too."""


def broken(folder: Path, statements: str) -> None:
    with closing(sqlite3.connect(folder / "perfdesk.db")) as conn:
        conn.executescript(statements)


def found_in(store: Store) -> tuple[str, ...]:
    store.vault.database.close()
    found = store.verify()
    assert all(problem and "\n" not in problem for problem in found)
    return found


@pytest.mark.file_only("a few of them: the next test")
@pytest.mark.parametrize("statements", BREAKS.values(), ids=BREAKS.keys())
def test_what_is_broken_is_found(used: Path, statements: str) -> None:
    with Store.open(used) as store:
        broken(used, statements)
        assert found_in(store)


@pytest.mark.parametrize("folder", ["server"], indirect=True)
def test_what_is_broken_on_a_server_is_found(used: Path, server: Postgres, with_tables: str) -> None:
    with Store.open(used) as store:
        for name in ON_SERVER:
            server.ask(
                "CREATE TABLE was AS TABLE row; CREATE TABLE did AS TABLE step; CREATE TABLE head AS TABLE filing",
                with_tables,
            )
            server.ask(BREAKS[name], with_tables)
            assert found_in(store), name
            server.ask(_MENDED, with_tables)
            assert store.verify() == (), name


_MENDED = """SET session_replication_role = replica;
DELETE FROM row; DELETE FROM step; DELETE FROM filing;
INSERT INTO filing TABLE head; INSERT INTO row TABLE was; INSERT INTO step TABLE did; DROP TABLE head, was, did"""


@pytest.mark.file_only("what a server has instead of an index is its own")
def test_an_index_that_is_broken_is_found(used: Path) -> None:
    with Store.open(used) as store:
        broken(used, THE_INDEX)
        assert found_in(store)


def test_a_whole_store_is_clean_also_for_a_reader(used: Path) -> None:
    with Store.open(used, read_only=True) as store:
        assert store.verify() == ()
