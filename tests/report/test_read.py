"""Reports as other offices write them, and our own, read back from every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.document.grid import Cell, grid
from perfdesk.document.source import Source, SourceTable, SourceText
from perfdesk.formats.child import read_file
from perfdesk.formats.write import write
from perfdesk.model.filing import Filing
from perfdesk.recognise import recognise
from tests.making import as_read, catalog, counter
from tests.report.made import REPORT, beside, report

KEPT = ("scores", "result", "facts")


def of_kind(filings: list[Filing], kind: str) -> list[Filing]:
    return [f for f in filings if f.form.endswith(f"/{kind}")]


@pytest.mark.parametrize("ending", ["docx", "xlsx", "txt"])
@pytest.mark.parametrize("year", [2021, 2023])
def test_a_made_report_is_read_back_with_the_same_numbers(ending: str, year: int, tmp_path: Path) -> None:
    known = beside(year)
    made = report(year, known)
    path = tmp_path / f"报告.{ending}"
    write(compose(REPORT, made, beside=known).document, path)
    found = recognise(read_file(path), catalog(), counter())
    assert found.leftovers == ()
    filings = [r.filing for r in found.filings]
    (read,) = of_kind(filings, "self-evaluation-report")
    assert (read.year, read.unit_name, read.title) == (year, made.unit_name, made.title)
    reported = derive(REPORT, made, known).reported
    again = derive(REPORT, read).reported
    assert reported is not None
    assert again is not None
    assert again.lines == reported.lines
    assert (again.total, again.grade) == (reported.total, reported.grade)
    rates = ("预算执行率", "预算调整率")
    assert [again.numbers[n].text for n in rates] == [reported.numbers[n].text for n in rates]
    target = known.target
    assert target is not None
    (inside,) = of_kind(filings, "overall-target")
    assert as_read(inside) == as_read(target[1])


def test_every_text_comes_back_as_it_was_printed() -> None:
    known = beside(2021)
    made = report(2021, known)
    items = compose(REPORT, made, beside=known).document
    (read,) = of_kind(
        [r.filing for r in recognise(source_of_document(items), catalog(), counter()).filings],
        "self-evaluation-report",
    )
    quotes = derive(REPORT, made, known).reported
    assert quotes is not None
    for chapter in REPORT.chapters:
        if chapter.text:
            raw = made.cell(chapter.text)
            shown = raw
            for name, number in quotes.numbers.items():
                shown = shown.replace("{{" + name + "}}", number.text)
            assert read.cell(chapter.text) == shown.strip(), chapter.heading


def source_of_document(document: object) -> Source:
    from perfdesk.document.blocks import Document
    from tests.making import as_source

    assert isinstance(document, Document)
    return as_source(document)


def table(*rows: tuple[str, ...]) -> SourceTable:
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return SourceTable(grid([0.0] * len(rows[0]), len(rows), cells), "表")


def source(*items: str | SourceTable) -> Source:
    own = tuple(SourceText(i, "段") if isinstance(i, str) else i for i in items)
    return Source("x.docx", "docx", own)


OTHER = (
    "某县水务局",
    "2022年度部门整体支出绩效自评报告",
    "一、部门概况",
    "承担全县供水和河道管理。",
    "二、绩效自评工作组织开展情况",
    "成立自评小组，逐项核对。",
    "三、自评结论",
    "全年调整后预算 1200 万元，预算执行数为1,080.00万元。自评得分93.5分，自评等级为：优。",
    table(
        ("评价指标", "分值", "自评得分", "得分率"), ("预算执行", "10", "9", "90"), ("产出", "90", "84.5", "93.89"),
        ("总计", "100", "93.5", "93.5"),
    ),
    "四、存在的主要问题及改进措施",
    "支付进度前松后紧。",
    "五、评价结果应用情况",
    "结果用于下年预算。",
    "六、其他需要说明的事项",
    "无",
)  # fmt: skip


def test_another_offices_wording_and_numbering_are_understood() -> None:
    found = recognise(source(*OTHER), catalog(), counter())
    assert found.leftovers == ()
    (one,) = found.filings
    filing = one.filing
    assert (filing.year, filing.unit_name) == (2022, "某县水务局")
    assert filing.title == "部门整体绩效自评报告"
    assert filing.cell("texts/goals") == "承担全县供水和河道管理。"
    assert filing.cell("texts/problems") == "支付进度前松后紧。"
    assert filing.cell("facts/adjusted") == "1200"
    assert filing.cell("facts/executed") == "1080"
    assert [filing.cell(f"result/{c}") for c in ("total", "grade")] == ["93.5", "优"]
    assert [r.get("label") for r in filing.section("scores")] == ["预算执行", "产出"]


def test_the_word_for_departments_in_a_title_is_no_unit() -> None:
    title = ("部门整体支出绩效评价报告", "（2022年）", "单位名称：青溪市档案馆")
    found = recognise(source(*title, *OTHER[2:]), catalog(), counter())
    assert found.leftovers == ()
    assert found.filings[0].filing.unit_name == "青溪市档案馆"
    both = recognise(source("青溪市档案馆2022年度部门整体支出绩效评价报告", *OTHER[2:]), catalog(), counter())
    assert both.filings[0].filing.unit_name == "青溪市档案馆"


def test_a_unit_that_is_not_the_titles_is_left_over() -> None:
    title = ("某县水务局2022年度部门整体支出绩效自评报告", "填报单位：某县水文站")
    found = recognise(source(*title, *OTHER[2:]), catalog(), counter())
    assert found.filings[0].filing.unit_name == "某县水务局"
    assert found.leftovers == ("填报单位：某县水文站",)


def test_headings_in_the_contents_are_not_the_chapters() -> None:
    contents = ("目录", "一、部门概况……1", "三、自评结论……2", "四、存在的主要问题及改进措施 3")
    (one,) = recognise(source(*OTHER[:2], *contents, *OTHER[2:]), catalog(), counter()).filings
    assert one.filing.cell("texts/goals") == "承担全县供水和河道管理。"
    assert one.filing.cell("texts/problems") == "支付进度前松后紧。"


def test_tables_of_the_author_in_a_chapter_are_left_over_and_the_text_around_them_stays() -> None:
    own = table(("项目", "投资"), ("南渠", "12"))
    items = (
        *OTHER[:4],
        "投资见下表。",
        own,
        "以上投资均已支付，资金使用符合规定，没有截留挪用的情况发生。",
        *OTHER[4:],
    )
    found = recognise(source(*items), catalog(), counter())
    filing = found.filings[0].filing
    assert filing.cell("texts/goals").splitlines()[1] == "投资见下表。"
    assert filing.cell("texts/goals").splitlines()[2].startswith("以上投资")
    assert "南渠 12" in found.leftovers


def test_a_text_with_one_or_two_such_headings_is_no_report() -> None:
    found = recognise(
        source("一、基本情况", "本局有三个科室。", "二、存在的主要问题", "人手不足。"), catalog(), counter()
    )
    assert found.filings == ()
    assert len(found.leftovers) == 4


def test_a_number_of_a_project_or_of_last_year_is_no_fact_of_the_department() -> None:
    items = [
        i if i != OTHER[7] else "河道项目执行数 30 万元，上年执行数 900 万元。自评得分90分。" for i in OTHER
    ]
    (one,) = recognise(source(*items), catalog(), counter()).filings
    assert one.filing.cell("facts/executed") == ""


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("共有项目8个，开展绩效监控项目8个。", "8"),
        ("共有项目8个，开展绩效监控项目3个，绩效监控完成率100%。", ""),
        ("共有项目8个，应开展绩效监控项目3个，开展绩效监控项目3个。", "3"),
    ],
)
def test_the_number_of_all_projects_is_the_number_due_only_where_nothing_speaks_against_it(
    text: str, due: str
) -> None:
    items = [i if i != OTHER[7] else f"{text}自评得分90分。" for i in OTHER]
    (one,) = recognise(source(*items), catalog(), counter()).filings
    assert one.filing.cell("facts/monitoring_due") == due


def test_several_units_reports_in_one_file_are_told_apart() -> None:
    other = [i.replace("某县水务局", "某县文化馆") if isinstance(i, str) else i for i in OTHER]
    third = ["某县档案馆2022年度部门整体支出绩效自评报告", *OTHER[2:]]
    found = recognise(source(*OTHER, *other, *third), catalog(), counter())
    assert found.leftovers == ()
    assert [r.filing.unit_name for r in found.filings] == ["某县水务局", "某县文化馆", "某县档案馆"]
    assert [len(r.filing.section("scores")) for r in found.filings] == [2, 2, 2]
    assert {r.filing.cell("texts/goals") for r in found.filings} == {"承担全县供水和河道管理。"}


def test_a_projects_report_is_not_taken_for_a_departments() -> None:
    items = ["2022年度河道整治项目绩效自评报告", *OTHER[2:]]
    assert recognise(source(*items), catalog(), counter()).filings == ()
