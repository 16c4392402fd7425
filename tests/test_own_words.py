"""Words that are another project's: what is told, and what projects of one kind may have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.catalog import new_filing
from perfdesk.formats.child import read_file
from perfdesk.model.change import InsertRow, SetCell
from perfdesk.model.filing import Filing, Row
from perfdesk.own_words import alike, own_words
from perfdesk.recognise import recognise
from tests.making import catalog, counter
from tests.rules import filings as f

FORM = "hebei-2022/project-target"
GOALS = {
    "archive": "配齐防火防潮的档案柜，库房温湿度达标，查阅方便。",
    "uniform": "为在岗执法队员每人配发春秋警服两套、冬季警服一套。",
    "water": "更换老城供水管网，降低漏损，水压稳定。",
}


def project(name: str, goals: str, indicators: dict[str, str] | None = None, basis: str = "") -> Filing:
    """``indicators``: name → description, all below 数量指标."""
    form = catalog().form(FORM)
    new_id = counter()
    filing = new_filing(form, 2022, "示例市公园管理中心", new_id)
    filing = f.change(filing, SetCell("basic", "name", name), SetCell("basic", "goals", goals))
    above = next(r for r in filing.rows if r.get("level2") == "数量指标")
    for label, description in (indicators or {}).items():
        cells = {"level3": label, "description": description, "target": "≥1个", "basis": basis}
        filing = f.change(filing, InsertRow(Row(new_id(), "indicators", cells, above.id), None))
    return filing


ARCHIVE = project("档案库房改造", GOALS["archive"], {"档案柜数量": "新购档案柜"})
WATER = project(
    "老城供水管网改造", GOALS["water"], {"供水管网长度": "更换的供水管网"}, "《老城供水管网改造三年实施方案》"
)


def told(*filings: Filing) -> list[tuple[str, str, str]]:
    form = catalog().form(FORM)
    return [
        (t.filing.cell("basic/name"), t.finding.code, t.finding.where)
        for t in own_words([(form, filing) for filing in filings])
    ]


def test_projects_with_words_of_their_own_have_no_finding() -> None:
    assert told(ARCHIVE, WATER) == []


@pytest.mark.parametrize("goal", ["uniform", "water"])
def test_a_goal_about_uniforms_or_water_under_archives_is_told(goal: str) -> None:
    wrong = project("档案库房改造", GOALS[goal], {"档案柜数量": "新购档案柜"})
    assert told(wrong) == [("档案库房改造", "goals-of-another", "basic/goals")]


def test_the_project_that_a_goal_belongs_to_is_named() -> None:
    wrong = project(
        "档案库房改造", "更换供水管网，水压稳定，漏损降低到国家标准。", {"档案柜数量": "新购档案柜"}
    )
    form = catalog().form(FORM)
    (one,) = own_words([(form, WATER), (form, wrong)])
    assert "“老城供水管网改造”" in one.finding.message


def test_the_same_goal_under_two_projects_is_told_at_the_later() -> None:
    copy = project("办公系统维护", GOALS["archive"], {"维护次数": "系统维护"})
    assert told(ARCHIVE, copy) == [("办公系统维护", "goals-pasted", "basic/goals")]


def test_stations_of_one_kind_may_have_one_goal_unless_it_counts_something_twice() -> None:
    words = "做好公房维修、租金收缴和庭院设施养护。"
    one, two = (project(f"{place}房管处直管公房维修养护经费", words) for place in ("城东", "城西"))
    assert told(one, two) == []
    numbers = "1.改造公房 120 处 2.养护庭院 30 处。"
    one, two = (project(f"{place}房管处直管公房维修养护经费", numbers) for place in ("城东", "城西"))
    assert told(one, two) == [("城西房管处直管公房维修养护经费", "goals-pasted", "basic/goals")]


def test_numbering_is_no_quantity() -> None:
    words = "1 做好公房维修\n2.做好租金收缴；3、做好庭院设施养护"
    one, two = (project(f"{place}房管处直管公房维修养护经费", words) for place in ("城东", "城西"))
    assert told(one, two) == []


def test_the_basis_of_another_project_is_told_once() -> None:
    basis = "《老城供水管网改造三年实施方案》"
    wrong = project("档案库房改造", GOALS["archive"], {"档案柜数量": "新购", "库房面积": "改造"}, basis)
    assert told(WATER, wrong) == [("档案库房改造", "basis-of-another", "indicators/1/basis")]


@pytest.mark.parametrize(
    "basis", ["行业标准", "财建〔2021〕856号", "《关于进一步做好相关工作的通知》", "年度工作计划", ""]
)
def test_a_basis_that_names_no_subject_is_nobodys(basis: str) -> None:
    other = project("档案库房改造", GOALS["archive"], {"档案柜数量": "新购"}, basis)
    assert told(WATER, other) == []


def test_an_indicator_of_another_project_is_told() -> None:
    panels = project("公租房太阳能安装", "安装太阳能板，居民用上热水。", {"安装太阳能数量": "安装的太阳能"})
    power = project("公租房电增容", "更换变压器，供电稳定，用户不再跳闸。", {"安装太阳能数量": "变压器更换"})
    assert ("公租房电增容", "indicator-of-another", "indicators/1/level3") in told(panels, power)


def test_nearly_the_same_indicators_under_projects_of_another_kind_are_told() -> None:
    names = {"库房面积": "", "完工时间": "", "验收合格": "", "查阅人次": "", "投诉件数": ""}
    one = project("档案库房改造", GOALS["archive"], names)
    two = project("体育场馆开放", "场馆免费开放，市民就近健身，库房整洁。", names)
    assert told(one, two) == [("体育场馆开放", "indicators-pasted", "indicators")]


def test_alike_means_one_long_stretch_in_both_names() -> None:
    assert alike("城东房管处直管公房维修经费", "城西房管处直管公房维修资金")
    assert not alike("公租房电增容项目", "公租房消防外管网")
    assert not alike("", "公租房")


def test_what_is_told_of_the_published_projects(forms: Path) -> None:
    """As a careful person would: two bases of a survey that is another project's, goals pasted, solar panels under other works."""
    form = catalog().form
    found: dict[str, list[tuple[str, int]]] = {}
    for name in ("d01-d23.c.docx", "h01-h10.c.docx"):
        filings = [
            r.filing for r in recognise(read_file(forms / "office" / name), catalog(), counter()).filings
        ]
        numbers = {id(x): n for n, x in enumerate(filings, 1)}
        for one in own_words([(form(x.form), x) for x in filings]):
            found.setdefault(name[0], []).append((one.finding.code, numbers[id(one.filing)]))
    assert sorted(found["d"]) == [
        ("basis-of-another", 10),
        ("basis-of-another", 11),
        ("goals-pasted", 19),
        ("goals-pasted", 21),
    ]
    assert sorted(found["h"]) == [
        ("goals-pasted", 6),
        ("goals-pasted", 10),
        ("indicator-of-another", 5),
        ("indicator-of-another", 10),
        ("indicators-pasted", 9),
    ]


def test_a_short_goal_of_other_words_is_told() -> None:
    wrong = project("档案库房改造", "1.配发警服", {"档案柜数量": "新购档案柜"})
    assert told(wrong) == [("档案库房改造", "goals-of-another", "basic/goals")]
