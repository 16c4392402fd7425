"""What a form says about names and places in its tree, folded once for comparing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from perfdesk.catalog import label_key
from perfdesk.model.filing import Leaf
from perfdesk.model.form import Fixed, Section
from perfdesk.rules.plan import group_keys, level1_key

Spot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wants:
    """``fixed``: folded name or alias → the form's fixed row; ``homes``: folded level-2 name → the spots (level 1, level 2)
    of the form's headings so called; ``keys``: spot → all folded names of its heading."""

    fixed: Mapping[str, Fixed]
    homes: Mapping[str, tuple[Spot, ...]]
    keys: Mapping[Spot, frozenset[str]]

    @staticmethod
    def of(tree: Section) -> Wants:
        fixed = {label_key(n): f for f in tree.fixed for n in (f.standard.name, *f.standard.aliases)}
        homes: dict[str, tuple[Spot, ...]] = {}
        keys: dict[Spot, frozenset[str]] = {}
        for group in tree.groups:
            spot = group.level1, group.level2
            keys.setdefault(spot, frozenset(group_keys(group)))
            for key in group_keys(group):
                homes[key] = (*homes.get(key, ()), spot)
        return Wants(MappingProxyType(fixed), MappingProxyType(homes), MappingProxyType(keys))

    def standard(self, leaf: Leaf) -> Fixed | None:
        """The bureau's fixed row that this leaf is; None for an indicator of the unit's own."""
        return self.fixed.get(label_key(leaf.row.get("level3")))

    def spot(self, leaf: Leaf) -> Spot | None:
        """Where the form has this leaf; None where the form leaves it to the unit."""
        fixed = self.standard(leaf)
        if fixed:
            return fixed.level1, fixed.level2
        key = label_key(leaf.level2.get("level2"))
        homes = self.homes.get(key, ()) if key else ()
        if len(homes) != 1 or level1_key(homes[0][0]) == level1_key(leaf.level1.get("level1")):
            return None
        return homes[0]

    def heading_keys(self, spot: Spot) -> frozenset[str]:
        """The folded names that a level-2 row at this spot may bear."""
        return self.keys.get(spot) or frozenset((label_key(spot[1]),))

    def stands_at(self, leaf: Leaf, spot: Spot) -> bool:
        in_level1 = level1_key(leaf.level1.get("level1")) == level1_key(spot[0])
        return in_level1 and label_key(leaf.level2.get("level2")) in self.heading_keys(spot)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a form says about one leaf. ``key``: its folded name; ``spot``: where the form has it, and whether it stands there."""

    leaf: Leaf
    key: str
    fixed: Fixed | None
    spot: Spot | None
    at_spot: bool

    @staticmethod
    def of(wants: Wants, leaf: Leaf) -> Standing:
        spot = wants.spot(leaf)
        at_spot = spot is not None and wants.stands_at(leaf, spot)
        return Standing(leaf, label_key(leaf.row.get("level3")), wants.standard(leaf), spot, at_spot)

    def same_names(self, leaf: Leaf) -> bool:
        """The leaf's names are those of ``self.leaf``, so that the form says the same about it."""
        old = self.leaf
        return (
            (old.row is leaf.row or old.row.get("level3") == leaf.row.get("level3"))
            and (old.level2 is leaf.level2 or old.level2.get("level2") == leaf.level2.get("level2"))
            and (old.level1 is leaf.level1 or old.level1.get("level1") == leaf.level1.get("level1"))
        )

    def named_as(self, other: Standing) -> bool:
        """Both would stand in a roll in the same way."""
        return (self.twin, self.fixed, self.spot, self.at_spot) == (
            other.twin,
            other.fixed,
            other.spot,
            other.at_spot,
        )

    @property
    def twin(self) -> tuple[str, str]:
        """Two leaves with the same of this are the same indicator; of one without a name the second part is empty."""
        return ("", self.fixed.standard.name) if self.fixed else (self.leaf.level2.id, self.key)


@dataclass(frozen=True, slots=True)
class Roll:
    """``formal``: numbers of the leaves that the form speaks of; ``repeats``: numbers (first, again) of one indicator that
    stands there twice. It changes only with names and places, not with what is entered beside them."""

    formal: tuple[int, ...]
    repeats: tuple[tuple[int, int], ...]

    @staticmethod
    def of(standings: tuple[Standing, ...]) -> Roll:
        first: dict[tuple[str, str], int] = {}
        formal: list[int] = []
        repeats: list[tuple[int, int]] = []
        for number, standing in enumerate(standings, 1):
            if standing.spot is not None:
                formal.append(number)
            if standing.key and (known := first.setdefault(standing.twin, number)) != number:
                repeats.append((known, number))
        return Roll(tuple(formal), tuple(repeats))
