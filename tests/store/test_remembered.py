"""The list of filings is asked once between two changes, and is never behind: whoever changed it, and however."""

from __future__ import annotations

from pathlib import Path

from perfdesk.store import Store
from tests.counting import statements
from tests.store.sample import Clock, sample_filing, set_goal


def steps(store: Store) -> list[int]:
    return [info.steps for info in store.filings()]


def test_the_list_is_read_once_until_something_is_written(store: Store) -> None:
    filing = store.add(sample_filing(), "导入")
    before = store.filings()
    with statements() as found:
        assert store.filings() == before
    assert found == []
    store.apply(filing, set_goal("一"))
    assert steps(store) == [2]
    store.undo(filing)
    assert steps(store) == [1]


def test_a_reader_sees_what_a_writer_has_written_since_it_last_asked(folder: Path, clock: Clock) -> None:
    with Store.open(folder, clock=clock) as writer:
        filing = writer.add(sample_filing(), "导入")
        with Store.open(folder, clock=clock, read_only=True) as reader:
            assert steps(reader) == [1]
            writer.apply(filing, set_goal("一"))
            assert steps(reader) == [2]


def test_a_restored_backup_is_listed_at_once(store: Store) -> None:
    filing = store.add(sample_filing(), "导入")
    copy = store.backup()
    store.apply(filing, set_goal("一"))
    assert steps(store) == [2]
    store.restore(copy)
    assert steps(store) == [1]


def test_a_year_and_all_years_are_two_questions(store: Store) -> None:
    store.add(sample_filing(), "导入")
    (known,) = store.filings()
    assert known.year is not None
    assert store.filings(known.year) == (known,)
    assert store.filings(known.year + 1) == ()
    assert store.filings() == (known,)
