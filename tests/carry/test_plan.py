"""A filing carried into another year of the same edition: what is kept, proposed, emptied and left to its author."""

from __future__ import annotations

import pytest

from perfdesk.carry.plan import Planned, Route, plan, settled
from perfdesk.check import check
from perfdesk.derive import derive
from perfdesk.filing_json import filing_json, filings_from_json
from perfdesk.mapping_files import load
from perfdesk.model.change import InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, empty_filing, leaves
from perfdesk.model.reminder import reminders
from tests.making import catalog, counter
from tests.rules.filings import CITY, change, form, honest

GOAL = "2022年建成公园 5 处，与上年持平；2021年的续建项目完工。"


def planned(filing: Filing, year: int = 2023) -> Planned:
    edition = catalog().form(filing.form)
    ways = load(catalog()).get((edition.id, edition.id))
    return plan(Route(filing, edition, edition, ways, year), counter("new"))


def of_kind(one: Planned, kind: str) -> list[int]:
    return [n for n, p in enumerate(one.proposals) if p.kind == kind]


def with_goal() -> Filing:
    return change(honest(), SetCell("basic", "goal", GOAL))


def test_accepted_as_sure_everything_is_as_last_year_but_the_year() -> None:
    last = honest()
    one = planned(last)
    new = settled(one, one.sure, counter())
    assert (new.year, new.id, new.title) == (2023, None, last.title)
    assert new.rows == last.rows
    assert check(form(), new) == ()


def test_words_are_accepted_one_by_one() -> None:
    one = planned(with_goal())
    own, other = of_kind(one, "year")
    assert [one.proposals[n].before for n in (own, other)] == ["2022年", "2021年"]
    assert (own in one.sure, other in one.sure) == (True, False)
    both = settled(one, {own, other, *one.sure}, counter())
    assert both.cell("basic/goal") == "2023年建成公园 5 处，与上年持平；2022年的续建项目完工。"
    none = settled(one, one.sure - {own}, counter())
    assert none.cell("basic/goal") == GOAL


def test_what_was_not_accepted_stays_a_reminder_until_the_word_is_gone() -> None:
    one = planned(with_goal())
    new = settled(one, one.sure, counter())
    assert [r.text for _, r in reminders(new)] == ["2021年", "上年"]
    told = [f for f in check(form(), new) if f.code == "carried-word"]
    assert [f.place.column for f in told] == ["goal", "goal"]
    mended, _ = apply(new, told[0].fixes[0].changes)
    assert [r.text for _, r in reminders(mended)] == ["上年"]
    written = change(mended, SetCell("basic", "goal", "2023年建成公园 6 处。"))
    assert not [f for f in check(form(), written) if f.code.startswith("carried")]


def test_whoever_has_read_all_the_words_settles_them_in_one_step() -> None:
    one = planned(with_goal())
    new = settled(one, one.sure, counter())
    told = [f for f in check(form(), new) if f.code == "carried-word"]
    both = {f.fixes[-1].label for f in told}
    assert len(told) == 2 and both == {"2 处上年的字样都没有问题"}
    mended, back = apply(new, told[0].fixes[-1].changes)
    assert not [f for f in check(form(), mended) if f.code == "carried-word"]
    assert apply(mended, back)[0] == new
    alone, _ = apply(new, told[0].fixes[0].changes)
    (last,) = [f for f in check(form(), alone) if f.code == "carried-word"]
    assert [fix.label for fix in last.fixes] == ["没有问题"]


def test_a_target_that_is_not_accepted_is_empty() -> None:
    last = honest()
    one = planned(last)
    targets = of_kind(one, "target")
    assert len(targets) == len(list(leaves(last, "indicators")))
    new = settled(one, one.sure - {targets[0]}, counter())
    assert [bool(leaf.row.get("target")) for leaf in leaves(new, "indicators")].count(False) == 1


def test_the_unit_keeps_its_name_whatever_it_is() -> None:
    last = change(honest(), SetCell("basic", "unit_name", "2022年筹建处"))
    one = planned(last)
    assert settled(one, one.sure, counter()).unit_name == "2022年筹建处"


def test_every_form_is_carried_and_nothing_but_results_goes() -> None:
    for edition in catalog().forms.values():
        last = empty_filing(edition, 2022)
        one = planned(last)
        assert settled(one, one.sure, counter()).rows == last.rows, edition.id


