"""Words of the import review: the file at the left, what was recognised at the right, and what to look at."""

from __future__ import annotations

SOURCE = "原文件"
CONTENT = "识别结果，可直接改"
NOTES = "要核对的地方"
NEXT, PREVIOUS = "下一处 F4", "上一处"
KINDS = {
    "doubt": "拿不准",
    "repair": "已修复",
    "leftover": "未采用",
    "differs": "与现有不同",
    "own-row": "现有的另有",
}
KEEP_PRESENT = "用现有的 F3"
KEEP_PRESENT_TIP = "这一格保留本年已有表里的内容"
KEEP_ROW, DROP_ROW = "保留这一行 F3", "不要这一行 F3"
KEEP_ROW_TIP = "文件里没有、本年已有的表里有的一行，随文件一起导入或不要"
OWN_ROW = {False: "不导入，文件里没有这一行", True: "保留，文件里没有这一行"}
PAGE_BEFORE, PAGE_AFTER = "上一页", "下一页"
DRAWING = "正在画出这一页……"
NO_PLACE = "这一处在原文件里没有单独的位置"
TOO_MANY = "预算各表和金额导入后在表里核对。"
NOTHING_TO_CHECK = "没有要核对的地方"


def page_of(number: int, count: int) -> str:
    return f"第 {number} 页，共 {count} 页"


def noted(number: int, count: int) -> str:
    """Which of the notes is chosen; 0: none."""
    if not count:
        return NOTHING_TO_CHECK
    return f"要核对 {count} 处" if not number else f"第 {number} 处，共 {count} 处"


def note_line(kind: str, where: str, message: str) -> str:
    place = f"{where}：" if where else ""
    return f"【{KINDS[kind]}】{place}{' '.join(message.split())}"


def differs(present: str) -> str:
    return f"现有的是“{present}”" if present else "现有的表里是空的"


def own_rows(count: int, kept: bool) -> str:
    """The button for all rows that only the filing has that is there already."""
    return f"另有的 {count} 行都不要" if kept else f"另有的 {count} 行都保留"


def not_as(form: str) -> str:
    return f"按“{form}”读不出这张表，仍用原来认出的表样。"
