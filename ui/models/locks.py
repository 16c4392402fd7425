"""Which rows of a tree belong to the form: their names stay and they stay in their place."""

from __future__ import annotations

from perfdesk.catalog import label_key
from perfdesk.model.filing import Filing, Row, depth
from perfdesk.model.form import LEVELS, Form, Section


def locked_rows(form: Form, filing: Filing) -> frozenset[str]:
    """Ids of the form's groups and of its fixed rows that stand in their right group; the first of each."""
    section = form.tree
    names = _fixed_names(section)
    seen: set[tuple[str, ...]] = set()
    locked: set[str] = set()
    rows = {r.id: r for r in filing.section(section.id)}
    groups = _group_names(section)
    for row in rows.values():
        leaf = depth(row) == 3
        if leaf and label_key(row.get("level3")) not in names:
            continue
        key = _path(rows, row)
        is_ours = names.get(key[-1], None) == key[:2] if leaf else key in groups
        if is_ours and key not in seen:
            seen.add(key)
            locked.add(row.id)
    return frozenset(locked)


def closed_groups(form: Form, filing: Filing) -> frozenset[str]:
    """Ids of the level-2 rows to which the form lets nobody add indicators of their own."""
    section = form.tree
    closed = {
        (label_key(g.level1), label_key(name))
        for g in section.groups
        if not g.open
        for name in (g.level2, *g.aliases)
    }
    rows = {r.id: r for r in filing.section(section.id)}
    return frozenset(r.id for r in rows.values() if depth(r) == 2 and _path(rows, r) in closed)


def _path(rows: dict[str, Row], row: Row) -> tuple[str, ...]:
    """The folded names from level 1 down to the row."""
    names: list[str] = []
    at: Row | None = row
    while at is not None:
        names.append(label_key(at.get(LEVELS[depth(at) - 1])))
        at = rows.get(at.parent) if at.parent else None
    return tuple(reversed(names))


def _fixed_names(section: Section) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for fixed in section.fixed:
        for name in (fixed.standard.name, *fixed.standard.aliases):
            found[label_key(name)] = label_key(fixed.level1), label_key(fixed.level2)
    return found


def _group_names(section: Section) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for group in section.groups:
        level1 = label_key(group.level1)
        found |= {(level1,)} | {(level1, label_key(name)) for name in (group.level2, *group.aliases)}
    return found
