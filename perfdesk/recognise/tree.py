"""Indicator rows → the tree: parents inherited, repaired where the page broke them, left where the author put them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.model.filing import Row
from perfdesk.model.finding import Repair
from perfdesk.recognise.found import Leaf
from perfdesk.recognise.labels import Words, group_of, level1_of

_COLUMN = "上级指标的名称错了列，已放回原位"
_RESTORED = "上级指标的名称缺失或与本行相同，已按表样补回“{}”"
_SHIFTED = "扫描件的合并单元格错开一行，已放回“{}”"


@dataclass(slots=True)
class _Place:
    """Where the walk stands: the parents that a row without its own inherits. None: none seen yet."""

    level1: str | None = None
    level2: str | None = None
    damaged: set[str] = field(default_factory=set[str])


def place_leaves(leaves: list[Leaf], words: Words) -> None:
    """Give every leaf its level 1 and level 2, noting each repair on the leaf."""
    place = _Place()
    for leaf in leaves:
        _mend_columns(leaf, words, place)
        _inherit(leaf, words, place)
        place.level1, place.level2 = leaf.level1, leaf.level2
    _mend_shifted(leaves, words, place.damaged)


def _mend_columns(leaf: Leaf, words: Words, place: _Place) -> None:
    """A name of one level that stands in the column of another; a parent that is a copy of its child."""
    one, two = leaf.level1, leaf.level2
    same = label_key(two) == label_key(leaf.level3) and bool(two)
    if (
        one
        and level1_of(words, one) is None
        and group_of(words, one)
        and (not two or same or label_key(one) == label_key(two))
    ):
        leaf.level1, leaf.level2 = "", one
        _note(leaf, "parent-column", _COLUMN, place)
    elif two and not one and level1_of(words, two) and group_of(words, two) is None:
        leaf.level1, leaf.level2 = two, ""
        _note(leaf, "parent-column", _COLUMN, place)
    elif (
        same
        and leaf.scanned
        and group_of(words, two) is None
        and (fixed := words.standards.get(label_key(two)))
    ):
        leaf.level2 = fixed.level2
        _note(leaf, "parent-restored", _RESTORED.format(fixed.level2), place)


def _note(leaf: Leaf, code: str, message: str, place: _Place) -> None:
    leaf.note(code, message)
    if place.level1 or leaf.level1:
        place.damaged.add(leaf.level1 or place.level1 or "")


def _inherit(leaf: Leaf, words: Words, place: _Place) -> None:
    fixed = words.standards.get(label_key(leaf.level3))
    if not leaf.level1:
        _inherit_level1(leaf, words, place)
    elif leaf.level1 != place.level1:
        place.level2 = None
    if leaf.level2 or leaf.explicit:
        return
    if place.level2 is not None:
        leaf.level2 = place.level2
    elif (
        fixed
        and leaf.scanned
        and fixed.level1 == leaf.level1
        and not any(c == "parent-column" for c, _ in leaf.repairs)
    ):
        leaf.level2 = fixed.level2
        _note(leaf, "parent-restored", _RESTORED.format(fixed.level2), place)


def _inherit_level1(leaf: Leaf, words: Words, place: _Place) -> None:
    if place.level1 is not None:
        leaf.level1 = place.level1
        return
    group = group_of(words, leaf.level2)
    fixed = words.standards.get(label_key(leaf.level3))
    level1 = group[0] if group else fixed.level1 if fixed else ""
    leaf.level1 = level1
    if level1:
        _note(leaf, "parent-restored", _RESTORED.format(level1), place)
    place.level2 = None


def _mend_shifted(leaves: list[Leaf], words: Words, damaged: set[str]) -> None:
    """Where a scan broke the parents of a level 1, a border between two level-2 blocks that stands exactly one standard row off is
    the scan's doing too. More than one row off, or a table whose parents are whole, is the author's and stays."""
    starts = [n for n, leaf in enumerate(leaves) if n == 0 or _pair(leaf) != _pair(leaves[n - 1])]
    ends = [*starts[1:], len(leaves)][: len(starts)]
    for block, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if leaves[start].level1 not in damaged or not leaves[start].scanned or end - start < 2:
            continue
        own = leaves[start].level2
        if (
            block
            and _belongs(leaves[start], words) == leaves[start - 1].level2 != own
            and _belongs(leaves[start + 1], words) == own
        ):
            _shift(leaves[start], leaves[start - 1].level2)
        after = leaves[end].level2 if end < len(leaves) else None
        if (
            after
            and _belongs(leaves[end - 1], words) == after != own
            and _belongs(leaves[end - 2], words) == own
        ):
            _shift(leaves[end - 1], after)


def _pair(leaf: Leaf) -> tuple[str, str]:
    return leaf.level1, leaf.level2


def _belongs(leaf: Leaf, words: Words) -> str | None:
    """The level 2 where the form has this standard row under the same level 1."""
    fixed = words.standards.get(label_key(leaf.level3))
    return fixed.level2 if fixed and fixed.level1 == leaf.level1 else None


def _shift(leaf: Leaf, level2: str) -> None:
    leaf.level2 = level2
    leaf.note("parent-shifted", _SHIFTED.format(level2))


def tree_rows(leaves: list[Leaf], section: str, new_id: Callable[[], str]) -> tuple[list[Row], list[Repair]]:
    """The placed leaves as rows (neighbours with the same parents share them) and their repairs with the leaves' numbers."""
    rows: list[Row] = []
    repairs: list[Repair] = []
    last: dict[str, tuple[str, str]] = {}
    number = 0
    for leaf in leaves:
        first = _parent(rows, last, "level1", leaf.level1, None, section, new_id)
        if not (leaf.level2 or leaf.level3 or any(leaf.cells.values())):
            continue
        second = _parent(rows, last, "level2", leaf.level2, first, section, new_id)
        if leaf.level3 or any(leaf.cells.values()):
            number += 1
            cells = {"level3": leaf.level3} | {name: text for name, text in leaf.cells.items() if text}
            rows.append(Row(new_id(), section, MappingProxyType(cells), second))
        repairs += [Repair(code, f"{section}/{number}", message) for code, message in leaf.repairs]
    return rows, repairs


def _parent(
    rows: list[Row],
    last: dict[str, tuple[str, str]],
    level: str,
    name: str,
    parent: str | None,
    section: str,
    new_id: Callable[[], str],
) -> str:
    """The id of the parent row: the last one where it has the same name, else a new one."""
    if level in last and last[level][0] == name:
        return last[level][1]
    row = Row(new_id(), section, MappingProxyType({level: name}), parent)
    rows.append(row)
    last[level] = (name, row.id)
    if level == "level1":
        last.pop("level2", None)
    return row.id
