"""What is told about goals and their indicators, and where."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.filing_json import filings_from_json
from perfdesk.model.change import InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from tests.making import catalog, counter

GOOD = {
    "form": "hebei-2021/department-targets",
    "year": 2021,
    "sections": {
        "basic": {"unit_name": "示例市数据局", "goal": "管好数据。"},
        "goals": [
            {
                "name": "系统运行",
                "goal": "系统全年稳定",
                "indicators": [
                    {"name": "可用率", "description": "可用时间占比", "target": "≥99%"},
                    {"name": "故障数", "description": "全年故障", "target": "≤3次"},
                ],
            },
            {
                "name": "数据共享",
                "goal": "数据能共享",
                "indicators": [{"name": "共享率", "description": "共享的占比", "target": "≥90%"}],
            },
        ],
        "measures": [{"text": "加强培训。"}],
    },
}


@pytest.fixture
def good() -> Filing:
    (filing,) = filings_from_json(GOOD, catalog(), counter(), "x")
    return filing


def told(filing: Filing) -> list[tuple[str, str]]:
    return [(f.code, f.where) for f in check(catalog().form(filing.form), filing)]


def put(filing: Filing, where: str, text: str) -> Filing:
    """The cell that a finding would name so."""
    from perfdesk.model.filing import numbered_rows

    path, _, column = where.rpartition("/")
    rows = {p: r.id for p, r in numbered_rows(filing, path.partition("/")[0])} | {"basic": "basic"}
    return apply(filing, (SetCell(rows[path], column, text),))[0]


def test_a_filled_form_has_nothing_to_tell(good: Filing) -> None:
    assert told(good) == []
    values = derive(catalog().form(good.form), good)
    assert (values.filled, values.wanted) == (15, 15)


@pytest.mark.parametrize(
    ("where", "text", "code"),
    [
        ("basic/goal", "", "required"),
        ("goals/2/level1", "", "required"),
        ("goals/1/goal", "", "required"),
        ("goals/1/2/level2", "", "required"),
        ("goals/1/2/description", "", "required"),
        ("goals/1/2/target", "", "required"),
        ("goals/1/2/target", "≤", "bare-sign"),
        ("goals/1/2/target", "≤3", "unit-missing"),
        ("goals/1/1/target", "≥99次", "rate-unit"),
        ("goals/1/1/target", "≥99%以上全年", "mixed-target"),
        ("goals/1/2/level2", "可用率", "goal-indicator-twice"),
        ("goals/2/level1", "系统运行", "goal-twice"),
        ("goals/2/goal", "数据共享达到XX", "leftover"),
        ("goals/2/1/level2", "长" * 101, "too-long"),
    ],
)
def test_one_wrong_cell_is_told_at_its_place(good: Filing, where: str, text: str, code: str) -> None:
    assert (code, where) in told(put(good, where, text))


def test_the_same_indicator_below_two_goals_is_no_mistake(good: Filing) -> None:
    assert told(put(good, "goals/2/1/level2", "可用率")) == []


def test_a_form_without_goals_asks_for_some() -> None:
    empty = {**GOOD, "sections": {**GOOD["sections"], "goals": []}}  # type: ignore[dict-item]
    (filing,) = filings_from_json(empty, catalog(), counter(), "x")
    assert told(filing) == [("goals-missing", "goals")]


@pytest.mark.parametrize(("form", "asked"), [("hebei-2021", True), ("hebei-2022", False)])
def test_a_goal_needs_indicators_where_the_form_asks_for_them(good: Filing, form: str, asked: bool) -> None:
    (filing,) = filings_from_json({**GOOD, "form": f"{form}/department-targets"}, catalog(), counter(), "x")
    row = Row("new", "goals", MappingProxyType({"level1": "新目标", "goal": "做新的事"}))
    filing, _ = apply(filing, (InsertRow(row, None),))
    assert told(filing) == ([("goal-without-indicators", "goals/1/level2")] if asked else [])


def test_an_empty_row_is_one_finding_that_removes_it(good: Filing) -> None:
    second = good.children("goals", None)[1]
    blank = Row("new", "goals", MappingProxyType({"level2": ""}), second.id)
    filing, _ = apply(good, (InsertRow(blank, None),))
    form = catalog().form(good.form)
    (finding,) = check(form, filing)
    assert (finding.code, finding.where) == ("blank-row", "goals/2/1")
    assert apply(filing, finding.fixes[0].changes)[0].rows == good.rows


def test_findings_stand_in_printed_order(good: Filing) -> None:
    places = [
        "goals/1/goal",
        "goals/1/1/target",
        "goals/1/2/level2",
        "goals/2/level1",
        "goals/2/1/description",
    ]
    filing = good
    for where in reversed(places):
        filing = put(filing, where, "")
    assert [where for _, where in told(filing)] == places
