"""Projects of a year: what they cost together beside what budget and overall target say, copies, fields that many have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfdesk.catalog import new_filing
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.projects import common_fields, copied, free_name, project_amount, totals
from perfdesk.sample import sample_budgets, sample_filings
from tests.making import catalog, counter


def project(name: str, amount: str, form_id: str = "hebei-2021/project-target") -> tuple[Form, Filing]:
    form = catalog().form(form_id)
    filing = new_filing(form, 2022, "某局", counter(name))
    return form, apply(filing, [SetCell("basic", "name", name), SetCell("budget", "total", amount)])[0]


def year(of: tuple[Filing, ...]) -> tuple[Form, Filing]:
    filing = next(f for f in of if f.year == 2022)
    return catalog().form(filing.form), filing


def test_amounts_are_added_in_the_unit_of_the_first_project() -> None:
    one, other = project("甲", "150000"), project("乙", "12.5", "hebei-2022/project-target")
    assert (one[0].amount_unit, other[0].amount_unit) == ("元", "万元")
    assert totals([one, other]).total == Decimal(275000)
    assert (totals([other, one]).total, totals([other, one]).unit) == (Decimal("27.5"), "万元")


def test_an_amount_that_is_empty_or_a_word_is_counted_and_not_added() -> None:
    found = totals([project("甲", "100"), project("乙", ""), project("丙", "待定")])
    assert (found.count, found.unread, found.total) == (3, 2, Decimal(100))
    assert project_amount(*project("丙", "待定")) is None


def test_the_projects_are_held_against_the_project_expenditure_of_target_and_budget() -> None:
    target = year(sample_filings(catalog(), counter()))
    budget = year(sample_budgets(catalog(), counter()))
    found = totals([target, budget, project("甲", "10000")])
    assert found.unit == "元"
    assert target[1].cell("budget/project") == "10807.00"  # 万元
    wanted = Decimal(108070000)
    assert [(c.title, c.amount, c.difference) for c in found.compared] == [
        (target[0].title, wanted, 10000 - wanted),
        (budget[0].title, wanted, 10000 - wanted),
    ]


def test_nothing_is_compared_with_a_form_that_names_no_such_amount() -> None:
    target = year(sample_filings(catalog(), counter()))
    empty = target[0], apply(target[1], [SetCell("budget", "project", "")])[0]
    assert totals([empty, project("甲", "1")]).compared == ()


def test_a_copy_has_rows_of_its_own_and_says_the_same() -> None:
    form, filing = project("甲", "100")
    filing = replace(filing, id=4)
    copy = copied(filing, 2023, "甲（2）", counter("new"))
    assert (copy.id, copy.year, copy.cell("basic/name")) == (None, 2023, "甲（2）")
    tree = form.tree.id
    assert not {r.id for r in copy.section(tree)} & {r.id for r in filing.section(tree)}
    assert [dict(r.cells) for r in copy.section(tree)] == [dict(r.cells) for r in filing.section(tree)]
    assert {r.parent for r in copy.rows} - {None} <= {r.id for r in copy.rows}
    assert copy.cell("budget/total") == "100"


def test_a_name_that_is_taken_gets_the_next_number() -> None:
    assert free_name("甲", []) == "甲"
    assert free_name("甲", ["甲", "甲（2）"]) == "甲（3）"


def test_fields_of_several_editions_are_those_that_all_have_without_the_name() -> None:
    one, other = catalog().form("hebei-2021/project-target"), catalog().form("hebei-2022/project-target")
    own = {address for address, _ in common_fields([one])}
    both = {address for address, _ in common_fields([one, other])}
    assert "plan/march" in own and "basic/name" not in own
    assert both < own and "budget/total" in both and "plan/march" not in both
    assert common_fields([]) == ()
