"""Released stores are brought up while the program is killed or its disk fails: afterwards they open, with everything in them."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.torture import faults, kills
from tests.torture.experiment import Experiment, Outcome
from tests.torture.jobs import NOW, Job, Workshop
from tests.torture.kills import EVERY, killed_at
from tests.torture.traced import no_strace

RELEASED = tuple(f"migrate v{version}" for version in range(1, NOW))
TRIES = 5


def without_transaction(seed: int, folder: Path) -> Outcome:
    """The same migrations, every statement committed by itself."""
    shop = Workshop(folder)
    states = shop.job("migrate v1").states
    job = Job("autocommit", ("migrates-without-transaction", "HERE/data"), shop.frozen(1))
    job = replace(shop.learnt(job), states=states)
    writes = [call for call in job.calls if call.name == "pwrite64"]
    failures: list[str] = []
    for call in random.Random(seed).sample(writes, TRIES):
        if why := shop.broken(job, killed_at(shop, job, call)):
            failures.append(f"{job.name} killed at {call}: {why}")
    return Outcome(TRIES, tuple(failures))


EXPERIMENTS = (
    Experiment(
        "migrations killed at every call",
        "every released store opens at the newest version, with everything in it and a backup of the older one",
        partial(kills.at_every_call, RELEASED),
        without_transaction,
        short=6,
        full=EVERY,
        hindrance=no_strace,
    ),
    Experiment(
        "migrations, every call fails",
        "the store is as before or brought up, one sentence tells it, and it is brought up when the cause is gone",
        partial(faults.at_every_call, RELEASED),
        without_transaction,
        short=6,
        full=EVERY,
        hindrance=no_strace,
    ),
)
