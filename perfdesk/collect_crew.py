"""What units handed in, read and checked by several processes at once: this one never parses a file.

Each is a reading child (``formats.child``: little memory, killed when nothing moves) that knows the forms, too: it hands back what a file
holds as plain data, and a unit's papers with the bureau's check made, so that all cores are used and one unit at a time is in memory.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from perfdesk import catalog
from perfdesk.bureau.contents import Given, Rules, given_in, known_year, papers_of, seen_in
from perfdesk.bureau.papers_json import answers_json, paper_json, seen_json
from perfdesk.catalog import Catalog
from perfdesk.errors import InputRefused
from perfdesk.formats.child import MEMORY, Beat, answer, limit_memory, read_or_convert
from perfdesk.formats.staying import Staying
from perfdesk.intake import take_in
from perfdesk.model.collected import Version
from perfdesk.recognise import Recognised
from perfdesk.submission.whole import whole_json
from perfdesk.switched_off import Off

COLLECT_CHILD = "--collect-child"
"""The hidden first argument with which the program becomes one of these processes (``collect_child_main``)."""
MOST = 4
STILL_SECONDS = 30.0
"""Longer than for reading alone: recognising a long document gives no sign."""

_START = (
    "import sys; sys.path.insert(0, {root!r}); from perfdesk.collect_crew import collect_child_main;"
    " sys.exit(collect_child_main())"
)

Job = Mapping[str, Any]
Answer = dict[str, Any] | InputRefused


def look_job(path: Path) -> Job:
    """Answered with ``seen``: what the file holds."""
    return {"do": "look", "path": str(path)}


def take_job(version: Version, year: int, checked: bool = True) -> Job:
    """Answered with ``papers``; without the bureau's check (and what is added up) where they are only to be compared."""
    files = [[one.path, [paper.digest for paper in one.papers]] for one in version.files]
    return {"do": "take", "path": version.first.path, "files": files, "year": year, "checked": checked}


# --- this side --------------------------------------------------------------------------------------------------------


class Crew:
    """Answers in the order of the jobs; a few jobs ahead are worked on, no more."""

    def __init__(self, children: Iterable[Staying], cancelled: Callable[[], bool]) -> None:
        self._free: queue.SimpleQueue[Staying] = queue.SimpleQueue()
        self._children = tuple(children)
        for child in self._children:
            self._free.put(child)
        self._cancelled = cancelled

    def answers(self, jobs: Iterable[Job]) -> Iterator[Answer]:
        """InputRefused ``cancelled`` for what was begun when somebody cancelled; nothing more is begun then."""
        ahead: deque[Future[Answer]] = deque()
        with ThreadPoolExecutor(len(self._children)) as pool:
            for job in jobs:
                if self._cancelled():
                    break
                ahead.append(pool.submit(self._one, job))
                if len(ahead) > len(self._children):
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()

    def _one(self, job: Job) -> Answer:
        child = self._free.get()
        try:
            return child.ask(job, Path(job["path"]).name, self._cancelled)
        finally:
            self._free.put(child)


@contextmanager
def crew(data: Path, rules: Rules, jobs: int, cancelled: Callable[[], bool]) -> Generator[Crew]:
    """``data``: the folder of data, for the forms that were taken in there. Gone with the block."""
    head = {
        "data": str(data),
        "off": {c: asdict(off) for c, off in rules.off.items()},
        "units": [*rules.units],
    }
    count = max(1, min(os.cpu_count() or 1, MOST, jobs))
    children = [Staying(command(), head, STILL_SECONDS) for _ in range(count)]
    try:
        yield Crew(children, cancelled)
    finally:
        for child in children:
            child.close()


def command() -> list[str]:
    """As ``formats.read.child_command``."""
    if getattr(sys, "frozen", False):
        return [sys.executable, COLLECT_CHILD]
    root = str(Path(__file__).resolve().parents[1])
    return [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=root)]


# --- the child's side -------------------------------------------------------------------------------------------------


def collect_child_main() -> int:
    """The first line of stdin says what to go by, every other is a job; answers as ``formats.child``."""
    limit_memory(MEMORY)
    with open(0, "rb", closefd=False) as stdin, open(1, "wb", closefd=False) as stdout:
        beat = Beat(stdout)
        desk = _desk(json.loads(stdin.readline() or b"{}"), beat)
        while line := stdin.readline():
            stdout.write(desk.answer(json.loads(line)) + b"\n")
            stdout.flush()
    return 0


def _desk(told: dict[str, Any], beat: Callable[[], None]) -> _Desk:
    off = {code: Off(**one) for code, one in told.get("off", {}).items()}
    forms = catalog.load(own=Path(told["data"])) if "data" in told else catalog.load()
    return _Desk(forms, Rules(off, tuple(told.get("units", ()))), beat)


@dataclass(frozen=True, slots=True)
class _Desk:
    forms: Catalog
    rules: Rules
    beat: Callable[[], None]

    def answer(self, job: dict[str, Any]) -> bytes:
        work = self._look if job["do"] == "look" else self._take
        return answer(Path(job["path"]).name, lambda: work(job))

    def _look(self, job: dict[str, Any]) -> dict[str, Any]:
        path = str(job["path"])
        found = self._read(path)
        given = given_in(found)
        _refuse_useless(path, found, given)
        seen = seen_in(found, given, self.forms, path, os.stat(path).st_mtime)
        return {"seen": [seen_json(one) for one in seen]}

    def _take(self, job: dict[str, Any]) -> dict[str, Any]:
        given: list[Given] = []
        answers: list[list[Any]] = []
        for path, digests in job["files"]:
            found = self._read(path)
            given += _chosen(given_in(found), digests, path)
            answers += answers_json(found.handed_in)
            self.beat()
        given = [*known_year(given, job["year"])]
        if not job["checked"]:
            return {"filings": [whole_json(one.filing) for one in given]}
        papers = [paper_json(p) for p in papers_of(given, self.forms, self.rules, self.beat)]
        return {"papers": papers, "answers": answers}

    def _read(self, path: str) -> Recognised:
        numbers = itertools.count(1)
        source = read_or_convert(path, self.beat)
        self.beat()
        return take_in(source, self.forms, lambda: f"r{next(numbers)}")


def _chosen(given: Iterable[Given], digests: Iterable[str], path: str) -> list[Given]:
    """Those of these digests; InputRefused where one of them is gone."""
    left = [*given]
    found: list[Given] = []
    for digest in digests:
        one = next((g for g in left if g.digest == digest), None)
        if one is None:
            message = f"“{Path(path).name}”在收取的时候又有改动，没有收。请再收一次。"
            raise InputRefused("changed-meanwhile", message)
        left.remove(one)
        found.append(one)
    return found


def _refuse_useless(path: str, found: Recognised, given: Iterable[Given]) -> None:
    """A file without a form, what a bureau sent back, and a package with forms of another year than its own."""
    name = Path(path).name
    if found.sent_back is not None:
        raise InputRefused("is-return", f"“{name}”是财政局的退回意见，不是单位报送的，没有收。")
    years = {one.filing.year for one in given}
    if not years:
        raise InputRefused(
            "nothing-recognised", f"“{name}”中没有认出任何表样，没有收。请看看它是不是要报的表。"
        )
    if found.handed_in is not None and (other := years - {found.handed_in.year, None}):
        year = next(iter(other))
        message = f"报送包“{name}”是 {found.handed_in.year} 年度的，里面却有 {year} 年度的表，没有收。请让单位重新生成。"
        raise InputRefused("package-year", message)
