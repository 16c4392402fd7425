"""Simulated power cuts: what the program had answered is on a disk that kept only what was flushed, and some of the rest."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.torture.experiment import Experiment, Outcome
from tests.torture.jobs import Job, Told, Workshop
from tests.torture.kills import chosen
from tests.torture.replay import Disk, answers, play, recorded
from tests.torture.traced import no_strace


def cuts(names: Sequence[str], tries: int, seed: int, folder: Path) -> Outcome:
    shop = Workshop(folder)
    rng = random.Random(seed)
    jobs = [shop.job(name) for name in chosen(names, tries, rng)]
    failures: list[str] = []
    for number, job in enumerate(jobs):
        failures += _cut(shop, job, len(range(number, tries, len(jobs))), rng)
    return Outcome(tries, tuple(failures))


def _cut(shop: Workshop, job: Job, tries: int, rng: random.Random) -> list[str]:
    """The power goes at moments that are drawn, in one run of the job that was recorded."""
    if not tries:
        return []
    shop.record(job)
    end = {str(path): path.read_bytes() for path in shop.here.rglob("*") if path.is_file()}
    calls = list(recorded(shop.log))
    shop.begin(job.base)
    disk, answered, played = Disk.of(shop.here), 0, 0
    failures: list[str] = []
    for moment in sorted(rng.choices(range(len(calls) + 1), k=tries)):
        for call in calls[played:moment]:
            play(disk, call, str(shop.here))
            answered += answers(call)
        played = moment
        _put(shop, job, disk.after_the_cut(rng))
        if why := shop.broken(job, Told(answered)):
            failures.append(f"{job.name}, power gone after {moment} of {len(calls)} calls: {why}")
    for call in calls[played:]:
        play(disk, call, str(shop.here))
    assert {path: bytes(inode.now) for path, inode in disk.names.items()} == end, (
        "the recording is not what happened"
    )
    return failures


def _put(shop: Workshop, job: Job, files: dict[str, bytes]) -> None:
    """The try's folder as the disk kept it."""
    shop.begin(job.base)
    for path in [path for path in shop.here.rglob("*") if path.is_file()]:
        path.unlink()
    for name, data in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)


def with_usual_settings(seed: int, folder: Path) -> Outcome:
    """SQLite as it comes: the folder of the journal that is deleted is not flushed."""
    shop = Workshop(folder)
    job = shop.job("apply many")
    job = replace(job, name="usual settings", words=("usual-command", *job.words[1:]))
    return Outcome(30, tuple(_cut(shop, job, 30, random.Random(seed))))


EXPERIMENTS = (
    Experiment(
        "power cuts",
        "what was answered is on disk, whole, and what was under way is done or not begun",
        partial(
            cuts, ("apply many", "restore command", "migrate v1", "import", "backup command", "export docx")
        ),
        with_usual_settings,
        short=14,
        full=1200,
        hindrance=no_strace,
    ),
)
