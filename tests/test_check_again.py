"""Checking after an edit finds what checking from the beginning finds, and looks at little."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.check import Checked, check, checked
from perfdesk.derive import derive, rederive
from perfdesk.model.change import Change, InsertRow, MoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from tests.edits import step
from tests.laws.strategies import filings
from tests.making import catalog
from tests.rules import filings as f


def started(filing: Filing) -> Checked:
    form = catalog().form(filing.form)
    return checked(form, filing, derive(form, filing))


def again(before: Checked, *changes: Change) -> Checked:
    old = before.subject
    filing, _ = apply(old.filing, changes)
    return checked(old.form, filing, rederive(old.values, old.form, filing, changes), before)


@given(filings(), st.data())
@settings(max_examples=40)
def test_after_any_edits_the_same_is_found_in_the_same_order(filing: Filing, data: st.DataObject) -> None:
    now = started(filing)
    form = now.subject.form
    for number in range(6):
        now = again(now, *step(data.draw, form, now.subject.filing, number))
        assert now.findings == check(form, now.subject.filing)


@given(filings(), filings())
@settings(max_examples=20)
def test_another_filing_is_checked_as_if_none_had_been_open(first: Filing, second: Filing) -> None:
    form = catalog().form(second.form)
    found = checked(form, second, derive(form, second), started(first))
    assert found.findings == check(form, second)


def large() -> Filing:
    """Two thousand leaves more, every tenth without a target."""
    filing = f.honest()
    group = f.own_group(filing)
    texts = (
        {"level3": f"办理第{n}类业务数量", "target": "≥1" if n % 10 else "", "unit": "件"}
        for n in range(2000)
    )
    rows = [Row(f"x{n}", "indicators", MappingProxyType(cells), group) for n, cells in enumerate(texts)]
    after = [None, *(r.id for r in rows)]
    return f.change(filing, *(InsertRow(row, a) for row, a in zip(rows, after, strict=False)))


def test_one_cell_is_one_leaf_to_look_at() -> None:
    now = started(large())
    assert now.looked_at == len(now.subject.leaves)
    for column, text in (("target", "≥"), ("level3", "投诉率"), ("unit", ""), ("target", "≥90%")):
        now = again(now, SetCell("x77", column, text))
        assert now.looked_at == 1
        assert now.findings == check(now.subject.form, now.subject.filing)


def test_a_cell_outside_the_tree_is_no_leaf_to_look_at() -> None:
    now = again(started(large()), SetCell("budget", "total", "约12"))
    assert now.looked_at == 0
    assert "mark-in-amount" in {x.code for x in now.findings}


def test_rows_that_shift_are_looked_at_only_where_something_was_found() -> None:
    now = started(large())
    top = f.own_group(now.subject.filing)
    now = again(now, InsertRow(Row("new", "indicators", MappingProxyType({"level3": "一件事"}), top), None))
    assert now.looked_at == 1 + 200
    assert now.findings == check(now.subject.form, now.subject.filing)
    now = again(now, MoveRow("x1990", top, "x1995"))
    assert now.looked_at == 1
    assert now.findings == check(now.subject.form, now.subject.filing)
