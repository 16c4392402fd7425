"""The indicators of one edition as those of another: headings, folded columns, notes of the standards, rows that the new form adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from perfdesk.catalog import fixed_cells, standard_of
from perfdesk.editions.found import Decision, Work
from perfdesk.editions.propose import Nearness
from perfdesk.model.filing import Leaf, Row, depth, leaves
from perfdesk.model.form import LEVELS, Section
from perfdesk.model.form import Group as FormGroup
from perfdesk.model.mapping import Fold, Group, GroupWay
from perfdesk.naming import label_key
from perfdesk.values import canonical_unit, parse_target, show_target


@dataclass(slots=True)
class _Heading:
    """A level-2 heading of the new tree with its leaves; ``row`` is the id it had in the old one, if any."""

    name: str
    row: str = ""
    leaves: list[Row] = field(default_factory=list[Row])


@dataclass(slots=True)
class _Top:
    name: str
    row: str = ""
    below: dict[str, _Heading] = field(default_factory=dict[str, _Heading])


def tree_rows(work: Work) -> tuple[Row, ...]:
    """The form's headings in its order, then those of the author's own; under each its indicators, the form's fixed ones complete."""
    tops = _skeleton(work.target.tree)
    nearness = Nearness(work)
    for leaf in leaves(work.filing, work.source.tree.id):
        heading = _stand(tops, *_group(work, leaf, nearness))
        _take_over(tops, leaf, heading)
        heading.leaves.append(_leaf_row(work, leaf))
    _keep_bare(work, tops)
    for top in tops.values():
        for heading in top.below.values():
            _complete(work, top, heading)
    return tuple(_rows(work, tops))


def level1_key(text: str) -> str:
    """``产出`` and ``产出指标`` are the same."""
    return label_key(text).removesuffix("指标")


def _keys(group: FormGroup) -> set[str]:
    return {label_key(name) for name in (group.level2, *group.aliases)}


def _skeleton(tree: Section) -> dict[str, _Top]:
    tops: dict[str, _Top] = {}
    for group in tree.groups:
        top = tops.setdefault(level1_key(group.level1), _Top(group.level1))
        top.below[label_key(group.level2)] = _Heading(group.level2)
    return tops


def _stand(tops: dict[str, _Top], level1: str, level2: str | None = None) -> _Heading:
    """The heading of these names (``level2`` None: only the level 1), made at the end where there is none."""
    top = tops.setdefault(level1_key(level1), _Top(level1))
    return _Heading("") if level2 is None else top.below.setdefault(label_key(level2), _Heading(level2))


def _take_over(tops: dict[str, _Top], leaf: Leaf, heading: _Heading) -> None:
    """The rows above the leaf keep their ids, where nobody else took them before."""
    top = next(t for t in tops.values() if heading in t.below.values())
    taken = {t.row for t in tops.values()} | {h.row for t in tops.values() for h in t.below.values()}
    if not top.row and leaf.level1.id not in taken:
        top.row = leaf.level1.id
    if not heading.row and leaf.level2.id not in taken:
        heading.row = leaf.level2.id


# --- which heading ----------------------------------------------------------------------------------------------------


def _group(work: Work, leaf: Leaf, nearness: Nearness) -> Group:
    """What the mapping says; else the same heading. A heading that stands where it does not belong stays there: that is told by the
    check, not mended in silence."""
    level1, level2, name = leaf.path
    for way in work.ways.groups:
        if _comes_from(work, way, level1, level2):
            choices = {"/".join(choice.group): choice for choice in way.to}
            if len(choices) == 1:
                return way.to[0].group
            proposed = "/".join(nearness.nearest(way.to, name).group)
            where = f"{level1} · {level2}"
            chosen = work.choose(Decision("group", leaf.row.id, where, name, tuple(choices), proposed))
            return choices[chosen].group
    return _same(work.target.tree, level1, level2)


def _same(tree: Section, level1: str, level2: str) -> Group:
    """The form's heading of these names, else one of the author's own below the form's level 1, where there is one."""
    own = [g for g in tree.groups if level1_key(g.level1) == level1_key(level1)]
    for group in own:
        if label_key(level2) in _keys(group):
            return group.level1, group.level2
    return own[0].level1 if own else level1, level2


def _comes_from(work: Work, way: GroupWay, level1: str, level2: str) -> bool:
    """The heading of these names is the one that ``way`` speaks of."""
    groups = work.source.tree.groups
    keys = next((_keys(g) for g in groups if (g.level1, g.level2) == way.source), {label_key(way.source[1])})
    return level1_key(way.source[0]) == level1_key(level1) and label_key(level2) in keys


