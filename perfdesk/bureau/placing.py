"""Which unit of the tree a file is of: by code, then by exactly the same name; never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import PurePath

from perfdesk.model.bureau import Node
from perfdesk.model.collected import Seen, Unplaced
from perfdesk.naming import label_key
from perfdesk.values import one_line

NEAR = 3
"""So many nodes are proposed."""
_WITH_CODE = re.compile(r"[\[【(]?(\d{6,})[\]】)]?[-_]?(\D.*)")
_LIKE = 50.0
"""Of a hundred: names that are less alike are not proposed."""


class Tree:
    """The nodes by code and by name."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = tuple(nodes)
        self._keys = {n.key: n for n in nodes}
        self._codes = {one_line(n.code): n for n in nodes if n.code}
        self._names: dict[str, list[Node]] = {}
        for node in nodes:
            self._names.setdefault(one_line(node.name), []).append(node)

    @cached_property
    def _labels(self) -> list[str]:
        return [label_key(node.name) for node in self.nodes]

    def node_of(self, name: str, code: str, key: str = "") -> Node | None:
        """``key``: what somebody said, where the file does not say it. None where it is none, or could be several: the code is one unit's
        and the name another's, or the name is of several."""
        if not code and not self.named(name):
            name, code = apart(name)
        by_code = self._codes.get(one_line(code)) if code else None
        same = self.named(name)
        if by_code is not None and (not same or by_code in same):
            return by_code
        return same[0] if by_code is None and len(same) == 1 else self._keys.get(key)

    def named(self, name: str) -> Sequence[Node]:
        """Those of exactly this name."""
        return self._names.get(one_line(name), ()) if name else ()

    def unplaced(self, seen: Seen) -> Unplaced:
        """With what it may be of."""
        same = [*self.named(seen.unit_name)]
        by_code = self._codes.get(seen.unit_code) if seen.unit_code else None
        likely = [*same, *((by_code,) if by_code and by_code not in same else ())]
        return Unplaced(seen, tuple(likely or self._near(seen.unit_name)), alike=bool(likely))

    def _near(self, name: str) -> list[Node]:
        if not (key := label_key(name)):
            return []
        from rapidfuzz import fuzz, process

        found = process.extract(key, self._labels, scorer=fuzz.ratio, limit=NEAR, score_cutoff=_LIKE)
        return [self.nodes[place] for _, _, place in found]


def apart(name: str) -> tuple[str, str]:
    """Name and code of a unit that forms call by both (``119001某局本级``); the code is empty where there is none."""
    found = _WITH_CODE.fullmatch(one_line(name))
    return (found[2], found[1]) if found else (name, "")


def with_units(some: Iterable[Seen], tree: Tree) -> list[Seen]:
    """Forms that do not name their unit are of the one whose name is exactly that of a folder they lie in, or else of the only one that is
    named by the other files of their folder."""
    seen = list(some)
    beside: dict[PurePath, set[str]] = {}
    for one in seen:
        if one.unit_name:
            beside.setdefault(PurePath(one.path).parent, set()).add(one.unit_name)
    return [one if one.unit_name else replace(one, unit_name=_by_folder(one, tree, beside)) for one in seen]


def _by_folder(seen: Seen, tree: Tree, beside: dict[PurePath, set[str]]) -> str:
    for folder in PurePath(seen.path).parents:
        if len(same := tree.named(folder.name)) == 1:
            return same[0].name
    names = beside.get(PurePath(seen.path).parent, set())
    return next(iter(names)) if len(names) == 1 else ""
