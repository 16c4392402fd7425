"""Words of the pages around the forms: units and years, the overview, explanations, history, help."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfdesk.values import show_amount

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
    return f"再列出一些（还有 {count} 处）"


# --- history ---

ONLY_THIS_CELL = "只看当前单元格"
GO_BACK = "回到这里"
GO_BACK_TIP = "把表恢复成这一步之后的样子；这本身是新的一步，可以撤销。"
NO_HISTORY_HERE = "这一格还没有修改过。"


def step_back_to(time: str, label: str) -> str:
    return f"回到 {time} “{label}”之后"


def became(text: str) -> str:
    """What a cell became, short enough for the end of a line."""
    plain = " ".join(text.split())
    return f" → {plain[:12] + '…' if len(plain) > 13 else plain}" if plain else " → （空）"


# --- overview of the year ---

OVERVIEW = "本年总览"
OVERVIEW_FORMS = "各表填报情况"
OVERVIEW_FINDINGS = "审核结果"
OVERVIEW_ACROSS = "表与表之间"
OVERVIEW_MONEY = "金额：本年与上年"
OVERVIEW_NO_MONEY = "本年还没有填写金额。"
OVERVIEW_NO_BEFORE = "没有上年的填报，无法比较。"
OVERVIEW_EMPTY = "本年还没有填报。新建一份，或把文件拖进窗口。"
OVERVIEW_OPEN = "打开"
SIDES = ("收入来源", "支出分类")
THE_REST = "其余"
ARCHIVED = "已归档，只读"
FINDING_COUNTS = (("error", "错误"), ("warning", "提醒"), ("hint", "提示"))
NO_TROUBLE = "没有问题"
NOT_FILLED = "未填"


def overview_title(unit: str, year: str) -> str:
    return f"{year} · {unit}"


def required_filled(filled: int, wanted: int) -> str:
    return f"必填 {filled}/{wanted}"


def count_of(name: str, count: int) -> str:
    return f"{name} {count}"


def total_line(total: str, unit: str, change: str) -> str:
    return f"预算总额 {total} {unit}" + (f"，比上年{change}" if change else "")


def projects_line(count: int) -> str:
    return f"项目（{count} 个）"


def evaluations_line(count: int) -> str:
    return f"项目自评（{count} 个）"


TOGETHER = {"projects": projects_line, "evaluations": evaluations_line}


def more_across(count: int) -> str:
    return f"还有 {count} 处，见各表和各项目的审核结果。"


def projects_together(count: int) -> str:
    return f"项目（{count} 个合计）"


def changed_by(percent: str, more: bool) -> str:
    return f"{'增加' if more else '减少'} {percent}%"


UNCHANGED = "持平"


def share_text(name: str, amount: str, percent: str) -> str:
    return f"{name} {amount}（{percent}%）"


def legend(parts: Sequence[tuple[str, Decimal]], shares: Sequence[Decimal]) -> list[str]:
    texts = [share_text(n, show_amount(v), str(s)) for (n, v), s in zip(parts, shares, strict=True)]
    return texts or [NOT_FILLED]


# --- units and years ---

UNITS_TITLE = "单位与年度"
UNITS_COLUMNS = ("单位 / 年度", "编码", "状态")
UNIT_NEW = "新建单位"
UNIT_NEW_NAME = "新单位"
UNIT_RENAME = "改名"
UNIT_OPEN = "打开"
YEAR_NEW = "新建年度填报…"
ARCHIVE = "归档"
UNARCHIVE = "取消归档"
DELETE = "删除"
RECENT = "最近删除"
RECENT_NONE = "没有删除过的内容。"
BRING_BACK = "恢复"
UNITS_HINT = "双击名称或编码即可修改；改名不改动已填表格里的单位名称。删除的内容可以随时恢复。"
UNDO_NOTHING = "没有可撤销的操作"
STATE_ARCHIVED = "已归档"


def undo_deed(label: str | None) -> str:
    return f"撤销：{label}" if label else UNDO_NOTHING


def filings_count(count: int) -> str:
    return f"{count} 份表"


def deleted_line(unit: str, year: int | None, title: str, at: str) -> str:
    what = f"{unit} · {year or '未定年度'} · {title}" if title else f"单位 {unit}（连同全部填报）"
    return f"{what}　{at} 删除"


def numbered(name: str, number: int) -> str:
    return name if number < 2 else f"{name} {number}"


# --- help ---

HELP_TITLE = "帮助"
HELP_TOPICS = "目录"
HELP_PAGE = "正文"
HELP_SAVE = "保存为 PDF…"
HELP_FILE = "绩效填报台使用手册.pdf"
HELP_FILTER = "PDF 文件 (*.pdf)"
HELP_SAVING = "正在写出手册…"


def help_topic(title: str) -> str:
    """Below the head of its part."""
    return f"　{title}"


def help_caption(text: str) -> str:
    """Below a picture."""
    return f"图：{text}"


def help_saved(file: str) -> str:
    return f"已写出 {file}"
