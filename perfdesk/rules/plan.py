"""Building a step that puts rows where the form has them: positions among siblings, missing parents, emptied headings."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.model.change import Change, InsertRow, MoveRow, RemoveRow
from perfdesk.model.filing import Filing, Row
from perfdesk.model.form import Group, Section

LAST = 1_000_000


def level1_key(text: str) -> str:
    """A level-1 name for comparing: ``产出`` and ``产出指标`` are the same."""
    return label_key(text).removesuffix("指标")


def group_keys(group: Group) -> set[str]:
    return {label_key(name) for name in (group.level2, *group.aliases)}


class Plan:
    """The changes so far, and the rows of the tree as they then stand. New ids are made of the ids of rows that are there already."""

    def __init__(self, filing: Filing, tree: Section) -> None:
        self.changes: list[Change] = []
        self._filing = filing
        self._tree = tree
        self._moved: dict[str, str | None] = {}
        self._new: dict[str, Row] = {}
        self._below: dict[str | None, list[str]] = {}

    def children(self, parent: str | None) -> list[str]:
        """Ids in order; the plan's own list."""
        if parent not in self._below:
            known = () if parent in self._new else self._filing.children(self._tree.id, parent)
            self._below[parent] = [r.id for r in known]
        return self._below[parent]

    def _row(self, row_id: str) -> Row:
        row = self._new.get(row_id) or self._filing.row(row_id)
        if row is None:
            raise LookupError(row_id)
        return row

    def _move(self, row_id: str, parent: str, after: str | None) -> None:
        above = self._moved.get(row_id, self._row(row_id).parent)
        self.children(above).remove(row_id)
        self._stand(row_id, parent, after)
        self.changes.append(MoveRow(row_id, parent, after))

    def _insert(self, seed: str, parent: str | None, cells: dict[str, str], after: str | None) -> str:
        row = Row(self._new_id(seed), self._tree.id, MappingProxyType(cells), parent)
        self._new[row.id] = row
        self._stand(row.id, parent, after)
        self.changes.append(InsertRow(row, after))
        return row.id

    def _stand(self, row_id: str, parent: str | None, after: str | None) -> None:
        siblings = self.children(parent)
        siblings.insert(0 if after is None else siblings.index(after) + 1, row_id)
        self._moved[row_id] = parent

    def place_leaf(self, row_id: str, parent: str) -> None:
        """Move a leaf below ``parent``, in the form's order."""
        name = self._row(row_id).get("level3")
        self._move(row_id, parent, self._before(parent, "level3", self._rank3(name), row_id))

    def insert_leaf(self, parent: str, cells: dict[str, str]) -> None:
        self._insert(parent, parent, cells, self._before(parent, "level3", self._rank3(cells["level3"])))

    def place_heading(self, row_id: str, level1: str, level2: str) -> None:
        """Move a level-2 row with everything below it under ``level1``, in the form's order."""
        self._move(row_id, level1, self._before(level1, "level2", self._rank2(level2), row_id))

    def level1(self, name: str, seed: str) -> str:
        """The id of the level-1 row of that name, made where it is missing."""
        for row_id in self.children(None):
            if level1_key(self._row(row_id).get("level1")) == level1_key(name):
                return row_id
        return self._insert(seed, None, {"level1": name}, self._before(None, "level1", self._rank1(name)))

    def find_level2(self, parent: str, name: str) -> str | None:
        keys = next((group_keys(g) for g in self._tree.groups if g.level2 == name), {label_key(name)})
        rows = self.children(parent)
        return next((r for r in rows if label_key(self._row(r).get("level2")) in keys), None)

    def level2(self, level1: str, name: str, seed: str) -> str:
        """The id of the level-2 row of that name below the row ``level1``, made where it is missing."""
        found = self.find_level2(level1, name)
        if found is not None:
            return found
        return self._insert(seed, level1, {"level2": name}, self._before(level1, "level2", self._rank2(name)))

    def drop_empty(self, headings: Iterable[str]) -> None:
        """Level-2 rows that nothing stands below any more go."""
        for row_id in dict.fromkeys(headings):
            if not self.children(row_id):
                self.children(self._moved.get(row_id, self._row(row_id).parent)).remove(row_id)
                self.changes.append(RemoveRow(row_id))

    def _new_id(self, seed: str) -> str:
        number = 1
        while f"{seed}-p{number}" in self._new or self._filing.row(f"{seed}-p{number}"):
            number += 1
        return f"{seed}-p{number}"

    def _before(self, parent: str | None, column: str, rank: int, skip: str = "") -> str | None:
        """The sibling that a row of ``rank`` comes after; rows of the unit's own keep behind the form's."""
        ranks = {"level1": self._rank1, "level2": self._rank2, "level3": self._rank3}[column]
        siblings = [r for r in self.children(parent) if r != skip]
        if rank == LAST:
            return siblings[-1] if siblings else None
        earlier = [r for r in siblings if ranks(self._row(r).get(column)) < rank]
        return earlier[-1] if earlier else None

    def _rank1(self, name: str) -> int:
        names = list(dict.fromkeys(level1_key(g.level1) for g in self._tree.groups))
        key = level1_key(name)
        return names.index(key) if key in names else LAST

    def _rank2(self, name: str) -> int:
        key = label_key(name)
        return next((n for n, g in enumerate(self._tree.groups) if key in group_keys(g)), LAST)

    def _rank3(self, name: str) -> int:
        key = label_key(name)
        names = ({label_key(n) for n in (f.standard.name, *f.standard.aliases)} for f in self._tree.fixed)
        return next((n for n, keys in enumerate(names) if key in keys), LAST)
