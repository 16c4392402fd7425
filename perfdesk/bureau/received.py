"""Who has handed in by now, and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfdesk.bureau.tree_edits import branch
from perfdesk.model.bureau import HandingInfo, Node
from perfdesk.model.collected import Status, UnitStatus


def status_of(
    year: int, tree: Sequence[Node], handings: Iterable[HandingInfo], node: str | None = None
) -> Status:
    """``handings``: those of the year that count. ``node``: a key; below (and with) it alone."""
    nodes = tuple(tree) if node is None else branch(tree, node)
    here = {one.key for one in nodes}
    given = {one.unit: one for one in handings if one.unit in here}
    wanted = (one for one in nodes if one.expected or one.key in given)
    return Status(year, nodes, tuple(UnitStatus(one, given.get(one.key)) for one in wanted))
