"""The words of the indicator library, of its suggestions, of find anywhere and of find and replace."""

from __future__ import annotations

# --- library ---

TITLE = "指标库"
PLACEHOLDER = "输入名称、拼音或首字母"
COLUMNS = ("指标名称", "类别", "主题", "单位", "常用指标值", "来源")
ALL_LEVELS = "全部级别"
ALL_THEMES = "全部主题"
ORIGINS = {"": "全部", "own": "用过的", "standard": "标准指标", "common": "常用指标"}
ADD = "加入"
CLOSE = "关闭"
CHOOSE_SOME = "按住 Ctrl 或 Shift 可选多项；加入后可用 Ctrl+Z 撤销。"
NOTHING = "没有符合条件的指标。换个说法，或清除筛选。"
LOADING = "正在整理往年用过的指标…"
HERE = "已在表中"
NO_FILING = "先打开一份填报，再从指标库选。"
NONE_ADDED = "没有加入："


def number_added(count: int) -> str:
    return f"已加入 {count} 项"


def found(count: int, chosen: int) -> str:
    return f"{count} 项" if chosen < 2 else f"{count} 项，已选 {chosen} 项"


def add_some(count: int) -> str:
    return ADD if count < 2 else f"{ADD} {count} 项"


def source(origin: str, uses: int, year: int | None) -> str:
    if origin != "own":
        return ORIGINS[origin]
    last = f"{year} 年" if year is not None else ""
    return f"{last}用过" if uses < 2 else f"用过 {uses} 次，最近 {last}" if last else f"用过 {uses} 次"


def target_of(year: int | None, target: str) -> str:
    return f"{year} 年指标值 {target}" if year is not None else f"指标值 {target}"


def from_unit(unit: str) -> str:
    return f"出自{unit}"


def left_out(known: int, homeless: int) -> str:
    """What of the chosen indicators was not added; empty where all were."""
    parts = [
        f"{known} 项已经在表里" if known else "",
        f"{homeless} 项在这份表里没有可以增加的位置" if homeless else "",
    ]
    return "，".join(p for p in parts if p)


def added(count: int, left: str) -> str:
    said = number_added(count) if count else NONE_ADDED
    if not left:
        return f"{said}。"
    return f"{said}{'；' if count else ''}{left}。"


def step_add(names: list[str]) -> str:
    return f"从指标库加入“{names[0]}”" if len(names) == 1 else f"从指标库加入 {len(names)} 项指标"


def step_take(name: str) -> str:
    return f"采用指标“{name}”"


# --- suggestions while typing ---

SUGGEST_KEYS = "↓ 选择　Enter 采用　Esc 关闭"
SUGGEST_KEYS_READY = "Enter 采用　↓ 选择　Esc 关闭"


def proposal(usual: str) -> str:
    return f"常用 {usual}"


# --- find anywhere ---

FIND_PLACEHOLDER = "指标、任务、填报、命令；可用拼音首字母，如 yszxl"
FIND_KEYS = "↑↓ 选择　Enter 前往　Esc 关闭"
FIND_NOTHING = "没有找到。换个说法，或只输入其中几个字。"
KINDS = {
    "section": "部分", "indicator": "指标", "group": "分组", "task": "任务", "code": "科目",
    "text": "内容", "filing": "填报", "command": "命令",
}  # fmt: skip


COMMANDS = {
    "export": "导出 {}",
    "row-add": "增加{}",
    "group-add": "增加{}",
    "row-up": "{}一行",
    "row-down": "{}一行",
}


def command(name: str, text: str) -> str:
    """What a button says beside its neighbours, so that it says it alone."""
    said = COMMANDS.get(name) or COMMANDS.get(name.partition("-")[0], "{}")
    return said.format(text.rstrip("…").removeprefix("增加"))


# --- find and replace ---

REPLACE_TITLE = "查找和替换"
REPLACE_FIND = "查找"
REPLACE_WITH = "替换为"
REPLACE_CASE = "区分大小写"
REPLACE_DO = "替换"
REPLACE_PLACE = "位置"
REPLACE_BEFORE = "原文"
REPLACE_AFTER = "替换后"
REPLACE_HINT = "输入要查找的文字，下面列出这份填报里所有出现的地方；打勾的才替换。"
REPLACE_NONE = "这份填报里没有“{}”。"
REPLACE_ALL = "全选"


def replace_none(words: str) -> str:
    return REPLACE_NONE.format(words)


def replace_found(cells: int, times: int, fixed: int) -> str:
    said = f"{cells} 格，共 {times} 处" if times != cells else f"{cells} 处"
    return f"{said}；另有 {fixed} 处在表样规定的名称里，不替换" if fixed else said


def replace_some(count: int) -> str:
    return f"{REPLACE_DO} {count} 格" if count else REPLACE_DO


def step_replace(words: str, by: str, cells: int) -> str:
    short, new = words[:12], by[:12]
    return f"把“{short}”替换为“{new}”（{cells} 格）" if by else f"删去“{short}”（{cells} 格）"


def replaced(cells: int) -> str:
    return f"已替换 {cells} 格，可以用 Ctrl+Z 撤销。"
