"""An explanation belongs to its finding as long as what the finding speaks of is the same."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from perfdesk.explained import finding_key
from perfdesk.model.filing import Filing, Row
from perfdesk.model.finding import Finding, Place

ROW = Row("r1", "tasks", MappingProxyType({"name": "甲", "content": "乙"}))
FILING = Filing("made/up", "表", 2025, (ROW,), ("tasks",))


def finding(column: str | None = "name", message: str = "“甲”太短。", row: str | None = "r1") -> Finding:
    return Finding("short", "warning", "tasks/1", Place(row, column), "太短", message)


def with_cell(column: str, text: str) -> Filing:
    return replace(FILING, rows=(ROW.with_cell(column, text),))


def test_the_key_goes_with_the_cell_and_comes_back_with_its_old_text() -> None:
    key = finding_key(FILING, finding())
    assert finding_key(with_cell("name", "丙"), finding()) != key
    assert finding_key(with_cell("content", "丙"), finding()) == key
    assert finding_key(FILING, finding()) == key


def test_a_finding_of_a_whole_row_goes_with_any_of_its_cells() -> None:
    key = finding_key(FILING, finding(None))
    assert finding_key(with_cell("content", "丙"), finding(None)) != key
    assert finding_key(with_cell("other", ""), finding(None)) == key


@pytest.mark.parametrize("other", [finding(message="差 2"), finding("content"), finding(row=None)])
def test_other_findings_have_other_keys(other: Finding) -> None:
    assert finding_key(FILING, other) != finding_key(FILING, finding())


def test_the_number_of_a_row_does_not_count() -> None:
    moved = replace(finding(), where="tasks/7")
    assert finding_key(FILING, moved) == finding_key(FILING, finding())
