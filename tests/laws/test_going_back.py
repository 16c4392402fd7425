"""Going back to any point is one step: the changes found lead exactly to the state that was, and undo takes them back."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from perfdesk.model.change import MoveRow, RemoveRow, SetCell
from perfdesk.model.filing import Filing, Row
from perfdesk.model.way import state_at, way
from perfdesk.store.journal import creation
from perfdesk.store.order import applied
from tests.laws.test_law4_undo import STEPS, Edit, changes_of, numbered
from tests.store.sample import sample_filing


def states(drawn: list[list[Edit]]) -> list[Filing]:
    new_id = numbered()
    found = [sample_filing()]
    for edits in drawn:
        found.append(applied(found[-1], changes_of(found[-1], edits, new_id))[0])
    return found


@given(st.lists(STEPS, max_size=8), st.integers(0, 100), st.integers(0, 100))
def test_the_way_leads_from_any_state_to_any_other_and_back(
    drawn: list[list[Edit]], one: int, other: int
) -> None:
    found = states(drawn)
    start, end = found[one % len(found)], found[other % len(found)]
    there, inverse = applied(start, way(start, end))
    assert there.rows == end.rows
    assert applied(there, inverse)[0].rows == start.rows


@given(st.lists(STEPS, max_size=8), st.integers(0, 100))
def test_the_journal_read_up_to_a_step_gives_the_state_after_it(drawn: list[list[Edit]], at: int) -> None:
    first, new_id = sample_filing(), numbered()
    state, journal, known = first, [creation(first)], [first]
    for edits in drawn:
        changes = changes_of(state, edits, new_id)
        state, _ = applied(state, changes)
        journal.append(changes)
        known.append(state)
    number = at % len(known)
    found = state_at(journal[: number + 1], state)
    assert way(found, known[number]) == ()


def test_equal_states_need_no_change() -> None:
    assert way(sample_filing(), sample_filing()) == ()


def test_a_changed_cell_is_one_change() -> None:
    after = applied(sample_filing(), (SetCell("t1", "name", "别的"),))[0]
    assert way(sample_filing(), after) == (SetCell("t1", "name", "别的"),)


def test_a_row_that_went_with_its_parent_is_not_removed_twice() -> None:
    after = applied(sample_filing(), (RemoveRow("a"),))[0]
    assert way(sample_filing(), after) == (RemoveRow("a"),)


def test_a_row_moved_out_of_a_parent_that_goes_is_saved() -> None:
    after = applied(sample_filing(), (MoveRow("a11", "b1", None), RemoveRow("a")))[0]
    assert way(sample_filing(), after) == (MoveRow("a11", "b1", None), RemoveRow("a"))


def test_rows_that_changed_their_level_are_made_anew() -> None:
    filing = sample_filing()
    rows = [r for r in filing.rows if r.id != "b11"]
    at = next(n for n, r in enumerate(rows) if r.id == "b1")
    raised = Row("b11", "indicators", MappingProxyType({"level2": "满意度"}), "b")
    after = Filing(
        filing.form, filing.title, filing.year, (*rows[: at + 1], raised, *rows[at + 1 :]), filing.sections
    )
    assert applied(filing, way(filing, after))[0].rows == after.rows
