"""A first look at the data says what the store says, and is not taken where opening the store has something to say."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from perfdesk.catalog import load
from perfdesk.model.change import SetCell, Step
from perfdesk.model.sent_back import Meant, Remark, SentBack
from perfdesk.sample import install
from perfdesk.store import FirstLook, Store, first_look


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample unit, and of everything that leaves or closes a filing one; explanations, settings, a unit made by hand."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    numbers = iter(range(10**6))
    with Store.open(folder) as store:
        install(store, load(), lambda: f"i{next(numbers)}")
        first, second, third, fourth = (i.id for i in store.filings()[:4])
        while store.undo(first):  # at last it is withdrawn
            pass
        store.office.delete_filings([second])
        store.office.seal([third], "0123")
        _hear(store, third)
        filing = store.filing(fourth)
        row = next(row for row in filing.rows if row.cells)
        store.apply(fourth, Step("改", (SetCell(row.id, next(iter(row.cells)), "  两行\n文字 "),)))
        store.office.explain(fourth, "a finding", "因为")
        store.office.create_unit("手工建立的单位")
        store.set_setting("window/filing", str(fourth))
    return folder


def _hear(store: Store, filing: int) -> None:
    """The bureau has sent something back, about the filing and about everything; one remark is done."""
    info = next(i for i in store.filings() if i.id == filing)
    meant = Meant(info.form, info.title, "", "", ())
    remarks = (Remark(0, "note", "偏低"), Remark(0, "note", "偏高"), Remark(None, "note", "盖章"))
    head = (
        info.unit_name,
        "",
        info.year or 0,
        "returned",
        "某局",
        "2026-03-05",
        "0.1.0",
        "0123",
        "2026-03-01",
    )
    store.remarks.take(SentBack(*head, (meant,), remarks, "4567"), info.unit_name, (filing,), "退回.zip")
    store.remarks.see_to(1, 1, True)


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "data"))


def looked(folder: Path) -> FirstLook:
    look = first_look(folder)
    assert look is not None
    return look


def test_it_says_what_the_store_says(folder: Path) -> None:
    look = looked(folder)
    told = {i.id: look.filing(i.id) for i in look.filings()}
    look.close()
    with Store.open(folder) as store:
        assert look.filings() == store.filings()
        assert {i.id for i in look.filings()}.isdisjoint(gone := (1, 2))
        assert all(store.filing(number) for number in gone)  # they are still kept
        assert any(i.sealed for i in look.filings())
        assert {i.remarks for i in look.filings()} >= {2, None}
        assert {i.decision for i in look.filings()} == {"returned", None}
        assert look.units() == store.units()
        assert told == {i.id: store.filing(i.id) for i in store.filings()}
        assert look.setting("window/filing") == store.setting("window/filing")
        assert look.setting("never set") is None
        assert look.all_explanations() == store.office.all_explanations() != ()
        for info in store.filings():
            assert look.explanations(info.id) == store.office.explanations(info.id)
        assert look.agrees_with(store)


def test_it_tells_that_the_store_holds_something_else(folder: Path) -> None:
    look = looked(folder)
    number = look.filings()[-1].id
    row = next(row for row in look.filing(number).rows if row.cells)
    look.close()
    with Store.open(folder) as store:
        store.apply(number, Step("改", (SetCell(row.id, next(iter(row.cells)), "另一个程序写的"),)))
        assert not look.agrees_with(store)


def test_nobody_else_writes_while_it_lasts(folder: Path) -> None:
    look = looked(folder)
    with pytest.raises(Exception, match=r"locked|打开"):
        Store.open(folder)
    assert first_look(folder) is None
    look.close()
    Store.open(folder).close()


def test_nothing_is_made_or_changed(folder: Path, tmp_path: Path) -> None:
    before = {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    looked(folder).close()
    assert {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    assert first_look(tmp_path / "nowhere") is None
    assert not (tmp_path / "nowhere").exists()


def damage_a_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(data)


def cut_the_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def leave_a_journal(path: Path) -> None:
    path.with_name("perfdesk.db-journal").write_bytes(b"half a change")


def refer_to_nothing(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE filing SET unit = 999")


def come_from_another_version(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE meta SET value = '0.0.1' WHERE key = 'program'")


def be_on_a_server(path: Path) -> None:
    path.with_name("store.toml").write_text('url = "postgresql://somebody@localhost/perfdesk"\n')


def be_something_else(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)


@pytest.mark.parametrize(
    "otherwise",
    [
        damage_a_page,
        cut_the_end,
        leave_a_journal,
        refer_to_nothing,
        come_from_another_version,
        be_on_a_server,
        be_something_else,
    ],
)
def test_there_is_no_look_where_opening_has_something_to_say(folder: Path, otherwise: object) -> None:
    assert callable(otherwise)
    otherwise(folder / "perfdesk.db")
    assert first_look(folder) is None
    again = first_look(folder)  # and nothing stays locked
    assert again is None
    from perfdesk.store.lock import Lock

    Lock(folder).release()


def test_a_server_named_in_the_environment_is_where_the_data_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFDESK_STORE", "postgresql://somebody@localhost/perfdesk")
    assert first_look(folder) is None
