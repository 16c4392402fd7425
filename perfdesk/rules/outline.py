"""The tree of one filing as the rules go through it: leaves with their numbers, headings with the leaves below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from perfdesk.model.filing import Filing, Leaf, Row, depth, leaves


@dataclass(frozen=True, slots=True)
class Outline:
    """``numbers``: row id of a leaf → its number; ``below``: row id of a heading → the first and the last number below it
    (missing where there is none); ``headings``: the level-1 and level-2 rows."""

    leaves: tuple[Leaf, ...]
    headings: tuple[Row, ...]
    numbers: Mapping[str, int]
    below: Mapping[str, tuple[int, int]]

    @staticmethod
    def of(filing: Filing, section: str) -> Outline:
        found = tuple(leaves(filing, section))
        below: dict[str, tuple[int, int]] = {}
        for leaf in found:
            for heading in (leaf.level1.id, leaf.level2.id):
                below[heading] = below.get(heading, (leaf.number,))[0], leaf.number
        headings = tuple(r for r in filing.section(section) if depth(r) < 3)
        return Outline(found, headings, {x.row.id: x.number for x in found}, below)

    def after(self, before: Filing, filing: Filing, section: str) -> Outline:
        """The outline of ``filing``, where this is the one of ``before``: only what differs is made anew."""
        if before.index is not filing.index:
            return Outline.of(filing, section)
        pairs = zip(before.section(section), filing.section(section), strict=True)
        changed = [(old, new) for old, new in pairs if old is not new]
        if any(depth(old) < 3 or depth(new) < 3 for old, new in changed):
            return Outline.of(filing, section)
        found = list(self.leaves)
        for _, row in changed:
            if number := self.numbers.get(row.id):
                found[number - 1] = replace(found[number - 1], row=row)
        return replace(self, leaves=tuple(found)) if changed else self
