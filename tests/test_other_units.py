"""Another unit's name in a unit's own words."""

from __future__ import annotations

import pytest

from perfdesk.model.change import SetCell
from perfdesk.other_units import other_units
from tests.rules import filings as f

UNITS = ("示例市公园管理中心", "示例市供水管理中心", "示例市供水")


def told(goal: str, units: tuple[str, ...] = UNITS) -> list[tuple[str, str]]:
    filing = f.change(f.honest(), SetCell("basic", "goal", goal))
    return [(a.finding.code, a.finding.where) for a in other_units([(f.form(), filing)], units)]


def test_another_units_name_in_the_goal_is_told_once() -> None:
    goal = "示例市供水管理中心做好供水。示例市供水管理中心保障水压。"
    assert told(goal, UNITS[:2]) == [("name-of-another-unit", "basic/goal")]


@pytest.mark.parametrize("goal", ["示例市公园管理中心管好公园。", "管好公园。", ""])
def test_the_units_own_name_is_no_other(goal: str) -> None:
    assert told(goal) == []


def test_the_office_above_and_a_part_of_the_own_name_are_no_others() -> None:
    assert told("在示例市公园领导下管好公园。", ("示例市公园", "示例市公园管理中心东湖管理所")) == []


def test_an_indicators_name_is_told_at_the_indicator() -> None:
    filing = f.with_own("示例市供水管理中心办结率", "≥90%", "%")
    (one,) = other_units([(f.form(), filing)], UNITS[:2])
    assert (one.finding.where, one.finding.place.column) == ("indicators/21/level3", "level3")


def test_the_cell_of_the_units_name_is_not_looked_at() -> None:
    filing = f.change(f.honest(), SetCell("basic", "unit_name", "示例市供水管理中心"))
    assert list(other_units([(f.form(), filing)], ("示例市供水管理中心",))) == []
