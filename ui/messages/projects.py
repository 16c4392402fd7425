"""Words of the list of projects and of what is done with many of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfdesk.values import show_amount

ALL_PROJECTS = "全部项目"
COLUMNS = ("序号", "项目名称", "金额", "状态", "错误", "提醒")
EMPTY = "本年还没有项目。新建一个，从上年复制，或把项目绩效目标文件拖进窗口。"
ADD = "新建项目"
COPY = "复制"
FROM_LAST_YEAR = "从上年复制…"
BATCH = "批量修改…"
DELETE = "删除"
UP, DOWN = "上移", "下移"
EXPORT = "导出…"
OPEN = "打开"
KEYS_HINT = "Enter 打开　F2 改名　Alt+↑ Alt+↓ 或拖动调整顺序　Ctrl+D 复制　Delete 删除"
NEW_NAME = "新项目"
PICK_TITLE = "从上年复制项目"
PICK_HEAD = "选择要复制到本年的项目（指标和内容一并复制）："
PICK_ALL = "全选"
PICK_START = "复制"
NO_LAST_YEAR = "上年没有可复制的项目。"
BATCH_TITLE = "批量修改"
BATCH_FIELD = "修改哪一栏"
BATCH_TEXT = "改为"
BATCH_START = "修改"
STEP_COPY = "复制项目"
STEP_RENAME = "项目改名"
UNDO_ALL = "全部撤销"
IMPORT_COLUMNS = ("名称", "表样", "修复", "本年")
IMPORT_THERE = "已有"
SAME_WAY = "本年已有的怎样处理"
SAME_WAYS = {"both": "两份都保留", "replace": "替换已有的", "skip": "跳过，不导入"}
IMPORT_OWN_UNITS = "按各表内的单位名称"


def import_all(count: int) -> str:
    return f"导入全部 {count} 份"


def same_again(names: Sequence[str]) -> str:
    some = "、".join(f"“{name}”" for name in names[:5])
    return f"本年已有 {len(names)} 份同样的填报：{some}{'等' if len(names) > 5 else ''}。"


def head(count: int) -> str:
    return f"项目 · {count}" if count else "项目"


def projects_of(year: str, count: int) -> str:
    return f"{year}项目 · {count}"


def title(year: str, unit: str, count: int) -> str:
    return f"{year} · {unit} · {count} 个项目"


def total(count: int, amount: Decimal, unit: str, unread: int) -> str:
    text = f"合计 {count} 个项目，{show_amount(amount)} {unit}"
    return f"{text}（{unread} 个项目金额未填或无法识别，未计入）" if unread else text


def compared(form: str, amount: Decimal, difference: Decimal, unit: str) -> str:
    """What another form of the year says of all projects."""
    said = f"《{form}》项目支出 {show_amount(amount)} {unit}"
    if not difference:
        return f"{said}，一致"
    return f"{said}，项目合计{'多' if difference > 0 else '少'} {show_amount(abs(difference))} {unit}"


def batch_head(count: int) -> str:
    return f"修改所选 {count} 个项目的同一栏，每个项目各记一步，可以撤销。"


def batch_done(count: int, field: str) -> str:
    return f"已修改 {count} 个项目的“{field}”。"


def copied(names: Sequence[str]) -> str:
    return f"已复制“{names[0]}”。" if len(names) == 1 else f"已复制 {len(names)} 个项目。"


def deleted(count: int) -> str:
    return f"已删除 {count} 个项目，可以撤销，也可以在“单位与年度”里恢复。"
