"""What is asked of a project: a payment plan that adds up, 产出, 效益 and 满意度 each with an indicator, a name and goals."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.model.change import InsertRow, RemoveRow, SetCell, apply
from perfdesk.model.filing import Filing, Row
from perfdesk.model.finding import Finding
from tests.making import catalog, counter, published

HEBEI, HEBEI_2022, NATIONAL_2015, NATIONAL_2021 = EDITIONS = tuple(
    f"{scheme}/project-target" for scheme in ("hebei-2021", "hebei-2022", "national-2015", "national-2021")
)
NAMES = {
    "数量": ("养护公园数量", "≥12 处"),
    "满意": ("游客满意度", "≥90%"),
    "社会效益": ("受益居民数", "≥3000 人"),
}


def honest(edition: str = HEBEI) -> Filing:
    """A project without a finding, of a unit that does not exist."""
    form = catalog().form(edition)
    new_id = counter()
    filing = new_filing(form, 2022, "示例市公园管理中心", new_id)
    cells = {
        "basic/name": "公园养护",
        "basic/goals": "管好公园，让市民满意。",
        "budget/total": "12.5",
        "budget/fiscal": "12.5",
        "plan/march": "25%",
        "plan/june": "50.00%",
        "plan/october": "75",
        "plan/december": "100%",
    }
    known = {f"{s.id}/{f.id}" for s in form.sections for f in s.fields}
    filing = with_cells(filing, **{a: t for a, t in cells.items() if a in known})
    for heading in filing.section("indicators"):
        name = next((v for k, v in NAMES.items() if k in heading.get("level2")), None)
        if name is not None:
            row = {"level3": name[0], "target": name[1]}
            leaf = Row(new_id(), "indicators", MappingProxyType(row), heading.id)
            filing = apply(filing, (InsertRow(leaf, None),))[0]
    return filing


def with_cells(filing: Filing, **cells: str) -> Filing:
    places = [(*a.split("/"), t) for a, t in cells.items()]
    return apply(filing, tuple(SetCell(row, column, text) for row, column, text in places))[0]


def findings(filing: Filing) -> tuple[Finding, ...]:
    return check(catalog().form(filing.form), filing)


def planned(*shares: str) -> Filing:
    columns = ("march", "june", "october", "december")
    return with_cells(honest(), **{f"plan/{c}": s for c, s in zip(columns, shares, strict=True)})


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_honest_project_of_each_edition_has_no_finding(edition: str) -> None:
    assert findings(honest(edition)) == ()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("level2", ["数量", "满意", "社会效益"])
def test_each_kind_of_indicator_is_asked_for(edition: str, level2: str) -> None:
    filing = honest(edition)
    row = next(r for r in filing.section("indicators") if r.get("level3") == NAMES[level2][0])
    without = apply(filing, (RemoveRow(row.id),))[0]
    (finding,) = findings(without)
    assert finding.severity == "error"
    assert finding.code == "indicators-missing"
    assert {"数量": "产出", "满意": "满意度", "社会效益": "效益"}[level2] in finding.message


@pytest.mark.parametrize("cell", ["basic/name", "basic/goals"])
def test_a_project_needs_its_name_and_goals(cell: str) -> None:
    assert [(f.code, f.where) for f in findings(with_cells(honest(), **{cell: ""}))] == [("required", cell)]


def test_the_parts_of_the_money_make_the_whole() -> None:
    (finding,) = findings(with_cells(honest(), **{"budget/other": "0.5"}))
    assert (finding.code, finding.where) == ("balance", "budget/total")


def test_a_plan_that_falls_is_an_error() -> None:
    (finding,) = findings(planned("50%", "40%", "90%", "100%"))
    assert (finding.code, finding.severity, finding.where) == ("plan-falls", "error", "plan/june")
    assert "40%" in finding.message and "50%" in finding.message
    assert finding.fixes == ()


def test_a_plan_over_the_whole_is_an_error() -> None:
    (finding,) = findings(planned("50%", "90%", "120%", "100%"))
    assert (finding.code, finding.severity, finding.where) == ("plan-over", "error", "plan/october")


@pytest.mark.parametrize(
    ("shares", "code"), [(("25",) * 4, "plan-shares"), (("40%", "30%", "20%", "10%"), "plan-falls")]
)
def test_shares_of_single_terms_become_cumulative_ones_by_one_step(
    shares: tuple[str, ...], code: str
) -> None:
    filing = planned(*shares)
    (finding,) = findings(filing)
    assert finding.code == code
    mended = apply(filing, finding.fixes[0].changes)[0]
    assert findings(mended) == ()
    assert mended.cell("plan/december") == "100%"


@pytest.mark.parametrize("text", ["一半", "5 万元", "≥50%", "-5%", "50%左右"])
def test_a_share_is_a_plain_percentage(text: str) -> None:
    (finding,) = findings(planned("25%", text, "75%", "100%"))
    assert (finding.code, finding.where) == ("plan-percent", "plan/june")
    assert text in finding.message


def test_shares_not_filled_in_are_passed_over() -> None:
    assert findings(planned("", "50%", "", "100%")) == ()
    assert [f.where for f in findings(planned("60%", "", "", "50%"))] == ["plan/december"]


def test_the_published_plans_are_without_fault(forms: Path) -> None:
    for number in range(1, 11):
        told = findings(published(forms, f"h{number:02}"))
        told = [f for f in told if f.where.startswith(("plan/", "budget/", "basic/"))]
        assert [(f.code, f.where) for f in told] == ([("stale-year", "basic/purpose")] if number == 8 else [])


def test_a_value_with_words_in_it_is_kept_and_flagged() -> None:
    filing = honest()
    row = next(r for r in filing.section("indicators") if r.get("level3") == "游客满意度")
    odd = "≥99 满意度 98 百分号以上"
    (finding,) = findings(apply(filing, (SetCell(row.id, "target", odd),))[0])
    assert finding.code == "mixed-target" and odd in finding.message
