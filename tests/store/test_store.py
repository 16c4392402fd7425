"""What a user of the store relies on: what was answered is there, undo and redo across restarts, units and years."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.model.change import InsertRow, MoveRow, RemoveRow, SetCell, Step
from perfdesk.model.filing import Filing
from perfdesk.store import Store
from tests.store.sample import Clock, insert_task, row, sample_filing, set_goal, turns


def test_a_filing_comes_back_as_it_was_added(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入 示例.docx")
    found = store.filing(filing_id)
    assert (found.id, found.rows) == (filing_id, sample_filing().rows)
    assert (found.form, found.title, found.year) == ("made-up/overall-target", "整体绩效目标申报表", 2026)
    assert found.sections == sample_filing().sections


def test_every_field_of_a_filing_is_kept(folder: Path) -> None:
    odd = Filing(
        "f/g",
        "题目",
        None,
        sample_filing().rows,
        ("basic", "tasks", "budget", "indicators", "more"),
        None,
        "万元",
    )
    with Store.open(folder) as store:
        filing_id = store.add(odd, "导入")
    with Store.open(folder) as store:
        assert store.filing(filing_id) == replace(odd, id=filing_id)


def test_of_several_filings_of_a_file_all_are_added_or_none(store: Store) -> None:
    ids = store.add_all((sample_filing(year=2025), sample_filing(year=2026)), "导入", "某单位")
    assert [(f.id, f.year, f.unit_name) for f in store.filings()] == [
        (ids[0], 2025, "某单位"),
        (ids[1], 2026, "某单位"),
    ]
    before = store.dump()
    with pytest.raises(ChangeRefused):
        store.add_all((sample_filing(), sample_filing("坏\ud800")), "导入")
    assert store.dump() == before


def test_what_was_applied_is_there_after_a_restart(folder: Path) -> None:
    with Store.open(folder) as store:
        filing_id = store.add(sample_filing(), "导入")
        steps = [
            set_goal("新的目标\n第二行"),
            insert_task("t3", "t1"),
            Step("移动", (MoveRow("a12", "b1", None), MoveRow("b", None, None))),
            Step("删除", (RemoveRow("t2"),)),
        ]
        for step in steps:
            last = store.apply(filing_id, step)
    with Store.open(folder) as store:
        assert store.filing(filing_id) == last
        assert [r.id for r in last.rows] == [
            "basic",
            "t1",
            "t3",
            "budget",
            "b",
            "b1",
            "a12",
            "b11",
            "a",
            "a1",
            "a11",
        ]
        assert store.verify() == ()


def test_undo_and_redo_survive_a_restart(folder: Path) -> None:
    with Store.open(folder) as store:
        filing_id = store.add(sample_filing(), "导入")
        store.apply(filing_id, set_goal("一"))
        store.apply(filing_id, set_goal("二"))
        store.undo(filing_id)
    with Store.open(folder) as store:
        assert turns(store, filing_id) == ("修改 一", "修改 二")
        again = store.redo(filing_id)
        assert again is not None
        assert (again[0].cell("basic/goal"), again[1]) == ("二", "修改 二")
        assert store.redo(filing_id) is None


def test_a_filing_whose_first_step_is_undone_leaves_the_list_and_redo_brings_it_back(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    assert store.undo(filing_id) is not None
    assert (store.filings(), store.units(), turns(store, filing_id)[0]) == ((), (), None)
    assert store.undo(filing_id) is None
    with pytest.raises(ChangeRefused):
        store.apply(filing_id, set_goal("x"))
    assert store.redo(filing_id) is not None
    assert [f.id for f in store.filings()] == [filing_id]
    assert store.filing(filing_id).rows == sample_filing().rows


def test_a_new_step_after_undo_keeps_the_undone_one_readable_but_never_redoes_it(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    store.apply(filing_id, set_goal("旧"))
    store.undo(filing_id)
    store.apply(filing_id, set_goal("新"))
    assert store.redo(filing_id) is None
    told = [(e.number, e.label, e.undone, e.replaced) for e in store.history(filing_id)]
    assert told == [(1, "导入", False, False), (2, "修改 旧", True, True), (3, "修改 新", False, False)]
    assert store.undo(filing_id) is not None
    assert store.filing(filing_id).cell("basic/goal") == "办好年度工作"
    assert store.verify() == ()


def test_the_history_tells_when_and_what(store: Store, clock: Clock) -> None:
    filing_id = store.add(sample_filing(), "导入")
    clock.on(minutes=5)
    store.apply(filing_id, set_goal("一"))
    first, second = store.history(filing_id)
    assert (second.at, second.changes) == (clock.now, (SetCell("basic", "goal", "一"),))
    assert all(isinstance(change, InsertRow) for change in first.changes)
    assert store.filings()[0].changed_at == clock.now


def test_steps_counts_what_is_done(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    store.apply(filing_id, set_goal("一"))
    store.apply(filing_id, set_goal("二"))
    store.undo(filing_id)
    assert store.filings()[0].steps == 2


def test_a_refused_step_changes_nothing(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    before = store.dump()
    with pytest.raises(ChangeRefused):
        store.apply(filing_id, Step("坏", (SetCell("basic", "goal", "x"), RemoveRow("nobody"))))
    assert store.dump() == before
    assert store.filing(filing_id).rows == sample_filing().rows


def test_a_step_that_changes_nothing_can_be_undone_like_any_other(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    store.apply(filing_id, set_goal("办好年度工作"))
    assert store.undo(filing_id) is not None
    assert turns(store, filing_id)[0] == "导入"


def test_the_first_text_of_an_empty_cell_is_taken_back_to_no_cell(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    store.apply(filing_id, Step("填", (SetCell("t1", "note", "字"),)))
    store.undo(filing_id)
    assert store.filing(filing_id).rows == sample_filing().rows


def test_an_unknown_filing_is_told_in_one_line(store: Store) -> None:
    for use in (store.filing, store.undo, store.redo, store.history):
        with pytest.raises(StoreRefused) as refused:
            use(7)
        assert refused.value.code == "unknown-filing"
        assert "7" in refused.value.message


def test_a_filing_with_broken_rows_is_refused(store: Store) -> None:
    lost = Filing("f", "t", 2026, (row("x", "tasks", "nobody", name="a"),), ("tasks",))
    twice = Filing("f", "t", 2026, (row("x", "tasks"), row("x", "tasks")), ("tasks",))
    for broken in (lost, twice):
        with pytest.raises(ChangeRefused):
            store.add(broken, "导入")
    assert store.dump()["filings"] == []


def test_text_that_cannot_be_stored_is_refused_and_changes_nothing(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    before = store.dump()
    with pytest.raises(ChangeRefused):
        store.apply(filing_id, set_goal("\ud800"))
    assert store.dump() == before
    assert store.apply(filing_id, set_goal("好")).cell("basic/goal") == "好"


# --- units and years ---------------------------------------------------------------------------------------------------


def test_filings_are_listed_by_year_and_all_together(store: Store) -> None:
    ids = [store.add(sample_filing(year=year), "导入") for year in (2025, 2026, None)]
    assert [f.id for f in store.filings(2025)] == ids[:1]
    assert [f.id for f in store.filings()] == ids
    assert store.filings()[2].year is None


def test_filings_of_one_unit_share_it(store: Store) -> None:
    store.add(sample_filing("甲中心", 2025), "导入")
    store.add(sample_filing(" 甲中心\n", 2026), "导入")
    store.add(sample_filing("乙中心"), "导入")
    assert sorted(u.name for u in store.units()) == ["乙中心", "甲中心"]


def test_the_unit_follows_the_name_that_is_typed_and_undo_takes_it_back(store: Store) -> None:
    filing_id = store.add(sample_filing("甲中心"), "导入")
    for name in ("甲", "甲办", "甲办公室"):
        store.apply(filing_id, Step("改名", (SetCell("basic", "unit_name", name),)))
    assert ([u.name for u in store.units()], store.filings()[0].unit_name) == (["甲办公室"], "甲办公室")
    assert [u["name"] for u in store.dump()["units"]] == ["甲办公室"]
    for _ in range(3):
        store.undo(filing_id)
    assert store.filings()[0].unit_name == "甲中心"
    assert store.verify() == ()


def test_a_unit_named_at_the_import_does_not_follow_the_cell(store: Store) -> None:
    filing_id = store.add(sample_filing("甲中心（本级）"), "导入", "甲中心")
    store.apply(filing_id, Step("改名", (SetCell("basic", "unit_name", "别的"),)))
    assert store.filings()[0].unit_name == "甲中心"
    assert store.verify() == ()


# --- settings, cost, files -----------------------------------------------------------------------------------------------


def test_settings_are_kept(folder: Path) -> None:
    with Store.open(folder) as store:
        assert store.setting("font") is None
        store.set_setting("font", "大")
        store.set_setting("font", "中")
    with Store.open(folder) as store:
        assert store.setting("font") == "中"


def test_new_ids_do_not_repeat(folder: Path) -> None:
    with Store.open(folder) as store:
        assert len({store.new_id() for _ in range(1000)}) == 1000


def count_statements(store: Store, step: Step, filing_id: int) -> list[str]:
    seen: list[str] = []
    engine = store.vault.database.engine
    listeners = {
        "before_cursor_execute": lambda conn, cursor, statement, values, context, many: seen.append(
            statement
        ),
        "commit": lambda conn: seen.append("COMMIT"),
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    store.apply(filing_id, step)
    for name, listener in listeners.items():
        event.remove(engine, name, listener)
    return seen


@pytest.mark.file_only("a server is asked more: see test_server")
def test_an_edit_of_one_cell_takes_at_most_six_statements(store: Store) -> None:
    filing_id = store.add(sample_filing(), "导入")
    seen = count_statements(store, set_goal("一"), filing_id)
    assert (seen[0], seen[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    assert len(seen) <= 6


@pytest.mark.file_only("the trigger that counts is SQLite's")
def test_an_insertion_writes_one_row(folder: Path) -> None:
    with Store.open(folder) as store:
        filing_id = store.add(sample_filing(), "导入")
        with store.vault.database.read() as conn:
            conn.exec_driver_sql("CREATE TEMP TABLE written (id TEXT)")
            for verb, name in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                conn.exec_driver_sql(
                    f"CREATE TEMP TRIGGER on_{verb} AFTER {verb} ON main.row BEGIN INSERT INTO written VALUES ({name}.id); END"
                )
        store.apply(filing_id, insert_task("t3", "t1"))
        with store.vault.database.read() as conn:
            assert conn.exec_driver_sql("SELECT id FROM written").scalars().all() == ["t3"]


@pytest.mark.file_only("no files")
def test_the_files_are_for_their_owner_only(store: Store, folder: Path) -> None:
    store.add(sample_filing(), "导入")
    store.backup()
    modes = {path.name: stat.S_IMODE(os.stat(path).st_mode) for path in (folder, *folder.rglob("*"))}
    assert modes.pop("data") == modes.pop("backups") == 0o700
    assert "perfdesk.db" in modes and set(modes.values()) == {0o600}


@pytest.mark.file_only("no file")
def test_the_file_is_written_with_the_settings_that_lost_nothing(store: Store) -> None:
    wanted = {"journal_mode": "truncate", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0}
    with store.vault.database.raw() as conn:
        assert {name: conn.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_reader_looks_beside_a_writer_and_sees_what_is_committed(store: Store, folder: Path) -> None:
    filing_id = store.add(sample_filing(), "导入")
    with Store.open(folder, read_only=True) as reader:
        for text in ("一", "二"):
            store.apply(filing_id, set_goal(text))
            assert reader.filing(filing_id).cell("basic/goal") == text
            assert reader.dump() == store.dump()


@pytest.mark.file_only("with its backups; see test_server")
def test_a_reader_cannot_change_anything(store: Store, folder: Path, tmp_path: Path) -> None:
    filing_id = store.add(sample_filing(), "导入")
    before = store.dump()
    copy = store.backup()
    with Store.open(folder, read_only=True) as reader:
        tries = (
            lambda: reader.set_setting("a", "b"),
            lambda: reader.apply(filing_id, set_goal("x")),
            lambda: reader.undo(filing_id),
            lambda: reader.add(sample_filing(), "导入"),
            lambda: reader.restore(copy),
            lambda: reader.backup(),
        )
        for attempt in tries:
            with pytest.raises(StoreRefused) as refused:
                attempt()
            assert refused.value.code == "read-only"
        assert reader.backup(tmp_path / "copy.db").is_file()
    assert store.dump() == before


@pytest.mark.file_only("a server is there or not; see test_server")
def test_a_reader_of_a_folder_without_a_store_sees_nothing_and_leaves_nothing(folder: Path) -> None:
    with Store.open(folder, read_only=True) as reader:
        assert (reader.filings(), reader.units(), reader.verify()) == ((), (), ())
    assert not folder.exists()


def test_saves_while_one_stays_in_a_cell_are_one_step(folder: Path, clock: Clock) -> None:
    with Store.open(folder, clock=clock, who=lambda: "wang@caiwu") as store:
        filing_id = store.add(sample_filing(), "导入")
        for text in ("年", "年度", "年度目标"):
            clock.on(seconds=2)
            store.apply(filing_id, set_goal(text), visit="a")
        assert [(e.label, e.at, e.who) for e in store.history(filing_id)][1:] == [
            ("修改 年", clock.now, "wang@caiwu")
        ]
    with Store.open(folder, clock=clock) as store:
        assert store.verify() == ()
        assert store.undo(filing_id) is not None
        assert store.filing(filing_id).cell("basic/goal") == "办好年度工作"
        again = store.redo(filing_id)
        assert again is not None
        assert again[0].cell("basic/goal") == "年度目标"


@pytest.mark.parametrize(
    "between",
    [
        lambda store: store.apply(1, insert_task("t3")),
        lambda store: store.apply(1, set_goal("别处"), visit="b"),
        lambda store: store.apply(1, set_goal("修正")),
        lambda store: store.apply(1, Step("改", (SetCell("t1", "name", "x"),)), visit="a"),
        lambda store: store.undo(1),
    ],
    ids=["another step", "another visit", "no visit", "another cell", "undo"],
)
def test_what_comes_between_two_saves_keeps_them_apart(
    store: Store, between: Callable[[Store], object]
) -> None:
    store.add(sample_filing(), "导入")
    store.apply(1, set_goal("一"), visit="a")
    between(store)
    before = store.filing(1)
    store.apply(1, set_goal("二"), visit="a")
    assert store.undo(1) is not None
    assert store.filing(1) == before
    assert store.verify() == ()
