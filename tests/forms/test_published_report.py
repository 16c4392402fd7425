"""A published self-evaluation report is read, and what a reviewer would say of it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.catalog import load
from perfdesk.commands.files import FileRead, found_in
from perfdesk.formats.read import read
from perfdesk.intake import take_in
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.recognise import Recognised
from tests.making import catalog, counter

JINSHUI = "jinshui-2021-self-evaluation-report.txt"


@pytest.fixture(scope="module")
def jinshui(forms: Path) -> Recognised:
    return take_in(read(forms / "text" / JINSHUI), catalog(), counter())


def report(recognised: Recognised) -> Filing:
    return next(r.filing for r in recognised.filings if r.filing.form.endswith("/self-evaluation-report"))


def test_one_file_gives_the_report_and_the_target_form_inside_it(jinshui: Recognised) -> None:
    assert [r.filing.form for r in jinshui.filings] == [
        "jinshui-2021/self-evaluation-report",
        "jinshui-2021/overall-target",
    ]
    assert {(r.filing.year, r.filing.unit_name) for r in jinshui.filings} == {
        (2021, "郑州市金水区保障性住房管理办公室")
    }
    assert jinshui.leftovers == ()


def test_the_table_of_scores_the_total_and_the_grade_are_read(jinshui: Recognised) -> None:
    filing = report(jinshui)
    assert [dict(r.cells) for r in filing.section("scores")] == [
        {"label": "预算执行", "weight": "10", "score": "8", "rate": "80%"},
        {"label": "投入管理", "weight": "20", "score": "16", "rate": "80%"},
        {"label": "产出指标", "weight": "40", "score": "37", "rate": "92%"},
        {"label": "效益指标", "weight": "30", "score": "26", "rate": "86%"},
    ]
    assert [filing.cell(f"result/{c}") for c in ("weight", "total", "rate", "grade")] == [
        "100",
        "87",
        "87%",
        "良",
    ]


def test_the_facts_are_read_from_the_sentences(jinshui: Recognised) -> None:
    row = report(jinshui).row("facts")
    assert row is not None
    assert dict(row.cells) == {
        "initial": "6316.74",
        "adjusted": "22285.52",
        "executed": "22285.52",
        "three_budget": "1.5",
        "three_actual": "0.59",
        "monitored": "17",
        "monitoring_due": "17",
        "self_evaluated": "17",
        "self_evaluation_due": "17",
        "evaluated": "1",
    }


def test_each_chapter_has_its_text(jinshui: Recognised) -> None:
    filing = report(jinshui)
    begins = {
        "goals": "部门年度履职目标：",
        "process": "本次绩效自评工作",
        "conclusion": "根据部门整体绩效自评",
        "money": "2021 年度，我部门预算",
        "input": "工作目标管理情况：",
        "output": "履职目标完成情况、",
        "benefit": "履职效益情况：",
        "problems": "部门项目各项指标",
        "use": "一是对本次",
        "experience": "通过此次自评",
        "others": "无",
    }
    ends = {"goals": "问题楼盘化解等工作。", "output": "圆满完成工作任务。", "conclusion": "得分情况如下："}
    for cell, text in begins.items():
        assert filing.cell(f"texts/{cell}").startswith(text), cell
    for cell, text in ends.items():
        assert filing.cell(f"texts/{cell}").endswith(text), cell
    assert filing.cell("texts/targets") == ""
    assert len(filing.cell("texts/goals").splitlines()) == 18
    assert len(filing.cell("texts/use").splitlines()) == 3
    assert "**" not in filing.cell("texts/output")


def findings(recognised: Recognised, kind: str) -> list[Finding]:
    known = found_in(FileRead(JINSHUI, recognised), load())
    return [f for filing, found in known for f in found if filing.form.endswith(f"/{kind}")]


def test_what_a_reviewer_would_say_of_the_report_is_found_and_nothing_else(jinshui: Recognised) -> None:
    found = {f.code: f.message for f in findings(jinshui, "self-evaluation-report")}
    assert set(found) == {
        "report-office",
        "report-budget",
        "report-text",
        "leftover",
        "report-achievement",
        "report-rescored",
        "report-rate-target",
    }
    assert len(findings(jinshui, "self-evaluation-report")) == len(found)
    assert "发改委" in found["report-office"]
    assert "6,316.74" in found["report-budget"] and "6,316.75" in found["report-budget"]
    assert "60" in found["report-text"] and "39.33%" in found["report-text"]
    assert "XX" in found["leftover"]
    assert "55" in found["report-achievement"] and "65" in found["report-achievement"]
    assert "预算执行" in found["report-rescored"]
    assert "印的得分是 8" in found["report-rescored"] and "应得 10 分" in found["report-rescored"]
    assert "预算调整率" in found["report-rate-target"] and "252.80%" in found["report-rate-target"]


def test_the_budget_total_of_0_is_found_in_the_target_form(jinshui: Recognised) -> None:
    (error,) = [f for f in findings(jinshui, "overall-target") if f.severity == "error"]
    assert error.where == "budget/total" and "6,316.75" in error.message
