"""What is in a file comes to a server whole, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perfdesk.errors import StoreRefused
from perfdesk.store import Store
from tests.databases.freeze import fill
from tests.postgres import Postgres
from tests.store.sample import sample_filing, set_goal


@pytest.fixture
def used(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A backup of a store with something of everything, and what it holds."""
    with Store.open(tmp_path / "file", who=lambda: "wang@caiwu") as store:
        fill(store)
        store.set_setting("window/zoom", "1.5")
        return store.backup(tmp_path / "used.db"), store.dump()


def content(dump: dict[str, Any]) -> dict[str, Any]:
    """Without what is the server's own."""
    return {key: value for key, value in dump.items() if key not in ("persons", "settings")}


def test_a_file_comes_to_a_server_and_from_there_to_a_file(
    on_server: Path, used: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    backup, before = used
    with Store.open(on_server) as store:
        done = len(store.people.done())
        store.restore(backup)
        assert content(store.dump()) == content(before)
        assert store.setting("window/zoom") == "1.5"
        assert store.verify() == ()
        assert len(store.people.done()) > done + 10
        back = store.backup(tmp_path / "back.db")
        assert store.backup() == store.backups()[0].path
    with Store.open(tmp_path / "other") as other:
        other.restore(back)
        assert content(other.dump()) == content(before)
        assert other.setting("window/zoom") == "1.5"
        assert other.verify() == ()


def test_work_goes_on_where_the_file_ended(on_server: Path, used: tuple[Path, dict[str, Any]]) -> None:
    backup, before = used
    with Store.open(on_server) as store:
        store.restore(backup)
        new = store.add(sample_filing("又一个单位", 2030), "导入")
        assert new == max(f["id"] for f in before["filings"]) + 1
        store.apply(new, set_goal("接着写"))
        store.office.create_unit("再一个单位")
        store.office.seal([new], "校验码")
        assert store.verify() == ()


def test_nothing_comes_to_where_somebody_has_worked(
    on_server: Path, used: tuple[Path, dict[str, Any]]
) -> None:
    with Store.open(on_server) as store:
        store.add(sample_filing(), "导入")
        before = store.dump()
        with pytest.raises(StoreRefused) as refused:
            store.restore(used[0])
        assert refused.value.code == "not-empty"
        assert store.dump() == before
    assert sorted(path.name for path in on_server.iterdir()) == ["store.toml"]


def test_an_older_file_is_brought_up_on_its_way(on_server: Path) -> None:
    frozen = Path(__file__).resolve().parent.parent / "databases" / "v5.db"
    before = frozen.read_bytes()
    with Store.open(on_server) as store:
        store.restore(frozen)
        assert store.filing(1).cell("basic/goal") == "第二稿"
        assert store.verify() == ()
    assert frozen.read_bytes() == before


def test_a_file_that_is_damaged_is_refused(on_server: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"no store at all" * 300)
    with Store.open(on_server) as store:
        with pytest.raises(StoreRefused) as refused:
            store.restore(tmp_path / "bad.db")
        assert refused.value.code == "damaged" and store.filings() == ()


def test_years_that_come_are_kept_apart(
    server: Postgres, used: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    name = server.database()
    with Store.open(tmp_path / "here", server=server.url(name)) as store:
        store.restore(used[0])
    parts = server.ask("SELECT DISTINCT tableoid::regclass::text FROM handing", name)
    assert parts and all(part.startswith("handing_2") for (part,) in parts)
