"""Words of the pages around the forms: units and years, the first run, the overview, explanations, history, help, the tour."""

from __future__ import annotations

# --- findings: groups, filter, explanations ---

WHOLE_FILING = "整份填报"
FILTERS = {"": "全部", "error": "错误", "warning": "提醒", "hint": "提示"}
EXPLAIN = "说明…"
EXPLAIN_AGAIN = "修改说明"
EXPLAIN_AWAY = "收回说明"
EXPLAIN_SAVE = "保存说明"
EXPLAIN_PLACEHOLDER = "写明原因，如“当年新增职能，无上年数”。Ctrl+Enter 保存。"
NONE_OF_THIS_KIND = "没有这一类问题。"


def filter_text(severity: str, count: int) -> str:
    return f"{FILTERS[severity]} {count}"


def group_head(label: str, count: int) -> str:
    return f"{label} · {count}"


def settled_head(count: int) -> str:
    return f"已说明 {count}"


def explained(text: str) -> str:
    return f"说明：{text}"


def more_findings(count: int) -> str:
    return f"还有 {count} 处没有列出，改正前面的以后会出现。"
