"""What the dialogue of carrying shows: plans, and which of their proposals are accepted. Holds no widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perfdesk import mapping_files
from perfdesk.carry.choose import Carried, Owned, Wish, carried
from perfdesk.carry.plan import Planned, settled
from perfdesk.carry.proposals import CHOICES, TOLD, Proposal, option_words
from ui.messages import carry as words

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.model.filing import Filing
    from perfdesk.store import Store


def prepare(store: Store, catalog: Catalog, unit: str | None, source: int, wish: Wish) -> Carried:
    """``unit`` None: of all units. On any thread."""
    own = [i for i in store.filings() if unit in (None, i.unit_name)]
    last, there = (
        [Owned(store.filing(i.id), i.unit_name) for i in own if i.year == year]
        for year in (source, wish.year)
    )
    return carried(last, there, wish, catalog, mapping_files.load(catalog, store.vault.folder), store.new_id)


@dataclass(slots=True)
class Ticked:
    """One plan and what of it is accepted. ``taken``: it is carried at all."""

    planned: Planned
    unit: str
    taken: bool = True
    accepted: set[int] = field(default_factory=set[int])
    chosen: dict[int, str] = field(default_factory=dict[int, str])

    def groups(self) -> Iterator[tuple[str, list[int]]]:
        """Kinds in their order, each with the numbers of its proposals."""
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.planned.proposals):
            found.setdefault(one.kind, []).append(number)
        yield from found.items()

    def proposal(self, number: int) -> Proposal:
        return self.planned.proposals[number]

    def choose(self, number: int, option: str) -> None:
        """A choice is a confirmation, too."""
        self.chosen[number] = option
        self.accepted.add(number)

    def after(self, number: int) -> str:
        """What it becomes, in words."""
        one = self.proposal(number)
        if one.options:
            return option_words(self.planned.route.target, self.chosen.get(number, one.after))
        if one.kind == "target" and number not in self.accepted:
            return words.EMPTIED if one.before else words.EMPTY
        return one.after

    def option_words(self, number: int) -> list[str]:
        form = self.planned.route.target
        return [option_words(form, option) for option in self.proposal(number).options]

    def open(self, choices: bool) -> int:
        """Proposals that are not accepted: those that a person chooses among, or the others."""
        kinds = CHOICES if choices else ("year", "target")
        found = enumerate(self.planned.proposals)
        return sum(p.kind in kinds and n not in self.accepted for n, p in found)


class Carrying:
    """All plans of a year with what is ticked; at first what is sure."""

    def __init__(self, found: Carried) -> None:
        self.skipped = found.skipped
        pairs = zip(found.plans, found.units, strict=True)
        self.plans = [Ticked(plan, unit, accepted=set(plan.sure)) for plan, unit in pairs]

    def taken(self) -> list[Ticked]:
        return [one for one in self.plans if one.taken]

    def accept_all(self) -> None:
        for one in self.plans:
            proposals = enumerate(one.planned.proposals)
            one.accepted = {n for n, p in proposals if p.kind not in TOLD}

    def filings(self, store: Store) -> list[Filing]:
        """What comes of it, to be added to the store."""
        return [settled(one.planned, one.accepted, store.new_id, one.chosen) for one in self.taken()]

    def all_units(self) -> list[str]:
        return [one.unit for one in self.plans]

    def units(self) -> list[str]:
        """Of what is carried."""
        return [one.unit for one in self.taken()]

    def summary(self) -> str:
        taken = self.taken()
        deciding, waiting = (sum(one.open(choices) for one in taken) for choices in (True, False))
        return words.summary(len(taken), deciding, waiting)
