"""Lines of ``perfdesk apply`` and the window's steps: what they change, and what is refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from perfdesk.errors import ChangeRefused
from perfdesk.filing_json import filing_json
from perfdesk.model.change import Step, apply
from perfdesk.model.filing import Filing, leaves
from perfdesk.sample import sample_filings
from perfdesk.step_lines import step_from_json
from perfdesk.steps import remove_rows
from tests.making import catalog, counter

FORM = catalog().form("zhengzhou-2021/overall-target")


@pytest.fixture
def filing() -> Filing:
    return sample_filings(catalog(), counter())[0]


def step(filing: Filing, data: Any) -> Step:
    return step_from_json(FORM, filing, data, counter(f"n{len(filing.rows)}-"))


def after(filing: Filing, data: Any) -> Filing:
    return apply(filing, step(filing, data).changes)[0]


def names(filing: Filing) -> list[tuple[str, str, str]]:
    return [leaf.path for leaf in leaves(filing, "indicators")]


def test_set_changes_a_field_and_a_cell_named_by_number_or_id(filing: Filing) -> None:
    assert after(filing, {"set": "basic/goal", "to": "甲"}).cell("basic/goal") == "甲"
    leaf = list(leaves(filing, "indicators"))[4]
    for name in ("indicators/5", leaf.row.id, f"indicators/{leaf.row.id}"):
        changed = after(filing, {"set": f"{name}/target", "to": "≥99"})
        assert list(leaves(changed, "indicators"))[4].row.get("target") == "≥99"


def test_text_is_cleaned_of_what_cannot_be_kept(filing: Filing) -> None:
    assert after(filing, {"set": "basic/goal", "to": " 甲\x00\r\n乙\ud800 "}).cell("basic/goal") == "甲\n乙"


def test_a_task_comes_first_or_after_another(filing: Filing) -> None:
    first = after(filing, {"insert": "tasks", "after": None, "values": {"name": "甲"}})
    assert next(r.get("name") for r in first.section("tasks")) == "甲"
    second = after(first, {"insert": "tasks", "after": "tasks/1", "values": {"name": "乙"}})
    assert [r.get("name") for r in second.section("tasks")][:2] == ["甲", "乙"]


def test_an_indicator_named_with_its_levels_finds_its_place(filing: Filing) -> None:
    values = {"level1": "效益指标", "level2": "满意度", "level3": "企业满意度", "target": "≥90", "unit": "%"}
    more = after(filing, {"insert": "indicators", "values": values})
    assert names(more) == [*names(filing), ("效益指标", "满意度", "企业满意度")]


def test_parents_that_are_missing_are_made(filing: Filing) -> None:
    values = {"level1": "满意度指标", "level2": "服务对象", "level3": "甲满意度"}
    more = after(filing, {"insert": "indicators", "values": values})
    assert names(more)[-1] == ("满意度指标", "服务对象", "甲满意度")
    assert [r.get("level1") for r in more.children("indicators", None)][-1] == "满意度指标"


def test_an_indicator_beside_another_shares_its_parents(filing: Filing) -> None:
    more = after(filing, {"insert": "indicators", "after": "indicators/20", "values": {"level3": "甲"}})
    assert names(more)[20] == (*names(filing)[19][:2], "甲")


def test_move_takes_a_row_under_another_parent(filing: Filing) -> None:
    rows = list(leaves(filing, "indicators"))
    moved = after(filing, {"move": rows[0].row.id, "after": rows[-1].row.id, "under": rows[-1].level2.id})
    assert names(moved)[-1] == (*rows[-1].path[:2], rows[0].path[2])


def test_several_changes_are_one_step_and_see_each_other(filing: Filing) -> None:
    changes = [
        {"insert": "tasks", "after": None, "values": {"name": "甲"}},
        {"set": "tasks/1/content", "to": "乙"},
    ]
    made = step(filing, {"label": "加任务", "changes": changes})
    assert (made.label, len(made.changes)) == ("加任务", 2)
    row = apply(filing, made.changes)[0].section("tasks")[0]
    assert (row.get("name"), row.get("content")) == ("甲", "乙")


def test_removing_a_group_and_its_rows_is_one_change_of_the_group(filing: Filing) -> None:
    group = list(leaves(filing, "indicators"))[-1].level2
    below = [r.id for r in filing.children("indicators", group.id)]
    made = remove_rows(FORM, filing, (group.id, *below))
    assert len(made.changes) == 1
    changed, back = apply(filing, made.changes)
    assert len(changed.rows) == len(filing.rows) - len(below) - 1
    assert apply(changed, back)[0] == filing


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"label": "x", "changes": []},
        {"set": "basic/goal"},
        {"set": "basic/goal", "to": 5},
        {"set": "basic/nothing", "to": "x"},
        {"set": "nobody/goal", "to": "x"},
        {"set": "goal", "to": "x"},
        {"set": "basic/goal", "to": "x", "too": 1},
        {"set": "basic/goal", "remove": "x", "to": "x"},
        {"insert": "nothing", "values": {}},
        {"insert": "basic", "values": {}},
        {"insert": "tasks", "values": {"colour": "x"}},
        {"insert": "tasks", "values": []},
        {"insert": "tasks", "after": "tasks/99", "values": {}},
        {"insert": "tasks", "after": 3, "values": {}},
        {"remove": "basic"},
        {"remove": "nobody"},
        {"move": "indicators/1", "under": "tasks/1"},
        {"move": "indicators/1", "after": "tasks/1"},
        {"set": "indicators/1/level1", "to": "x"},
    ],
)
def test_nonsense_is_refused_in_words(filing: Filing, data: Any) -> None:
    with pytest.raises(ChangeRefused) as caught:
        after(filing, data)
    assert caught.value.message.endswith("。")


def test_a_group_cannot_go_under_itself(filing: Filing) -> None:
    group = next(iter(leaves(filing, "indicators")))
    with pytest.raises(ChangeRefused):
        after(filing, {"move": group.level1.id, "under": group.level2.id})


def test_what_is_shown_with_ids_can_be_named_in_a_step(filing: Filing) -> None:
    shown = filing_json(FORM, filing, ids=True)["sections"]["indicators"][2]
    assert after(filing, {"set": f"{shown['id']}/target", "to": "很合理"}) != filing
    assert after(filing, {"set": f"{shown['level2_id']}/level2", "to": "改名"}) != filing
