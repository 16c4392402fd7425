"""Files made to harm, and files that are not what they seem: each refused with its own sentence, or read right."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from perfdesk.errors import InputRefused
from tests.torture.experiment import Experiment, Outcome
from tests.torture.hostile_cases import LARGE_ONES, SMALL, Case
from tests.torture.mutations import Reader, Result, by_child, costs, ill_told, state

FOREIGN = "root:"
"""What the user list of every machine begins with, which some of the files try to take in."""

_NO_LIMITS = """
import dataclasses, perfdesk.formats.budget as budget, perfdesk.formats.ooxml as ooxml, perfdesk.formats.kinds as kinds
wide = budget.Limits(**{f.name: 1 << 60 for f in dataclasses.fields(budget.Limits)})
budget.Limits = lambda: wide
ooxml.refuse_doctype = lambda start, name: None
"""


def run(tries: int, seed: int, folder: Path) -> Outcome:
    """``seed`` draws nothing: these files are what they are."""
    cases = (*SMALL, *LARGE_ONES)[:tries]
    large = [
        [one] for one in cases if one in LARGE_ONES
    ]  # a child of its own for each, as memory is not given back
    groups = [[one for one in cases if one in SMALL], *large]
    failures = [line for n, some in enumerate(groups) for line in told_wrong(some, folder / str(n), by_child)]
    return Outcome(len(cases), tuple(failures))


def control(seed: int, folder: Path) -> Outcome:
    """The same child without budgets, and with entities: the cheapest of the files."""
    cases = [
        one for one in SMALL if one.name in ("2 001 parts", "501 columns in a document", "billion laughs")
    ]
    return Outcome(len(cases), tuple(told_wrong(cases, folder, partial(by_child, first=_NO_LIMITS))))


def told_wrong(cases: Sequence[Case], folder: Path, reader: Reader) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    log = folder / "costs"
    log.touch()
    paths = [_made(one, folder / str(n)) for n, one in enumerate(cases)]
    before = [state(path) if path.is_file() else None for path in paths]
    for one, path, known, result in zip(cases, paths, before, reader(paths, log), strict=True):
        yield from (f"{one.name}: {what}" for what in _wrong(one, result))
        if known is not None and state(path) != known:
            yield f"{one.name}: the file is another one now"
    yield from costs(log)


def _made(one: Case, folder: Path) -> Path:
    folder.mkdir()
    path = folder / one.file
    if inspect.signature(one.make).parameters:
        one.make(path)  # pyright: ignore[reportCallIssue]
    else:
        path.write_bytes(one.make())  # pyright: ignore[reportArgumentType, reportCallIssue]
    return path


def _wrong(one: Case, result: Result | Exception) -> Iterator[str]:
    code = getattr(result, "code", "read")
    if code not in one.code.split():
        yield f"{code}, not {one.code}"
        return
    if isinstance(result, InputRefused):
        yield from ill_told(result, one.file)
        text = result.message
    else:
        text = repr(result)
    if one.word not in text or FOREIGN in text:
        yield f"says {text[:200]}"


EXPERIMENTS = (
    Experiment(
        name="hostile-files",
        promise="bombs, entities, spans beyond sense, lies, macros, locked and wrong files: refused with their own sentence, or read right",
        run=run,
        control=control,
        short=len(SMALL),
        full=len(SMALL) + len(LARGE_ONES),
        hindrance=lambda: "no such files here" if sys.platform == "win32" else None,
    ),
)
