"""Steps and deeds in one order: what was done last is taken back first, what was taken back last is done again first."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.store import Store
from tests.store.sample import Clock, sample_filing, set_goal


def turn(store: Store, way: str, filing: int | None) -> str | None:
    """What the window does: the label of what was turned."""
    coming = store.timeline.next("undo" if way == "undo" else "redo", filing)
    if coming is None:
        return None
    where = store if coming.kind == "step" else store.office
    told = getattr(where, way)(coming.filing) if coming.kind == "step" else getattr(where, way)()
    assert told is not None
    return coming.label


def test_the_order_holds_when_the_clock_is_set_back(folder: Path, clock: Clock) -> None:
    with Store.open(folder, clock=clock) as store:
        filing = store.add(sample_filing(), "导入")
        clock.on(seconds=1)
        store.office.create_unit("乙")
        clock.on(days=-1)
        store.apply(filing, set_goal("一"))
    clock.on(days=-3000)
    with Store.open(folder, clock=clock) as store:
        store.office.create_unit("丙")
        store.apply(filing, set_goal("二"))
        undone = [turn(store, "undo", filing) for _ in range(4)]
        assert undone == ["修改 二", "新建单位“丙”", "修改 一", "新建单位“乙”"]
        assert [turn(store, "redo", filing) for _ in range(4)] == undone[::-1]


def test_a_deed_between_two_steps_is_taken_back_between_them_and_so_done_again(
    folder: Path, clock: Clock
) -> None:
    with Store.open(folder, clock=clock) as store:
        filing = store.add(sample_filing(), "导入")
        for do in (
            lambda: store.apply(filing, set_goal("一")),
            lambda: store.office.create_unit("乙"),
            lambda: store.apply(filing, set_goal("二")),
        ):
            clock.on(seconds=0.01)
            do()
    order = ["修改 二", "新建单位“乙”", "修改 一"]
    for label in order:
        clock.on(seconds=0.01)
        with Store.open(folder, clock=clock) as store:
            assert turn(store, "undo", filing) == label
    for label in reversed(order):
        clock.on(seconds=0.01)
        with Store.open(folder, clock=clock) as store:
            assert turn(store, "redo", filing) == label
    with Store.open(folder, clock=clock) as store:
        assert store.timeline.next("redo", filing) is None
        assert store.filing(filing).cell("basic/goal") == "二"


def test_a_deed_taken_back_is_not_offered_again_after_a_new_step(store: Store, clock: Clock) -> None:
    filing = store.add(sample_filing(), "导入")
    clock.on(seconds=1)
    store.office.create_unit("乙")
    assert turn(store, "undo", filing) == "新建单位“乙”"
    clock.on(seconds=1)
    store.apply(filing, set_goal("一"))
    assert store.timeline.next("redo", filing) is None


def test_an_archived_filing_keeps_its_steps_and_its_archiving_is_taken_back(
    store: Store, clock: Clock
) -> None:
    filing = store.add(sample_filing(), "导入")
    unit = store.units()[0].id
    clock.on(seconds=1)
    store.office.archive_year(unit, 2026)
    assert turn(store, "undo", filing) == "归档 2026 年度"
    clock.on(seconds=1)
    assert turn(store, "redo", filing) == "归档 2026 年度"
    store.office.create_unit("乙")
    store.office.undo()
    store.office.undo()
    store.office.archive_unit(unit)
    clock.on(seconds=1)
    assert turn(store, "undo", filing) is not None
    assert turn(store, "undo", filing) == "导入"


def test_the_filing_whose_coming_was_taken_back_last_comes_back_first(store: Store, clock: Clock) -> None:
    first, second = (store.add(sample_filing(year=year), f"导入 {year}") for year in (2025, 2026))
    for filing in (second, first):
        clock.on(seconds=1)
        assert turn(store, "undo", filing) is not None
    assert store.filings() == ()
    for label in ("导入 2025", "导入 2026"):
        clock.on(seconds=1)
        assert turn(store, "redo", None) == label
    assert {i.id for i in store.filings()} == {first, second}


ACTIONS = st.lists(st.sampled_from(["step", "deed", "undo", "undo", "redo"]), max_size=20)


@settings(max_examples=40, deadline=None)
@given(ACTIONS)
def test_undo_to_the_beginning_and_redo_to_the_end_lead_to_the_same_store(actions: list[str]) -> None:
    """Law 4 over both journals."""
    import tempfile

    clock = Clock()
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "data", clock=clock) as store,
    ):
        filing = store.add(sample_filing(), "导入")
        start = _content(store, filing)
        for number, action in enumerate(actions):
            clock.on(seconds=1)
            if action == "step":
                store.apply(filing, set_goal(f"第 {number} 次"))
            elif action == "deed":
                store.office.rename_unit(1, f"单位 {number}")
            elif (coming := store.timeline.next(action, filing)) and coming.label != "导入":  # type: ignore[arg-type]
                turn(store, action, filing)
        end, turned = _content(store, filing), 0
        while (coming := store.timeline.next("undo", filing)) and coming.label != "导入":
            clock.on(seconds=1)
            turn(store, "undo", filing)
            turned += 1
        assert _content(store, filing) == start
        for _ in range(turned):
            clock.on(seconds=1)
            assert turn(store, "redo", filing) is not None
        assert _content(store, filing) == end
        assert store.verify() == ()


def _content(store: Store, filing: int) -> tuple[object, ...]:
    return store.filing(filing), [u.name for u in store.units()]


def test_a_filing_that_is_not_in_these_data_stops_nobody_from_taking_a_deed_back(store: Store) -> None:
    """What is in sight may be of the data before: they were restored, or another folder was opened."""
    store.office.create_unit("乙")
    undo, redo = store.timeline.both(4711)
    assert undo and undo.label == "新建单位“乙”" and redo is None
    assert store.timeline.next("undo", 4711) == undo
