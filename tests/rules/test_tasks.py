"""Every task of the year has an indicator."""

from __future__ import annotations

from types import MappingProxyType

from perfdesk.model.change import InsertRow, RemoveRow
from perfdesk.model.filing import Filing, Row, leaves
from tests.rules import filings as f


def with_task(name: str, content: str = "") -> Filing:
    filing = f.honest()
    last = filing.section("tasks")[-1].id
    cells = MappingProxyType({"name": name, "content": content})
    return f.change(filing, InsertRow(Row("task", "tasks", cells), last))


def test_a_task_that_no_indicator_speaks_of_is_told() -> None:
    (finding,) = f.findings(with_task("河道清淤疏浚", "清理城区河道淤泥。"))
    assert (finding.code, finding.where, finding.place.row) == (
        "task-without-indicator",
        "tasks/2/name",
        "task",
    )


def test_the_content_of_a_task_counts_as_its_words() -> None:
    assert f.findings(with_task("绿地提升行动", "养护公园和绿地，方便游客。")) == ()


def test_a_task_of_common_words_says_nothing_that_could_be_missing() -> None:
    assert f.findings(with_task("做好相关工作", "完成年度工作。")) == ()


def test_without_indicators_of_its_own_the_form_lacks_those_and_not_the_tasks() -> None:
    filing = with_task("河道清淤疏浚", "清理城区河道淤泥。")
    for leaf in list(leaves(filing, "indicators")):
        if leaf.row.get("level3") in ("养护公园数量", "游客满意度"):
            filing = f.change(filing, RemoveRow(leaf.row.id))
    assert "task-without-indicator" not in {x.code for x in f.findings(filing)}
