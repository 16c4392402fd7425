"""Collecting: folders and sticks → what is in them (``look``) → what is chosen of it, unit by unit, into the store (``take``).

Two passes, so that everything is told before anything is taken, and nothing but heads is kept of a thousand units. Each unit is a
transaction of its own: after a crash, or with the same stick once more, what is there already stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk.bureau.choosing import Wish, arranged
from perfdesk.bureau.contents import Rules
from perfdesk.bureau.differing import Differing, differing
from perfdesk.bureau.papers_json import paper_from, seen_from
from perfdesk.bureau.placing import Tree
from perfdesk.catalog import Catalog
from perfdesk.collect_crew import Answer, crew, look_job, take_job
from perfdesk.errors import ChangeRefused, InputRefused
from perfdesk.formats.folders import Walked, walked
from perfdesk.model.bureau import Handing, HandingInfo, Node, Paper, Scope
from perfdesk.model.collected import Choice, Collection, Progress, Refused, Seen, Took, Version
from perfdesk.model.filing import Filing
from perfdesk.model.submission import Answered
from perfdesk.pack_trust import trusted
from perfdesk.submission.whole import whole_filing
from perfdesk.switched_off import NONE_OFF, Off

if TYPE_CHECKING:
    from perfdesk.store import Store

CANCELLED = "cancelled"
NOT_OPENED = "archive"
"""The code of files that hold others: named, not opened."""
_LONGEST_SOURCE = 200
_STRANGE = (KeyError, TypeError, ValueError, AttributeError)


def _say_nothing(_progress: Progress) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Desk:
    """Where and how is collected. ``data``: the folder of data (forms of its own, keys that it trusts). ``say``: called when a file or a
    unit is begun; ``cancelled``: asked all the time."""

    data: Path
    forms: Catalog
    nodes: Sequence[Node]
    off: Mapping[str, Off] = field(default_factory=lambda: NONE_OFF)
    say: Callable[[Progress], None] = _say_nothing
    cancelled: Callable[[], bool] = _never

    @property
    def rules(self) -> Rules:
        """Names of units are those of nodes with nothing below them: a text may well name the office above."""
        above = {node.parent for node in self.nodes}
        return Rules(self.off, tuple(n.name for n in self.nodes if n.key not in above))


def look(
    paths: Sequence[Path], desk: Desk, wish: Wish, stored: Callable[[int], Sequence[HandingInfo]]
) -> Collection:
    """``stored``: a year → all its handings in the store, also the replaced ones."""
    there = _without(walked(paths), desk.data)
    refused = [_closed(folder) for folder in there.closed]
    seen: list[Seen] = []
    unopened = [str(path) for path in there.others]
    done = 0
    for path, found in _looked(there, desk):
        if isinstance(found, InputRefused):
            if found.code == CANCELLED:
                break
            if found.code == NOT_OPENED:
                unopened.append(str(path))
            else:
                refused.append(Refused(str(path), found.code, found.message))
        else:
            seen += found
        done += 1
    found = arranged(seen, Tree(desk.nodes), wish, stored)
    cut = done < len(there.files)
    rest = {"unopened": tuple(sorted(unopened)), "files": len(there.files), "cancelled": cut}
    return replace(found, refused=(*refused, *found.refused), **rest)


def _without(there: Walked, data: Path) -> Walked:
    """The program's own data lie in the folder, too, where somebody keeps them beside what came."""
    own = data.resolve()

    def of_others(paths: Sequence[Path]) -> tuple[Path, ...]:
        return tuple(path for path in paths if own not in path.resolve().parents)

    return replace(there, files=of_others(there.files), others=of_others(there.others))


def _looked(there: Walked, desk: Desk) -> Iterator[tuple[Path, list[Seen] | InputRefused]]:
    count, keys = len(there.files), trusted(desk.data)

    def jobs() -> Iterator[Mapping[str, Any]]:
        for number, path in enumerate(there.files, 1):
            desk.say(Progress("look", number, count, path.name))
            yield look_job(path)

    with crew(desk.data, Rules(), count, desk.cancelled) as hands:
        for path, found in zip(there.files, hands.answers(jobs()), strict=False):
            if isinstance(found, InputRefused):
                yield path, found
            else:
                yield path, _seen(path, found, keys)


def _seen(path: Path, found: dict[str, Any], keys: Container[str]) -> list[Seen] | InputRefused:
    try:
        some = [seen_from(one) for one in found["seen"]]
    except _STRANGE:
        told = _strange(str(path))
        return InputRefused(told.code, told.message)
    return [replace(one, known=one.fingerprint in keys) for one in some]


def _strange(path: str) -> Refused:
    """The answer of a reading process is none: the file has made another program of it."""
    message = f"读取“{Path(path).name}”的程序答非所问，没有收。请让单位重新生成后再报一次。"
    return Refused(path, "reader-stopped", message)


def _closed(folder: Path) -> Refused:
    message = f"打不开文件夹“{folder.name}”，里面的文件没有收。请检查它的权限，或换一个位置再试。"
    return Refused(str(folder), "no-permission", message)


# --- taking -----------------------------------------------------------------------------------------------------------


