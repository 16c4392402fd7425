"""What an indicator counts against how its target is written: what a reviewer sends back, and what he leaves alone."""

from __future__ import annotations

import pytest

from perfdesk.catalog import new_filing
from perfdesk.check import check
from perfdesk.model.change import InsertRow
from perfdesk.model.filing import Filing, Row
from perfdesk.rules import nature
from tests.making import catalog, counter
from tests.rules import filings as f

CODES = {k.code for k in nature.KINDS}


def project(level2: str, name: str, target: str) -> Filing:
    """A project target with one indicator."""
    form = catalog().form("hebei-2022/project-target")
    filing = new_filing(form, 2022, "示例市公园管理中心", counter())
    above = next(r for r in filing.rows if r.get("level2") == level2)
    row = Row("new", "indicators", {"level3": name, "target": target}, above.id)
    return f.change(filing, InsertRow(row, None))


def told(level2: str, name: str, target: str) -> set[str]:
    filing = project(level2, name, target)
    findings = check(catalog().form(filing.form), filing)
    return {x.code for x in findings if x.place.row == "new"}


@pytest.mark.parametrize(
    ("level2", "name", "target", "code"),
    [
        ("数量指标", "种植树木数量", "≥90百分比", "quantity-in-percent"),
        ("社会效益指标", "新增就业岗位数", "≥90%", "quantity-in-percent"),
        ("时效指标", "工程开工时间", "≥90%", "quantity-in-percent"),
        ("成本指标", "设备采购价格", "≤90%", "quantity-in-percent"),
        ("可持续影响指标", "设备使用年限（年）", "≥90百分号", "quantity-in-percent"),
        ("时效指标", "工程完成时限", "≥1个", "unit-of-another-kind"),
        ("成本指标", "每户补助标准", "≤1个", "unit-of-another-kind"),
        ("成本指标", "社会保险人均标准", "≥1.9万元", "cost-at-least"),
        ("成本指标", "运行经费控制率", "≥95%", "cost-at-least"),
        ("数量指标", "检查面积", "≤3000平方米", "output-at-most"),
        ("可持续影响指标", "工作的持续性", "≤100 百分号", "always-met"),
        ("质量指标", "房屋安全使用率", "有力保障业务开展", "rate-in-words"),
        ("数量指标", "完成公园改造 12 个", "≥12个", "target-in-name"),
        ("质量指标", "普查数据合格率", "≥90%（差异率）", "against-direction"),
        ("生态效益指标", "水面治理程度", "≤95%", "against-direction"),
        ("数量指标", "公园改造", "改造" + "东湖公园和西山公园的步道、座椅和照明" * 3, "target-in-prose"),
    ],
)
def test_what_a_reviewer_sends_back(level2: str, name: str, target: str, code: str) -> None:
    assert told(level2, name, target) == {code}


@pytest.mark.parametrize(
    ("level2", "name", "target"),
    [
        ("数量指标", "种植树木数量", "≥900株"),
        ("数量指标", "信访件数", "≤30件"),
        ("数量指标", "改造完成比例", "≥90%"),
        ("时效指标", "工程完成时间", "11月底前"),
        ("时效指标", "受理时限", "≤3天"),
        ("时效指标", "受理时限", "≤3个工作日"),
        ("成本指标", "每平方米改造成本", "≤1600元/平方米"),
        ("成本指标", "运行经费控制率", "≤100%"),
        ("成本指标", "成本控制", "≤100%"),
        ("生态效益指标", "能耗降低程度", "≤100%"),
        ("社会效益指标", "公房闲置程度", "≤20%"),
        ("社会效益指标", "社会效益", "改善居民生活环境，提高生活品质"),
        ("经济效益指标", "提高工作效率", "是/否"),
        ("社会效益指标", "居住环境改善情况", "明显"),
        ("社会效益指标", "事故发生次数", "≤0次"),
        ("质量指标", "工程验收", "合格"),
        ("数量指标", "保障 2022 年公园运行", "≥12个"),
    ],
)
def test_what_a_reviewer_leaves_alone(level2: str, name: str, target: str) -> None:
    assert told(level2, name, target) & (CODES | {"always-met"}) == set()
