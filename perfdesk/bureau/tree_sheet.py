"""The tree of units as a list to be edited in Excel and read again (``tree_files``), and single nodes added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdesk.document.blocks import Document, Page, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import Node, NodeKind
from perfdesk.values import one_line

KIND_WORDS: dict[NodeKind, str] = {
    "province": "省",
    "city": "市",
    "county": "县",
    "department": "部门",
    "unit": "单位",
}
HEAD = ("单位编码", "单位名称", "级次", "上级编码", "上级名称", "是否报送")
_WIDTHS = (35.0, 90.0, 18.0, 35.0, 70.0, 22.0)
_TITLE = "单位名单"


def tree_document(tree: Sequence[Node]) -> Document:
    names = {node.key: node for node in tree}
    rows = [HEAD, *(_row(node, names) for node in tree)]
    cells = [Cell(n, place, text) for n, row in enumerate(rows) for place, text in enumerate(row)]
    return Document(Page(), (Table(grid(_WIDTHS, len(rows), cells, 1), name=_TITLE),), _TITLE)


def _row(node: Node, names: dict[str, Node]) -> tuple[str, ...]:
    above = names.get(node.parent or "")
    expected = "是" if node.expected else "否"
    # Without a code a key is a name, or a name with the one above it: by that the place is found again.
    place = (above.key, above.name) if above else ("", "")
    return node.code, node.name, KIND_WORDS[node.kind], *place, expected


def with_node(tree: Sequence[Node], node: Node) -> tuple[Node, ...]:
    """Behind everything that is below its parent. ChangeRefused ``node-twice``, ``node-parent``, ``no-name``."""
    if not node.name or "/" in node.key:
        raise ChangeRefused("no-name", "单位要有名称，编码里不能有“/”。")
    if any(one.key == node.key for one in tree):
        raise ChangeRefused("node-twice", f"单位树里已经有“{node.key}”，没有加。", node.key)
    if node.parent is None:
        return (*tree, node)
    inside = {node.parent}
    place = 0
    for number, one in enumerate(tree, 1):
        if one.key == node.parent or one.parent in inside:
            inside.add(one.key)
            place = number
    if not place:
        raise ChangeRefused("node-parent", f"单位树里没有“{node.parent}”，没有加。", node.parent)
    return (*tree[:place], node, *tree[place:])


def new_node(name: str, code: str, parent: str | None, kind: NodeKind = "unit") -> Node:
    name, code = " ".join(name.split()), one_line(code)
    node = Node(code or name.replace("/", "／"), code, name, kind, parent, False)
    return replace(node, expected=kind in ("unit", "department"))
