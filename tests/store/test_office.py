"""Units and whole filings: every deed can be taken back, nothing is erased, and what is archived does not change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.errors import ChangeRefused, StoreRefused
from perfdesk.store import Store
from tests.store.sample import Clock, sample_filing, set_goal


def names(store: Store) -> list[str]:
    return [u.name for u in store.units()]


def test_a_unit_made_by_hand_is_listed_without_a_filing_and_after_a_restart(folder: Path) -> None:
    with Store.open(folder) as store:
        store.office.create_unit("  新 单位 ", "001")
    with Store.open(folder) as store:
        assert [(u.name, u.code, u.archived) for u in store.units()] == [("新 单位", "001", False)]


def test_a_unit_made_by_hand_outlives_a_name_that_is_being_typed(store: Store) -> None:
    store.office.create_unit("空单位")
    filing = store.add(sample_filing("甲"), "导入")
    from perfdesk.model.change import SetCell, Step

    store.apply(filing, Step("改", (SetCell("basic", "unit_name", "乙"),)))
    assert names(store) == ["乙", "空单位"]


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_unit_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        store.office.create_unit(name)
    assert refused.value.code == "no-name"
    assert store.dump()["units"] == []


def test_two_units_never_have_one_name(store: Store) -> None:
    store.office.create_unit("甲")
    second = store.office.create_unit("乙")
    before = store.dump()
    for clash in (lambda: store.office.create_unit("甲"), lambda: store.office.rename_unit(second, " 甲 ")):
        with pytest.raises(ChangeRefused) as refused:
            clash()
        assert refused.value.code == "unit-exists"
    assert store.dump() == before


def test_a_renamed_unit_keeps_its_filings_and_their_cells(store: Store) -> None:
    filing = store.add(sample_filing("甲"), "导入")
    store.office.rename_unit(store.units()[0].id, "甲（新）")
    assert [f.unit_name for f in store.filings()] == ["甲（新）"]
    assert store.filing(filing).unit_name == "甲"
    store.apply(filing, set_goal("照常"))
    assert store.verify() == ()
    assert store.office.undo() == "单位改名为“甲（新）”"
    assert [f.unit_name for f in store.filings()] == ["甲"]
    assert store.verify() == ()


def test_an_archived_year_cannot_be_changed_until_it_is_taken_out(store: Store) -> None:
    old, new = store.add(sample_filing(year=2025), "导入"), store.add(sample_filing(year=2026), "导入")
    unit = store.units()[0].id
    store.office.archive_year(unit, 2025)
    assert [(f.id, f.archived) for f in store.filings()] == [(old, True), (new, False)]
    before = store.filing(old)
    for change in (
        lambda: store.apply(old, set_goal("改")),
        lambda: store.undo(old),
        lambda: store.redo(old),
        lambda: store.office.explain(old, "k", "说明"),
    ):
        with pytest.raises(ChangeRefused) as refused:
            change()
        assert refused.value.code == "archived"
    assert store.filing(old) == before
    store.apply(new, set_goal("别的年度照常"))
    store.office.archive_year(unit, 2025, archived=False)
    assert store.apply(old, set_goal("改")).cell("basic/goal") == "改"


def test_a_year_without_a_filing_cannot_be_archived(store: Store) -> None:
    store.add(sample_filing(year=2025), "导入")
    with pytest.raises(ChangeRefused):
        store.office.archive_year(store.units()[0].id, 2024)


def test_a_year_that_is_not_known_can_be_archived(store: Store) -> None:
    filing = store.add(sample_filing(year=None), "导入")
    store.office.archive_year(store.units()[0].id, None)
    assert [(f.id, f.archived) for f in store.filings()] == [(filing, True)]


def test_a_deleted_filing_leaves_the_list_and_comes_back_whole(store: Store) -> None:
    filing = store.add(sample_filing(), "导入")
    store.apply(filing, set_goal("一"))
    whole, steps = store.filing(filing), store.history(filing)
    store.office.delete_filings((filing,))
    assert store.filings() == ()
    with pytest.raises(ChangeRefused) as refused:
        store.apply(filing, set_goal("二"))
    assert refused.value.code == "deleted"
    [gone] = store.office.deleted()
    assert (gone.filing, gone.year, gone.unit_name) == (filing, 2026, "云溪县示例服务中心")
    store.office.bring_back(gone)
    assert (store.filing(filing), store.history(filing)) == (whole, steps)
    assert store.office.deleted() == ()
    assert store.apply(filing, set_goal("二")).cell("basic/goal") == "二"


def test_a_deleted_unit_takes_its_filings_along_and_brings_back_only_those(
    store: Store, clock: Clock
) -> None:
    first, second = store.add(sample_filing(year=2025), "导入"), store.add(sample_filing(year=2026), "导入")
    store.office.delete_filings((first,))
    clock.on(minutes=1)
    store.office.delete_unit(store.units()[0].id)
    assert (store.units(), store.filings()) == ((), ())
    [gone] = store.office.deleted()
    assert gone.filing is None
    store.office.bring_back(gone)
    assert [f.id for f in store.filings()] == [second]
    assert [d.filing for d in store.office.deleted()] == [first]


def test_an_import_for_a_deleted_unit_brings_the_unit_back(store: Store) -> None:
    store.office.delete_unit(store.office.create_unit("甲"))
    store.add(sample_filing("甲"), "导入")
    assert names(store) == ["甲"]
    assert store.verify() == ()


def test_of_several_deeds_the_last_is_taken_back_first_and_a_new_one_ends_redo(store: Store) -> None:
    unit = store.office.create_unit("甲")
    store.office.rename_unit(unit, "乙")
    assert (store.office.can_undo(), store.office.can_redo()) == ("单位改名为“乙”", None)
    store.office.undo()
    assert (names(store), store.office.can_redo()) == (["甲"], "单位改名为“乙”")
    store.office.set_code(unit, "9")
    assert store.office.redo() is None
    assert [(u.name, u.code) for u in store.units()] == [("甲", "9")]


def test_a_reader_changes_no_unit(folder: Path) -> None:
    with Store.open(folder) as store:
        store.office.create_unit("甲")
    with Store.open(folder, read_only=True) as reader, pytest.raises(StoreRefused) as refused:
        reader.office.create_unit("乙")
    assert refused.value.code == "read-only"


deeds_drawn = st.lists(
    st.tuples(
        st.sampled_from(["create", "rename", "code", "archive", "year", "delete", "drop", "back"]),
        st.integers(0, 3),
    ),
    max_size=8,
)


def _do(store: Store, what: str, number: int) -> None:
    units, filings, gone = store.units(), store.filings(), store.office.deleted()
    unit = units[number % len(units)].id if units else 0
    match what:
        case "create":
            store.office.create_unit(f"单位{number}")
        case "rename":
            store.office.rename_unit(unit, f"单位{number}")
        case "code":
            store.office.set_code(unit, str(number))
        case "archive":
            store.office.archive_unit(unit, number % 2 == 0)
        case "year":
            store.office.archive_year(unit, 2025 + number % 2)
        case "delete":
            store.office.delete_unit(unit)
        case "drop":
            store.office.delete_filings([f.id for f in filings[number:]] or [0])
        case _:
            store.office.bring_back(gone[number % len(gone)]) if gone else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=deeds_drawn)
def test_taking_back_all_deeds_shows_what_was_before_them_and_doing_them_again_what_came(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, int]]
) -> None:
    def shown(store: Store) -> object:
        return store.units(), [(f.id, f.unit_name, f.archived) for f in store.filings()]

    with Store.open(tmp_path_factory.mktemp("deeds"), clock=Clock()) as store:
        store.add(sample_filing("甲", 2025), "导入")
        store.add(sample_filing("乙", 2026), "导入")
        before = shown(store)
        for what, number in drawn:
            try:
                _do(store, what, number)
            except (ChangeRefused, StoreRefused):
                continue
        after = shown(store)
        while store.office.undo():
            pass
        assert shown(store) == before
        while store.office.redo():
            pass
        assert shown(store) == after
        assert store.verify() == ()


# --- explanations ---


def test_an_explanation_is_kept_with_its_filing_and_replaced_or_taken_away(
    folder: Path, clock: Clock
) -> None:
    with Store.open(folder, clock=clock) as store:
        one, other = store.add(sample_filing(), "导入"), store.add(sample_filing(year=2025), "导入")
        store.office.explain(one, "k", " 情况属实 ")
        store.office.explain(other, "k", "另一份")
        store.office.explain(one, "k", "已核对")
    with Store.open(folder, clock=clock) as store:
        assert [(e.finding, e.text, e.at) for e in store.office.explanations(one)] == [
            ("k", "已核对", clock())
        ]
        store.office.explain(one, "k", "  ")
        assert store.office.explanations(one) == ()
        assert len(store.office.explanations(other)) == 1


def test_nothing_is_explained_in_a_filing_that_is_not_there(store: Store) -> None:
    with pytest.raises(StoreRefused) as refused:
        store.office.explain(7, "k", "说明")
    assert refused.value.code == "unknown-filing"


def order(store: Store) -> list[int]:
    return [info.id for info in store.filings()]


def three(store: Store) -> list[int]:
    return [store.add(sample_filing("甲", year), "导入") for year in (2024, 2025, 2026)]


def test_filings_share_out_their_places_in_the_new_order_and_back(store: Store) -> None:
    first, second, third = three(store)
    store.office.put_in_order((third, first))
    assert order(store) == [third, second, first]
    assert store.add(sample_filing("甲", 2023), "导入") == order(store)[-1]
    store.office.put_in_order((second, third))
    assert order(store)[:3] == [second, third, first]
    store.office.undo()
    store.office.undo()
    assert order(store)[:3] == [first, second, third]
    store.office.redo()
    assert order(store)[:3] == [third, second, first]
    assert store.verify() == ()


def test_an_order_that_is_there_already_is_no_deed(store: Store) -> None:
    store.office.put_in_order(three(store))
    assert store.office.can_undo() is None


def test_filings_of_one_file_leave_together_and_come_back(store: Store) -> None:
    kept = store.add(sample_filing("甲", 2024), "导入")
    came = store.add_all([sample_filing("甲", 2025), sample_filing("甲", 2026)], "导入“两份”")
    assert store.timeline.next("undo", came[1]) is not None
    assert store.office.undo() == "导入“两份”"
    assert order(store) == [kept]
    store.office.redo()
    assert order(store) == [kept, *came]
    assert store.verify() == ()


def test_more_filings_than_a_statement_takes_come_and_go_as_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfdesk.store.deeds.MOST", 2)
    ids = store.add_all([sample_filing(year=2020 + n) for n in range(5)], "导入五份")
    assert [f.id for f in store.filings()] == list(ids)
    assert store.office.undo() == "导入五份"
    assert store.filings() == ()
    assert store.office.redo() == "导入五份"
    assert [f.id for f in store.filings()] == list(ids)