def test_a_budgets_sums_become_last_years() -> None:
    edition = catalog().form("handan-2022/department-budget")
    ledger = edition.budget.ledgers[0] if edition.budget else None
    assert ledger is not None
    fact = Row("f1", ledger.id, {"code": "2120109", "project.general": "120.5", "basic.general": "30"})
    last = empty_filing(
        edition, 2022, (fact, Row("last_year", "last_year", {"project": "9", "sangong": "3"}))
    )
    one = planned(last)
    new = settled(one, one.sure, counter())
    row = new.row("last_year")
    assert row is not None
    assert {k: v for k, v in row.cells.items() if v} == {
        "income": "150.5",
        "total": "150.5",
        "basic": "30",
        "project": "120.5",
    }
    assert new.row("f1") == fact
    assert derive(edition, new).budget is not None


def test_carrying_again_does_not_bring_old_reminders() -> None:
    one = planned(with_goal())
    again = planned(settled(one, one.sure, counter()), 2024)
    assert [p.before for p in again.proposals if p.kind == "look"] == ["上年"]
    new = settled(again, again.sure, counter())
    assert [r.text for _, r in reminders(new)] == ["上年"]


def test_a_row_that_is_inserted_later_comes_before_the_reminders() -> None:
    one = planned(with_goal())
    new = settled(one, one.sure, counter())
    edited = change(new, InsertRow(Row("task", "tasks", {"name": "新任务"}), None))
    assert next(r.id for r in edited.section("tasks")) == "task"
    assert edited.rows[-1].section == "carried"
    assert new.form == CITY


@pytest.mark.parametrize("form_id", ["jinshui-2021/self-evaluation", "national-2020/self-evaluation"])
def test_an_evaluation_keeps_what_is_to_be_reached_and_begins_without_results(form_id: str) -> None:
    edition = catalog().form(form_id)
    leaf = {
        "level3": "养护公园数量", "target": "≥12处", "weight": "10", "actual": "13处", "score": "9", "deviation": "雨季",
        "note": "手改",
    }  # fmt: skip
    tree = (
        Row("one", "indicators", {"level1": "产出指标"}),
        Row("two", "indicators", {"level2": "数量指标"}, "one"),
        Row("leaf", "indicators", leaf, "two"),
    )
    fields = (
        Row("basic", "basic", {"unit_name": "示例单位", "goal": "管好公园", "completion": "都完成了"}),
        Row("money", "money", {"initial": "100", "executed": "90", "score": "9"}),
        Row("result", "result", {"total": "95", "grade": "优", "scheme": "hubei"}),
        *((Row("facts", "facts", {"procured": "5"}),) if edition.has("facts") else ()),
    )
    one = planned(empty_filing(edition, 2022, (*fields, *tree)))
    new = settled(one, one.sure, counter())
    assert {r.id: {k: v for k, v in r.cells.items() if v} for r in new.rows if any(r.cells.values())} == {
        "basic": {"unit_name": "示例单位", "goal": "管好公园"},
        "result": {"scheme": "hubei"},
        "one": {"level1": "产出指标"},
        "two": {"level2": "数量指标"},
        "leaf": {"level3": "养护公园数量", "target": "≥12处", "weight": "10"},
    }


def test_a_report_keeps_its_texts_and_no_result() -> None:
    edition = catalog().form("jinshui-2021/self-evaluation-report")
    texts = Row("texts", "texts", {"process": "2022年开展了自评。"})
    part = Row("part", "scores", {"label": "产出", "weight": "40", "score": "38", "rate": "95"})
    one = planned(
        empty_filing(edition, 2022, (texts, part, Row("result", "result", {"total": "95", "grade": "优"})))
    )
    new = settled(one, one.sure, counter())
    assert new.cell("texts/process") == "2023年开展了自评。"
    assert dict(new.section("scores")[0].cells) == {"label": "产出", "weight": "40"}
    assert dict(new.section("result")[0].cells) == {}


def test_what_has_no_place_goes_with_the_filing_into_a_file_and_back() -> None:
    old = catalog().form("national-2015/project-target")
    new = catalog().form("national-2021/project-target")
    last = change(empty_filing(old, 2021), SetCell("basic", "mid_goals", "三年建成"))
    one = plan(Route(last, old, new, None, 2022), counter("new"))
    filing = settled(one, one.sure, counter())
    (again,) = filings_from_json(filing_json(new, filing), catalog(), counter(), "a.json")
    assert [r for _, r in reminders(again)] == [r for _, r in reminders(filing)]
    assert [(r.kind, r.text) for _, r in reminders(again)] == [("left", "三年建成")]


def test_a_word_is_shown_with_what_stands_around_it() -> None:
    one = planned(with_goal())
    assert [p.around for p in one.proposals if p.kind == "year"] == [
        "2022年建成公园 5 处",
        "处，与上年持平；2021年的续建项目完工。",
    ]