def take(store: Store, choices: Sequence[Choice], desk: Desk) -> Iterator[Took]:
    """Each choice that proposes a version, the first of a unit's year, in order, as soon as it is on disk. What the bureau itself has
    signed counts as accepted. StoreRefused where nothing can be written any more, and the end where somebody cancels: what was told
    until then is kept."""
    for choice in choices:
        _accept_signed(store, choice)
    wanted = [choice for choice in choices if choice.version is not None]
    firsts = {(choice.node.key, choice.year): choice for choice in reversed(wanted)}
    some = [choice for choice in wanted if firsts[choice.node.key, choice.year] is choice]
    others = [choice for choice in wanted if firsts[choice.node.key, choice.year] is not choice]

    def jobs() -> Iterator[Mapping[str, Any]]:
        for number, choice in enumerate(some, 1):
            desk.say(Progress("take", number, len(some), choice.node.name))
            assert choice.version is not None
            yield take_job(choice.version, choice.year)

    with crew(desk.data, desk.rules, len(some), desk.cancelled) as hands:
        for choice, found in zip(some, hands.answers(jobs()), strict=False):
            if isinstance(found, InputRefused) and found.code == CANCELLED:
                return
            yield _took(store, choice, found, desk.forms)
    yield from map(_once_already, others)


def _once_already(choice: Choice) -> Took:
    """Two choices of one unit would replace one another unseen."""
    path = choice.versions[0].first.path
    message = f"“{choice.node.name}”{choice.year} 年度这一次已经收了一份，“{Path(path).name}”没有收。请单独再收它，会说明哪里不同。"
    return Took(choice, 0, refused=Refused(path, "unit-twice", message))


def _took(store: Store, choice: Choice, found: Answer, forms: Catalog) -> Took:
    version = choice.version
    assert version is not None
    if isinstance(found, InputRefused):
        return Took(choice, 0, refused=Refused(version.first.path, found.code, found.message))
    try:
        papers = tuple(paper_from(one, forms) for one in found["papers"])
        answers = tuple(Answered(*one) for one in found["answers"])
        number = store.bureau.take(replace(_handing(choice, version, papers), answers=answers))
    except ChangeRefused as error:
        return Took(choice, 0, refused=Refused(version.first.path, error.code, error.message))
    except _STRANGE:
        return Took(choice, 0, refused=_strange(version.first.path))
    if version.first.known:
        store.bureau.decide(choice.year, choice.node.key, "accepted")
    told = [one for paper in papers for one in paper.findings]
    errors = sum(one.severity == "error" for one in told)
    warnings = sum(one.severity == "warning" and not one.explanation for one in told)
    return Took(choice, number, len(papers), errors, warnings)


def _handing(choice: Choice, version: Version, papers: tuple[Paper, ...]) -> Handing:
    first = version.first
    source = "、".join(Path(one.path).name for one in version.files)
    source = source if len(source) <= _LONGEST_SOURCE else source[: _LONGEST_SOURCE - 1] + "…"
    handing = Handing(choice.node.key, choice.year, source, papers, version.digest, first.made)
    signer = first.signer if first.known else ""
    return replace(
        handing, check_code=first.check_code, program=first.program, draft=first.draft, signer=signer
    )


def _accept_signed(store: Store, choice: Choice) -> None:
    """The very handing that is there has come back with the bureau's receipt."""
    if choice.standing == "same" and choice.stored is not None and choice.stored.state == "taken":
        same = [v for v in choice.versions if v.digest == choice.stored.digest]
        if any(one.first.known for one in same):
            store.bureau.decide(choice.year, choice.node.key, "accepted")


# --- differences ------------------------------------------------------------------------------------------------------


def differences(
    store: Store, choices: Sequence[Choice], desk: Desk
) -> Iterator[tuple[Choice, tuple[Differing, ...]]]:
    """What a unit's version says differently from what counts in the store, where it is to replace that, or else from the version before
    it. Units with nothing to compare are left out, and those that cannot be read any more: that is told when they are taken."""
    some = [(choice, *pair) for choice in choices if (pair := _pair(choice))]
    jobs = [take_job(v, choice.year, checked=False) for choice, *pair in some for v in pair if v is not None]
    with crew(desk.data, Rules(), len(jobs), desk.cancelled) as hands:
        answers = hands.answers(jobs)
        for choice, _, other in some:
            now = _filings(next(answers, None), desk.forms)
            before = _stored(store, choice) if other is None else _filings(next(answers, None), desk.forms)
            if now is not None and before is not None:
                yield choice, tuple(differing(before, now, desk.forms))


def filings_of(version: Version, year: int, desk: Desk) -> list[Filing]:
    """To be compared with others; InputRefused as reading."""
    with crew(desk.data, Rules(), 1, desk.cancelled) as hands:
        found = next(hands.answers([take_job(version, year, checked=False)]), None)
    if found is None or isinstance(found, InputRefused):
        raise found or InputRefused(CANCELLED, f"已取消读取“{Path(version.first.path).name}”。")
    if (filings := _filings(found, desk.forms)) is None:
        told = _strange(version.first.path)
        raise InputRefused(told.code, told.message)
    return filings


def _pair(choice: Choice) -> tuple[Version, Version | None] | None:
    """The version that comes, and the one before it; None for that: what is in the store."""
    version = choice.version or choice.versions[0]
    if choice.standing == "newer":
        return version, None
    other = next((one for one in choice.versions if one is not version), None)
    return (version, other) if other is not None else None


def _filings(found: Answer | None, forms: Catalog) -> list[Filing] | None:
    if found is None or isinstance(found, InputRefused):
        return None
    try:
        return [whole_filing(one, forms.forms[one["form"]]) for one in found["filings"]]
    except _STRANGE:
        return None


def _stored(store: Store, choice: Choice) -> list[Filing]:
    papers = store.bureau.papers(choice.year, Scope(units=(choice.node.key,)))
    return [store.bureau.filing(choice.year, p.unit, p.handing, p.number) for p in papers]
