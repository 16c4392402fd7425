"""Of which units: one node of the tree, or several, as what is added up."""

from __future__ import annotations

from collections.abc import Sequence

from perfdesk.bureau.tree_edits import branch
from perfdesk.model.bureau import EVERYONE, Node, Scope


def scope_of(tree: Sequence[Node], keys: Sequence[str]) -> Scope:
    """None: everyone; one: all below it; several: the units below them that have nothing below themselves, each once, for the sums of
    an office above them are theirs already."""
    if not keys:
        return EVERYONE
    if len(keys) == 1:
        return Scope(node=keys[0])
    above = {node.parent for node in tree}
    found = dict.fromkeys(n.key for key in keys for n in branch(tree, key) if n.key not in above)
    return Scope(units=tuple(found))
