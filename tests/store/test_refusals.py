"""A store that cannot be used is refused in one line, and not a byte of it changes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store, restore_folder
from perfdesk.store.restore import set_aside
from tests.store.sample import Clock, sample_filing, set_goal, sha


@pytest.fixture
def used(folder: Path, clock: Clock) -> Path:
    """A folder with a store in it and one backup; the file of the store is returned."""
    with Store.open(folder, clock=clock) as store:
        filing_id = store.add(sample_filing(), "导入")
        store.apply(filing_id, set_goal("备份前"))
        store.backup()
        store.apply(filing_id, set_goal("备份后"))
    return folder / "perfdesk.db"


def alter(path: Path, *statements: str) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        conn.execute(statement)
    conn.close()


def refused_untouched(path: Path, *, read_only: bool = False) -> StoreRefused:
    before = {p: sha(p) for p in path.parent.rglob("*") if p.is_file()}
    with pytest.raises(StoreRefused) as refused:
        Store.open(path.parent, read_only=read_only)
    after = {p: sha(p) for p in path.parent.rglob("*") if p.is_file()}
    after.pop(path.parent / "perfdesk.lock", None)
    before.pop(path.parent / "perfdesk.lock", None)
    assert after == before
    assert "\n" not in refused.value.message
    return refused.value


def test_a_newer_store_is_refused_untouched(used: Path) -> None:
    alter(used, "PRAGMA user_version = 99")
    error = refused_untouched(used)
    assert (error.code, "升级程序" in error.message) == ("newer", True)
    assert refused_untouched(used, read_only=True).code == "newer"


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_the_file_of_another_program_is_refused_untouched(folder: Path, mode: str) -> None:
    folder.mkdir()
    path = folder / "perfdesk.db"
    alter(path, f"PRAGMA journal_mode = {mode}", "PRAGMA application_id = 77", "CREATE TABLE a (b)")
    assert refused_untouched(path).code == "foreign"


def test_a_database_without_a_mark_is_refused_untouched(folder: Path) -> None:
    folder.mkdir()
    alter(folder / "perfdesk.db", "CREATE TABLE filing (id)")
    assert refused_untouched(folder / "perfdesk.db").code == "foreign"


def garbage(data: bytes) -> bytes:
    return b"this is no database at all " * 100


def cut_in_two(data: bytes) -> bytes:
    return data[: len(data) // 2]


def cut_within_a_page(data: bytes) -> bytes:
    return data[:-100]


def page_overwritten(data: bytes) -> bytes:
    return data[:8192] + b"\xff" * 4096 + data[12288:]


@pytest.mark.parametrize("spoil", [garbage, cut_in_two, cut_within_a_page, page_overwritten])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_store_is_refused_untouched_and_the_backup_is_named(
    used: Path, spoil, read_only: bool
) -> None:
    used.write_bytes(spoil(used.read_bytes()))
    error = refused_untouched(used, read_only=read_only)
    (backup,) = used.parent.joinpath("backups").glob("*.db")
    assert error.code == "damaged"
    assert f'restore "{backup}"' in error.message


@pytest.mark.parametrize(
    "harm", ["DROP TABLE seal", "ALTER TABLE row RENAME COLUMN cells TO cellz", "DELETE FROM filing"]
)
def test_a_store_without_what_it_should_have_is_damaged(used: Path, harm: str) -> None:
    alter(used, harm)
    error = refused_untouched(used)
    assert error.code == "damaged"
    assert 'restore "' in error.message


@pytest.mark.parametrize(
    "text", ["'{'", "'[]'", "CAST(x'7b22ff' AS TEXT)"], ids=["cut off", "a list", "no text"]
)
def test_a_text_inside_that_cannot_be_read_is_told_where_it_is_read_and_a_backup_is_restored_over_it(
    used: Path, clock: Clock, text: str
) -> None:
    alter(used, f"UPDATE row SET cells = {text} WHERE id = 'basic'")
    with Store.open(used.parent, clock=clock) as store:
        with pytest.raises(StoreRefused) as refused:
            store.filing(1)
        assert refused.value.code == "damaged"
        assert "恢复" in refused.value.message
        assert len(store.verify()) == 1
        store.restore(store.backups()[0].path)
        assert store.filing(1).cell("basic/goal") == "备份前"


def test_a_store_that_is_damaged_while_it_is_open_is_kept_aside_when_a_backup_is_restored(
    used: Path, clock: Clock
) -> None:
    with Store.open(used.parent, clock=clock) as store:
        data = used.read_bytes()
        with open(used, "r+b") as file:  # POSIX drops the locks of this process, which is alone
            file.seek(8192)
            file.write(b"\xff" * 8192)
        store.vault.database.close()  # nothing is remembered
        store.restore(store.backups()[0].path)
        assert store.filing(1).cell("basic/goal") == "备份前"
        assert store.verify() == ()
    (aside,) = used.parent.glob("perfdesk-damaged-*.db")
    assert aside.read_bytes() == data[:8192] + b"\xff" * 8192 + data[16384:]


def test_the_backup_that_is_named_is_a_good_one(used: Path, clock: Clock) -> None:
    with Store.open(used.parent, clock=clock) as store:
        good = store.backups()[0].path
        clock.on(hours=1)
        later = store.backup()
    later.write_bytes(garbage(b""))
    used.write_bytes(garbage(b""))
    assert str(good) in refused_untouched(used).message


def test_without_a_backup_a_damaged_store_says_so(folder: Path) -> None:
    folder.mkdir()
    (folder / "perfdesk.db").write_bytes(garbage(b""))
    assert "没有找到完好的备份" in refused_untouched(folder / "perfdesk.db").message


@pytest.mark.parametrize("empty", [False, True])
def test_a_store_that_is_gone_while_backups_are_there_is_not_replaced_by_an_empty_one(
    used: Path, clock: Clock, empty: bool
) -> None:
    (backup,) = used.parent.joinpath("backups").glob("*.db")
    used.unlink()
    if empty:
        used.touch()
    for read_only in (False, True):
        error = refused_untouched(used, read_only=read_only)
        assert error.code == "lost"
        assert f'restore "{backup}"' in error.message
    assert restore_folder(used.parent, backup, clock=clock) is None
    with Store.open(used.parent, clock=clock) as store:
        assert store.filing(1).cell("basic/goal") == "备份前"


def test_a_damaged_store_is_restored_and_the_damaged_file_is_kept(used: Path, clock: Clock) -> None:
    used.write_bytes(cut_in_two(used.read_bytes()))
    damaged = sha(used)
    (backup,) = used.parent.joinpath("backups").glob("*.db")
    aside = restore_folder(used.parent, backup, clock=clock)
    assert aside is not None
    assert sha(aside) == damaged
    with Store.open(used.parent, clock=clock) as store:
        assert store.filing(1).cell("basic/goal") == "备份前"
        assert store.verify() == ()


def test_the_journal_of_a_damaged_store_is_not_left_for_the_restored_one(used: Path, clock: Clock) -> None:
    journal = used.with_name("perfdesk.db-journal")
    journal.write_bytes(b"changes half made")
    aside = set_aside(used, clock())
    assert aside is not None
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"changes half made"


def test_the_journal_of_a_lost_store_is_not_rolled_into_the_restored_one(used: Path, clock: Clock) -> None:
    (backup,) = used.parent.joinpath("backups").glob("*.db")
    conn = sqlite3.connect(used, isolation_level=None)
    conn.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the commit
    conn.execute("BEGIN")
    conn.execute("INSERT INTO setting VALUES ('a', hex(randomblob(100000)))")
    hot = used.with_name("perfdesk.db-journal").read_bytes()
    conn.close()
    assert hot[:8] == bytes.fromhex(
        "d9d505f920a163d7"
    )  # SQLite's mark of a journal that is to be rolled back
    used.unlink()
    used.with_name("perfdesk.db-journal").write_bytes(hot)
    restore_folder(used.parent, backup, clock=clock)
    with Store.open(used.parent, clock=clock) as store:
        assert store.filing(1).cell("basic/goal") == "备份前"
        assert store.verify() == ()


def test_a_whole_store_is_restored_by_folder_too_and_backed_up_before(used: Path, clock: Clock) -> None:
    (backup,) = used.parent.joinpath("backups").glob("*.db")
    assert restore_folder(used.parent, backup, clock=clock) is None
    with Store.open(used.parent, clock=clock) as store:
        assert store.filing(1).cell("basic/goal") == "备份前"
        assert [b.reason for b in store.backups()] == ["asked", "restore"]


def test_a_newer_store_is_not_overwritten_by_a_restore(used: Path, clock: Clock) -> None:
    (backup,) = used.parent.joinpath("backups").glob("*.db")
    alter(used, "PRAGMA user_version = 99")
    before = sha(used)
    with pytest.raises(StoreRefused) as refused:
        restore_folder(used.parent, backup, clock=clock)
    assert (refused.value.code, sha(used)) == ("newer", before)


# --- the lock ------------------------------------------------------------------------------------------------------------


def test_a_second_writer_is_refused(store: Store, folder: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        Store.open(folder)
    assert refused.value.code == "locked"


def test_the_lock_is_free_after_closing_and_after_a_refused_opening(used: Path) -> None:
    content = used.read_bytes()
    used.write_bytes(garbage(b""))
    for _ in range(2):
        assert refused_untouched(used).code == "damaged"
    used.write_bytes(content)
    for _ in range(2):
        Store.open(used.parent).close()


def test_a_writer_that_was_overtaken_all_the_same_writes_over_nothing(store: Store, folder: Path) -> None:
    """The lock file may have been deleted by hand, so that two could write."""
    filing_id = store.add(sample_filing(), "导入")
    (folder / "perfdesk.lock").unlink()
    with Store.open(folder) as other:
        other.apply(filing_id, set_goal("另一个"))
    with pytest.raises(StoreRefused) as refused:
        store.apply(filing_id, set_goal("这一个"))
    assert refused.value.code == "overtaken"
    assert store.filing(filing_id).cell("basic/goal") == "另一个"
    assert store.apply(filing_id, set_goal("看过了")).cell("basic/goal") == "看过了"
    assert store.verify() == ()


HOLDER = """
import sys
from pathlib import Path
from perfdesk.store import Store
with Store.open(Path(sys.argv[1])) as store:
    print("open", flush=True)
    sys.stdin.read()
"""


def test_the_lock_of_a_killed_process_is_free_at_once(used: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(used.parent)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreRefused) as refused:
            Store.open(used.parent)
        assert refused.value.code == "locked"
        holder.kill()
        holder.wait()
    with Store.open(used.parent) as store:
        assert store.verify() == ()


def test_an_empty_file_left_by_a_crash_at_the_first_start_becomes_a_store(folder: Path) -> None:
    folder.mkdir()
    (folder / "perfdesk.db").touch()
    with Store.open(folder) as store:
        assert (store.filings(), store.verify()) == ((), ())
