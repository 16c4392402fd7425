"""A disk that fails at any call, once and for good: the data are as before or after, one sentence says so, and saving works again."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from perfdesk.errors import UserError
from perfdesk.store import Store
from tests.torture.experiment import Experiment, Outcome
from tests.torture.forking import driver, no_fork
from tests.torture.jobs import NOW, Job, Told, Workshop, told
from tests.torture.kills import EDITING, EVERY, KEEPING, chosen, drawn_calls
from tests.torture.traced import Call, Traced, no_strace

ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES")
_ALL_FAILS = ("EIO", "EACCES")
"""On a full or a read-only disk files can still be opened to be read; of a broken one nothing can be."""


class Fault(Protocol):
    """Begins when the job is at its first gate; ``lift``: the cause is gone (a second call does nothing)."""

    def begin(self, process: int) -> None: ...

    def lift(self) -> None: ...


@dataclass(slots=True)
class Failing:
    """One call fails, or (``for_good``) it and every call after it that would change something."""

    job: Job
    call: Call
    error: str
    for_good: bool
    log: Path
    _traced: Traced | None = None

    def begin(self, process: int) -> None:
        self._traced = Traced(process, self.log, tuple(self._injected()))

    def lift(self) -> None:
        if self._traced is not None:
            self._traced.stop()
            self._traced = None

    def _injected(self) -> Generator[str]:
        if not self.for_good:
            yield f"{self.call.name}:error={self.error}:when={self.call.nth}"
            return
        after = self.job.calls[self.job.calls.index(self.call) :]
        for name, first in {call.name: call.nth for call in reversed(after)}.items():
            # A job that starts the reading child opens more than its own files.
            if not name.startswith("open") or (self.error in _ALL_FAILS and self.job.name != "import"):
                yield f"{name}:error={self.error}:when={first}+"

    def __str__(self) -> str:
        return f"{self.error} {'for good from' if self.for_good else 'once at'} {self.call}"


@dataclass(slots=True)
class Cut:
    """No file of the process may grow beyond so many bytes: the write that crosses the line is a short one, the next an error."""

    size: int
    _process: int = 0

    def begin(self, process: int) -> None:
        import resource

        self._process = process
        _, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (self.size, hard))

    def lift(self) -> None:
        import resource

        if self._process and Path(f"/proc/{self._process}").exists():
            _, hard = resource.prlimit(self._process, resource.RLIMIT_FSIZE)
            resource.prlimit(self._process, resource.RLIMIT_FSIZE, (hard, hard))
        self._process = 0

    def __str__(self) -> str:
        return f"no file beyond {self.size} bytes"


@dataclass(slots=True)
class Full:
    """A real disk on which so many bytes are left."""

    disk: Path
    left: int

    def begin(self, process: int) -> None:
        del process
        free = os.statvfs(self.disk)
        with open(self.disk / "ballast", "wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(4096, free.f_bavail * free.f_frsize - self.left))

    def lift(self) -> None:
        (self.disk / "ballast").unlink(missing_ok=True)

    def __str__(self) -> str:
        return f"{self.left} bytes left on the disk"


def starved(shop: Workshop, job: Job, fault: Fault) -> Told:
    shop.begin(job.base)
    process = shop.start(job)
    fault.begin(process)
    driver().go()
    lines: list[str] = []
    while (line := driver().line()) is not None:
        if line == "GATE":
            fault.lift()
            driver().go()
        else:
            lines.append(line)
    fault.lift()
    return told(lines)


def broken(shop: Workshop, job: Job, said: Told) -> str:
    """Why the promise is broken; empty: it holds."""
    if said.trouble:
        return f"traceback: {said.trouble[-300:]}"
    if job.words[0] == "session":
        refused = [told for told in said.refusals if "unconfirmed" not in told]
        if len(refused) > 1 or not said.answered:
            return f"saving does not work again: {said.refusals}"
    elif said.code not in (0, 3) or (said.code == 3 and said.stderr.count("\n") != 1):
        return f"exit {said.code}, on stderr: {said.stderr!r}"
    # A restored store may be in its place, and only that place could not be flushed: as after, and told.
    # An edit may be in the file without having been confirmed: told as such.
    maybe = ("restore" in job.name and said.code == 3) or any(
        "没有确认" in refusal for refusal in (*said.refusals, said.stderr)
    )
    return shop.broken(job, said, maybe) or _saving_fails(shop, job)


def _saving_fails(shop: Workshop, job: Job) -> str:
    if job.damaged:
        return ""
    try:
        with Store.open(shop.data) as store:
            store.add_all([store.filing(1)], "再来一份")
            return "; ".join(store.verify())
    except UserError as error:
        return f"cannot be saved to any more: {error.code}"


def at_every_call(names: Sequence[str], tries: int, seed: int, folder: Path) -> Outcome:
    """Each call with two of the errors, once and for good; which two changes from call to call."""
    shop = Workshop(folder)
    rng = random.Random(seed)
    drawn = drawn_calls([shop.job(name) for name in chosen(names, tries, rng)], tries, rng)
    failures: list[str] = []
    done = 0
    for number, (job, call) in enumerate(drawn):
        ways = [(ERRORS[(number + n) % 4], for_good) for n, for_good in ((0, False), (1, True))]
        for error, for_good in ways if tries >= EVERY else ways[number % 2 : number % 2 + 1]:
            fault = Failing(job, call, error, for_good, shop.log)
            done += 1
            if why := broken(shop, job, starved(shop, job, fault)):
                failures.append(f"{job.name}, {fault}: {why}")
    return Outcome(done, tuple(failures))


def cut_short(names: Sequence[str], tries: int, seed: int, folder: Path) -> Outcome:
    """Short writes at places that are drawn."""
    shop = Workshop(folder)
    rng = random.Random(seed)
    jobs = [shop.job(name) for name in chosen(names, tries, rng)]
    failures: list[str] = []
    for number in range(tries):
        job = jobs[number % len(jobs)]
        fault = Cut(rng.randrange(1, 140_000))
        if why := broken(shop, job, starved(shop, job, fault)):
            failures.append(f"{job.name}, {fault}: {why}")
    return Outcome(tries, tuple(failures))


# --- a real disk -----------------------------------------------------------------------------------------------------------


@cache
def no_disk() -> str | None:
    """Why no small disk can be had here."""
    if reason := no_fork():
        return reason
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return "这里不能挂载磁盘"
    with tempfile.TemporaryDirectory() as name:
        try:
            with small_disk(Path(name) / "disk", "4m"):
                return None
        except subprocess.CalledProcessError:
            return "这里不允许挂载磁盘"


@contextmanager
def small_disk(at: Path, size: str) -> Generator[Path]:
    at.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def full_disk(names: Sequence[str], tries: int, seed: int, folder: Path) -> Outcome:
    """A disk that has room for a part of what is to be written."""
    shop = Workshop(folder)
    rng = random.Random(seed)
    failures: list[str] = []
    with small_disk(shop.here, "4m"):
        jobs = [shop.job(name) for name in chosen(names, tries, rng)]
        for number in range(tries):
            job = jobs[number % len(jobs)]
            fault = Full(shop.here, rng.randrange(0, 400_000))
            if why := broken(shop, job, starved(shop, job, fault)):
                failures.append(f"{job.name}, {fault}: {why}")
    return Outcome(tries, tuple(failures))


# --- without the guard -----------------------------------------------------------------------------------------------------


def _swallowed(seed: int, folder: Path) -> Outcome:
    """An edit that is answered OK whatever came of it."""
    shop = Workshop(folder)
    edit = shop.job("edit")
    job = shop.learnt(
        Job("edit, faults swallowed", ("faults-are-swallowed", "HERE/data"), shop.used), edit.states
    )
    failures: list[str] = []
    for number, call in enumerate(random.Random(seed).sample(job.calls, 6)):
        fault = Failing(job, call, ERRORS[number % 4], True, shop.log)
        if why := shop.broken(job, starved(shop, job, fault), maybe=False):
            failures.append(f"{job.name}, {fault}: {why}")
    return Outcome(6, tuple(failures))


def _written_into(seed: int, folder: Path) -> Outcome:
    """An export that opens the old file and writes over it."""
    shop = Workshop(folder)
    export = shop.job("export docx")
    (shop.used / "new.docx").write_bytes(export.files["表.docx"] * 20)
    job = Job("plain write", ("writes-into-the-file", "HERE/new.docx", "HERE/out/表.docx"), shop.used)
    job = shop.learnt(job, export.states)
    failures: list[str] = []
    rng = random.Random(seed)
    for _ in range(4):
        fault = Cut(rng.randrange(1, 100_000))
        if why := shop.broken(job, starved(shop, job, fault), maybe=False):
            failures.append(f"{job.name}, {fault}: {why}")
    return Outcome(4, tuple(failures))


PROMISE = (
    "the data are as before or after, one sentence tells it, and saving works again when the cause is gone"
)
ONE_STEP = (*EDITING[:-1], "apply one")
"""Where a step in the middle is refused, the others stay: what is to be found then is told by one step alone."""
ALL = (*ONE_STEP, *KEEPING, "migrate v1", f"migrate v{NOW - 1}")
EXPERIMENTS = (
    Experiment(
        "edits, every call fails", PROMISE, partial(at_every_call, ONE_STEP), _swallowed, 12, EVERY, no_strace
    ),
    Experiment(
        "keeping, every call fails",
        PROMISE,
        partial(at_every_call, KEEPING),
        _written_into,
        12,
        EVERY,
        no_strace,
    ),
    Experiment(
        "writes that are cut short", PROMISE, partial(cut_short, ALL), _written_into, 10, 300, no_fork
    ),
    Experiment("a disk that is full", PROMISE, partial(full_disk, ALL), _written_into, 10, 300, no_disk),
)
