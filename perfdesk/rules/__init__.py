"""The rules of the check, one module per topic, in one table."""

from __future__ import annotations

from perfdesk.rules import (
    amounts,
    balance,
    bound_text,
    budget,
    carried,
    direction,
    duplicate,
    evaluation,
    evaluation_totals,
    goals,
    leftover,
    measurable,
    nature,
    payments,
    placement,
    report,
    report_done,
    report_scores,
    required,
    stale_year,
    tasks,
)
from perfdesk.rules.subject import Rule

RULES: tuple[Rule, ...] = (
    Rule("必填", required.KINDS, required.find, required.each),
    Rule("金额", amounts.KINDS, amounts.find),
    Rule("平衡", balance.KINDS, balance.find),
    Rule("支出计划", payments.KINDS, payments.find),
    Rule("占位符与字数", leftover.KINDS, leftover.find, leftover.each),
    Rule("年度", stale_year.KINDS, stale_year.find, stale_year.each),
    Rule("数值与单位", measurable.KINDS, each=measurable.each),
    Rule("方向", direction.KINDS, each=direction.each),
    Rule("指标性质", nature.KINDS, each=nature.each),
    Rule("任务", tasks.KINDS, tasks.find),
    Rule("位置", placement.KINDS, placement.find),
    Rule("预算表", budget.KINDS, budget.find),
    Rule("文字与数据", bound_text.KINDS, bound_text.find),
    Rule("分项目标", goals.KINDS, goals.find),
    Rule("评分", evaluation.KINDS, evaluation.find),
    Rule("执行率和总分", evaluation_totals.KINDS, evaluation_totals.find),
    Rule("自评报告的文字", report.KINDS, report.find),
    Rule("自评报告的得分", report_scores.KINDS, report_scores.find),
    Rule("自评报告的完成数", report_done.KINDS, report_done.find),
    Rule("重复", duplicate.KINDS, duplicate.find),
    Rule("结转", carried.KINDS, carried.find),
)
