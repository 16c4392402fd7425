"""Disk full, read-only, file gone: one message, everything as before, and saving works again without a restart."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store
from tests.store.sample import Clock, sample_filing, set_goal

LONG = "很长的目标" * 4000


def refusal_of(store: Store, text: str) -> str:
    """The code with which the edit is refused; what is in memory and on disk must be as before."""
    before = store.filing(1)
    with pytest.raises(StoreRefused) as refused:
        store.apply(1, set_goal(text))
    assert store.filing(1) == before
    assert store.history(1)[-1].label != f"修改 {text}"
    return refused.value.code


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A real disk of one megabyte where this user may mount one, else None."""
    point = tmp_path / "disk"
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        yield None
        return
    yield point
    subprocess.run(["mount", "-o", "remount,rw", str(point)], check=True)
    subprocess.run(["umount", "--lazy", str(point)], check=True)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 1024):
                pass
        except OSError:
            return ballast
    raise AssertionError("the disk has no end")


def test_a_full_disk_refuses_the_edit_and_saving_works_when_there_is_room(
    small_disk: Path | None, folder: Path
) -> None:
    home = folder if small_disk is None else small_disk / "data"
    with Store.open(home) as store:
        store.add(sample_filing(), "导入")
        store.apply(1, set_goal("前"))
        if small_disk is None:  # the honest stand-in: SQLite's own answer to a full disk
            with store.vault.database.raw() as conn:
                conn.execute(f"PRAGMA max_page_count = {conn.execute('PRAGMA page_count').fetchone()[0]}")
        else:
            ballast = fill(small_disk)
        assert refusal_of(store, LONG) == "disk-full"
        assert refusal_of(store, LONG) == "disk-full"
        if small_disk is not None:
            ballast.unlink()
        assert store.apply(1, set_goal("后")).cell("basic/goal") == "后"
        assert store.verify() == ()
    with Store.open(home) as store:
        assert [e.label for e in store.history(1)] == ["导入", "修改 前", "修改 后"]


def test_sqlite_that_may_not_grow_is_a_full_disk(store: Store) -> None:
    store.add(sample_filing(), "导入")
    with store.vault.database.raw() as conn:
        conn.execute("PRAGMA max_page_count = 1")
    assert refusal_of(store, LONG) == "disk-full"


def test_a_limit_on_file_size_refuses_the_edit_and_nothing_else(store: Store, folder: Path) -> None:
    resource = pytest.importorskip("resource", reason="只有 POSIX 系统能限制文件大小")
    store.add(sample_filing(), "导入")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "perfdesk.db").stat().st_size + 4096, hard))
    try:
        assert refusal_of(store, LONG) in ("disk-full", "io-error")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.apply(1, set_goal(LONG)).cell("basic/goal") == LONG
    assert store.verify() == ()


def test_a_disk_that_turned_read_only_refuses_the_edit(small_disk: Path | None, folder: Path) -> None:
    home = folder if small_disk is None else small_disk / "data"
    with Store.open(home) as store:
        store.add(sample_filing(), "导入")
        with store.vault.database.raw() as conn:
            conn.execute("PRAGMA query_only = ON")
        assert refusal_of(store, "不行") == "read-only"
        assert store.apply(1, set_goal("又行了")).cell("basic/goal") == "又行了"


def test_a_read_only_disk_is_told_when_the_store_is_opened(small_disk: Path | None, folder: Path) -> None:
    home = folder if small_disk is None else small_disk / "data"
    with Store.open(home) as store:
        store.add(sample_filing(), "导入")
    (home / "perfdesk.lock").unlink()
    if small_disk is not None:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    elif os.geteuid() != 0:
        home.chmod(0o500)
    else:
        pytest.skip("管理员不受权限限制，这里又不能挂载磁盘")
    with Store.open(home, read_only=True) as reader:
        assert len(reader.filings()) == 1
    with pytest.raises(StoreRefused) as refused:
        Store.open(home)
    assert refused.value.code in ("read-only", "no-permission")
    if small_disk is None:
        home.chmod(0o700)


def test_a_file_that_was_taken_away_takes_no_edit_and_works_when_it_is_back(
    store: Store, folder: Path
) -> None:
    store.add(sample_filing(), "导入")
    (folder / "perfdesk.db").rename(folder / "elsewhere.db")
    with pytest.raises(StoreRefused) as refused:
        store.apply(1, set_goal("x"))
    assert refused.value.code == "gone"
    (folder / "elsewhere.db").rename(folder / "perfdesk.db")
    assert store.apply(1, set_goal("在")).cell("basic/goal") == "在"


def test_a_file_put_in_the_place_of_the_store_takes_no_edit(store: Store, folder: Path) -> None:
    store.add(sample_filing(), "导入")
    other = store.backup()
    os.replace(other, folder / "perfdesk.db")
    with pytest.raises(StoreRefused) as refused:
        store.apply(1, set_goal("x"))
    assert refused.value.code == "gone"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreRefused) as refused:
        Store.open(tmp_path / "file" / "data")
    assert "\n" not in refused.value.message


def test_a_backup_that_fails_does_not_refuse_the_edit_and_is_told(folder: Path, clock: Clock) -> None:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        (folder / "backups").write_text("a file stands where the folder should be")
        clock.on(minutes=31)
        assert store.apply(1, set_goal("存了")).cell("basic/goal") == "存了"
        assert store.vault.problem is not None
        (folder / "backups").unlink()
        clock.on(minutes=31)
        store.apply(1, set_goal("又存了"))
        assert store.vault.problem is None
        assert [b.reason for b in store.backups()] == ["timer"]
