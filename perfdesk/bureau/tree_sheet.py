"""The tree of units as a list to be edited in Excel and read again (``tree_files``)."""

from __future__ import annotations

from collections.abc import Sequence

from perfdesk.document.blocks import Document, Page, Table
from perfdesk.document.grid import Cell, grid
from perfdesk.model.bureau import Node, NodeKind

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
