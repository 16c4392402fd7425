"""A self-evaluation and the target form of its year: what was promised and what is answered for."""

from __future__ import annotations

import pytest

from perfdesk.across import across, compared
from perfdesk.between_evaluation import against_targets
from perfdesk.catalog import new_filing
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.model.change import Change, InsertRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.finding import Across
from perfdesk.model.form import Form
from tests.making import catalog, counter

One = tuple[Form, Filing]
PROJECT, DEPARTMENT = "national-2020/self-evaluation", "jinshui-2021/self-evaluation"
TARGETS = (("培训人次", "≥200人次"), ("结业率", "≥95%"), ("按时开班率", "100%"))


def target(form_id: str = "national-2021/project-target", name: str = "技能培训") -> One:
    form = catalog().form(form_id)
    new_id = counter(name)
    filing = new_filing(form, 2022, "青溪市职校", new_id)
    open_groups = {g.level2 for g in form.tree.groups if g.open}
    group = next(r.id for r in filing.section("indicators") if r.get("level2") in open_groups)
    goal = "goals" if form.section("basic").field("goals") else "goal"
    changes: list[Change] = [SetCell("basic", goal, "培训200人次。"), SetCell("budget", "total", "120")]
    changes += [SetCell("basic", "name", name)] if form.section("basic").field("name") else []
    changes += [SetCell(x.row.id, "target", "完成") for x in leaves(filing, "indicators")]
    last: str | None = None
    for three, text in TARGETS:
        number, unit = text[:-1], text[-1]
        cells = {"level3": three, "target": text} if unit != "%" or not form.tree.field("unit") else {
            "level3": three, "target": number, "unit": "百分号"}  # fmt: skip
        row = Row(new_id(), "indicators", cells, group)
        changes.append(InsertRow(row, last))
        last = row.id
    return form, apply(filing, tuple(changes))[0]


def evaluated(one: One, form_id: str = PROJECT) -> One:
    form = catalog().form(form_id)
    return form, evaluation_of(form, *one, counter("e"))


def changed(one: One, *changes: Change) -> One:
    return one[0], apply(one[1], changes)[0]


def leaf(one: One, name: str) -> str:
    return next(x.row.id for x in leaves(one[1], "indicators") if x.row.get("level3") == name)


def told(*year: One) -> dict[str, Across]:
    return {a.finding.code: a for a in against_targets(year)}


@pytest.mark.parametrize(
    ("target_form", "form"),
    [
        ("national-2021/project-target", PROJECT),
        ("hebei-2021/project-target", PROJECT),
        ("jinshui-2021/overall-target", DEPARTMENT),
        ("zhengzhou-2021/overall-target", DEPARTMENT),
    ],
)
def test_one_made_of_the_target_form_says_the_same(target_form: str, form: str) -> None:
    one = target(target_form)
    assert told(one, evaluated(one, form)) == {}


def test_a_lower_target_is_told_with_both_and_put_back() -> None:
    one = target()
    own = evaluated(one)
    own = changed(own, SetCell(leaf(own, "培训人次"), "target", "≥180人次"))
    found = told(one, own)["target-changed"]
    assert found.filing is own[1]
    assert "≥180人次" in found.finding.message and "≥200人次" in found.finding.message
    assert told(one, changed(own, *found.finding.fixes[0].changes)) == {}


def test_the_same_target_written_otherwise_is_not_told() -> None:
    one = target()
    own = evaluated(one)
    row = leaf(own, "结业率")
    for text in ("≥95百分号", "≥ 95 ％", "≥95.0%"):
        assert told(one, changed(own, SetCell(row, "target", text))) == {}, text
    assert "target-changed" in told(one, changed(own, SetCell(row, "target", "≤95%")))


def test_a_target_that_was_never_set_is_not_held_against_anyone() -> None:
    one = target()
    own = evaluated(one)
    for nothing in ("", "≥"):
        assert told(changed(one, SetCell(leaf(one, "结业率"), "target", nothing)), own) == {}


