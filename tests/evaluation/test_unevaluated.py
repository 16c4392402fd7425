"""Which targets wait for a self-evaluation, what can be counted in a year, what headings add up to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perfdesk.catalog import new_filing
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.evaluation.counted import counted
from perfdesk.evaluation.evaluated import evaluate
from perfdesk.evaluation.headings import Below, sums_below, wants_note
from perfdesk.evaluation.unevaluated import One, editions, unevaluated
from perfdesk.model.change import InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.form import Form
from perfdesk.rates import load_rates
from tests.making import catalog, counter

PROJECT = "national-2015/project-target"
OVERALL = "zhengzhou-2021/overall-target"


def form(form_id: str) -> Form:
    return catalog().form(form_id)


def of_projects() -> Form:
    return editions(catalog().forms.values(), "project", 2022)[0]


def project(name: str, *targets: str) -> One:
    """With one indicator for each target."""
    new_id = counter(name)
    filing = new_filing(form(PROJECT), 2022, "示例市公园管理中心", new_id)
    filing, _ = apply(filing, [SetCell("basic", "name", name)])
    group = next(r for r in filing.section("indicators") if "level2" in r.cells)
    for number, target in enumerate(targets):
        cells = {"level3": f"养护公园数量{number}", "target": target}
        filing, _ = apply(filing, [InsertRow(Row(new_id(), "indicators", cells, group.id), None)])
    return form(PROJECT), filing


def evaluated(target: One) -> One:
    return of_projects(), evaluation_of(of_projects(), *target, counter("e"))


def filled(one: One, actual: str) -> One:
    own, filing = one
    rows = [leaf.row.id for leaf in leaves(filing, own.tree.id)]
    money = [SetCell("money", "adjusted", "100"), SetCell("money", "executed", "100")]
    return own, apply(filing, [*money, *(SetCell(r, "actual", actual) for r in rows)])[0]


def names(found: tuple[One, ...]) -> list[str]:
    return [filing.cell("basic/name") for _, filing in found]


def test_projects_without_an_evaluation_wait_for_one() -> None:
    one, two = project("道路", "≥1"), project("绿化", "≥1")
    assert names(unevaluated([one, two])) == ["道路", "绿化"]
    assert names(unevaluated([one, two, evaluated(one)])) == ["绿化"]
    assert unevaluated([one, two, evaluated(one), evaluated(two)]) == ()


def test_of_two_projects_of_one_name_each_has_its_own_evaluation() -> None:
    one, two = project("道路", "≥1"), project("道路", "≥2")
    assert len(unevaluated([one, two, evaluated(one)])) == 1


def test_a_department_is_evaluated_once() -> None:
    overall = form(OVERALL), new_filing(form(OVERALL), 2022, "示例市公园管理中心", counter())
    other = overall[0], replace(overall[1], title="另一份")
    assert unevaluated([overall, other]) == (overall,)


def test_forms_meant_for_the_year_come_first() -> None:
    one = replace(of_projects(), id="a/self-evaluation", years=(2019, 2021))
    two = replace(of_projects(), id="b/self-evaluation", years=(2022, None))
    assert [f.id for f in editions([one, two], "project", 2022)] == [two.id, one.id]
    assert [f.id for f in editions([one, two], "project", 2020)] == [one.id, two.id]
    assert editions([one, two], "department", 2022) == ()


def test_projects_targets_and_evaluations_are_counted() -> None:
    rates = load_rates()["standard"]
    one, two = project("道路", "≥1"), project("绿化")
    found = counted(rates, [one, two, filled(evaluated(one), "1")])
    facts = ("targets_due", "targets_set", "self_evaluation_due", "self_evaluated")
    assert [found[f] for f in facts] == [2, 1, 2, 1]
    assert counted(rates, [one, evaluated(one)])["self_evaluated"] == 0
    assert counted(rates, [evaluated(one)]) == {}


def test_headings_add_up_what_stands_below_them() -> None:
    own, filing = filled(evaluated(project("道路", "≥1", "≥2")), "1")
    found = evaluate(own, filing)
    assert found
    top = next(r for r in filing.section("indicators") if "level1" in r.cells)
    # 50 points for two leaves: one reached, one by half.
    assert sums_below(own, filing, found)[top.id] == Below(Decimal(50), Decimal("37.5"))


def test_a_score_by_hand_wants_a_note_until_there_is_one() -> None:
    own, filing = filled(evaluated(project("道路", "≥1")), "1")
    leaf = next(iter(leaves(filing, "indicators"))).row.id

    def wanting(filing: Filing) -> frozenset[str]:
        found = evaluate(own, filing)
        assert found
        return wants_note(found)

    assert wanting(filing) == frozenset()
    by_hand, _ = apply(filing, [SetCell(leaf, "score", "40")])
    assert wanting(by_hand) == {leaf}
    assert wanting(apply(by_hand, [SetCell(leaf, "note", "验收推迟")])[0]) == frozenset()
