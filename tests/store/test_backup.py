"""Backups are proven, dated and thinned; restoring one can be taken back."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import StoreRefused
from perfdesk.store import BackupInfo, Store, backup
from tests.store.sample import Clock, sample_filing, set_goal, sha


def reasons(store: Store) -> list[str]:
    return [b.reason for b in store.backups()]


def test_the_first_opening_of_a_day_backs_up(folder: Path, clock: Clock) -> None:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        assert reasons(store) == []
    for _ in range(2):
        with Store.open(folder, clock=clock) as store:
            assert reasons(store) == ["daily"]
    clock.on(days=1)
    with Store.open(folder, clock=clock) as store:
        assert reasons(store) == ["daily", "daily"]


def test_thirty_minutes_of_change_back_up_and_thirty_minutes_of_nothing_do_not(
    store: Store, clock: Clock
) -> None:
    store.add(sample_filing(), "导入")
    clock.on(minutes=29)
    store.apply(1, set_goal("一"))
    assert reasons(store) == []
    clock.on(minutes=1)
    assert reasons(store) == []
    store.apply(1, set_goal("二"))
    store.apply(1, set_goal("三"))
    assert reasons(store) == ["timer"]


def test_a_run_of_imports_backs_up_once_before_it(store: Store, clock: Clock) -> None:
    store.add(sample_filing(year=2024), "导入")
    assert reasons(store) == []
    clock.on(minutes=11)
    content = store.dump()
    for _ in range(5):
        store.add(sample_filing(), "导入")
        clock.on(minutes=3)
    assert reasons(store) == ["import"]
    store.restore(store.backups()[0].path)
    assert store.dump() == content


def test_an_import_is_not_backed_up_when_a_backup_holds_everything(store: Store, clock: Clock) -> None:
    store.add(sample_filing(), "导入")
    clock.on(minutes=11)
    store.backup()
    store.add(sample_filing(), "导入")
    assert reasons(store) == ["asked"]


def test_a_backup_holds_what_was_committed_when_it_was_made(store: Store, tmp_path: Path) -> None:
    store.add(sample_filing(), "导入")
    store.apply(1, set_goal("一"))
    content = store.dump()
    copy = store.backup(tmp_path / "copy.db")
    store.apply(1, set_goal("二"))
    (tmp_path / "other").mkdir()
    copy.rename(tmp_path / "other" / "perfdesk.db")
    with Store.open(tmp_path / "other") as other:
        assert other.dump() == content
        assert other.verify() == ()


def test_a_backup_into_a_folder_gets_a_name_of_its_own(store: Store, tmp_path: Path) -> None:
    assert store.backup(tmp_path).parent == tmp_path
    assert store.backups() == ()


def test_a_backup_replaces_an_older_backup_and_nothing_else(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    store.backup(target)
    store.add(sample_filing(), "导入")
    before = sha(target)
    store.backup(target)
    assert sha(target) != before
    letter = tmp_path / "letter.txt"
    letter.write_text("important")
    for not_a_backup in (letter, folder / "perfdesk.db"):
        before = sha(not_a_backup)
        with pytest.raises(StoreRefused):
            store.backup(not_a_backup)
        assert sha(not_a_backup) == before


def test_a_backup_to_a_place_that_does_not_exist_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        store.backup(tmp_path / "nowhere" / "copy.db")
    assert refused.value.code == "gone"


def test_a_store_that_is_not_whole_makes_no_backup(store: Store, folder: Path, tmp_path: Path) -> None:
    store.add(sample_filing(), "导入")
    conn = sqlite3.connect(folder / "perfdesk.db", isolation_level=None)
    conn.execute("PRAGMA writable_schema = ON")  # the rows then break a rule of their table
    conn.execute("UPDATE sqlite_master SET sql = replace(sql, 'parent TEXT', 'parent TEXT NOT NULL')")
    conn.execute("PRAGMA schema_version = 1000")
    conn.close()
    with pytest.raises(StoreRefused) as refused:
        store.backup(tmp_path / "copy.db")
    assert refused.value.code == "damaged"
    assert list(tmp_path.glob("copy.db*")) == []


def test_no_unfinished_copy_is_left(store: Store, folder: Path) -> None:
    store.backup()
    (folder / "backups" / "perfdesk-20260301-000000.db.part").write_text("cut off by a crash")
    store.restore(store.backup())
    assert not list(folder.rglob("*.part"))


def test_two_backups_within_a_second_stand_in_their_order(store: Store) -> None:
    paths = [store.backup() for _ in range(3)]
    assert [b.path for b in store.backups()] == paths == sorted(paths)


@pytest.mark.parametrize("back", [{"days": 2}, {"days": 3650}], ids=["two days", "ten years"])
def test_after_the_clock_was_set_back_backups_are_made_and_kept_as_before(
    folder: Path, clock: Clock, back: dict[str, float]
) -> None:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        for _ in range(60):
            store.backup()
            clock.on(days=1)
        clock.on(**{unit: -count for unit, count in back.items()})
        store.apply(1, set_goal("一"))
        assert reasons(store)[-1] == "timer"
        newest = store.backup()
        assert store.backups()[-1].path == newest
        assert newest.exists()
    with Store.open(folder, clock=clock) as store:
        clock.on(days=-1)
    with Store.open(folder, clock=clock) as store:
        assert reasons(store)[-1] == "daily"


def test_of_a_damaged_store_the_backup_that_was_made_last_is_offered_whatever_the_clock_said(
    folder: Path, clock: Clock
) -> None:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        store.backup()
        clock.on(days=-400)
        last = store.backup()
    (folder / "perfdesk.db").write_bytes(b"no database")
    with pytest.raises(StoreRefused) as refused:
        Store.open(folder, clock=clock)
    assert str(last) in refused.value.message


def test_a_backup_that_cannot_be_listed_is_told_and_not_left(store: Store, folder: Path) -> None:
    store.backup()
    index = folder / "backups" / "index.json"
    index.unlink()
    index.mkdir()
    with pytest.raises(StoreRefused) as refused:
        store.backup()
    assert "\n" not in refused.value.message
    assert len(list((folder / "backups").glob("*.db"))) == 1


# --- restoring -----------------------------------------------------------------------------------------------------------


def test_restoring_can_be_taken_back_the_same_way(store: Store) -> None:
    store.add(sample_filing(), "导入")
    early, early_content = store.backup(), store.dump()
    store.apply(1, set_goal("后来"))
    late_content = store.dump()
    store.restore(early)
    assert store.dump() == early_content
    assert store.filing(1).cell("basic/goal") == "办好年度工作"
    assert reasons(store) == ["asked", "restore"]
    store.restore(store.backups()[-1].path)
    assert store.dump() == late_content
    assert store.apply(1, set_goal("继续")).cell("basic/goal") == "继续"
    assert store.verify() == ()


@pytest.mark.parametrize("content", [b"", b"no store", b"SQLite format 3\x00" + b"\x00" * 500])
def test_a_file_that_is_no_good_store_is_not_restored(
    store: Store, folder: Path, tmp_path: Path, content: bytes
) -> None:
    store.add(sample_filing(), "导入")
    before = sha(folder / "perfdesk.db")
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    for path in (bad, tmp_path / "nowhere.db", folder / "perfdesk.db"):
        with pytest.raises(StoreRefused):
            store.restore(path)
        assert sha(folder / "perfdesk.db") == before
    assert store.apply(1, set_goal("照常")).cell("basic/goal") == "照常"


# --- thinning ------------------------------------------------------------------------------------------------------------


def info(at: datetime) -> BackupInfo:
    return BackupInfo(Path(f"{at:%Y%m%d%H%M%S}.db"), at, 1, "timer")


START = datetime(2024, 1, 1, 4, tzinfo=UTC)
TIMES = st.lists(st.integers(0, 3 * 365 * 48), unique=True, max_size=120).map(
    lambda halves: [info(START + timedelta(minutes=30 * n)) for n in sorted(halves)]
)


def newest_of(backups: list[BackupInfo], pattern: str) -> list[BackupInfo]:
    """The newest of each local day or month, newest first."""
    groups = {f"{b.at.astimezone():{pattern}}": b for b in sorted(backups, key=lambda b: b.at)}
    return sorted(groups.values(), key=lambda b: b.at, reverse=True)


@given(TIMES)
def test_the_newest_ten_thirty_days_and_twelve_months_stay_and_no_more_than_those(
    backups: list[BackupInfo],
) -> None:
    gone = backup.surplus(backups)
    stay = [b for b in backups if b not in gone]
    assert len(stay) <= 52
    assert set(map(id, sorted(backups, key=lambda b: b.at)[-10:])) <= set(map(id, stay))
    for pattern, count in (("%Y-%m-%d", 30), ("%Y-%m", 12)):
        assert all(b in stay for b in newest_of(backups, pattern)[:count])


def test_only_what_the_index_lists_is_deleted(store: Store, folder: Path, clock: Clock) -> None:
    strangers = [folder / "backups" / "perfdesk-20200101-000000.db", folder / "backups" / "notes.txt"]
    store.backup()
    for stranger in strangers:
        stranger.write_text("mine")
    for _ in range(15):
        clock.on(minutes=1)
        store.backup()
    assert all(s.read_text() == "mine" for s in strangers)
    assert len(store.backups()) == 10


@pytest.mark.parametrize(
    "text", ["", "[", "{}", '[{"file": 1}]', '[{"file": "a.db", "at": "x", "size": 1, "reason": "r"}]']
)
def test_an_index_that_cannot_be_read_deletes_nothing(
    store: Store, folder: Path, clock: Clock, text: str
) -> None:
    first = store.backup()
    (folder / "backups" / "index.json").write_text(text)
    for _ in range(15):
        clock.on(minutes=1)
        store.backup()
    assert first.exists()


def test_an_index_that_names_files_elsewhere_deletes_none_of_them(
    store: Store, folder: Path, clock: Clock
) -> None:
    for _ in range(10):
        store.backup()
    index = folder / "backups" / "index.json"
    victim = folder / "victim.db"
    victim.write_text("mine")
    listed = json.loads(index.read_text())
    listed.insert(0, listed[0] | {"file": "../victim.db", "at": "2026-03-02T00:59:00+00:00"})
    index.write_text(json.dumps(listed))
    clock.on(minutes=1)
    store.backup()
    assert victim.read_text() == "mine"
