"""This year's targets, amounts and indicators beside last year's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.against_last_year import against_last_year
from perfdesk.model.change import RemoveRow, SetCell
from perfdesk.model.filing import Filing
from tests.making import catalog
from tests.rules import filings as f


def one(filing: Filing, year: int) -> tuple:
    return catalog().form(filing.form), replace(filing, year=year)


def told(filing: Filing, last: Filing) -> list[tuple[str, str]]:
    return [
        (a.finding.code, a.finding.where) for a in against_last_year([one(filing, 2022)], [one(last, 2021)])
    ]


def with_target(name: str, target: str, unit: str = "%") -> Filing:
    return f.with_own(name, target, unit)


def test_the_same_again_is_nothing_to_tell() -> None:
    assert told(f.honest(), f.honest()) == []


@pytest.mark.parametrize(
    ("this", "last", "lower"),
    [
        ("≥85%", "≥90%", True),
        ("≥95%", "≥90%", False),
        ("85%", "90%", True),
        ("明显", "≥90%", False),
        ("≥85%", "明显", False),
        ("≥85", "≥90个", False),
    ],
)
def test_a_target_below_last_years_is_told(this: str, last: str, lower: bool) -> None:
    found = told(with_target("道路保洁覆盖率", this, ""), with_target("道路保洁覆盖率", last, ""))
    assert [code for code, _ in found] == ["lower-than-last-year"] * lower


def test_what_should_be_low_is_lower_when_it_rises() -> None:
    assert told(with_target("游客投诉次数", "≤9", "次"), with_target("游客投诉次数", "≤5", "次"))
    assert not told(with_target("游客投诉次数", "≤3", "次"), with_target("游客投诉次数", "≤5", "次"))


def test_a_standard_indicator_goes_in_its_own_direction_without_a_sign() -> None:
    def adjusted(target: str) -> Filing:
        filing = f.honest()
        return f.change(filing, SetCell(f.leaf_id(filing, "预算调整率"), "target", target))

    assert [c for c, _ in told(adjusted("8%"), adjusted("5%"))] == ["lower-than-last-year"]
    assert told(adjusted("5%"), adjusted("8%")) == []


@pytest.mark.parametrize(
    ("this", "last", "moved"),
    [
        ("130", "100", False),
        ("130.01", "100", True),
        ("69.99", "100", True),
        ("70", "100", False),
        ("5", "0", False),
    ],
)
def test_an_amount_that_moved_by_more_than_thirty_percent_is_told(this: str, last: str, moved: bool) -> None:
    pair = [f.change(f.honest(), SetCell("budget", "total", t)) for t in (this, last)]
    assert told(*pair) == [("amount-moved", "budget/total")] * moved


def test_amounts_of_editions_in_other_units_are_compared_as_money() -> None:
    last = f.change(f.honest(), SetCell("budget", "total", "100"))  # 万元
    this = f.change(
        f.honest(f.CITY_2023),
        SetCell("budget", "total", "1000000"),
        *(SetCell("budget", c, "") for c in ("fiscal", "basic", "project")),
    )  # 元
    assert not [x for x in told(this, last) if x[0] == "amount-moved"]


def test_an_indicator_that_vanished_is_told_and_a_form_written_anew_is_not() -> None:
    filing = with_target("道路保洁覆盖率", "≥90%")
    this = f.change(filing, RemoveRow(f.leaf_id(filing, "道路保洁覆盖率")))
    assert told(this, filing) == [("indicator-vanished", "indicators")]
    bare = this
    for name in ("养护公园数量", "游客满意度"):
        bare = f.change(bare, RemoveRow(f.leaf_id(bare, name)))
    assert told(bare, filing) == []


def test_a_project_is_compared_with_the_one_of_its_name() -> None:
    from tests.test_own_words import project

    this = f.change(project("库房改造", "改造库房。"), SetCell("budget", "total", "200"))
    last = [project(name, "改造。") for name in ("库房改造", "河道清淤")]
    amounts = [f.change(p, SetCell("budget", "total", t)) for p, t in zip(last, ("100", "200"), strict=True)]
    found = list(against_last_year([one(this, 2022)], [one(a, 2021) for a in amounts]))
    assert [a.finding.code for a in found] == ["amount-moved"]
