"""What was handed in stays as it is until somebody opens it with a reason, which is written down for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.errors import ChangeRefused
from perfdesk.store import Store
from tests.store.sample import Clock, sample_filing, set_goal

CODE = "AAAA 0000 BBBB 1111"


@pytest.fixture
def handed(store: Store) -> int:
    """A filing with one step, handed in."""
    filing = store.add(sample_filing(), "导入")
    store.apply(filing, set_goal("定稿"))
    store.office.seal((filing,), CODE)
    return filing


def test_nothing_changes_a_filing_that_was_handed_in(store: Store, handed: int) -> None:
    before = store.dump()
    unit = store.units()[0].id
    for deed in (
        lambda: store.apply(handed, set_goal("再改")),
        lambda: store.undo(handed),
        lambda: store.redo(handed),
        lambda: store.office.explain(handed, "k", "说明"),
        lambda: store.office.delete_filings((handed,)),
        lambda: store.office.delete_unit(unit),
        lambda: store.add_all((sample_filing(),), "替换", instead=(handed,)),
    ):
        with pytest.raises(ChangeRefused) as refused:
            deed()
        assert refused.value.code == "sealed"
    after = store.dump()
    assert after == before
    assert store.verify() == ()


def test_no_undo_of_a_whole_import_takes_away_what_was_handed_in(store: Store) -> None:
    made = store.add_all((sample_filing(), sample_filing(year=2025)), "导入两份")
    store.office.seal(made[:1], CODE)
    with pytest.raises(ChangeRefused) as refused:
        store.office.undo()
    assert refused.value.code == "sealed"
    assert {f.id for f in store.filings()} == set(made)


def test_a_seal_is_in_no_journal_that_undo_reads(store: Store, handed: int) -> None:
    assert store.office.can_undo() is None
    assert store.timeline.next("undo", handed) is None
    assert [i.sealed is not None for i in store.filings()] == [True]


def test_it_can_be_changed_again_once_it_is_opened_with_a_reason(store: Store, handed: int) -> None:
    store.office.unseal((handed,), "  局里退回，\n改目标值 ")
    assert store.apply(handed, set_goal("再改")).cell("basic/goal") == "再改"
    assert store.filings()[0].sealed is None


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_it_stays_closed(store: Store, handed: int, reason: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        store.office.unseal((handed,), reason)
    assert refused.value.code == "no-reason"
    assert store.filings()[0].sealed is not None


def test_of_several_none_is_opened_where_one_is_not_closed(store: Store, handed: int) -> None:
    other = store.add(sample_filing(year=2025), "导入")
    with pytest.raises(ChangeRefused) as refused:
        store.office.unseal((handed, other), "改")
    assert refused.value.code == "not-sealed"
    assert store.office.seals(handed)[0].opened_at is None


def test_every_seal_is_remembered_with_who_when_and_why(folder: Path, clock: Clock) -> None:
    with Store.open(folder, clock=clock, who=lambda: "wang@caiwu") as store:
        one = store.add(sample_filing(), "导入")
        store.office.seal((one,), CODE)
        first = clock.now
        clock.on(days=2)
        store.office.unseal((one,), "局里退回")
        store.office.seal((one,), "BBBB")
    with Store.open(folder, clock=clock) as store:
        found = store.office.seals(one)
        assert [(s.package, s.who, s.at, s.opened_at, s.opened_by, s.reason) for s in found] == [
            (CODE, "wang@caiwu", first, clock.now, "wang@caiwu", "局里退回"),
            ("BBBB", "wang@caiwu", clock.now, None, "", ""),
        ]


def test_handing_in_again_leaves_the_seal_of_the_first_time(store: Store, handed: int) -> None:
    store.office.seal((handed,), "another")
    assert [s.package for s in store.office.seals(handed)] == [CODE]


def test_archiving_and_ordering_do_not_touch_what_is_in_it(store: Store, handed: int) -> None:
    store.office.archive_unit(store.units()[0].id)
    store.office.archive_unit(store.units()[0].id, archived=False)
    with pytest.raises(ChangeRefused) as refused:
        store.apply(handed, set_goal("再改"))
    assert refused.value.code == "sealed"
