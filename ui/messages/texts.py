"""Words of the editor for texts with numbers of the tables in them."""

from __future__ import annotations

INSERT = "插入表中数据…"
UNBIND = "改为文字"
GO_THERE = "跳到出处"
CUT = "剪切"
COPY = "复制"
PASTE = "粘贴"
ALL = "全选"
QUOTE_TITLE = "插入表中数据"
QUOTE_PLACEHOLDER = "查找表、行、栏，可用拼音首字母，如 srzj"
QUOTE_NOTHING = "没有找到。"
QUOTE_KEYS = "↑↓ 选择 · Enter 插入 · Esc 关闭"
HINT = "蓝底的数随表更新；按 Ctrl+I 插入表中数据。"


def unknown(name: str) -> str:
    return f"“{name}”不对应任何数据。请删去，或按 Ctrl+I 改成表中的数据。"


def comes_from(where: str) -> str:
    return f"{where}（随表更新）"


EMPTY_CELL = "空"


def spoken_cell(column: str, text: str) -> str:
    """As a screen reader says it."""
    return f"{column}：{text or EMPTY_CELL}" if column else text or EMPTY_CELL


def unkept(count: int) -> str:
    return f"输入的文字里有 {count} 个看不见的控制字符，不能保存，已去掉；其余文字已保存。"
