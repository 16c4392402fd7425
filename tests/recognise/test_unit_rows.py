"""The unit of amounts in a row of its own among the others, as a sheet of Excel has it; the year before a title."""

from __future__ import annotations

import pytest

from perfdesk.document.grid import Cell, grid
from perfdesk.document.source import Source, SourceTable
from perfdesk.model.filing import Filing
from perfdesk.recognise import Recognised, recognise
from tests.making import catalog, counter

INDICATORS = (
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "清淤长度", "≥10公里"),
    ("效益指标", "社会效益指标", "受益村", "≥3个"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
)
PROJECT = (
    ("2021年度项目支出绩效目标申报表",),
    ("项目名称", "河道清淤", "主管部门", "水利局"),
    ("金额单位：元",),
    ("项目资金", "年度资金总额", "1000000"),
    ("年度目标", "清淤10公里"),
    *INDICATORS,
)
DEPARTMENT = (
    ("2021年度部门（单位）整体绩效目标申报表",),
    ("部门（单位）名称", "白石区水利站"),
    ("单位：元",),
    ("年度主要任务", "任务名称", "主要内容"),
    ("", "清淤", "清淤10公里"),
    ("部门预算总额", "1000000"),
    *INDICATORS[:3],
)
EVALUATION = (
    ("2021年度项目支出绩效自评表",),
    ("项目名称", "河道清淤"),
    ("（单位：元）",),
    ("", "年初预算数", "全年预算数", "全年执行数"),
    ("年度资金总额", "1000000", "900000", "450000"),
    *((*row, extra) for row, extra in zip(INDICATORS, ("实际完成值", "10公里", "3个", "95%"), strict=True)),
)


def read(*rows: tuple[str, ...]) -> Recognised:
    width = max(map(len, rows))
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text]
    table = SourceTable(grid([0.0] * width, len(rows), cells), "表")
    return recognise(Source("x.xlsx", "xlsx", (table,)), catalog(), counter())


def unit(filing: Filing) -> str:
    return filing.amount_unit or catalog().form(filing.form).amount_unit


@pytest.mark.parametrize(
    "rows", [PROJECT, DEPARTMENT, EVALUATION], ids=["project", "department", "evaluation"]
)
def test_the_unit_of_amounts_is_the_forms_and_nothing_is_left_over(rows: tuple[tuple[str, ...], ...]) -> None:
    found = read(*rows)
    (one,) = found.filings
    assert unit(one.filing) == "元"
    assert found.leftovers == ()


def test_a_year_before_the_forms_title_is_the_filings() -> None:
    filing = read(*PROJECT).filings[0].filing
    assert (filing.year, filing.title) == (2021, "项目支出绩效目标申报表")


def test_a_year_before_a_projects_name_stays_with_the_name() -> None:
    filing = read(("2020年结转河道清淤绩效目标表",), *PROJECT[1:]).filings[0].filing
    assert filing.year is None
    assert filing.title == "2020年结转河道清淤绩效目标表"
