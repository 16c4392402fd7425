"""A new version of the program over an old one: what the old one left is backed up before the new one writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfdesk import VERSION
from perfdesk.store import Store
from perfdesk.store.backup import listed
from perfdesk.store.migrations import MIGRATIONS
from perfdesk.store.vault import Vault
from tests.store.sample import Clock, sample_filing, set_goal


@pytest.fixture
def opened(folder: Path, clock: Clock) -> Callable[[str], list[str]]:
    """Opens and closes the store as another version of the program would; the reasons of all its backups."""

    def once(program: str) -> list[str]:
        Vault.open(folder, clock, MIGRATIONS, program).close()
        return [backup.reason for backup in listed(folder)]

    return once


def test_a_new_store_and_the_same_program_again_need_no_backup(folder: Path, clock: Clock, opened) -> None:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
    clock.on(hours=1)
    assert "upgrade" not in opened(VERSION)


def test_a_newer_program_backs_up_once_what_the_older_one_left(
    folder: Path, clock: Clock, opened: Callable[[str], list[str]], tmp_path: Path
) -> None:
    with Store.open(folder, clock=clock) as store:
        store.add(sample_filing(), "导入")
        store.apply(1, set_goal("旧版写的"))
    assert opened("99.0") == ["upgrade"]
    clock.on(minutes=5)
    assert opened("99.0") == ["upgrade"]
    (kept,) = listed(folder)
    with Store.open(folder, clock=clock) as store:
        assert store.filing(1).cell("basic/goal") == "旧版写的"
        store.apply(1, set_goal("新版写的"))
        store.restore(kept.path)
        assert store.filing(1).cell("basic/goal") == "旧版写的"


def test_going_back_to_the_older_program_is_backed_up_too(opened: Callable[[str], list[str]]) -> None:
    assert [opened(program) for program in ("1.0", "1.1", "1.0")] == [[], ["upgrade"], ["upgrade"] * 2]


def test_a_backup_that_fails_is_told_and_tried_again_at_the_next_start(
    folder: Path, clock: Clock, opened: Callable[[str], list[str]]
) -> None:
    opened("1.0")
    (folder / "backups").write_text("a file in its place", encoding="utf-8")
    vault = Vault.open(folder, clock, MIGRATIONS, "1.1")
    assert vault.problem is not None
    vault.close()
    (folder / "backups").unlink()
    assert opened("1.1") == ["upgrade"]
