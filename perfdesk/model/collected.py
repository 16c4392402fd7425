"""What a bureau finds in folders and on sticks before anything of it is taken, and who has handed in by now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from perfdesk.model.bureau import HandingInfo, Node

UnitState = Literal["missing", "taken", "accepted", "returned"]
Standing = Literal["first", "newer", "same", "older", "undecided", "draft"]
"""Of what came from a unit beside what the store has: nothing is there · something else is there and this counts from now on · the very
same is there · what is there is newer · there are several and none was to be chosen · there are only drafts, which are not taken unasked.
"""
Doing = Literal["look", "take"]


@dataclass(frozen=True, slots=True)
class Progress:
    """File or unit ``number`` (from 1) ``of`` so many is begun; ``name``: of the file or the unit."""

    doing: Doing
    number: int
    of: int
    name: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which nothing is taken: ``message`` is the one sentence why and what to do. ``code`` as of errors (``package-changed``,
    ``nothing-recognised``, ``other-year``, ``no-year`` …)."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class PaperSeen:
    """A form in a file. ``name``: of the project it is about, else empty. ``digest``: of its content, whatever its rows are called."""

    form: str
    title: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What one file holds of one unit and year. ``changed``: the file's own time (seconds since 1970). ``repairs``: what reading mended in
    these papers; ``leftovers``: texts of the whole file that no form took. The rest is said by packages alone and empty of plain files:
    ``made`` a day, ``signer`` and ``fingerprint`` of its receipt, ``known``: the key is a trusted one."""

    path: str
    unit_name: str
    year: int | None
    papers: tuple[PaperSeen, ...]
    digest: str
    changed: float
    package: bool = False
    unit_code: str = ""
    made: str = ""
    program: str = ""
    check_code: str = ""
    draft: bool = False
    signer: str = ""
    fingerprint: str = ""
    known: bool = False
    repairs: int = 0
    leftovers: int = 0


@dataclass(frozen=True, slots=True)
class Twice:
    """Two plain files have the same form (of the same project) of a unit and say different things: the newer one's is taken."""

    title: str
    taken: str
    left: str


@dataclass(frozen=True, slots=True)
class Version:
    """One thing that a unit may have handed in: a package, or all its plain files together. ``again``: other files that hold the very
    same."""

    files: tuple[Seen, ...]
    digest: str
    again: tuple[str, ...] = ()
    twice: tuple[Twice, ...] = ()

    @property
    def first(self) -> Seen:
        return self.files[0]

    @property
    def papers(self) -> int:
        return sum(len(one.papers) for one in self.files)

    @property
    def draft(self) -> bool:
        return self.first.draft


@dataclass(frozen=True, slots=True)
class Choice:
    """What came from a unit for a year: ``versions``, the newest first. ``proposed``: which of them is to be taken (from 0); None: none
    (see ``standing``). ``stored``: what counts in the store now. ``other_name``: what the unit calls itself where the tree calls the
    unit of that code otherwise, else empty."""

    node: Node
    year: int
    versions: tuple[Version, ...]
    proposed: int | None
    standing: Standing
    stored: HandingInfo | None = None
    other_name: str = ""

    @property
    def version(self) -> Version | None:
        return None if self.proposed is None else self.versions[self.proposed]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """From a unit that the tree does not have. ``near``: nodes whose names are like it, the likeliest first: never taken by themselves.
    ``alike``: there are several of exactly this name, and no code says which."""

    seen: Seen
    near: tuple[Node, ...] = ()
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything found, in the order of the tree; nothing is taken yet. ``unopened``: files that are no forms by their names, and
    archives: named, not opened. ``seen``: what all of it was made of (``perfdesk.bureau.choosing.arranged_again``). ``files``: how many
    there were; ``cancelled``: not all were looked at."""

    choices: tuple[Choice, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    refused: tuple[Refused, ...] = ()
    unopened: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    files: int = 0
    cancelled: bool = False

    @property
    def proposed(self) -> tuple[Choice, ...]:
        """Those of which something is to be taken."""
        return tuple(c for c in self.choices if c.proposed is not None)


@dataclass(frozen=True, slots=True)
class Took:
    """What became of a choice: its number in the store, or (0) why nothing was taken. ``errors``, ``warnings``: what waits in it."""

    choice: Choice
    number: int
    papers: int = 0
    errors: int = 0
    warnings: int = 0
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """``handing``: the one that counts, None: nothing yet."""

    node: Node
    handing: HandingInfo | None

    @property
    def state(self) -> UnitState:
        """A handing that was returned is waited for again."""
        if self.handing is None:
            return "missing"
        return "taken" if self.handing.state == "replaced" else self.handing.state


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the units below (and with) a node: how many there are, and how many of them are missing, were returned, were accepted, have
    errors that wait."""

    units: int
    missing: int
    returned: int
    accepted: int
    wrong: int

    @property
    def received(self) -> int:
        return self.units - self.missing


@dataclass(frozen=True)
class Status:
    """Who has handed in for a year and who has not: units from which something is expected, and others that handed in all the same, in
    the order of the tree. ``nodes``: the whole tree below the node that was asked for."""

    year: int
    nodes: tuple[Node, ...]
    units: tuple[UnitStatus, ...]

    @property
    def missing(self) -> tuple[Node, ...]:
        return tuple(u.node for u in self.units if u.handing is None)

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """Node's key → of everything below and with it."""
        total = {node.key: [0, 0, 0, 0, 0] for node in self.nodes}
        above = {node.key: node.parent for node in self.nodes}
        for unit in self.units:
            key: str | None = unit.node.key
            found = (
                1,
                unit.state == "missing",
                unit.state == "returned",
                unit.state == "accepted",
                bool(unit.handing and unit.handing.errors),
            )
            while key is not None and key in total:
                total[key] = [a + b for a, b in zip(total[key], found, strict=True)]
                key = above[key]
        return {key: Counts(*numbers) for key, numbers in total.items()}