# --- one indicator ----------------------------------------------------------------------------------------------------


def _leaf_row(work: Work, leaf: Leaf) -> Row:
    tree, there = work.source.tree, work.target.tree
    cells: dict[str, str] = {}
    folds = {fold.source: fold for fold in work.ways.folds}
    name = leaf.path[2] or leaf.path[1]
    for column, text in leaf.row.cells.items():
        address = f"{tree.id}/{column}"
        to = work.ways.cell(address)[0].partition("/")[2]
        if address in folds:
            continue
        if there.field(to) is not None:
            cells[to] = text
        else:
            label = tree.field(column)
            work.leave(f"{name} · {label.name if label else column}", text)
    for fold in folds.values():
        _fold(work, cells, fold, leaf.row.get(fold.source.partition("/")[2]), name)
    standard = standard_of(there, cells.get(LEVELS[2], ""))
    if standard is not None:
        cells = fixed_cells(there, standard.standard) | {k: v for k, v in cells.items() if v}
    return Row(
        leaf.row.id, there.id, MappingProxyType({k: v for k, v in cells.items() if v or k == LEVELS[2]})
    )


def _fold(work: Work, cells: dict[str, str], fold: Fold, text: str, name: str) -> None:
    into = fold.into.partition("/")[2]
    cells[into], left = folded(cells.get(into, ""), text, fold.drop)
    column = work.source.tree.field(fold.source.partition("/")[2])
    work.leave(f"{name} · {column.name if column else fold.source}", left)


def folded(target: str, unit: str, drop: tuple[str, ...]) -> tuple[str, str]:
    """The target with its unit glued on, and what of the unit could not go there. Sign and number stay as they are written."""
    wanted = canonical_unit(unit)
    if not wanted or label_key(unit) in {label_key(word) for word in drop}:
        return target, ""
    alone, both = parse_target(target), parse_target(target, unit)
    if alone.unit == wanted:
        return target, ""
    for glued in (target.strip() + wanted, show_target(both)):
        found = parse_target(glued)
        if (found.op, found.value, found.kind, found.unit) == (both.op, both.value, both.kind, wanted):
            return glued, ""
    return target, unit


# --- what is there besides --------------------------------------------------------------------------------------------


def _keep_bare(work: Work, tops: dict[str, _Top]) -> None:
    """Headings of the author's own without an indicator keep their names."""
    rows = work.filing.section(work.source.tree.id)
    above = {row.id: row for row in rows}
    with_rows = {row.parent for row in rows}
    for row in rows:
        if row.id in with_rows or depth(row) == 3:
            continue
        if depth(row) == 1:
            _stand(tops, row.get(LEVELS[0]))
        elif row.parent in above and row.get(LEVELS[1]).strip():
            level1, level2 = above[row.parent].get(LEVELS[0]), row.get(LEVELS[1])
            mapped = any(_comes_from(work, way, level1, level2) for way in work.ways.groups)
            if not mapped:
                _stand(tops, *_same(work.target.tree, level1, level2))


def _complete(work: Work, top: _Top, heading: _Heading) -> None:
    """The fixed indicators that the old edition did not have, each behind the fixed one before it."""
    there = work.target.tree
    wanted = [f for f in there.fixed if (f.level1, f.level2) == (top.name, heading.name)]
    old = {label_key(f.standard.name) for f in work.source.tree.fixed}
    have = [standard_of(there, row.get(LEVELS[2])) for row in heading.leaves]
    for number, fixed in enumerate(wanted):
        if fixed in have or label_key(fixed.standard.name) in old:
            continue  # there, or left out by the author: that is told by the check
        before = [have.index(f) for f in wanted[:number] if f in have]
        at = max(before, default=-1) + 1
        cells: Mapping[str, str] = MappingProxyType(fixed_cells(there, fixed.standard))
        heading.leaves.insert(at, Row(work.new_id(), there.id, cells))
        have.insert(at, fixed)


def _rows(work: Work, tops: dict[str, _Top]) -> Iterator[Row]:
    tree = work.target.tree.id
    for top in tops.values():
        one = Row(top.row or work.new_id(), tree, MappingProxyType({LEVELS[0]: top.name}))
        yield one
        for heading in top.below.values():
            two = Row(heading.row or work.new_id(), tree, MappingProxyType({LEVELS[1]: heading.name}), one.id)
            yield two
            for leaf in heading.leaves:
                yield Row(leaf.id, leaf.section, leaf.cells, two.id)
