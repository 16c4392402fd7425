"""The words about paper: preview, printing, export."""

from __future__ import annotations

from collections.abc import Sequence

BUSY = "请等正在进行的工作完成。"
PRINT_PREPARING = "正在准备打印…"
PREVIEW_SMALLER = "缩小  Ctrl+滚轮"
PREVIEW_LARGER = "放大  Ctrl+滚轮"
PREVIEW_ZOOM = "显示比例"
PREVIEW_WIDTH = "页宽"
PREVIEW_PAGE = "整页"
PREVIEW_BEFORE = "上一页"
PREVIEW_AFTER = "下一页"


def printing(sheets: int) -> str:
    return f"正在打印 {sheets} 页…"


def printed(sheets: int, draft: bool) -> str:
    if not sheets:
        return "已取消打印。"
    return f"已送去打印 {sheets} 页{'（有错误，打印的是草稿）' if draft else ''}。"


def print_failed(printer: str) -> str:
    named = f"“{printer}”" if printer else "打印机"
    return f"{named}没有接受这份文件，没有打印。请检查打印机是否连接、有纸，或换一台打印机。"


def page_of(number: int, count: int) -> str:
    return f"第 {number} / {count} 页"


def preview_draft(errors: int) -> str:
    return f"还有 {errors} 处错误，按草稿显示和打印。"


def preview_missing(chars: Sequence[str]) -> str:
    named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in chars[:5])
    more = f"等 {len(chars)} 个字" if len(chars) > 5 else ""
    return f"字体中没有 {named}{more}，印不出来，所以没有预览。请改用其他字，或导出为 Word、Excel。"
