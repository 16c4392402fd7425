"""What came from a unit more than once, and what the store has of it: which is the newest, which is proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Literal

from perfdesk.bureau.contents import digest_of
from perfdesk.bureau.placing import Tree, apart, with_units
from perfdesk.model.bureau import HandingInfo, Node
from perfdesk.model.collected import (
    Choice,
    Collection,
    PaperSeen,
    Refused,
    Seen,
    Standing,
    Twice,
    Unplaced,
    Version,
)
from perfdesk.values import one_line

Take = Literal["newest", "none"]
_OF_THE_YEAR = ("no-year", "other-year")


@dataclass(frozen=True, slots=True)
class Wish:
    """``year``: nothing else is taken, and it is that of forms which name none. ``take`` none: of a unit that handed in several different
    things nothing is proposed. ``drafts``: drafts are taken like others."""

    year: int | None = None
    take: Take = "newest"
    drafts: bool = False


def arranged(
    seen: Sequence[Seen],
    tree: Tree,
    wish: Wish,
    stored: Callable[[int], Sequence[HandingInfo]],
    given: Mapping[str, str] = MappingProxyType({}),
) -> Collection:
    """By units in the order of the tree. ``stored``: a year → all its handings in the store, also the replaced ones; ``given``: path →
    key of the node that somebody says the file is of."""
    found: dict[tuple[str, int], list[Seen]] = {}
    unplaced: list[Unplaced] = []
    refused: list[Refused] = []
    for one in with_units(seen, tree):
        year = wish.year if one.year is None else one.year
        if year is None or (wish.year is not None and year != wish.year):
            refused.append(_of_another_year(one, wish.year))
        elif (node := tree.node_of(one.unit_name, one.unit_code, given.get(one.path, ""))) is None:
            unplaced.append(tree.unplaced(one))
        else:
            found.setdefault((node.key, year), []).append(one)
    there = {year: _by_unit(stored(year)) for year in {year for _, year in found}}
    choices = tuple(
        choice(node, year, some, there[year].get(node.key, ()), wish)
        for node in tree.nodes
        for year in sorted(there)
        if (some := found.get((node.key, year)))
    )
    return Collection(choices, tuple(unplaced), tuple(refused), seen=tuple(seen))


def arranged_again(
    found: Collection,
    tree: Tree,
    wish: Wish,
    stored: Callable[[int], Sequence[HandingInfo]],
    given: Mapping[str, str] = MappingProxyType({}),
) -> Collection:
    """The same files, with another tree or another wish, or with what somebody said of some of them."""
    again = arranged(found.seen, tree, wish, stored, given)
    unread = tuple(one for one in found.refused if one.code not in _OF_THE_YEAR)
    rest = {"unopened": found.unopened, "files": found.files, "cancelled": found.cancelled}
    return replace(again, refused=(*unread, *again.refused), **rest)


def _by_unit(stored: Iterable[HandingInfo]) -> dict[str, list[HandingInfo]]:
    found: dict[str, list[HandingInfo]] = {}
    for one in stored:
        found.setdefault(one.unit, []).append(one)
    return found


def _of_another_year(seen: Seen, wanted: int | None) -> Refused:
    name = seen.path.replace("\\", "/").rpartition("/")[2]
    if seen.year is None:
        message = f"“{name}”没有写明年度，没有收。请用 --year 指明年度。"
        return Refused(seen.path, "no-year", message)
    message = f"“{name}”是 {seen.year} 年度的，不是 {wanted} 年度的，没有收。"
    return Refused(seen.path, "other-year", message)


def choice(node: Node, year: int, some: Sequence[Seen], stored: Sequence[HandingInfo], wish: Wish) -> Choice:
    """``stored``: all handings of the unit's year, also the replaced ones."""
    now = next((one for one in stored if one.state != "replaced"), None)
    versions = versions_of(some)
    proposed, standing = _proposed(versions, now, stored, wish)
    named = (v.first.unit_name for v in versions)
    other = next((n for n in named if one_line(node.name) not in (one_line(n), one_line(apart(n)[0]))), "")
    return Choice(node, year, versions, proposed, standing, now, other)


def _proposed(
    versions: Sequence[Version], now: HandingInfo | None, stored: Sequence[HandingInfo], wish: Wish
) -> tuple[int | None, Standing]:
    open_to = [n for n, v in enumerate(versions) if wish.drafts or not v.draft]
    if not open_to:
        return None, "draft"
    newest = versions[open_to[0]]
    if now is not None and (now.digest, now.draft) == (newest.digest, newest.draft):
        return None, "same"
    if now is not None and _older(newest, now, stored):
        return None, "older"
    if wish.take == "none" and (len(open_to) > 1 or newest.twice):
        return None, "undecided"
    return open_to[0], "first" if now is None else "newer"


def _older(version: Version, now: HandingInfo, stored: Sequence[HandingInfo]) -> bool:
    """What is in the store was made on a later day; of one day what was replaced once already does not come back."""
    made = version.first.made or _day(version.first.changed)
    then = now.made or now.at.astimezone().date().isoformat()
    replaced = any(
        (one.digest, one.draft) == (version.digest, version.draft) for one in stored if one is not now
    )
    return made < then or (made == then and replaced)


# --- versions ---------------------------------------------------------------------------------------------------------


def versions_of(some: Sequence[Seen]) -> tuple[Version, ...]:
    """The newest first: packages before plain files, which do not say when they were made; drafts behind what is final."""
    packages: dict[tuple[str, bool], list[Seen]] = {}
    for one in sorted((s for s in some if s.package), key=_age, reverse=True):
        packages.setdefault((one.digest, one.draft), []).append(one)
    found = [_package(same) for same in packages.values()]
    if plain := [one for one in some if not one.package]:
        found.append(_plain(plain))
    return tuple(sorted(found, key=lambda version: version.draft))


def _package(same: Sequence[Seen]) -> Version:
    """Of the very same one that the bureau has signed counts."""
    first = max(same, key=lambda one: one.known)
    return Version((first,), first.digest, tuple(one.path for one in same if one is not first))


def _age(seen: Seen) -> tuple[str, tuple[int, ...], float]:
    numbers = tuple(int(part) for part in seen.program.split(".") if part.isdecimal() and part.isascii())
    return seen.made, numbers, seen.changed


def _day(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone().date().isoformat()
    except (ValueError, OverflowError, OSError):
        return date.min.isoformat()


def _plain(some: Sequence[Seen]) -> Version:
    """All of a unit's files together. Of a form that two of them have, the newer one's is taken; what one file has twice it means twice."""
    taken: dict[tuple[str, str], tuple[Seen, set[str]]] = {}
    kept: list[Seen] = []
    again: list[str] = []
    twice: list[Twice] = []
    for one in sorted(some, key=lambda seen: (-seen.changed, seen.path)):
        fresh: list[PaperSeen] = []
        for paper in one.papers:
            other, digests = taken.get((paper.form, one_line(paper.name)), (one, set[str]()))
            if other is one:
                fresh.append(paper)
            elif paper.digest not in digests:
                twice.append(Twice(paper.name or paper.title, other.path, one.path))
        for paper in fresh:
            taken.setdefault((paper.form, one_line(paper.name)), (one, set()))[1].add(paper.digest)
        if fresh:
            kept.append(replace(one, papers=tuple(fresh), digest=digest_of(p.digest for p in fresh)))
        elif not any(t.left == one.path for t in twice):
            again.append(one.path)
    papers = [p.digest for one in kept for p in one.papers]
    return Version(
        tuple(sorted(kept, key=lambda seen: seen.path)), digest_of(papers), tuple(again), tuple(twice)
    )
