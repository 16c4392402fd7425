"""The tree of units changed by hand: one added, renamed, moved, taken away. Every result is a whole tree, parents first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import Node
from perfdesk.values import one_line

Tree = tuple[Node, ...]


def added(tree: Sequence[Node], new: Node) -> Tree:
    """Behind everything below its parent. Its key is made of its code, else of its name; ChangeRefused ``node-exists``, ``no-name``."""
    named = _named(new)
    key = named.code or named.name
    if any(n.key == key or (named.code and n.code == named.code) for n in tree):
        raise ChangeRefused("node-exists", f"单位树里已经有“{key}”，没有增加。同名的单位请填上编码。", key)
    return _put(tuple(tree), replace(named, key=key), ())


def changed(tree: Sequence[Node], node: Node) -> Tree:
    """The node of this key becomes this one, with everything below it; its key stays, for what it handed in hangs on it. ChangeRefused
    ``node-below-itself``, ``node-exists`` where another has the code."""
    named = _named(node)
    if named.code and any(n.code == named.code and n.key != node.key for n in tree):
        raise ChangeRefused("node-exists", f"编码 {named.code} 已经是另一个单位的，没有改动。", named.code)
    moved = branch(tree, node.key)
    if named.parent in {n.key for n in moved}:
        raise ChangeRefused("node-below-itself", f"“{named.name}”不能放到自己的下级里，没有改动。")
    if moved[0].parent == named.parent:
        return tuple(named if n.key == node.key else n for n in tree)
    rest = tuple(n for n in tree if n not in moved)
    return _put(rest, named, moved[1:])


def removed(tree: Sequence[Node], key: str) -> Tree:
    """Without the node and everything below it."""
    gone = {n.key for n in branch(tree, key)}
    return tuple(n for n in tree if n.key not in gone)


def branch(tree: Sequence[Node], key: str) -> Tree:
    """The node and what hangs under it, in the tree's order."""
    keys: set[str] = set()
    for node in tree:  # parents stand first
        if node.key == key or node.parent in keys:
            keys.add(node.key)
    return tuple(n for n in tree if n.key in keys)


def _named(node: Node) -> Node:
    name = one_line(node.name)
    if not name:
        raise ChangeRefused("no-name", "请写下单位的名称。")
    return replace(node, name=name, code=one_line(node.code))


def _put(tree: Tree, node: Node, below: Tree) -> Tree:
    """Behind the last of its parent's branch."""
    if node.parent is None:
        return (*tree, node, *below)
    last = branch(tree, node.parent)[-1]
    at = tree.index(last) + 1
    return (*tree[:at], node, *below, *tree[at:])
