"""What the forms of one year must say alike: projects, the overall target's tasks and money, the budget."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from perfdesk.between import Across, between
from perfdesk.catalog import new_filing
from perfdesk.model.change import InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import Form
from perfdesk.sample import sample_budgets
from tests.making import catalog, counter

One = tuple[Form, Filing]


def project(name: str, amount: str, goals: str = "", code: str = "", unit: str = "元") -> One:
    form = catalog().form("hebei-2021/project-target" if unit == "元" else "hebei-2022/project-target")
    filing = new_filing(form, 2022, "示例市公园管理中心", counter(name))
    cells = [SetCell("basic", "name", name), SetCell("budget", "total", amount)]
    cells += [SetCell("basic", "goals", goals)] * bool(goals) + [SetCell("basic", "code", code)] * bool(code)
    return form, apply(filing, cells)[0]


def target(spent: str, *tasks: tuple[str, str], form_id: str = "zhengzhou-2021/overall-target") -> One:
    """An overall target in 万元 (or, of 2023, in 元) with these tasks."""
    form = catalog().form(form_id)
    filing = new_filing(form, 2022, "示例市公园管理中心", counter("t"))
    rows = [
        Row(f"task{n}", "tasks", MappingProxyType({"name": a, "content": b}))
        for n, (a, b) in enumerate(tasks)
    ]
    last: str | None = None
    for row in rows:
        filing = apply(filing, (InsertRow(row, last),))[0]
        last = row.id
    return form, apply(filing, (SetCell("budget", "project", spent),))[0]


def told(*year: One) -> list[tuple[str, str]]:
    return [(a.finding.code, a.finding.where) for a in between(year)]


def the(code: str, *year: One) -> Across:
    (one,) = [a for a in between(year) if a.finding.code == code]
    return one


@pytest.mark.parametrize(("form_id", "spent"), [("zhengzhou-2021", "27.5"), ("zhengzhou-2023", "275000")])
def test_projects_that_add_up_to_the_project_expenditure_are_not_told_in_any_units(
    form_id: str, spent: str
) -> None:
    year = (
        target(spent, form_id=f"{form_id}/overall-target"),
        project("河岸照明", "150000"),
        project("河岸绿化", "12.5", unit="万元"),
    )
    assert told(*year) == []


def test_a_cent_of_difference_is_told_with_the_numbers() -> None:
    year = (target("27.5"), project("河岸照明", "150000.01"), project("河岸绿化", "12.5", unit="万元"))
    one = the("projects-sum", *year)
    assert one.filing is year[0][1]
    assert (one.finding.where, one.finding.severity) == ("budget/project", "warning")
    assert all(n in one.finding.message for n in ("2 个项目", "275,000.01 元", "275,000.00 元", "0.01 元"))


def test_projects_without_an_amount_are_counted_and_alone_compare_nothing() -> None:
    one = the("projects-sum", target("27.5"), project("河岸照明", "150000"), project("河岸绿化", ""))
    assert "另有 1 个项目" in one.finding.message
    assert told(target("27.5"), project("河岸照明", ""), project("河岸绿化", "待定")) == []


def test_the_budget_is_held_against_the_projects_too() -> None:
    budget = next(f for f in sample_budgets(catalog(), counter()) if f.year == 2022)
    form = catalog().form(budget.form)
    year = ((form, budget), project("河岸照明", "150000"))
    one = the("projects-sum", *year)
    assert one.filing is budget and one.finding.where == "spending"
    assert "108,070,000.00 元" in one.finding.message
    assert "projects-sum" not in {code for code, _ in told((form, budget), project("河岸照明", "108070000"))}


def test_tasks_and_projects_are_linked_by_name() -> None:
    year = (
        target("", ("河岸照明", "换灯 100 盏。"), ("管养", "做好公园绿化补植。"), ("党建", "按时开展。")),
        project("河岸照明改造项目", "100"),
        project("公园绿化补植", "100"),
        project("设备购置", "100"),
    )
    assert told(*year) == [("task-without-project", "tasks/3/name"), ("project-without-task", "basic/name")]
    assert "党建" in the("task-without-project", *year).finding.message
    assert the("project-without-task", *year).filing is year[3][1]


def test_tasks_that_are_no_projects_at_all_are_not_told() -> None:
    assert told(target("", ("党建", "按时开展。"), ("管养", "日常。")), project("设备购置", "100")) == []


@pytest.mark.parametrize(
    ("words", "same"),
    [("安排 15 万元换灯。", True), ("安排 150,000 元换灯。", True), ("安排 16 万元。", False)],
)
def test_the_amount_in_a_task_is_that_of_its_project(words: str, same: bool) -> None:
    year = (target("15", ("河岸照明", words)), project("河岸照明", "150000"))
    assert told(*year) == ([] if same else [("task-amount", "tasks/1/content")])


def test_several_amounts_or_prices_in_a_task_are_not_the_projects() -> None:
    words = "每盏 4000 元/盏，安排 3 万元和 12 万元。"
    assert told(target("15", ("河岸照明", words)), project("河岸照明", "150000")) == []


def test_a_project_of_the_same_name_code_or_goals_is_told_at_the_second() -> None:
    goals = "换下坏了的路灯，让步道夜里也能走。"
    year = (
        project("河岸照明", "1", goals=goals, code="13A"),
        project("河岸 照明", "1"),
        project("湖岸照明", "1", code="13A"),
        project("山路照明", "1", goals=goals),
    )
    assert told(*year) == [
        ("project-twice", "basic/name"),
        ("project-twice", "basic/code"),
        ("goals-pasted", "basic/goals"),
    ]
    assert [a.filing for a in between(year)] == [one[1] for one in year[1:]]


def test_without_projects_there_is_nothing_to_compare() -> None:
    assert told(target("27.5", ("河岸照明", "安排 15 万元。"))) == []


def test_purchases_name_projects_without_a_table_but_not_those_of_basic_expenditure() -> None:
    budget = next(f for f in sample_budgets(catalog(), counter()) if f.year == 2022)
    rows = [
        Row(f"buy{n}", "procurement", MappingProxyType({"project": name}))
        for n, name in enumerate(("公用经费", "河岸照明改造", "房屋普查"))
    ]
    last: str | None = None
    filing = replace(budget, rows=tuple(r for r in budget.rows if r.section != "procurement"))
    for row in rows:
        filing = apply(filing, (InsertRow(row, last),))[0]
        last = row.id
    year = ((catalog().form(filing.form), filing), project("河岸照明改造", "108070000"))
    assert told(*year) == [("purchase-without-project", "procurement/3/project")]
