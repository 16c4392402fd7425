"""Folders that a store can live in, however they are called, and those in which it cannot."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store
from tests.store.sample import sample_filing, set_goal, sha


@pytest.mark.parametrize("name", [b"\xbc\xa8\xd0\xa7", "绩效 ?#%41&'\"\n𠮷".encode(), b"data. "])
def test_a_store_of_any_name_is_kept_backed_up_and_restored(tmp_path: Path, name: bytes) -> None:
    folder = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))
    with Store.open(folder) as store:
        filing = store.add(sample_filing(), "导入")
        copy = store.backup()
        store.apply(filing, set_goal("后来"))
        store.restore(copy)
        assert store.verify() == ()
    with Store.open(folder, read_only=True) as store:
        assert store.filing(filing).cell("basic/goal") != "后来"


def test_a_path_that_the_database_cannot_open_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused) as refused:
        Store.open(tmp_path / "/".join(["很深的文件夹"] * 30))
    assert refused.value.code == "too-deep" and list(tmp_path.iterdir()) == []


def test_rows_that_refer_to_nothing_are_damage_found_when_the_store_is_opened(tmp_path: Path) -> None:
    with Store.open(tmp_path / "data") as store:
        store.add(sample_filing(), "导入")
    file = tmp_path / "data" / "perfdesk.db"
    conn = sqlite3.connect(file)
    conn.execute("DELETE FROM unit")
    conn.commit()
    conn.close()
    before = sha(file)
    with pytest.raises(StoreRefused) as refused:
        Store.open(tmp_path / "data")
    assert refused.value.code == "damaged" and "refers to nothing in unit" in refused.value.detail
    assert sha(file) == before
