"""Started twice at the same moment: one writes, the other is told, and a kill leaves no lock behind."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from tests.torture.experiment import Experiment, Outcome
from tests.torture.forking import driver, no_fork

AT_ONCE = 2


def race(guarded: bool, tries: int, seed: int, folder: Path) -> Outcome:
    """Every process opens the store at the same moment; the writer is then killed, and the next one must get in."""
    del seed
    failures: list[str] = []
    for number in range(tries):
        data = folder / f"data {number // 2}"  # every other time the folder is made by this race
        driver().start(["race", data, AT_ONCE, "guarded" if guarded else "unguarded"])
        driver().go()
        lines = list(driver().rest())
        told, after = json.loads(lines[0]), lines[1]
        if sorted(told) != ["locked"] * (AT_ONCE - 1) + ["writer"] or after != "writer":
            failures.append(f"race {number}: {told}, after the kill {after}")
    return Outcome(tries, tuple(failures))


def without_lock(seed: int, folder: Path) -> Outcome:
    return race(False, 3, seed, folder)


EXPERIMENTS = (
    Experiment(
        "two instances at once",
        "one writes, the other is told so, and a kill leaves no lock",
        partial(race, True),
        without_lock,
        short=6,
        full=200,
        hindrance=no_fork,
    ),
)
