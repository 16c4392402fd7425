"""Words of the rules of the check: their page, switching one off, the findings as a file."""

from __future__ import annotations

from collections.abc import Sequence

RULES_TITLE = "审核规则"
RULES_HINT = (
    "错误不改不能导出正式稿，提醒改正或写明说明，提示供参考。不适合本地的规则可以停用，停用要写明理由。"
)
RULES_COLUMNS = ("问题", "轻重", "状态")
SEARCH = "查找规则"
SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}
ON, OFF = "启用", "已停用"
WHY, EXAMPLE, SOURCE = "为什么查", "例如", "依据"
REASON = "停用的理由"
REASON_WANTED = "写明理由后才能停用"
TURN_OFF, TURN_ON = "停用这条规则", "重新启用"
THIS_RULE = "规则"
RULES_LINK = "审核规则…"
FILE_LINK = "导出审核结果…"
FILE_TITLE = "导出审核结果"
FILE_FILTERS = "Word 文件 (*.docx);;Excel 文件 (*.xlsx);;PDF 文件 (*.pdf)"


def switched_off(day: str, reason: str) -> str:
    return f"{day} 停用：{reason}"


def counted(rules: int, off: int) -> str:
    return f"共 {rules} 条规则，停用 {off} 条。" if off else f"共 {rules} 条规则。"


def file_name(unit: str, year: int | None) -> str:
    return f"{f'{year}年度' if year is not None else ''}{unit}审核结果.docx"


def off_note(titles: Sequence[str]) -> str:
    return f"已停用 {len(titles)} 条审核规则"