def test_an_indicator_left_out_is_named_and_put_back_with_its_target() -> None:
    one = target()
    own = evaluated(one)
    less = changed(own, RemoveRow(leaf(own, "结业率")))
    found = told(one, less)["indicator-not-evaluated"].finding
    assert "“结业率”" in found.message
    back = changed(less, *found.fixes[0].changes)
    assert told(one, back) == {}
    assert {x.row.get("level3"): x.row.get("target") for x in leaves(back[1], "indicators")} == dict(TARGETS)


def test_two_indicators_of_one_name_are_compared_each_with_its_own() -> None:
    """合格率 of two roads, with two targets."""
    form, filing = target()
    first, second = leaf((form, filing), "培训人次"), leaf((form, filing), "按时开班率")
    twins = changed((form, filing), SetCell(first, "level3", "合格率"), SetCell(second, "level3", "合格率"))
    own = evaluated(twins)
    assert told(twins, own) == {}
    rows = [x.row for x in leaves(own[1], "indicators") if x.row.get("level3") == "合格率"]
    lower = told(twins, changed(own, SetCell(rows[1].id, "target", "90%")))
    assert lower.keys() == {"target-changed"} and "100%" in lower["target-changed"].finding.message
    gone = told(twins, changed(own, RemoveRow(rows[1].id)))
    assert gone.keys() == {"indicator-not-evaluated"}


def test_an_indicator_under_another_name_is_told_where_it_stands() -> None:
    one = target()
    own = evaluated(one)
    own = changed(own, SetCell(leaf(own, "结业率"), "level3", "媒体报道次数"))
    found = told(one, own)
    assert found["indicator-not-declared"].finding.where == "indicators/2/level3"
    assert "indicator-not-evaluated" in found


def test_the_initial_budget_is_compared_as_money() -> None:
    one = target()
    own = evaluated(one)
    yuan = own[0], apply(own[1], (SetCell("money", "initial", "1200000"),))[0]
    yuan = yuan[0], _in_yuan(yuan[1])
    assert told(one, yuan) == {}
    found = told(one, changed(own, SetCell("money", "initial", "150")))["initial-changed"].finding
    assert "150.00 万元" in found.message and "120.00 万元" in found.message
    assert told(one, changed(own, *found.fixes[0].changes)) == {}


def _in_yuan(filing: Filing) -> Filing:
    from dataclasses import replace

    return replace(filing, amount_unit="元")


def test_another_goal_is_told_and_white_space_is_not() -> None:
    one = target()
    own = evaluated(one)
    assert told(one, changed(own, SetCell("basic", "goal", " 培训200人次。\n"))) == {}
    assert "goal-changed" in told(one, changed(own, SetCell("basic", "goal", "培训180人次。")))


def test_projects_are_told_apart_by_their_names_and_departments_are_not_projects() -> None:
    one, two = target(), target(name="食堂改造")
    own = evaluated(one)
    lower = changed(own, SetCell(leaf(own, "培训人次"), "target", "≥1人次"))
    assert told(two, lower) == {}  # its own target form is not there
    assert set(told(one, two, lower)) == {"target-changed"}
    assert told(target("jinshui-2021/overall-target"), lower) == {}
    assert told(one, one, lower) == {}  # two of that name: nobody knows which


def test_it_is_among_what_the_forms_say_differently_and_an_edit_asks_for_it_again() -> None:
    one = target()
    own = evaluated(one)
    lower = changed(own, SetCell(leaf(own, "培训人次"), "target", "≥180人次"))
    assert "target-changed" in {a.finding.code for a in across([one, lower])}
    assert compared(*own, last=False, units=False, evaluations=True) != compared(
        *lower, last=False, units=False, evaluations=True
    )
    higher = changed(one, SetCell(leaf(one, "培训人次"), "target", "≥300人次"))
    assert compared(*one, last=False, units=False, evaluations=True) != compared(
        *higher, last=False, units=False, evaluations=True
    )
