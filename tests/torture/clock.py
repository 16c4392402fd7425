"""The clock is set back and forth between steps and starts: order, undo and backups do not get confused."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from perfdesk.store import BackupInfo, Store, backup
from perfdesk.store.codec import time_text
from perfdesk.store.scribe import Scribe
from tests.store.sample import Clock, sample_filing, set_goal, turns
from tests.torture.experiment import Experiment, Outcome

MOVES = 30
JUMPS = (-3650, -400, -31, -1, 0, 0, 1, 31, 400)
"""In days; what a dead battery, a hand and a time server do."""


class Walk:
    """One store through steps, deeds, undoing, backups and restarts, beside the order in which they really happened."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self.folder = folder
        self.rng = rng
        self.clock = Clock()
        self.done: list[str] = []
        self.made: list[Path] = []
        self.store = Store.open(folder, clock=self.clock)
        self.filing = self.store.add(sample_filing(), "导入")
        self.strange = False
        self.stranger = folder / "backups" / "perfdesk-20200101-000000.db"

    def go(self) -> str:
        """What got confused; empty: nothing."""
        moves: list[Callable[[], str]] = [
            self.step,
            self.step,
            self.deed,
            self.undo,
            self.back_up,
            self.start_again,
        ]
        try:
            for number in range(MOVES):
                self.clock.on(seconds=1)
                if self.rng.random() < 0.3:
                    self.clock.on(days=self.rng.choice(JUMPS), minutes=self.rng.randrange(60))
                if wrong := self.rng.choice(moves)() or self.confused():
                    return f"move {number}: {wrong}"
            return "; ".join(self.store.verify())
        finally:
            self.store.close()

    def step(self) -> str:
        """After thirty minutes, or where the clock does not know how long it was, there is a backup of it."""
        before = len(self.store.backups())
        label = f"第 {len(self.done)} 步"
        due = not timedelta(0) <= self.clock() - self.store.vault.last < timedelta(minutes=30)
        self.store.apply(self.filing, set_goal(label))
        self.done.append(f"修改 {label}")
        if due and self._newest().reason != "timer":
            return f"no backup after a change, {before} before"
        return ""

    def deed(self) -> str:
        name = f"单位 {self.rng.randrange(10**9)}"
        self.store.office.create_unit(name)
        self.done.append(f"新建单位“{name}”")
        return ""

    def undo(self) -> str:
        coming = self.store.timeline.next("undo", self.filing)
        if not self.done:
            return ""
        wanted = self.done.pop()
        if coming is None or coming.label != wanted:
            return f"undo takes {coming and coming.label}, last done was {wanted}"
        if coming.kind == "step":
            self.store.undo(self.filing)
            if turns(self.store, self.filing)[1] != wanted:
                return "redo would bring back another step"
        else:
            self.store.office.undo()
        return ""

    def back_up(self) -> str:
        newest = self.store.backup()
        if not self.stranger.exists():
            self.stranger.write_bytes(b"not ours")
            self.strange = True
        return "" if self._newest().path == newest else "the newest backup is not the last of the list"

    def start_again(self) -> str:
        """The first start of what the clock calls a day backs up, unless the last backup is of that day."""
        self.store.close()
        last = self._listed()[-1:]
        self.store = Store.open(self.folder, clock=self.clock)
        today = [b for b in last if b.at.astimezone().date() == self.clock().astimezone().date()]
        if not today and self._newest().at != self.clock():
            return "no backup at the start of a day"
        return ""

    def _listed(self) -> tuple[BackupInfo, ...]:
        return backup.listed(self.folder)

    def _newest(self) -> BackupInfo:
        return self._listed()[-1]

    def confused(self) -> str:
        """Backups stand in the order in which they came, of the last ten none is gone, and nothing that is not ours is."""
        listed = [info.path for info in self._listed()]
        came = [*self.made, *(path for path in listed if path not in self.made)]
        if gone := [path.name for path in came[-backup.NEWEST :] if path not in listed]:
            return f"gone though among the newest: {gone}"
        if listed != [path for path in came if path in listed]:
            return "the backups are in another order than they were made"
        self.made = listed
        return "a file that is not ours is gone" if self.strange and not self.stranger.exists() else ""


def walks(tries: int, seed: int, folder: Path) -> Outcome:
    failures: list[str] = []
    for number in range(tries):
        if wrong := Walk(folder / str(number), random.Random(f"{seed}/{number}")).go():
            failures.append(f"walk {number}, {wrong}")
    return Outcome(tries, tuple(failures))


def _by_the_clock(scribe: Scribe) -> str:
    """What is written down where nobody minds that clocks are set back."""
    return time_text(scribe.clock())


def by_the_clock(seed: int, folder: Path) -> Outcome:
    with patch.object(Scribe, "now", _by_the_clock):
        return walks(2, seed, folder)


EXPERIMENTS = (
    Experiment(
        "the clock is set back and forth",
        "undo takes what was done last, backups are made when they are due and kept in the order they were made",
        walks,
        by_the_clock,
        short=2,
        full=100,
    ),
)
