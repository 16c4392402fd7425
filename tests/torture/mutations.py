"""Files of every kind that is read, damaged in ten thousand ways: read or refused with one sentence, and nothing else happens."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from perfdesk.check import check
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.document.source import Source
from perfdesk.errors import InputRefused
from perfdesk.formats.read import child_command, read_many
from perfdesk.intake import take_in
from perfdesk.sample import install
from perfdesk.store import Store
from tests.making import catalog, counter
from tests.torture.experiment import Experiment, Outcome
from tests.torture.mutating import mutated
from tests.torture.seeds import Seed, seeds

HANG_SECONDS = 5.0
"""Of work: a busy machine makes no file hang."""
MEMORY_KIB = 512 << 10
BATCH = 50

Result = Source | InputRefused
Reader = Callable[[Sequence[Path], Path], list[Result | Exception]]
"""Reads a batch; may write to the log what each file cost: ``name<tab>seconds<tab>KiB`` a line."""

_WATCHED = """
import sys, time; sys.path.insert(0, {root!r})
import perfdesk.formats.child as own
{first}
answer, log = own._answer, open({log!r}, "a", encoding="utf-8")
def most():
    # Of this program alone: what getrusage tells holds the size of who started it, too.
    with open("/proc/self/status", encoding="ascii") as told:
        return next(line.split()[1] for line in told if line.startswith("VmHWM"))
def watched(asked, beat):
    start = time.process_time()
    try:
        return answer(asked, beat)
    finally:
        print(own.Path(asked).name, time.process_time() - start, most(), sep="\\t", file=log, flush=True)
own._answer = watched
sys.exit(own.child_main())
"""


@dataclass(frozen=True, slots=True)
class Damaged:
    path: Path
    how: str
    state: tuple[str, int, int]


def run(tries: int, seed: int, folder: Path) -> Outcome:
    return damaged_files(tries, seed, folder, by_child)


def control(seed: int, folder: Path) -> Outcome:
    """The usual libraries in this very process, instead of a child with our readers."""
    return damaged_files(40, seed, folder, by_libraries)


def damaged_files(tries: int, seed: int, folder: Path, reader: Reader) -> Outcome:
    data = folder / "data"
    with Store.open(data) as store:
        install(store, catalog(), store.new_id)
    before = digest(data / "perfdesk.db")
    batches = [range(start, min(start + BATCH, tries)) for start in range(0, tries, BATCH)]
    with ThreadPoolExecutor(2) as pool:
        told = pool.map(partial(_batch, seed=seed, folder=folder, reader=reader), batches)
        failures = [line for lines in told for line in lines]
    if digest(data / "perfdesk.db") != before:
        failures.append("the user's data are other data now")
    return Outcome(tries, tuple(failures))


def _batch(numbers: range, seed: int, folder: Path, reader: Reader) -> list[str]:
    own = folder / f"batch-{numbers.start}"
    own.mkdir()
    files = [_damaged(own, number, random.Random(f"{seed}/{number}")) for number in numbers]
    log = own / "costs"
    log.touch()
    results = reader([one.path for one in files], log)
    failures: list[str] = []
    for one, result in zip(files, results, strict=True):
        wrong = [*_wrong(one, result), *_changed(one)]
        failures += [f"{one.path.name} ({one.how}): {what}" for what in wrong]
        if not wrong:
            one.path.unlink()
    left = {p.name for p in own.iterdir()} - {one.path.name for one in files} - {log.name}
    failures += [f"{name} appeared beside" for name in sorted(left)]
    return [*failures, *costs(log)]


def _damaged(folder: Path, number: int, chance: random.Random) -> Damaged:
    seed: Seed = chance.choice(seeds())
    how, data = mutated(seed.data, seed.ending, chance)
    path = folder / f"{number}.{seed.ending}"
    path.write_bytes(data)
    return Damaged(path, f"{seed.name} {how}", state(path))


def state(path: Path) -> tuple[str, int, int]:
    """What must stay of a file that is read: its bytes, and when it was changed."""
    stat = path.stat()
    return digest(path), stat.st_mtime_ns, stat.st_ctime_ns


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _changed(one: Damaged) -> Iterator[str]:
    if state(one.path) != one.state:
        yield "the file is another one now"


def _wrong(one: Damaged, result: Result | Exception) -> Iterator[str]:
    if isinstance(result, InputRefused):
        yield from ill_told(result, one.path.name)
    elif isinstance(result, Exception):
        yield f"{type(result).__name__}: {result}"
    else:
        yield from _unusable(result)


def ill_told(refusal: InputRefused, name: str) -> Iterator[str]:
    if refusal.code == "no-progress":
        yield "hung until it was killed"
    text = refusal.message
    if "\n" in text or name not in text or not text.endswith("。"):
        yield f"ill told: {text}"


def _unusable(source: Source) -> Iterator[str]:
    """What was read is taken in, checked and drawn as the window does it: in the program itself, where a fault is a crash."""
    start = time.thread_time()
    try:
        for one in take_in(source, catalog(), counter()).filings:
            form = catalog().form(one.filing.form)
            check(form, one.filing, derive(form, one.filing))
            compose(form, one.filing, True)
    except InputRefused as refusal:
        yield from ill_told(refusal, Path(source.path).name)
    except Exception as fault:  # whatever it is, it is what must not be
        yield f"read, then {type(fault).__name__}: {fault}"
    if time.thread_time() - start > HANG_SECONDS:
        yield "read, then hung"


def costs(log: Path) -> Iterator[str]:
    for line in log.read_text(encoding="utf-8").splitlines():
        name, seconds, kib = line.split("\t")
        if float(seconds) > HANG_SECONDS:
            yield f"{name} took {seconds} s"
        if int(kib) > MEMORY_KIB:
            yield f"{name} took {int(kib) >> 10} MiB"


def by_child(paths: Sequence[Path], log: Path, first: str = "") -> list[Result | Exception]:
    """The program's own child, which goes on from file to file, with a clock around its reading. ``first``: what it does before."""
    *start, _ = child_command()
    root = str(Path(__file__).resolve().parents[2])
    script = _WATCHED.format(root=root, log=os.fspath(log), first=first)
    return list(read_many(paths, command=[*start, script]))


def by_libraries(paths: Sequence[Path], log: Path) -> list[Result | Exception]:
    return [_by_library(path) for path in paths]


def _by_library(path: Path) -> Result | Exception:
    import docx
    import openpyxl
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    try:
        match path.suffix:
            case ".docx":
                [cell.text for table in docx.Document(str(path)).tables for cell in table._cells]
            case ".xlsx":
                openpyxl.load_workbook(path)
            case ".pdf":
                [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
            case ".json":
                json.loads(path.read_bytes())
            case _:
                path.read_text(encoding="utf-8")
    except Exception as fault:
        return fault
    return Source(str(path), "none", ())


EXPERIMENTS = (
    Experiment(
        name="damaged-files",
        promise="a damaged file is read or refused with one sentence, in five seconds and 512 MiB; it and the user's data stay as they are",
        run=run,
        control=control,
        short=100,
        full=10_000,
        hindrance=lambda: "no getrusage here" if sys.platform == "win32" else None,
    ),
)
