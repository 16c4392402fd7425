"""Indicators of the library become rows of the tree: what they fill in, and where they stand. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.catalog import label_key
from perfdesk.model.change import InsertRow, SetCell, Step
from perfdesk.model.filing import Filing, Row, blank_row, depth
from ui.form.edits import group_of
from ui.messages import library as say
from ui.models.locks import closed_groups
from ui.models.target_text import split_target

if TYPE_CHECKING:
    from perfdesk.library import Entry, Kind
    from perfdesk.model.form import Form, Section


@dataclass(frozen=True, slots=True)
class Taken:
    """``step`` None: nothing could be added. ``known``: entries whose names stand in the filing already; ``homeless``: entries that
    find no heading below which one may add."""

    step: Step | None
    rows: tuple[str, ...]
    known: int
    homeless: int

    def sentence(self) -> str:
        return say.added(len(self.rows), say.left_out(self.known, self.homeless))


def names_in(form: Form, filing: Filing) -> frozenset[str]:
    """The folded names of the filing's indicators."""
    return frozenset(
        key for r in filing.section(form.tree.id) if depth(r) == 3 and (key := label_key(r.get("level3")))
    )


def fill(form: Form, filing: Filing, row_id: str, entry: Entry) -> Step | None:
    """The name, and what is still empty beside it: unit, sign, note. A target is proposed elsewhere, never filled in."""
    row = filing.row(row_id)
    if row is None:
        return None
    cells = {
        "level3": entry.name,
        **{c: t for c, t in _beside(form.tree, entry).items() if not row.get(c).strip()},
    }
    changes = tuple(SetCell(row_id, c, text) for c, text in cells.items() if text != row.get(c))
    return Step(say.step_take(entry.name), changes) if changes else None


def _beside(tree: Section, entry: Entry) -> dict[str, str]:
    cells: dict[str, str] = {}
    if entry.direction:
        cells["target"] = entry.direction
    if tree.field("unit") and entry.unit:
        cells["unit"] = entry.unit
    if tree.field("note") and entry.explain:
        cells["note"] = entry.explain
    return cells


def proposal(tree: Section, entry: Entry | None) -> str:
    """The usual target as it would be typed beside the sign; empty where there is no usual one."""
    if entry is None:
        return ""
    value = split_target(entry.usual)[1]
    if tree.field("unit"):
        return value.removesuffix("%").strip() or value
    bare = value[-1:].isdigit() and entry.unit and entry.unit not in value
    return f"{value}{entry.unit}" if bare else value


def add(
    form: Form,
    filing: Filing,
    entries: Sequence[Entry],
    kinds: Mapping[str, Kind],
    at: Row | None,
    new_id: Callable[[], str],
) -> Taken:
    """New rows, each below its right heading, after the current row ``at`` where that stands there."""
    places = _Places(form, filing, at)
    have = set(names_in(form, filing))
    changes: list[InsertRow] = []
    known = homeless = 0
    for entry in entries:
        if label_key(entry.name) in have:
            known += 1
        elif (parent := places.parent(entry, kinds)) is None:
            homeless += 1
        else:
            row = _new_row(form.tree, entry, parent, new_id())
            changes.append(InsertRow(row, places.after(parent, row.id)))
            have.add(label_key(entry.name))
    names = [c.row.get("level3") for c in changes]
    step = Step(say.step_add(names), tuple(changes)) if changes else None
    return Taken(step, tuple(c.row.id for c in changes), known, homeless)


def add_at(
    form: Form, filing: Filing, entries: Sequence[Entry], at: Row, where: str, new_id: Callable[[], str]
) -> Taken:
    """New rows where they were dropped: ``above`` or ``below`` a leaf; on a heading as its last ones (on a level 1: in its last
    group). What the filing has already is left out; below a closed heading nothing is added."""
    tree = form.tree.id
    groups = filing.children(tree, at.id) if depth(at) == 1 else ()
    group = group_of(at) or (groups[-1].id if groups else None)
    if group is None or group in closed_groups(form, filing):
        return Taken(None, (), 0, len(entries))
    siblings = [r.id for r in filing.children(tree, group)]
    place = siblings.index(at.id) + (where != "above") if at.id in siblings else len(siblings)
    before = siblings[place - 1] if place else None
    have, changes = set(names_in(form, filing)), list[InsertRow]()
    for entry in entries:
        if (key := label_key(entry.name)) in have:
            continue
        row = _new_row(form.tree, entry, group, new_id())
        changes.append(InsertRow(row, before))
        before = row.id
        have.add(key)
    step = Step(say.step_add([c.row.get("level3") for c in changes]), tuple(changes)) if changes else None
    return Taken(step, tuple(c.row.id for c in changes), len(entries) - len(changes), 0)


def _new_row(tree: Section, entry: Entry, parent: str, row_id: str) -> Row:
    row = blank_row(tree, row_id, parent)
    for column, text in {"level3": entry.name, **_beside(tree, entry)}.items():
        row = row.with_cell(column, text)
    return row


class _Places:
    """The headings below which one may add, and the row after which the next one comes."""

    def __init__(self, form: Form, filing: Filing, at: Row | None) -> None:
        closed, tree = closed_groups(form, filing), form.tree.id
        self._level1 = {r.id: label_key(r.get("level1")) for r in filing.section(tree) if depth(r) == 1}
        self._groups = [r for r in filing.section(tree) if depth(r) == 2 and r.id not in closed]
        self._here = group_of(at) if at is not None and at.section == tree else None
        self._last = {g.id: kids[-1].id for g in self._groups if (kids := filing.children(tree, g.id))}
        if at is not None and depth(at) == 3 and at.parent in self._last:
            self._last[at.parent] = at.id

    def after(self, parent: str, row_id: str) -> str | None:
        """The sibling before the new row ``row_id``, which is the last one from now on."""
        before = self._last.get(parent)
        self._last[parent] = row_id
        return before

    def parent(self, entry: Entry, kinds: Mapping[str, Kind]) -> str | None:
        """The heading it stood under, else one of its kind, else where one is, else any of its level 1."""
        kind = kinds.get(entry.level2)
        wanted = [self._same(entry), *(self._with(word) for word in (kind.groups if kind else ()))]
        if entry.origin != "standard":
            wanted += [[g for g in self._groups if g.id == self._here], self._below(entry.level1)]
        return next((self._nearest(found).id for found in wanted if found), None)

    def _nearest(self, groups: list[Row]) -> Row:
        return next((g for g in groups if g.id == self._here), groups[0])

    def _same(self, entry: Entry) -> list[Row]:
        key = label_key(entry.level1), label_key(entry.level2)
        return [
            g for g in self._groups if (self._level1.get(g.parent or ""), label_key(g.get("level2"))) == key
        ]

    def _with(self, word: str) -> list[Row]:
        return [g for g in self._groups if word in g.get("level2")]

    def _below(self, level1: str) -> list[Row]:
        return [g for g in self._groups if self._level1.get(g.parent or "") == label_key(level1)]
