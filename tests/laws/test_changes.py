"""What a change does to the rows of a filing, whatever the filing and however many changes come in one step."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfdesk.errors import ChangeRefused
from perfdesk.model.change import InsertRow, MoveRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.forest import flaws
from perfdesk.model.form import LEVELS
from tests.counting import calls_of
from tests.edits import step
from tests.laws.strategies import filings
from tests.making import catalog
from tests.rules import filings as f


@given(filings(), st.data())
@settings(max_examples=60)
def test_many_changes_in_one_step_do_what_they_do_one_by_one(filing: Filing, data: st.DataObject) -> None:
    form = catalog().form(filing.form)
    many = [change for number in range(5) for change in step(data.draw, form, filing, number)]
    one_by_one, fitting = filing, []
    for change in many:
        try:
            one_by_one, _ = apply(one_by_one, (change,))
        except ChangeRefused:
            continue
        fitting.append(change)
    at_once, back = apply(filing, fitting)
    assert at_once == one_by_one
    assert flaws(at_once) == ()
    assert [r.id for r in apply(at_once, back)[0].rows] == [r.id for r in filing.rows]


@given(filings(), st.data())
@settings(max_examples=60)
def test_a_row_stands_behind_the_sibling_it_was_put_after(filing: Filing, data: st.DataObject) -> None:
    form = catalog().form(filing.form)
    changes = step(data.draw, form, filing, 0)
    assume(changes)
    after, _ = apply(filing, changes)
    match changes[-1]:
        case InsertRow(row, elder):
            assert elder_of(after, row.id) == (row.parent, elder)
        case MoveRow(row_id, parent, elder):
            assert elder_of(after, row_id) == (parent, elder)
        case RemoveRow(row_id):
            assert after.row(row_id) is None
            assert all(r.parent != row_id for r in after.rows)
        case SetCell(row_id, column, text):
            row = after.row(row_id)
            assert row is not None
            assert row.get(column) == text


def elder_of(filing: Filing, row_id: str) -> tuple[str | None, str | None]:
    """The row's parent and the sibling just before it."""
    row = filing.row(row_id)
    assert row is not None
    before = None
    for other in filing.rows:
        if other.id == row_id:
            break
        if (other.section, other.parent) == (row.section, row.parent):
            before = other.id
    return row.parent, before


@given(filings(), st.data())
@settings(max_examples=40)
def test_no_cell_gives_a_row_another_depth(filing: Filing, data: st.DataObject) -> None:
    tree = catalog().form(filing.form).tree
    rows = filing.section(tree.id)
    assume(rows)
    row = data.draw(st.sampled_from(rows))
    own = LEVELS[depth(row) - 1]
    text = data.draw(st.sampled_from(("", "产出指标")))
    further = (RemoveRow(rows[-1].id),) if rows[-1] is not row and data.draw(st.booleans()) else ()
    for column in LEVELS:
        changes = (SetCell(row.id, column, text), *further)
        if column == own:
            after, _ = apply(filing, changes[:1])
            assert [depth(r) for r in after.rows] == [depth(r) for r in filing.rows]
        else:
            with pytest.raises(ChangeRefused) as refused:
                apply(filing, changes)
            assert refused.value.code == "wrong-level"


def test_rows_that_stand_before_their_parent_are_refused() -> None:
    filing = f.honest()
    upside_down = Filing(filing.form, filing.title, 2026, filing.rows[::-1], filing.sections)
    with pytest.raises(ChangeRefused) as refused:
        apply(upside_down, (RemoveRow(filing.rows[-1].id),))
    assert refused.value.code == "broken-filing"


@pytest.mark.parametrize("groups", [5, 50])
def test_taking_back_a_large_removal_costs_a_few_calls_a_row(groups: int) -> None:
    filing = f.honest()
    top = next(r for r in filing.section("indicators") if depth(r) == 1)
    rows: list[Row] = []
    for n in range(groups):
        rows.append(Row(f"g{n}", "indicators", MappingProxyType({"level2": f"类别{n}"}), top.id))
        rows += [
            Row(f"g{n}-{m}", "indicators", MappingProxyType({"level3": f"第{m}类"}), f"g{n}")
            for m in range(40)
        ]
    last: dict[str | None, str] = {}
    inserts: list[InsertRow] = []
    for row in rows:
        inserts.append(InsertRow(row, last.get(row.parent)))
        last[row.parent] = row.id
    assert calls_of(lambda: apply(filing, inserts)) < 25 * (len(rows) + len(filing.rows))
    large, _ = apply(filing, inserts)
    removed, back = apply(large, (RemoveRow(top.id),))
    assert calls_of(lambda: apply(removed, back)) < 25 * len(large.rows)
    assert apply(removed, back)[0] == large
