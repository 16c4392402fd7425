"""From an older schema to the newest: proven backup first, all or nothing, and the stores that were released still open."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from perfdesk.errors import StoreRefused
from perfdesk.store import Store, tables
from perfdesk.store.migrations import MIGRATIONS, Migration
from tests.store.sample import Clock, sample_filing, set_goal, turns

FROZEN = Path(__file__).resolve().parent.parent / "databases"
NEXT = MIGRATIONS[-1].version + 1


def add_column(conn: Connection) -> None:
    conn.exec_driver_sql("ALTER TABLE unit ADD COLUMN phone TEXT NOT NULL DEFAULT ''")
    conn.exec_driver_sql("CREATE TABLE contact (id INTEGER PRIMARY KEY, unit INTEGER REFERENCES unit (id))")


def rebuild(conn: Connection) -> None:
    """What ALTER TABLE cannot do: a table that others refer to is made anew."""
    conn.exec_driver_sql(
        "CREATE TABLE unit_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, code TEXT NOT NULL)"
    )
    conn.exec_driver_sql("INSERT INTO unit_new SELECT id, name, code FROM unit")
    conn.exec_driver_sql("DROP TABLE unit")
    conn.exec_driver_sql("ALTER TABLE unit_new RENAME TO unit")


def break_off(conn: Connection) -> None:
    add_column(conn)
    conn.exec_driver_sql("this is no SQL")


def leave_orphans(conn: Connection) -> None:
    conn.exec_driver_sql("DELETE FROM unit")


@pytest.fixture
def older(folder: Path, clock: Clock) -> Path:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        store.apply(1, set_goal("一"))
    return folder


def schema(folder: Path) -> tuple[int, list[str]]:
    conn = sqlite3.connect(folder / "perfdesk.db")
    try:
        return conn.execute("PRAGMA user_version").fetchone()[0], [
            n for (n,) in conn.execute("SELECT sql FROM sqlite_master")
        ]
    finally:
        conn.close()


@pytest.mark.parametrize("change", [add_column, rebuild])
def test_an_older_store_is_brought_up_after_a_backup(older: Path, clock: Clock, change) -> None:
    migrations = (*MIGRATIONS, Migration(NEXT, change))
    with Store.open(older, clock=clock, migrations=migrations) as store:
        assert store.migrate() == (NEXT - 1, NEXT)
        assert [b.reason for b in store.backups()] == ["migrate"]
        assert store.filing(1).cell("basic/goal") == "一"
        store.apply(1, set_goal("二"))
        assert store.verify() == ()
    with Store.open(older, clock=clock, migrations=migrations) as store:
        assert store.migrate() == (NEXT, NEXT)
        assert store.filing(1).cell("basic/goal") == "二"
    with pytest.raises(StoreRefused) as refused:
        Store.open(older)
    assert refused.value.code == "newer"


@pytest.mark.parametrize("change", [break_off, leave_orphans])
def test_a_migration_that_fails_leaves_the_old_schema_usable(older: Path, clock: Clock, change) -> None:
    before = schema(older)
    with pytest.raises(StoreRefused) as refused:
        Store.open(older, clock=clock, migrations=(*MIGRATIONS, Migration(NEXT, change)))
    assert refused.value.code == "migration-failed"
    assert schema(older) == before
    with Store.open(older, clock=clock) as store:
        assert store.apply(1, set_goal("照常")).cell("basic/goal") == "照常"
        assert store.verify() == ()


def test_of_several_migrations_those_before_the_failing_one_stay(older: Path, clock: Clock) -> None:
    with pytest.raises(StoreRefused):
        Store.open(
            older,
            clock=clock,
            migrations=(*MIGRATIONS, Migration(NEXT, add_column), Migration(NEXT + 1, break_off)),
        )
    assert schema(older)[0] == NEXT


def test_an_older_backup_is_brought_up_when_it_is_restored(older: Path, clock: Clock, tmp_path: Path) -> None:
    with Store.open(older, clock=clock) as store:
        old = store.backup(tmp_path / "old.db")
    with Store.open(older, clock=clock, migrations=(*MIGRATIONS, Migration(NEXT, add_column))) as store:
        store.apply(1, set_goal("二"))
        store.restore(old)
        assert store.filing(1).cell("basic/goal") == "一"
        assert store.verify() == ()


def test_an_older_store_is_not_brought_up_by_a_reader(older: Path) -> None:
    before = schema(older)
    with pytest.raises(StoreRefused) as refused:
        Store.open(older, read_only=True, migrations=(*MIGRATIONS, Migration(NEXT, add_column)))
    assert (refused.value.code, schema(older)) == ("older", before)


def test_versions_count_from_one_without_a_gap() -> None:
    assert [m.version for m in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_the_tables_in_the_code_are_the_tables_in_the_file(store: Store) -> None:
    found = inspect(store.vault.database.engine)
    assert set(found.get_table_names()) == set(tables.metadata.tables)
    for name, table in tables.metadata.tables.items():
        columns = {
            c["name"]: (str(c["type"]), c["nullable"])
            for c in found.get_columns(name)
            if not c["primary_key"]
        }
        assert columns == {
            c.name: (c.type.compile(found.dialect), bool(c.nullable))
            for c in table.columns
            if not c.primary_key
        }
        assert found.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key]


@pytest.mark.parametrize("frozen", sorted(FROZEN.glob("v*.db")), ids=lambda path: path.name)
def test_a_released_store_still_opens_and_is_whole(frozen: Path, folder: Path) -> None:
    folder.mkdir()
    shutil.copyfile(frozen, folder / "perfdesk.db")
    with Store.open(folder) as store:
        assert store.verify() == ()
        told = [(f.id, f.unit_name, f.year, f.steps) for f in store.filings()]
        assert sorted(told) == [(1, "云溪县示例服务中心", 2025, 4), (2, "云溪县示例服务中心", 2026, 1)]
        assert store.filing(1).cell("basic/goal") == "第二稿"
        assert turns(store, 1) == ("移动 a12", "删除 t2")
        assert store.redo(1) is not None
        assert store.setting("last-year") == "2026"
        assert store.verify() == ()


@pytest.mark.parametrize(
    ("version", "who"),
    [("v1", ""), ("v2", ""), ("v3", "wang@caiwu"), ("v4", "wang@caiwu"), ("v5", "wang@caiwu")],
)
def test_a_step_of_a_store_before_version_3_names_nobody(folder: Path, version: str, who: str) -> None:
    folder.mkdir()
    shutil.copyfile(FROZEN / f"{version}.db", folder / "perfdesk.db")
    with Store.open(folder, who=lambda: "li@caiwu") as store:
        store.apply(1, set_goal("第三稿"))
        assert [e.who for e in store.history(1)] == [who] * 6 + ["li@caiwu"]
        assert store.verify() == ()


@pytest.mark.parametrize(("version", "order"), [("v3", [1, 2]), ("v4", [2, 1]), ("v5", [2, 1])])
def test_the_order_of_the_filings_is_kept_from_version_4_on(
    folder: Path, version: str, order: list[int]
) -> None:
    folder.mkdir()
    shutil.copyfile(FROZEN / f"{version}.db", folder / "perfdesk.db")
    with Store.open(folder) as store:
        assert [info.id for info in store.filings()] == order


@pytest.mark.parametrize(("version", "closed"), [("v4", []), ("v5", [2])])
def test_what_was_handed_in_is_closed_from_version_5_on(
    folder: Path, version: str, closed: list[int]
) -> None:
    folder.mkdir()
    shutil.copyfile(FROZEN / f"{version}.db", folder / "perfdesk.db")
    with Store.open(folder) as store:
        assert [info.id for info in store.filings() if info.sealed] == closed


def test_there_is_a_frozen_store_for_every_released_schema() -> None:
    assert [path.stem for path in sorted(FROZEN.glob("v*.db"))] == [f"v{m.version}" for m in MIGRATIONS]
