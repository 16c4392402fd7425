"""The index of a filing's rows says what a look through all rows says, after any edits."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.derive import derive, rederive
from perfdesk.model.change import apply
from perfdesk.model.filing import Filing
from tests.edits import step
from tests.laws.strategies import filings
from tests.making import catalog


def looked_through(filing: Filing) -> None:
    for row in filing.rows:
        assert filing.row(row.id) is next(r for r in filing.rows if r.id == row.id)
        same = [r for r in filing.rows if (r.section, r.parent) == (row.section, row.parent)]
        assert list(filing.children(row.section, row.parent)) == same
    for section in {*filing.sections, "nowhere"}:
        assert list(filing.section(section)) == [r for r in filing.rows if r.section == section]
    assert filing.row("nobody") is None


@given(filings(), st.data())
@settings(max_examples=40)
def test_rows_are_found_where_they_stand_after_any_edits(filing: Filing, data: st.DataObject) -> None:
    form = catalog().form(filing.form)
    values = derive(form, filing)
    for number in range(6):
        changes = step(data.draw, form, filing, number)
        looked_through(filing)
        after, back = apply(filing, changes)
        looked_through(after)
        values = rederive(values, form, after, changes)
        assert values == derive(form, after)
        restored, _ = apply(after, back)
        assert [r.id for r in restored.rows] == [r.id for r in filing.rows]
        filing = after
