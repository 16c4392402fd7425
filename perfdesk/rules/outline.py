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
        places = filing.differing(before)
        changed = [filing.rows[n] for n in places or () if filing.rows[n].section == section]
        if places is None or any(row.id not in self.numbers for row in changed):
            return Outline.of(filing, section)
        found = list(self.leaves)
        for row in changed:
            number = self.numbers[row.id]
            found[number - 1] = replace(found[number - 1], row=row)
        return replace(self, leaves=tuple(found)) if changed else self

    def changed(self, before: Filing, filing: Filing) -> tuple[int, ...]:
        """Numbers of the leaves whose rows are others in ``filing``, of which this is the outline, than in ``before``, which
        has the same rows."""
        rows = (filing.rows[n] for n in filing.differing(before) or ())
        return tuple(self.numbers[row.id] for row in rows if row.id in self.numbers)
