"""Words of the user's own codes."""

from __future__ import annotations

from collections.abc import Sequence

CODES_TITLE = "我的科目目录"
CODES_HINT = "这里的科目加在程序自带的目录里，加入后立即生效，升级程序时保留。"
CODES_COLUMNS = ("类别", "编码", "名称")
KINDS = {"function": "功能分类", "economic": "部门经济分类"}
KIND = "类别"
CODE = "编码"
NAME = "名称"
ADD = "加入目录"
REMOVE = "移出目录"
OPEN_FOLDER = "打开目录文件夹"


def whole_lists(names: Sequence[str]) -> str:
    files = "、".join(f"{name}.toml" for name in names)
    return f"要换成自己的整份目录，把同名的文件（{files}）放进目录文件夹；写法见帮助“部门预算”。"


def code_added(code: str) -> str:
    return f"{code} 已加入目录。"


def code_removed(code: str) -> str:
    return f"{code} 已移出目录。"
