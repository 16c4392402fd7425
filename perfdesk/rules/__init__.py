"""The rules of the check, one module per topic, in one table."""

from __future__ import annotations

from perfdesk.rules import amounts, balance, direction, duplicate, leftover, measurable, placement, required
from perfdesk.rules.subject import Rule

RULES: tuple[Rule, ...] = (
    Rule("必填", required.find, required.KINDS),
    Rule("金额", amounts.find, amounts.KINDS),
    Rule("平衡", balance.find, balance.KINDS),
    Rule("占位符与字数", leftover.find, leftover.KINDS),
    Rule("数值与单位", measurable.find, measurable.KINDS),
    Rule("方向", direction.find, direction.KINDS),
    Rule("位置", placement.find, placement.KINDS),
    Rule("重复", duplicate.find, duplicate.KINDS),
)
