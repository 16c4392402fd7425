"""Laws 4 and 6 for a department's targets: undo and redo of any edits in a store, and the same bytes twice."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.compose import compose
from perfdesk.derive import derive, rederive
from perfdesk.document.blocks import Heading
from perfdesk.filing_json import filings_from_json
from perfdesk.formats.fonts import Fonts
from perfdesk.formats.write import FORMATS, FileFormat, write_bytes
from perfdesk.model.change import Step
from perfdesk.model.filing import Filing
from perfdesk.model.way import way
from perfdesk.store import Store
from perfdesk.store.order import applied
from perfdesk.targets.running import running_blocks
from tests.edits import step
from tests.laws.strategies import filings
from tests.making import catalog, counter
from tests.targets.test_rules import GOOD

FORMS = ("hebei-2021/department-targets", "hebei-2022/department-targets")


def good() -> Filing:
    (filing,) = filings_from_json(GOOD, catalog(), counter(), "x")
    return filing


DEPARTMENTS = st.sampled_from(FORMS).flatmap(filings)


@given(DEPARTMENTS, st.data())
@settings(max_examples=25, deadline=None)
def test_undo_leads_back_and_redo_forth_across_a_restart(filing: Filing, data: st.DataObject) -> None:
    form = catalog().form(filing.form)
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "data") as store:
            filing_id = store.add(filing, "导入")
            states = [store.filing(filing_id)]
            for number in range(data.draw(st.integers(1, 5))):
                if changes := step(data.draw, form, states[-1], number):
                    states.append(store.apply(filing_id, Step("改", changes)))
            for state in reversed(states[:-1]):
                told = store.undo(filing_id)
                assert told is not None
                assert told[0] == state
        with Store.open(Path(folder) / "data") as store:
            assert store.filing(filing_id) == states[0]
            for state in states[1:]:
                told = store.redo(filing_id)
                assert told is not None
                assert told[0] == state
            assert store.verify() == ()


@given(DEPARTMENTS, st.data())
def test_values_derived_again_are_those_derived_from_scratch(filing: Filing, data: st.DataObject) -> None:
    form = catalog().form(filing.form)
    first, values = filing, derive(form, filing)
    for number in range(data.draw(st.integers(1, 4))):
        changes = step(data.draw, form, filing, number)
        filing, _ = applied(filing, changes)
        values = rederive(values, form, filing, changes)
        assert values == derive(form, filing)
    assert applied(filing, way(filing, first))[0].rows == first.rows


@pytest.mark.parametrize("name", FORMATS)
@given(st.data())
@settings(max_examples=8, deadline=None)
def test_the_same_filing_gives_the_same_bytes(name: FileFormat, data: st.DataObject) -> None:
    """The words of edits, which the shipped fonts have."""
    form, filing = catalog().form(FORMS[0]), good()
    for number in range(3):
        filing, _ = applied(filing, step(data.draw, form, filing, number))
    document = compose(form, filing).document
    first, second = (hashlib.sha256(write_bytes(document, name, Fonts.shipped())).digest() for _ in range(2))
    assert first == second


def test_headings_are_real_ones_and_can_stand_lower_in_a_greater_document() -> None:
    filing = good()
    blocks = running_blocks(catalog().form(filing.form), filing, 2)
    assert [(b.level, b.text) for b in blocks if isinstance(b, Heading)] == [
        (2, "一、总体绩效目标"),
        (2, "二、分项绩效目标"),
        (3, "（一）系统运行"),
        (3, "（二）数据共享"),
        (2, "三、工作保障措施"),
    ]
    other = running_blocks(catalog().form(FORMS[1]), filing, 1)
    assert [(b.level, b.text) for b in other if isinstance(b, Heading)][1:3] == [
        (1, "（二）分项绩效目标"),
        (2, "1、系统运行。"),
    ]
